//! The causes by name, what to do about each, and how they are ranked.

use serde::Serialize;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// The Authorization header is not there, or not of the documented form.
    AuthorizationForm,
    /// Another algorithm than TC3-HMAC-SHA256.
    Algorithm,
    /// The timestamp is too far from the clock.
    ClockOff,
    /// X-TC-Timestamp is missing, or not the second that was signed.
    TimestampHeader,
    /// The scope's date is not the timestamp's UTC date.
    DateNotUtc,
    /// Another secret id than the credential's.
    SecretIdDiffers,
    /// The secret key is empty.
    SecretEmpty,
    /// White space around the secret key.
    SecretSpaces,
    /// The derivation of the key is not the documented one.
    SecretKeyPrefix,
    /// A token with a credential that has none.
    TokenWithoutTemporaryCredential,
    /// No token with a credential that has one.
    TokenMissing,
    /// Another token than the credential's.
    TokenDiffers,
    /// The scope names another service.
    ServiceInScope,
    /// Another method was signed, or is not taken.
    MethodDiffers,
    /// Another path than `/`.
    PathSigned,
    /// The query of a POST.
    QueryOnPost,
    /// A GET was signed without its query.
    QueryNotSigned,
    /// The query was encoded otherwise when it was signed.
    DoubleEncodedQuery,
    /// The query was in another order when it was signed.
    QueryOrder,
    /// The host was signed with a port and sent without, or the reverse.
    HostPort,
    /// Another host was signed.
    HostDiffers,
    /// Another content type was signed.
    ContentTypeDiffers,
    /// Header values were signed as they are sent.
    ValuesNotLowered,
    /// The list of signed headers.
    SignedHeadersList,
    /// The parts of the canonical request are right, but put together otherwise.
    CanonicalForm,
    /// The mark of an unsigned payload, without its header or the reverse.
    UnsignedPayloadHeader,
    /// The body was another one when it was signed.
    BodyChanged,
    /// The body, or a GET's query, is larger than the service takes.
    BodyTooLarge,
    /// Another secret key, or a change after the signing.
    SecretKeyOrBody,
    /// Without the credential, the signature cannot be judged.
    NoCredential,
    /// Without the request, the signature cannot be judged.
    NoRequest,
    /// The error is about something else.
    NotSigning,
}

/// A cause that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which one.
    pub cause: Cause,
    /// Proved, by sight or by making the signature again.
    pub certain: bool,
    /// What is wrong, with the values.
    pub message: String,
    /// What to do.
    pub remedy: &'static str,
}

/// The message where neither sight nor a key can say more.
pub(super) const NOTHING_SEEN: &str = "Nothing wrong can be seen; whether the signature fits can be told only with the credential that should have signed.";

impl Cause {
    /// A finding that is proved.
    pub(super) fn certain(self, message: impl Into<String>) -> Finding {
        self.finding(true, message.into())
    }

    /// A finding that is not.
    pub(super) fn likely(self, message: impl Into<String>) -> Finding {
        self.finding(false, message.into())
    }

    fn finding(self, certain: bool, message: String) -> Finding {
        Finding {
            cause: self,
            certain,
            message,
            remedy: self.remedy(),
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::AuthorizationForm => {
                "Write TC3-HMAC-SHA256 Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=<names>, Signature=<64 digits>, once."
            }
            Self::Algorithm => {
                "Sign with TC3-HMAC-SHA256, and name it in the header and in the string to sign."
            }
            Self::ClockOff => {
                "Set the clock by network time, or take the time from the server; sign in whole seconds right before sending."
            }
            Self::TimestampHeader => {
                "Read the clock once, and use that second for X-TC-Timestamp, the string to sign and the date."
            }
            Self::DateNotUtc => {
                "Make the date from the timestamp in UTC, not in the local time zone."
            }
            Self::SecretIdDiffers => {
                "Take the secret id and the secret key from the same key pair."
            }
            Self::SecretEmpty => "Load the secret key; an unset variable often gives an empty one.",
            Self::SecretSpaces => {
                "Remove the white space around the secret key where it is stored or read."
            }
            Self::SecretKeyPrefix => {
                "Begin with the bytes of TC3 and the secret key, then use each HMAC's raw bytes as the next key."
            }
            Self::TokenWithoutTemporaryCredential => {
                "Leave X-TC-Token out, or sign with the temporary key pair that the token belongs to."
            }
            Self::TokenMissing => "Send the temporary credential's token as X-TC-Token.",
            Self::TokenDiffers => {
                "Take secret id, secret key and token from one answer, and replace all three together."
            }
            Self::ServiceInScope => {
                "Put the service's short name in lower case into scope and key, such as cvm for cvm.tencentcloudapi.com."
            }
            Self::MethodDiffers => "Sign the method that is sent, POST or GET, in capitals.",
            Self::PathSigned => "Sign and send the path /; API 3.0 has no other.",
            Self::QueryOnPost => "Move the parameters of a POST into its body.",
            Self::QueryNotSigned => "Sign a GET's query, exactly as it stands after the ?.",
            Self::DoubleEncodedQuery => "Encode the query once, then sign and send that very text.",
            Self::QueryOrder => "Write the query once, then sign and send it in that order.",
            Self::HostPort => {
                "Sign the Host header as it is sent: without the scheme's own port, with any other."
            }
            Self::HostDiffers => "Sign the Host header as it is sent, in lower case.",
            Self::ContentTypeDiffers => {
                "Set Content-Type yourself, and sign the value that is really sent, parameters included."
            }
            Self::ValuesNotLowered => {
                "Lower-case and trim the header values in the canonical request."
            }
            Self::SignedHeadersList => {
                "List the lower-case names of the signed headers in order, content-type and host among them, and send each once."
            }
            Self::CanonicalForm => {
                "Join the six parts by single line feeds; each header ends with one of its own, so an empty line follows them."
            }
            Self::UnsignedPayloadHeader => {
                "Hash UNSIGNED-PAYLOAD if and only if X-TC-Content-SHA256: UNSIGNED-PAYLOAD is sent."
            }
            Self::BodyChanged => "Write the body once, then hash and send those very bytes.",
            Self::BodyTooLarge => "Send less: 10 MB for a POST, 32 KB for a GET.",
            Self::SecretKeyOrBody => {
                "Compare the secret key with the console's, then give the sender's own canonical request too: the first line that differs is shown."
            }
            Self::NoCredential => "Give the credential as an option; it stays on this machine.",
            Self::NoRequest => "Give the whole request: method, URL, headers and body.",
            Self::NotSigning => "Read the error's own remedy.",
        }
    }
}

impl Finding {
    /// Whether it is enough to keep any signature from fitting.
    pub(super) fn explains_any(&self) -> bool {
        self.certain
            && !matches!(
                self.cause,
                Cause::ClockOff
                    | Cause::DateNotUtc
                    | Cause::ServiceInScope
                    | Cause::TokenWithoutTemporaryCredential
                    | Cause::TokenMissing
                    | Cause::TokenDiffers
                    | Cause::BodyTooLarge
                    | Cause::QueryOnPost
                    | Cause::PathSigned
            )
    }
}

/// Certain causes first, each cause once.
pub(super) fn rank(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| !finding.certain);
    let mut seen = Vec::new();
    findings.retain(|finding| {
        let new = !seen.contains(&finding.cause);
        seen.push(finding.cause);
        new
    });
}
