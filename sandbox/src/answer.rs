//! The envelope, for results and errors alike: HTTP 200, and exactly `application/json`.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Messages repeat what was sent; behind this many characters they are cut.
const MAX_MESSAGE: usize = 500;

/// Why the service says no.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One of the documented codes.
    pub code: &'static str,
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
        Self { code, message }
    }
}

/// What an action answers, beside the request id.
pub type Outcome = Result<Map<String, Value>, Refusal>;

/// An answer, as a host sends it.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// HTTP's status: 200 for errors too.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, &'static str)>,
    /// JSON text.
    pub body: String,
    /// For a host's log.
    pub note: Note,
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
    pub outcome: &'static str,
    /// The departure of an official client that was borne with; empty for none.
    pub tolerance: &'static str,
    /// Whether the answer only has the right form: the sandbox does not do this action.
    pub specimen: bool,
}

impl Answer {
    /// Writes the envelope.
    pub fn new(outcome: Outcome, mut note: Note) -> Self {
        let mut response = match outcome {
            Ok(result) => {
                note.outcome = "ok";
                result
            }
            Err(Refusal { code, message }) => {
                note.outcome = code;
                let mut response = Map::new();
                response.insert("Error".into(), json!({"Code": code, "Message": message}));
                response
            }
        };
        response.insert("RequestId".into(), note.request_id.clone().into());
        let mut headers = vec![("Content-Type", "application/json")];
        if note.specimen {
            headers.push(("X-Sandbox-Answer", "specimen"));
        }
        Self {
            status: 200,
            headers,
            body: json!({ "Response": response }).to_string(),
            note,
        }
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
        let answer = Answer::new(Err(Refusal::new("OperationDenied", "no")), note);
        let expected =
            r#"{"Response":{"Error":{"Code":"OperationDenied","Message":"no"},"RequestId":"r"}}"#;
        assert_eq!(answer.body, expected);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers, [("Content-Type", "application/json")]);
        assert_eq!(answer.note.outcome, "OperationDenied");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let message = Refusal::new("InvalidParameter", "云".repeat(600)).message;
        assert_eq!(message.chars().count(), 501);
    }
}
