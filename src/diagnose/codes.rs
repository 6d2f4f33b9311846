//! What an error's code makes likely.

use super::cause::{Cause, Finding};
use super::input::{ErrorFacts, Input};
use super::quote::Hider;
use super::sight::clock;

/// The likely causes of a code, the likeliest first, with what each would mean.
const CODES: [(&str, &[(Cause, &str)]); 10] = [
    (
        "AuthFailure.SignatureExpire",
        &[
            (
                Cause::ClockOff,
                "The service found the timestamp more than 5 minutes from its clock.",
            ),
            (
                Cause::TimestampHeader,
                "X-TC-Timestamp may be that of an earlier request, or not in seconds.",
            ),
        ],
    ),
    (
        "AuthFailure.SignatureFailure",
        &[
            (
                Cause::SecretKeyOrBody,
                "The service made another signature: another secret key signed, or the request was changed after the signing.",
            ),
            (
                Cause::ContentTypeDiffers,
                "A library may have rewritten Content-Type after the signing.",
            ),
            (
                Cause::HostDiffers,
                "A proxy may have rewritten Host after the signing.",
            ),
            (
                Cause::SecretSpaces,
                "The secret key may have been read with white space around it.",
            ),
            (Cause::DateNotUtc, "The scope's date may be a local one."),
        ],
    ),
    (
        "AuthFailure.TokenFailure",
        &[
            (
                Cause::TokenDiffers,
                "The token may have expired, or belong to another secret id.",
            ),
            (
                Cause::TokenMissing,
                "A temporary secret id may have been used without its token.",
            ),
            (
                Cause::TokenWithoutTemporaryCredential,
                "A token may have been sent with a secret id that is not temporary.",
            ),
        ],
    ),
    (
        "AuthFailure.SecretIdNotFound",
        &[
            (
                Cause::SecretIdDiffers,
                "The service does not know the secret id: mistyped, deleted, disabled, or of another site.",
            ),
            (
                Cause::TokenMissing,
                "A temporary secret id may have been used without its token.",
            ),
        ],
    ),
    (
        "AuthFailure.InvalidSecretId",
        &[(
            Cause::SecretIdDiffers,
            "The secret id is not one of an API key of this platform.",
        )],
    ),
    (
        "AuthFailure.InvalidAuthorization",
        &[
            (
                Cause::AuthorizationForm,
                "The service could not read the Authorization header.",
            ),
            (
                Cause::Algorithm,
                "The Authorization header may name another algorithm.",
            ),
        ],
    ),
    (
        "RequestSizeLimitExceeded",
        &[(
            Cause::BodyTooLarge,
            "The service found the request too large.",
        )],
    ),
    (
        "NoSuchProduct",
        &[(
            Cause::ServiceInScope,
            "The service that was named is not known.",
        )],
    ),
    (
        "InvalidCredential",
        &[
            (
                Cause::SecretEmpty,
                "A part of the credential may be empty; the error's problems name it.",
            ),
            (
                Cause::SecretSpaces,
                "A part of the credential may have white space around it; the error's problems name it.",
            ),
        ],
    ),
    (
        "AuthFailure",
        &[(
            Cause::SecretKeyOrBody,
            "The service refused who signed, or the signature.",
        )],
    ),
];

/// What an error tells, certain where both clocks are known.
pub(super) fn causes(error: &ErrorFacts, input: &Input) -> Vec<Finding> {
    let mut found = Vec::new();
    if let (Some(server), Some(sent)) = (error.server_time, error.sent_at) {
        found.extend(clock::far(server.saturating_sub(sent)).map(|words| {
            Cause::ClockOff.certain(format!(
                "The sender's clock is {words} the server's; 5 minutes are allowed."
            ))
        }));
    }
    found.extend(error.problems.iter().filter_map(secret_key));
    let code = error.code.as_str();
    let row = |code: &str| CODES.iter().find(|(known, _)| *known == code);
    let family = || code.rsplit_once('.').and_then(|(family, _)| row(family));
    if let Some((_, likely)) = row(code).or_else(family) {
        found.extend(likely.iter().map(|(cause, message)| cause.likely(*message)));
        return found;
    }
    let shown = Hider::new(input.credential.as_ref(), input.received.as_ref()).quote(code);
    let mut finding = Cause::NotSigning.likely(format!("The code {shown} is not about signing."));
    if let Some(row) = crate::errors::row(code) {
        finding.remedy = row.remedy;
    }
    found.push(finding);
    found
}

/// What the client's own check says of the secret key.
fn secret_key((path, code): &(String, String)) -> Option<Finding> {
    match (path.as_str(), code.as_str()) {
        ("credential.secretKey", "Missing") => {
            Some(Cause::SecretEmpty.certain("The secret key is empty, so nothing was sent."))
        }
        ("credential.secretKey", "Value") => {
            let message = "The secret key has white space around it, so nothing was sent.";
            Some(Cause::SecretSpaces.certain(message))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_of_the_service_are_in_its_table() {
        for (code, _) in CODES
            .iter()
            .filter(|(code, _)| *code != "InvalidCredential")
        {
            let row = crate::errors::row(code).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(row.code, *code);
        }
    }
}
