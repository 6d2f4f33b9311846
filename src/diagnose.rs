//! Says in words why a signature failed, by making it again with one mistake after the other.
//!
//! A mistake is certain where it can be seen, or where the signature fits as soon as it is made; all others are
//! only likely. Nothing that is said holds the secret key, a token, or a signature that was expected.

mod cause;
mod codes;
mod curl;
mod difference;
mod http;
mod hypotheses;
mod input;
mod json_forms;
mod percent;
mod prove;
mod quote;
mod recipe;
mod request;
mod shell;
mod sight;
mod verification;

pub use cause::{Cause, Finding};
pub use difference::Difference;
pub use input::{Credential, ErrorFacts, Input, Subject};
pub use request::Request;
pub use verification::{Failed, Verification};

use crate::tc3::authorization::Authorization;
use prove::{Proof, prove};
use quote::Hider;
use recipe::Recipe;
use request::Pasted;
use serde::Serialize;

/// What became of the diagnosis.
#[derive(Debug, Serialize)]
pub struct Diagnosis {
    /// Whether the signature was made again and fits, and nothing else is wrong.
    pub ok: bool,
    /// What is certain first, then what is likely.
    pub causes: Vec<Finding>,
    /// Where the sender's own text leaves the right one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// What `verify` says of a request that was pasted as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

/// Everything that a hypothesis may look at.
struct Trial<'a> {
    input: &'a Input,
    request: &'a Request,
    authorization: Authorization<'a>,
    /// How the request was signed, if it was signed rightly.
    base: Recipe,
    hider: Hider<'a>,
}

impl<'a> Trial<'a> {
    fn new(
        input: &'a Input,
        request: &'a Request,
        authorization: Authorization<'a>,
        hider: Hider<'a>,
    ) -> Self {
        Self {
            input,
            request,
            base: Recipe::right(request, &authorization),
            authorization,
            hider,
        }
    }
}

/// Judges what `input` holds; `Err` says why its text could not be read.
pub fn diagnose(input: &Input) -> Result<Diagnosis, String> {
    let mut diagnosis = match &input.subject {
        Subject::Request(request) => judge(input, request),
        Subject::Text(text) => match request::read(text)? {
            Pasted::Request(request) => Diagnosis {
                verification: verification::of(input, &request),
                ..judge(input, &request)
            },
            Pasted::Authorization(value) => judge_header(input, &value),
        },
        Subject::Error(error) => {
            let mut diagnosis = match &input.received {
                Some(request) => judge(input, request),
                None => Diagnosis::new(),
            };
            // The code says more than that nothing was seen.
            diagnosis
                .causes
                .retain(|found| found.cause != Cause::NoCredential);
            diagnosis.causes.extend(codes::causes(error, input));
            diagnosis
        }
    };
    cause::rank(&mut diagnosis.causes);
    diagnosis.ok &= diagnosis.causes.is_empty();
    Ok(diagnosis)
}

impl Diagnosis {
    fn new() -> Self {
        Self {
            ok: false,
            causes: Vec::new(),
            difference: None,
            verification: None,
        }
    }
}

fn judge(input: &Input, request: &Request) -> Diagnosis {
    let hider = Hider::new(input.credential.as_ref(), Some(request));
    let mut diagnosis = Diagnosis::new();
    diagnosis.causes = sight::of_request(input, request, &hider);
    let authorization = match sight::authorization(request, &hider) {
        Ok(authorization) => authorization,
        Err(finding) => {
            diagnosis.causes.insert(0, finding);
            return diagnosis;
        }
    };
    let trial = Trial::new(input, request, authorization, hider);
    let causes = &mut diagnosis.causes;
    causes.extend(sight::of_signing(&trial));
    let compared = difference::compare(&trial);
    diagnosis.difference = compared.difference;
    match prove(&trial) {
        // What was proved outweighs the sender's texts, which may be those of another attempt.
        Proof::Right => diagnosis.ok = true,
        Proof::Found(found) => causes.extend(found),
        Proof::NotFound => {
            causes.extend(compared.causes);
            if !causes.iter().any(Finding::explains_any) || prove::another_key(&trial) {
                causes.extend(prove::rest(&trial));
            }
        }
        Proof::NoKey => {
            causes.extend(compared.causes);
            if causes.is_empty() {
                causes.push(Cause::NoCredential.likely(cause::NOTHING_SEEN));
            }
        }
    }
    diagnosis
}

/// Judges an Authorization header that came without its request.
fn judge_header(input: &Input, value: &str) -> Diagnosis {
    let request = Request::with_authorization(value);
    let hider = Hider::new(input.credential.as_ref(), None);
    let mut diagnosis = Diagnosis::new();
    let causes = &mut diagnosis.causes;
    match sight::authorization(&request, &hider) {
        Ok(authorization) => {
            causes.extend(sight::of_header(input, &authorization, &hider));
            if causes.is_empty() {
                let trial = Trial::new(input, &request, authorization, hider);
                causes.push(prove::header_alone(&trial));
            }
        }
        Err(finding) => causes.push(finding),
    }
    diagnosis
}

#[cfg(test)]
mod tests;
