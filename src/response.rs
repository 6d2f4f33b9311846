//! From the bytes that came back to a result or an error of the service.
//!
//! The body alone decides (*Responses*): an `Error` in it is a failure, and whatever is not the
//! documented envelope is a defect, never a success. It knows no action.

mod events;
mod exact;

pub use events::{Event, Events};
pub use exact::{Integers, rewrite};

use crate::decimal::push_decimal;
use crate::json::{self, Kind, Scanner, unescape};
use std::borrow::Cow;

/// What an answer says.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The call was done.
    Result(Success<'a>),
    /// The service said no.
    Error {
        /// Such as `ResourceNotFound`.
        code: Cow<'a, str>,
        /// The service's own words.
        message: Cow<'a, str>,
        /// The service's id of this request.
        request_id: Cow<'a, str>,
    },
}

/// A `Response` object without `Error`.
#[derive(Debug, PartialEq, Eq)]
pub struct Success<'a> {
    /// The `Response` object as JSON text; [`rewrite`] says what the platform's parser would spoil in it.
    pub text: &'a str,
    /// What the service says of an obsolete action (`DeprecatedWarning`); empty where it says nothing.
    pub warning: Cow<'a, str>,
}

/// Why an answer is not the protocol's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect<'p> {
    /// No byte came.
    Empty,
    /// It is not UTF-8.
    NotUtf8,
    /// It is not JSON; from this byte on.
    NotJson(usize),
    /// It ends within JSON.
    Truncated,
    /// It is nested deeper than [`json::MAX_DEPTH`].
    TooDeep,
    /// There is no object `Response` in an object.
    NoResponse,
    /// A key of the envelope stands there twice.
    Twice(&'static str),
    /// `Error` is not an object with the texts `Code` and `Message`.
    ErrorShape,
    /// `RequestId` is not a text.
    NoRequestId,
    /// A field that proves the success is missing, empty, of another kind, or given twice.
    NoProof(&'p str),
}

impl From<json::Error> for Defect<'_> {
    fn from(error: json::Error) -> Self {
        match error {
            json::Error::Syntax(at) => Self::NotJson(at),
            json::Error::End => Self::Truncated,
            json::Error::Depth => Self::TooDeep,
        }
    }
}

impl Defect<'_> {
    /// What is wrong, for a person.
    pub fn message(self) -> String {
        let (text, name) = match self {
            Self::Empty => ("the answer is empty", ""),
            Self::NotUtf8 => ("the answer is not UTF-8", ""),
            Self::NotJson(at) => {
                let mut message = String::from("the answer is not JSON from byte ");
                push_decimal(&mut message, at as u64, 1);
                message.push_str(" on");
                return message;
            }
            Self::Truncated => ("the answer ends too early", ""),
            Self::TooDeep => ("the answer is nested too deeply", ""),
            Self::NoResponse => (
                "the answer is JSON, but no object with an object `Response`",
                "",
            ),
            Self::Twice(name) => ("the answer holds this key twice: ", name),
            Self::ErrorShape => ("the answer's Error has no texts `Code` and `Message`", ""),
            Self::NoRequestId => ("the answer has no text `RequestId`", ""),
            Self::NoProof(name) => (
                "the answer says success, but does not hold this field once, with its value: ",
                name,
            ),
        };
        let mut message = String::from(text);
        message.push_str(name);
        message
    }
}

/// A field without which an answer is no success, and what kind of value it must have.
pub type Proof<'p> = (&'p str, Kind);

/// Reads an answer. `proof` names the fields without which it is no success.
pub fn read<'a, 'p>(bytes: &'a [u8], proof: &[Proof<'p>]) -> Result<Answer<'a>, Defect<'p>> {
    if bytes.is_empty() {
        return Err(Defect::Empty);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| Defect::NotUtf8)?;
    let mut scanner = Scanner::new(text);
    let mut response = None;
    let mut old = Old::default();
    if scanner.peek()? != Kind::Object {
        scanner.value()?;
        scanner.end()?;
        return Err(Defect::NoResponse);
    }
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.key()?;
        let value = scanner.raw_value()?;
        match key.as_ref() {
            "Response" => put_once(&mut response, value, "Response")?,
            "code" => put_once(&mut old.code, value, "code")?,
            "codeDesc" => put_once(&mut old.code_desc, value, "codeDesc")?,
            "message" => put_once(&mut old.message, value, "message")?,
            _ => {}
        }
        more = scanner.next(b'}')?;
    }
    scanner.end()?;
    match response {
        Some((Kind::Object, text)) => read_response(text, proof),
        Some(_) => Err(Defect::NoResponse),
        None => old.error().ok_or(Defect::NoResponse),
    }
}

/// The members of the old shape of an answer, `{"code":4000,"message":"…","codeDesc":"…"}`.
#[derive(Default)]
struct Old<'a> {
    code: Option<Value<'a>>,
    code_desc: Option<Value<'a>>,
    message: Option<Value<'a>>,
}

impl<'a> Old<'a> {
    /// A code other than zero is a failure, named by `codeDesc`; zero proves nothing, and there is no request id.
    fn error(self) -> Option<Answer<'a>> {
        let (Kind::Integer { .. }, code) = self.code? else {
            return None;
        };
        if code.trim_start_matches('-') == "0" {
            return None;
        }
        let named = string(self.code_desc).filter(|name| !name.is_empty());
        Some(Answer::Error {
            code: named.unwrap_or(Cow::Borrowed(code)),
            message: string(self.message).unwrap_or_default(),
            request_id: Cow::default(),
        })
    }
}

/// Whether a field was found that proves something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proven {
    NotYet,
    Once,
    Not,
}

/// Whether a value can prove something: it is of its kind, or a number in a text's place, and not an empty text.
fn proves(kind: Kind, (found, raw): Value<'_>) -> bool {
    let number = |kind| matches!(kind, Kind::Integer { .. } | Kind::Float);
    match kind {
        Kind::String => number(found) || (found == Kind::String && raw != "\"\""),
        Kind::Float => number(found),
        kind => found == kind,
    }
}

fn read_response<'a, 'p>(text: &'a str, proof: &[Proof<'p>]) -> Result<Answer<'a>, Defect<'p>> {
    let mut error = None;
    let mut request_id = None;
    let mut warning = None;
    let mut proven = vec![Proven::NotYet; proof.len()];
    let mut scanner = Scanner::new(text);
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.key()?;
        let value = scanner.raw_value()?;
        if key == "DeprecatedWarning" {
            warning = Some(value);
        }
        match key.as_ref() {
            "Error" => put_once(&mut error, value, "Error")?,
            "RequestId" => put_once(&mut request_id, value, "RequestId")?,
            _ => {
                let mut known = proof.iter().zip(&mut proven);
                if let Some(((_, kind), found)) = known.find(|((name, _), _)| *name == key) {
                    // Twice proves nothing, whichever of them is right.
                    *found = match *found {
                        Proven::NotYet if proves(*kind, value) => Proven::Once,
                        _ => Proven::Not,
                    };
                }
            }
        }
        more = scanner.next(b'}')?;
    }
    if let Some(error) = error {
        return read_error(error, request_id);
    }
    if string(request_id).is_none() {
        return Err(Defect::NoRequestId);
    }
    let mut all = proof.iter().zip(&proven);
    if let Some(((name, _), _)) = all.find(|(_, found)| **found != Proven::Once) {
        return Err(Defect::NoProof(name));
    }
    Ok(Answer::Result(Success {
        text,
        warning: string(warning).unwrap_or_default(),
    }))
}

type Value<'a> = (Kind, &'a str);

fn read_error<'a, 'p>(
    error: Value<'a>,
    request_id: Option<Value<'a>>,
) -> Result<Answer<'a>, Defect<'p>> {
    if error.0 != Kind::Object {
        return Err(Defect::ErrorShape);
    }
    let mut code = None;
    let mut message = None;
    let mut scanner = Scanner::new(error.1);
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.key()?;
        let value = scanner.raw_value()?;
        match key.as_ref() {
            "Code" => put_once(&mut code, value, "Code")?,
            "Message" => put_once(&mut message, value, "Message")?,
            _ => {}
        }
        more = scanner.next(b'}')?;
    }
    let (Some(code), Some(message)) = (string(code), string(message)) else {
        return Err(Defect::ErrorShape);
    };
    if code.is_empty() {
        return Err(Defect::ErrorShape);
    }
    Ok(Answer::Error {
        code,
        message,
        // An error without a request id is still an error.
        request_id: string(request_id).unwrap_or_default(),
    })
}

fn put_once<'a, 'p>(
    slot: &mut Option<Value<'a>>,
    value: Value<'a>,
    name: &'static str,
) -> Result<(), Defect<'p>> {
    if slot.replace(value).is_some() {
        return Err(Defect::Twice(name));
    }
    Ok(())
}

/// The text of a string value, without its quotation marks and escapes.
fn string(value: Option<Value<'_>>) -> Option<Cow<'_, str>> {
    let (Kind::String, raw) = value? else {
        return None;
    };
    raw.strip_prefix('"')?.strip_suffix('"').map(unescape)
}

#[cfg(test)]
mod tests;
