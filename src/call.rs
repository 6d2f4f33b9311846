//! The order of the steps: check, write the head, sign, send elsewhere, read, judge.
//!
//! Each stage is a type that only the stage before can make: a payload is checked, or explicitly
//! [`Payload::unchecked`], before it can be signed.

use crate::errors::{self, NotExecuted, Problem};
use crate::request::{Head, Request};
use crate::response::{self, Answer, Success};
use crate::secret::Secret;
use crate::service::Table;
use crate::tc3::{self, Explanation, KeyCache, Signable, Values, digest::sha256};

/// Who signs.
pub struct Credential<'a> {
    /// Sent in the clear.
    pub secret_id: &'a str,
    /// Never sent.
    pub secret: Secret,
}

/// The bytes to hash and send.
pub struct Payload<'a>(&'a [u8]);

impl<'a> Payload<'a> {
    /// A payload that the table of its service version allows, with the region of its call.
    pub fn checked(
        table: &Table,
        action: &str,
        region: &str,
        bytes: &'a [u8],
    ) -> Result<Self, Vec<Problem>> {
        table
            .check_call(action, region, bytes)
            .map(|()| Self(bytes))
    }

    /// A payload that is sent as it is.
    pub fn unchecked(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

/// A request that may be sent: its body is the payload's bytes, unchanged.
#[derive(Debug)]
pub struct Prepared {
    /// The whole address.
    pub url: String,
    /// All headers, Authorization last.
    pub headers: Vec<(String, String)>,
}

/// Signs a POST. `signed_headers` is a choice as [`Request::signed`] reads it.
pub fn sign(
    credential: &Credential<'_>,
    service: &str,
    head: &Head<'_>,
    signed_headers: &str,
    payload: &Payload<'_>,
    keys: &mut KeyCache,
) -> Result<Prepared, Vec<Problem>> {
    let request = open(credential, service, head)?;
    let authorization = {
        let headers = request.signed(signed_headers).map_err(|p| vec![p])?;
        tc3::sign(
            credential.secret_id,
            &credential.secret,
            service,
            request.timestamp,
            &post(&headers, payload),
            keys,
        )
    };
    Ok(close(request, authorization))
}

/// Signs a POST and keeps every intermediate value.
pub fn explain(
    credential: &Credential<'_>,
    service: &str,
    head: &Head<'_>,
    signed_headers: &str,
    payload: &Payload<'_>,
    with_keys: bool,
) -> Result<(Explanation, Prepared), Vec<Problem>> {
    let request = open(credential, service, head)?;
    let explanation = {
        let headers = request.signed(signed_headers).map_err(|p| vec![p])?;
        tc3::explain(
            credential.secret_id,
            &credential.secret,
            service,
            request.timestamp,
            &post(&headers, payload),
            with_keys,
        )
    };
    let prepared = close(request, explanation.authorization.clone());
    Ok((explanation, prepared))
}

/// Checks credential, service and head; all problems at once.
fn open<'a>(
    credential: &Credential<'_>,
    service: &str,
    head: &Head<'a>,
) -> Result<Request<'a>, Vec<Problem>> {
    let mut problems = Vec::new();
    check_key(
        "credential.secretId",
        credential.secret_id.as_bytes(),
        &mut problems,
    );
    check_key(
        "credential.secretKey",
        credential.secret.expose(),
        &mut problems,
    );
    if credential
        .secret_id
        .bytes()
        .any(|b| !b.is_ascii_graphic() || b == b',')
    {
        problems.push(Problem::new(
            "credential.secretId",
            "Value",
            "holds a character that no secret id has; copy it again",
        ));
    }
    let in_name = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    if service.is_empty() || !service.bytes().all(in_name) {
        problems.push(Problem::new(
            "service",
            "Value",
            "must be the service's short name, such as `iotvideo`",
        ));
    }
    match head.request() {
        Ok(request) if problems.is_empty() => Ok(request),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found);
            Err(problems)
        }
    }
}

fn check_key(path: &str, value: &[u8], problems: &mut Vec<Problem>) {
    if value.is_empty() {
        problems.push(Problem::new(path, "Missing", "must be given"));
    } else if value.trim_ascii().len() != value.len() {
        let message = "begins or ends with white space; trim it, the signature would not fit";
        problems.push(Problem::new(path, "Value", message));
    }
}

fn post<'a>(headers: &'a [(&'a str, &'a str)], payload: &Payload<'_>) -> Signable<'a> {
    Signable {
        method: "POST",
        query: "",
        headers,
        values: Values::Lower,
        hashed_payload: sha256(payload.0),
    }
}

fn close(request: Request<'_>, authorization: String) -> Prepared {
    let mut headers: Vec<(String, String)> = Vec::with_capacity(request.headers.len() + 1);
    for (name, value) in request.headers {
        headers.push((name.into(), value));
    }
    headers.push(("Authorization".into(), authorization));
    Prepared {
        url: request.url,
        headers,
    }
}

/// What became of a call that was sent.
#[derive(Debug)]
pub enum Conclusion<'a> {
    /// It was done.
    Done(Success<'a>),
    /// The service said no.
    Refused {
        /// Such as `ResourceNotFound`.
        code: String,
        /// The service's own words.
        message: String,
        /// The service's id of this request; empty where it gave none.
        request_id: String,
        /// What to do, in one sentence.
        remedy: &'static str,
        /// Whether it is known that nothing was done.
        nothing_done: bool,
        /// `safe`, `ifIdempotent` or `never`.
        retry: &'static str,
    },
    /// What came back is not the protocol: it may have been done.
    NotTheProtocol(String),
}

/// Reads the answer to an action. `status` is HTTP's.
///
/// A refusal proves that nothing was done where the action only reads, or where its code is certain and no
/// server on the way failed (a status other than 2xx): an earlier arrival of the same request may have been
/// executed.
pub fn conclude<'a>(table: &Table, action: &str, status: u16, body: &'a [u8]) -> Conclusion<'a> {
    // A page sees status 0 where it does not follow a redirect.
    if status == 0 || (300..400).contains(&status) {
        return Conclusion::NotTheProtocol(
            "the answer is a redirect, which is never followed".into(),
        );
    }
    let in_2xx = (200..300).contains(&status);
    let proof = table.proof(action);
    match response::read(body, &proof) {
        Ok(Answer::Result(_)) if !in_2xx => {
            Conclusion::NotTheProtocol("the body says success, but the HTTP status does not".into())
        }
        Ok(Answer::Result(success)) => Conclusion::Done(success),
        Ok(Answer::Error {
            code,
            message,
            request_id,
        }) => {
            let idempotent = table.idempotent(action);
            let row = errors::row(&code);
            let certain = row.is_some_and(|row| row.not_executed == NotExecuted::Certain);
            Conclusion::Refused {
                code: code.into_owned(),
                message: message.into_owned(),
                request_id: request_id.into_owned(),
                remedy: row.map_or(
                    "This code is not in the table; read the message, and query the state before trying again.",
                    |row| row.remedy,
                ),
                nothing_done: idempotent || (certain && in_2xx),
                retry: match row {
                    Some(row) if row.retryable && certain => "safe",
                    Some(row) if row.retryable => "ifIdempotent",
                    _ => "never",
                },
            }
        }
        Err(defect) => Conclusion::NotTheProtocol(defect.message()),
    }
}

#[cfg(test)]
mod tests;
