//! What `verify` says of a pasted request, which nothing but this module can read.

use super::input::{Credential, Input};
use super::quote::Hider;
use super::request::Request;
use crate::tc3::verify::verify;
use serde::Serialize;

/// What became of the checks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Whether every check passed.
    pub ok: bool,
    /// Who claims to have signed, if the header could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_id: Option<String>,
    /// Whether the sender left the body out of the signature.
    pub unsigned_payload: bool,
    /// The checks that failed, in order.
    pub problems: Vec<Failed>,
}

/// A check that failed.
#[derive(Debug, Serialize)]
pub struct Failed {
    /// Its name.
    pub check: &'static str,
    /// What is wrong, with nothing secret in it.
    pub message: String,
}

/// Verifies a request; nothing where there is no credential to do it with.
pub(super) fn of(input: &Input, request: &Request) -> Option<Verification> {
    let Credential {
        secret_id,
        secret_key,
        ..
    } = input.credential.as_ref()?;
    let hider = Hider::new(input.credential.as_ref(), Some(request));
    let verified = request.verified(|received| {
        verify(received, input.service.as_deref(), input.now, |named| {
            (named == secret_id).then(|| secret_key.clone())
        })
    });
    Some(Verification {
        ok: verified.ok(),
        secret_id: verified.secret_id.map(|id| hider.hide(&id)),
        unsigned_payload: verified.unsigned_payload,
        problems: verified
            .problems
            .iter()
            .map(|problem| Failed {
                check: problem.check.name(),
                message: hider.hide(&problem.message),
            })
            .collect(),
    })
}
