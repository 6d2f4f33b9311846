//! What is wrong at first sight, before anything is signed again.

pub(super) mod clock;

use super::Trial;
use super::cause::{Cause, Finding};
use super::input::Input;
use super::quote::Hider;
use super::request::Request;
use crate::request::{MAX_BODY, MAX_QUERY};
use crate::tc3::ALGORITHM;
use crate::tc3::authorization::Authorization;
use crate::tc3::verify;

/// What can be seen without reading the Authorization header.
pub(super) fn of_request(input: &Input, request: &Request, hider: &Hider<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(clock::off(request, input.clock(), hider));
    found.extend(credential(input));
    found.extend(token(input, request));
    found.extend(start_line(request, hider));
    found.extend(size(request));
    found
}

/// Reads the Authorization header.
pub(super) fn authorization<'a>(
    request: &'a Request,
    hider: &Hider<'_>,
) -> Result<Authorization<'a>, Finding> {
    let Some(value) = request.header("authorization") else {
        return Err(no_authorization(request));
    };
    let algorithm = value.split(' ').next().unwrap_or_default();
    if algorithm.is_empty() || algorithm.contains('=') {
        let message = "The Authorization header does not begin with the algorithm's name.";
        return Err(Cause::AuthorizationForm.certain(message));
    }
    if algorithm != ALGORITHM {
        let message = format!(
            "The Authorization header names {} instead of {ALGORITHM}.",
            hider.quote(algorithm)
        );
        return Err(Cause::Algorithm.certain(message));
    }
    Authorization::parse(value).map_err(|why| {
        Cause::AuthorizationForm.certain(format!("The Authorization header is malformed: {why}."))
    })
}

/// The older algorithms have no header, but parameters in the query or the body.
fn no_authorization(request: &Request) -> Finding {
    if request.has("authorization") {
        return Cause::AuthorizationForm
            .certain("The Authorization header was sent more than once.");
    }
    let parameters = [request.target.as_bytes(), b"&", &request.body].concat();
    let older = String::from_utf8_lossy(&parameters)
        .split(['?', '&'])
        .any(|part| part.starts_with("Signature=") || part.starts_with("SignatureMethod="));
    if older {
        return Cause::Algorithm.certain(
            "There is no Authorization header, but a parameter Signature: that is HmacSHA1 or HmacSHA256, not TC3-HMAC-SHA256.",
        );
    }
    Cause::AuthorizationForm.certain("There is no Authorization header.")
}

/// What the Authorization header says, against the request and the credential.
pub(super) fn of_signing(trial: &Trial<'_>) -> Vec<Finding> {
    let Trial {
        input,
        request,
        authorization,
        hider,
        ..
    } = trial;
    let mut found = Vec::new();
    found.extend(clock::date(request, authorization.date));
    found.extend(secret_id(input, authorization, hider));
    let host = request.header("host").unwrap_or_default();
    found.extend(service(input, authorization.service, host, hider));
    let list = request.verified(|received| {
        verify::signed_headers(received, authorization.signed_headers)
            .map(drop)
            .err()
    });
    found.extend(list.map(|why| {
        Cause::SignedHeadersList.certain(format!(
            "The list of signed headers is {}: {}.",
            hider.quote(authorization.signed_headers),
            hider.hide(&why)
        ))
    }));
    found
}

/// The same for a header that came alone.
pub(super) fn of_header(
    input: &Input,
    authorization: &Authorization<'_>,
    hider: &Hider<'_>,
) -> Vec<Finding> {
    let mut found: Vec<Finding> = credential(input).into_iter().collect();
    found.extend(secret_id(input, authorization, hider));
    found.extend(service(input, authorization.service, "", hider));
    for required in ["content-type", "host"] {
        let mut names = authorization.signed_headers.split(';');
        if names.all(|name| name != required) {
            found.push(
                Cause::SignedHeadersList
                    .certain(format!("{required} is not among the signed headers.")),
            );
        }
    }
    found
}

fn credential(input: &Input) -> Option<Finding> {
    let secret = input.credential.as_ref()?.secret_key.expose();
    if secret.trim_ascii().is_empty() {
        return Some(Cause::SecretEmpty.certain("The secret key given here is empty."));
    }
    let message = "The secret key given here has white space around it; a real one has none.";
    (secret.trim_ascii() != secret).then(|| Cause::SecretSpaces.certain(message))
}

fn token(input: &Input, request: &Request) -> Option<Finding> {
    let credential = input.credential.as_ref()?;
    let sent = request.header("x-tc-token");
    match (sent, credential.token()) {
        (None, None) => None,
        (None, Some(_)) if request.has("x-tc-token") => {
            Some(Cause::TokenDiffers.certain("X-TC-Token was sent more than once."))
        }
        (None, Some(_)) => Some(Cause::TokenMissing.certain(
            "The credential is a temporary one, but its token was not sent as X-TC-Token.",
        )),
        (Some(_), None) => Some(Cause::TokenWithoutTemporaryCredential.certain(
            "X-TC-Token was sent, but the credential has no token: it is not a temporary one.",
        )),
        (Some(sent), Some(token)) if sent.as_bytes() == token.expose() => None,
        (Some(sent), Some(token)) if sent.as_bytes() == token.expose().trim_ascii() => {
            Some(Cause::TokenDiffers.certain(
                "The credential's token has white space around it, which HTTP does not carry.",
            ))
        }
        _ => Some(
            Cause::TokenDiffers.certain("The X-TC-Token that was sent is not the credential's."),
        ),
    }
}

fn secret_id(
    input: &Input,
    authorization: &Authorization<'_>,
    hider: &Hider<'_>,
) -> Option<Finding> {
    let ours = input.credential.as_ref()?.secret_id.as_str();
    let sent = authorization.secret_id;
    if sent == ours {
        return None;
    }
    let spaces = if sent.trim() == ours.trim() {
        ", which differs by white space around it"
    } else {
        ""
    };
    let message = format!(
        "The request names the secret id {}, but the credential's is {}{spaces}.",
        hider.quote(sent),
        hider.quote(ours)
    );
    Some(Cause::SecretIdDiffers.certain(message))
}

/// The service that was called is the one that is meant, or else the first label of a host of API 3.0.
fn service(input: &Input, signed: &str, host: &str, hider: &Hider<'_>) -> Option<Finding> {
    let shown = hider.quote(signed);
    let message = |called: &str, whence: &str| {
        let called = hider.quote(called);
        format!("The scope names the service {shown}, but {whence} {called}.")
    };
    if let Some(meant) = input.service.as_deref().filter(|meant| *meant != signed) {
        return Some(Cause::ServiceInScope.certain(message(meant, "the one that was meant is")));
    }
    let host = host.to_ascii_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let label = host
        .strip_suffix(".tencentcloudapi.com")
        .and_then(|labels| labels.split('.').next());
    match label.filter(|label| *label != signed && input.service.is_none()) {
        Some(label) => Some(Cause::ServiceInScope.certain(message(label, "the host is that of"))),
        None if signed.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            Some(Cause::ServiceInScope.certain(format!(
                "The scope names the service {shown}; a service's name is in lower case."
            )))
        }
        None => None,
    }
}

fn start_line(request: &Request, hider: &Hider<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let (path, query) = request.path_and_query();
    match request.method.as_str() {
        "GET" => {}
        "POST" if query.is_empty() => {}
        "POST" => found.push(Cause::QueryOnPost.certain(format!(
            "The POST was sent with the query {}, which no signature covers.",
            hider.quote(query)
        ))),
        other => found.push(Cause::MethodDiffers.certain(format!(
            "The method {} was sent; API 3.0 takes POST and GET.",
            hider.quote(other)
        ))),
    }
    if path != "/" {
        found.push(Cause::PathSigned.certain(format!(
            "The request was sent to the path {}; API 3.0 has only /.",
            hider.quote(path)
        )));
    }
    found
}

fn size(request: &Request) -> Option<Finding> {
    let (_, query) = request.path_and_query();
    let (what, length, most) = if request.method == "GET" {
        ("query", query.len(), MAX_QUERY)
    } else {
        ("body", request.body.len(), MAX_BODY)
    };
    (length > most).then(|| {
        Cause::BodyTooLarge.certain(format!(
            "The {what} has {length} bytes; {most} are allowed."
        ))
    })
}
