//! Values of the request in a sentence: short, on one line, and with nothing in them that is secret.

use super::input::Credential;
use super::request::Request;
use zeroize::Zeroizing;

/// What stands in place of something secret.
const HIDDEN: &str = "(hidden)";

/// Shorter texts are in every sentence by chance, and no real key is that short.
const SHORTEST_SECRET: usize = 4;

const LONGEST: usize = 100;

/// Hides the secret key and the tokens, in any case, since canonical values are in lower case.
pub(super) struct Hider<'a> {
    secrets: Vec<&'a str>,
}

impl<'a> Hider<'a> {
    pub(super) fn new(credential: Option<&'a Credential>, request: Option<&'a Request>) -> Self {
        let mut secrets = Vec::new();
        if let Some(credential) = credential {
            let known = [Some(&credential.secret_key), credential.token.as_ref()];
            secrets.extend(
                known
                    .into_iter()
                    .flatten()
                    .filter_map(|secret| str::from_utf8(secret.expose()).ok()),
            );
        }
        let headers = request.map_or(&[][..], |request| &request.headers);
        secrets.extend(
            headers
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case("x-tc-token"))
                .map(|(_, value)| value.as_str()),
        );
        for secret in &mut secrets {
            *secret = secret.trim();
        }
        secrets.retain(|secret| secret.len() >= SHORTEST_SECRET);
        // A key that holds another one must go first.
        secrets.sort_by_key(|secret| core::cmp::Reverse(secret.len()));
        Self { secrets }
    }

    /// The text with its secrets hidden.
    pub(super) fn hide(&self, text: &str) -> String {
        let mut shown = text.to_string();
        for secret in &self.secrets {
            let lowered = Zeroizing::new(secret.to_ascii_lowercase());
            let mut from = 0;
            while let Some(at) = shown.to_ascii_lowercase()[from..].find(lowered.as_str()) {
                let at = from + at;
                shown.replace_range(at..at + secret.len(), HIDDEN);
                from = at + HIDDEN.len();
            }
        }
        shown
    }

    /// The same in a sentence: in quotation marks, on one line, shortened.
    pub(super) fn quote(&self, text: &str) -> String {
        let shown = self.hide(text);
        let mut quoted = String::from("\"");
        for (at, c) in shown.chars().enumerate() {
            if at == LONGEST {
                quoted.push('…');
                break;
            }
            if c.is_control() {
                quoted.extend(c.escape_default());
            } else {
                quoted.push(c);
            }
        }
        quoted.push('"');
        quoted
    }
}

#[cfg(test)]
mod tests {
    use super::Hider;
    use proptest::prelude::*;

    #[test]
    fn secrets_are_hidden_in_any_case() {
        let hider = Hider {
            secrets: vec!["Sentinel"],
        };
        assert_eq!(hider.quote("a sentinel\n"), "\"a (hidden)\\n\"");
        assert_eq!(hider.hide("SENTINELSENTINEL"), "(hidden)(hidden)");
    }

    proptest! {
        #[test]
        fn no_secret_is_left(secret in "[a-cé]{4,5}", text in "[a-dA-Dé]{0,60}") {
            let hider = Hider { secrets: vec![&secret] };
            let shown = hider.hide(&text).to_ascii_lowercase();
            prop_assert!(!shown.contains(&secret));
        }
    }

    #[test]
    fn a_secret_in_the_mark_ends() {
        let hider = Hider {
            secrets: vec!["hidden"],
        };
        assert!(hider.hide("hidden").len() < 20);
    }
}
