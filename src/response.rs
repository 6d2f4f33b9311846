//! From the bytes that came back to a result or an error of the service.
//!
//! The body alone decides (*Responses*): an `Error` in it is a failure, and whatever is not the
//! documented envelope is a defect, never a success. It knows no action.

mod events;
mod exact;

pub use events::{Event, Events};
pub use exact::{Integers, rewrite};

use crate::decimal::push_decimal;
use crate::json::{Error, Kind, Scanner, Why, means};

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The call was done.
    Result(Success<'a>),
    /// The service said no.
    Error(Refusal<'a>),
}

/// A `Response` object without `Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Success<'a> {
    /// The `Response` object as JSON text; [`rewrite`] says what the platform's parser would spoil in it.
    pub text: &'a str,
    /// Whether an integer beyond what a JavaScript number holds exactly stands in it.
    pub wide: bool,
    /// What the service says of an obsolete action (`DeprecatedWarning`), as JSON has it: [`crate::json::unescape`] gives the text.
    /// Empty where it says nothing.
    pub warning: &'a str,
}

/// An `Error`, its texts as JSON has them: [`crate::json::unescape`] gives what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal<'a> {
    /// Such as `ResourceNotFound`.
    pub code: &'a str,
    /// The service's own words.
    pub message: &'a str,
    /// The service's id of this request; empty where it gave none.
    pub request_id: &'a str,
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
    let envelope = pick(
        &mut Scanner::new(text),
        4,
        &["Response", "code", "codeDesc", "message"],
    )?;
    let [response, code, named, message] = envelope[..] else {
        return Err(Defect::NoResponse);
    };
    if response.kind == Kind::Object {
        return read_response(response.raw, proof);
    }
    // The old shape, `{"code":4000,"message":"…","codeDesc":"…"}`: a code other than zero is a failure, named by
    // `codeDesc`; zero proves nothing, and there is no request id.
    let failed = code.kind.is_integer() && !matches!(code.raw, "0" | "-0");
    if response.count > 0 || !failed {
        return Err(Defect::NoResponse);
    }
    Ok(Answer::Error(Refusal {
        code: match named.text() {
            "" => code.raw,
            name => name,
        },
        message: message.text(),
        request_id: "",
    }))
}

fn read_response<'a, 'p>(text: &'a str, proof: &[Proof<'p>]) -> Result<Answer<'a>, Defect<'p>> {
    let mut names = vec!["Error", "RequestId", "DeprecatedWarning"];
    for (name, _) in proof {
        names.push(name);
    }
    let mut scanner = Scanner::new(text);
    let members = pick(&mut scanner, 2, &names)?;
    let [error, request_id, warning, proofs @ ..] = &members[..] else {
        return Err(Defect::NoRequestId);
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
        wide: scanner.passed_wide(),
        warning: warning.text(),
    }))
}

fn read_error<'a, 'p>(
    error: &Member<'a>,
    request_id: &Member<'a>,
) -> Result<Answer<'a>, Defect<'p>> {
    let members = pick(&mut Scanner::new(error.raw), 2, &["Code", "Message"])?;
    match members[..] {
        [code, message] if message.kind == Kind::String && !code.text().is_empty() => {
            Ok(Answer::Error(Refusal {
                code: code.text(),
                message: message.text(),
                // An error without a request id is still an error.
                request_id: request_id.text(),
            }))
        }
        _ => Err(Defect::ErrorShape),
    }
}

/// What was found of a member that was looked for.
#[derive(Clone, Copy)]
struct Member<'a> {
    count: usize,
    /// The last one's; null where there is none.
    kind: Kind,
    raw: &'a str,
}

impl<'a> Member<'a> {
    /// What stands between the quotation marks of a string value; of any other, nothing.
    fn text(&self) -> &'a str {
        let inside = self.raw.get(1..self.raw.len().saturating_sub(1));
        inside
            .filter(|_| self.kind == Kind::String)
            .unwrap_or_default()
    }

    /// Whether it stands there once with a value that can prove something: it is of its kind, or a number in a text's
    /// place, and not an empty text. Twice proves nothing, whichever of them is right.
    fn proves(&self, kind: Kind) -> bool {
        let number = self.kind.is_integer() || self.kind == Kind::Float;
        let right = match kind {
            Kind::String if number => true,
            Kind::String => !self.text().is_empty(),
            Kind::Float => number,
            kind => self.kind == kind,
        };
        self.count == 1 && right
    }
}

/// Reads an object and picks members out of it, in the order of their names; the first `once` of them may not stand
/// there twice. Of what is no object all are missing.
fn pick<'a, 'p>(
    scanner: &mut Scanner<'a>,
    once: usize,
    names: &[&'p str],
) -> Result<Vec<Member<'a>>, Defect<'p>> {
    let mut members = Vec::new();
    for _ in names {
        members.push(Member {
            count: 0,
            kind: Kind::Null,
            raw: "",
        });
    }
    match pick_into(&mut members, scanner, once, names) {
        Ok(None) => Ok(members),
        Ok(Some(twice)) => Err(Defect::Twice(twice)),
        Err(Error) => Err(scanner.why().into()),
    }
}

/// The same; gives the name of what stands there twice, and stops at it.
fn pick_into<'a, 'p>(
    members: &mut [Member<'a>],
    scanner: &mut Scanner<'a>,
    once: usize,
    names: &[&'p str],
) -> Result<Option<&'p str>, Error> {
    if scanner.peek()? != Kind::Object {
        scanner.value()?;
        scanner.end()?;
        return Ok(None);
    }
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.raw_key()?;
        let (kind, raw) = scanner.raw_value()?;
        for (index, name) in names.iter().enumerate() {
            if means(key, name) {
                let member = &mut members[index];
                member.count += 1;
                (member.kind, member.raw) = (kind, raw);
                if index < once && member.count > 1 {
                    return Ok(Some(name));
                }
                break;
            }
        }
        more = scanner.next(b'}')?;
    }
    scanner.end()?;
    Ok(None)
}

#[cfg(test)]
mod tests;
