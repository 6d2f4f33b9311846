//! The envelope, for results and errors alike: HTTP 200, and exactly `application/json`.

use crate::faults::Effect;
use crate::ledger::Entry;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Messages repeat what was sent; behind this many characters they are cut.
const MAX_MESSAGE: usize = 500;

/// Why the service says no.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One of the documented codes, or what a fault was asked to say.
    pub code: Cow<'static, str>,
    /// For a person, in our own words; no secret and no expected signature is in it.
    pub message: String,
}

impl Refusal {
    /// Keeps the message short.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE) {
            message.truncate(end);
            message.push('…');
        }
        let code = code.into();
        Self { code, message }
    }

    /// A fault that was asked for.
    pub fn asked_for(code: String) -> Self {
        Self {
            code: code.into(),
            message: "this fault was asked for".into(),
        }
    }
}

/// What an action answers, beside the request id.
pub type Outcome = Result<Map<String, Value>, Refusal>;

/// An answer, as a host sends it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// HTTP's status: 200 for errors too.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// JSON text.
    pub body: String,
    /// For a host's log.
    pub note: Note,
    /// The service's clock, in milliseconds since 1970: what the answer's Date says.
    pub date_ms: i64,
    /// What happened, to be kept before this is sent.
    #[serde(skip)]
    pub events: Vec<Entry>,
    /// How it is sent, where not at once and whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// How an answer that a fault befell is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Delivery {
    /// Not at all: the connection ends.
    Cut,
    /// Not at all: the connection stays.
    Hang,
    /// Its first bytes, then the connection ends.
    Truncate(u32),
    /// Whole, so many milliseconds later.
    Late(u32),
}

/// What a host may log of a call; no secret and no signature is in it.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// As answered.
    pub request_id: String,
    /// Whose key signed; empty where the signature was not accepted.
    pub account: String,
    /// X-TC-Action, as sent.
    pub action: String,
    /// `ok`, or the error's code.
    pub outcome: Cow<'static, str>,
    /// The departure of an official client that was borne with; empty for none.
    pub tolerance: &'static str,
    /// Whether the answer only has the right form: the sandbox does not do this action.
    pub specimen: bool,
}

impl Answer {
    /// Writes the envelope.
    pub fn new(outcome: Outcome, mut note: Note, date_ms: i64, events: Vec<Entry>) -> Self {
        let mut response = match outcome {
            Ok(result) => {
                note.outcome = "ok".into();
                result
            }
            Err(Refusal { code, message }) => {
                let mut response = Map::new();
                response.insert("Error".into(), json!({"Code": code, "Message": message}));
                note.outcome = code;
                response
            }
        };
        response.insert("RequestId".into(), note.request_id.clone().into());
        let mut headers = vec![("Content-Type", "application/json".into())];
        if note.specimen {
            headers.push(("X-Sandbox-Answer", "specimen".into()));
        }
        Self {
            status: 200,
            headers,
            body: json!({ "Response": response }).to_string(),
            note,
            date_ms,
            events,
            delivery: None,
        }
    }

    /// The same with what a fault does to it; a code is no such fault, but a refusal.
    #[must_use]
    pub fn spoilt(mut self, effect: Effect) -> Self {
        let mut content_type = |value| self.headers = vec![("Content-Type", value)];
        match effect {
            Effect::Code(_) => {}
            Effect::Status(status) => {
                content_type("text/html".into());
                self.status = status;
                self.body = format!("<html><h1>{status}</h1></html>");
            }
            Effect::ContentType(value) => content_type(value),
            Effect::Cut => self.delivery = Some(Delivery::Cut),
            Effect::Hang => self.delivery = Some(Delivery::Hang),
            Effect::Truncate(bytes) => self.delivery = Some(Delivery::Truncate(bytes)),
            Effect::Late(ms) => self.delivery = Some(Delivery::Late(ms)),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Note, Refusal};

    #[test]
    fn an_error_stands_in_the_envelope() {
        let note = Note {
            request_id: "r".into(),
            ..Note::default()
        };
        let answer = Answer::new(
            Err(Refusal::new("OperationDenied", "no")),
            note,
            0,
            Vec::new(),
        );
        let expected =
            r#"{"Response":{"Error":{"Code":"OperationDenied","Message":"no"},"RequestId":"r"}}"#;
        assert_eq!(answer.body, expected);
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.headers,
            [("Content-Type", "application/json".into())]
        );
        assert_eq!(answer.note.outcome, "OperationDenied");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let message = Refusal::new("InvalidParameter", "云".repeat(600)).message;
        assert_eq!(message.chars().count(), 501);
    }
}
