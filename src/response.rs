//! From the bytes that came back to a result or an error of the service.
//!
//! The body alone decides (*Responses*): an `Error` in it is a failure, and whatever is not the
//! documented envelope is a defect, never a success. It knows no action.

mod events;
mod exact;

pub use events::{Event, Events};
pub use exact::{Integers, rewrite};

use crate::decimal::push_decimal;
use crate::json::{Error, Kind, Scanner, Why, means, unescape};

/// What an answer says.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The call was done.
    Result(Success<'a>),
    /// The service said no.
    Error {
        /// Such as `ResourceNotFound`.
        code: String,
        /// The service's own words.
        message: String,
        /// The service's id of this request.
        request_id: String,
    },
}

/// A `Response` object without `Error`.
#[derive(Debug, PartialEq, Eq)]
pub struct Success<'a> {
    /// The `Response` object as JSON text; [`rewrite`] says what the platform's parser would spoil in it.
    pub text: &'a str,
    /// What the service says of an obsolete action (`DeprecatedWarning`); empty where it says nothing.
    pub warning: String,
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
    /// It is nested deeper than [`crate::json::MAX_DEPTH`].
    TooDeep,
    /// There is no object `Response` in an object.
    NoResponse,
    /// A key of the envelope stands there twice.
    Twice(&'p str),
    /// `Error` is not an object with the texts `Code` and `Message`.
    ErrorShape,
    /// `RequestId` is not a text.
    NoRequestId,
    /// A field that proves the success is missing, empty, of another kind, or given twice.
    NoProof(&'p str),
}

impl From<Why> for Defect<'_> {
    fn from(why: Why) -> Self {
        match why {
            Why::Syntax(at) => Self::NotJson(at),
            Why::End => Self::Truncated,
            Why::Depth => Self::TooDeep,
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
    let mut envelope = ["Response", "code", "codeDesc", "message"].map(Member::once);
    match scanner.peek() {
        Ok(Kind::Object) => pick(&mut scanner, &mut envelope)?,
        _ => drop(scanner.value().map_err(|_| scanner.why())?),
    }
    scanner.end().map_err(|_| scanner.why())?;
    let [response, code, named, message] = envelope;
    match response.kind {
        Kind::Object => read_response(response.raw, proof),
        Kind::Null if response.count == 0 => old_error(&code, &named, &message),
        _ => Err(Defect::NoResponse),
    }
}

/// The old shape of an answer, `{"code":4000,"message":"…","codeDesc":"…"}`. A code other than zero is a failure, named
/// by `codeDesc`; zero proves nothing, and there is no request id.
fn old_error<'a, 'p>(
    code: &Member<'_, '_>,
    named: &Member<'_, '_>,
    message: &Member<'_, '_>,
) -> Result<Answer<'a>, Defect<'p>> {
    if !matches!(code.kind, Kind::Integer { .. }) || matches!(code.raw, "0" | "-0") {
        return Err(Defect::NoResponse);
    }
    let named = named.text().unwrap_or_default();
    Ok(Answer::Error {
        code: if named.is_empty() {
            code.raw.into()
        } else {
            named
        },
        message: message.text().unwrap_or_default(),
        request_id: String::new(),
    })
}

/// A member that is looked for in an object, and what was found.
struct Member<'a, 'p> {
    name: &'p str,
    /// Whether a second one is a defect.
    once: bool,
    count: usize,
    /// The last one's; null where there is none.
    kind: Kind,
    raw: &'a str,
}

impl<'p> Member<'_, 'p> {
    fn once(name: &'p str) -> Self {
        Self {
            name,
            once: true,
            count: 0,
            kind: Kind::Null,
            raw: "",
        }
    }

    fn any(name: &'p str) -> Self {
        Self {
            once: false,
            ..Self::once(name)
        }
    }

    /// The text of a string value, without its quotation marks and escapes.
    fn text(&self) -> Option<String> {
        if self.kind != Kind::String {
            return None;
        }
        self.raw.get(1..self.raw.len() - 1).map(unescape)
    }

    /// Whether it stands there once with a value that can prove something: it is of its kind, or a number in a text's
    /// place, and not an empty text. Twice proves nothing, whichever of them is right.
    fn proves(&self, kind: Kind) -> bool {
        let number = matches!(self.kind, Kind::Integer { .. } | Kind::Float);
        let right = match kind {
            Kind::String => number || (self.kind == Kind::String && self.raw != "\"\""),
            Kind::Float => number,
            kind => self.kind == kind,
        };
        self.count == 1 && right
    }
}

/// Passes an object and picks members out of it.
fn pick<'a, 'p>(
    scanner: &mut Scanner<'a>,
    members: &mut [Member<'a, 'p>],
) -> Result<(), Defect<'p>> {
    let read = pick_once(scanner, members).map_err(|_| scanner.why())?;
    read.map_or(Ok(()), |name| Err(Defect::Twice(name)))
}

/// The same; gives the name of what stands there twice, and stops at it.
fn pick_once<'a, 'p>(
    scanner: &mut Scanner<'a>,
    members: &mut [Member<'a, 'p>],
) -> Result<Option<&'p str>, Error> {
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.raw_key()?;
        let (kind, raw) = scanner.raw_value()?;
        for member in &mut *members {
            if means(key, member.name) {
                if member.once && member.count > 0 {
                    return Ok(Some(member.name));
                }
                member.count += 1;
                (member.kind, member.raw) = (kind, raw);
                break;
            }
        }
        more = scanner.next(b'}')?;
    }
    Ok(None)
}

fn read_response<'a, 'p>(text: &'a str, proof: &[Proof<'p>]) -> Result<Answer<'a>, Defect<'p>> {
    let mut members = Vec::with_capacity(3 + proof.len());
    members.extend(["Error", "RequestId"].map(Member::once));
    members.push(Member::any("DeprecatedWarning"));
    for (name, _) in proof {
        members.push(Member::any(name));
    }
    pick(&mut Scanner::new(text), &mut members)?;
    let [error, request_id, warning, proofs @ ..] = &members[..] else {
        return Err(Defect::NoResponse);
    };
    if error.count > 0 {
        return read_error(error, request_id);
    }
    if request_id.kind != Kind::String {
        return Err(Defect::NoRequestId);
    }
    for (found, (name, kind)) in proofs.iter().zip(proof) {
        if !found.proves(*kind) {
            return Err(Defect::NoProof(name));
        }
    }
    Ok(Answer::Result(Success {
        text,
        warning: warning.text().unwrap_or_default(),
    }))
}

fn read_error<'a, 'p>(
    error: &Member<'_, '_>,
    request_id: &Member<'_, '_>,
) -> Result<Answer<'a>, Defect<'p>> {
    let mut members = ["Code", "Message"].map(Member::once);
    if error.kind == Kind::Object {
        pick(&mut Scanner::new(error.raw), &mut members)?;
    }
    let [code, message] = members.map(|member| member.text());
    match (code, message) {
        (Some(code), Some(message)) if !code.is_empty() => Ok(Answer::Error {
            code,
            message,
            // An error without a request id is still an error.
            request_id: request_id.text().unwrap_or_default(),
        }),
        _ => Err(Defect::ErrorShape),
    }
}

#[cfg(test)]
mod tests;
