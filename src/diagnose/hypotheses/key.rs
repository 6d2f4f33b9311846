//! Mistakes with the secret key and its chain.

use super::{Cause, Change, Trial};
use zeroize::Zeroizing;

/// What pasting and reading files leaves around a key.
const SPACES: [(&str, &str, &str); 9] = [
    ("", "\n", "a line feed after it"),
    ("", " ", "a space after it"),
    (" ", "", "a space before it"),
    (" ", " ", "a space on both sides"),
    ("", "\r\n", "a line end (CR LF) after it"),
    ("", "\r", "a carriage return after it"),
    ("", "\t", "a tab after it"),
    ("\t", "", "a tab before it"),
    ("\n", "", "a line feed before it"),
];

pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let Some(credential) = &trial.input.credential else {
        return Vec::new();
    };
    let secret = credential.secret_key.expose();
    let mut changes = Vec::new();
    let mut use_key = |cause, message: String, key: Vec<u8>| {
        let key = Zeroizing::new(key);
        changes.push(Change::new(cause, message, move |recipe| {
            recipe.key.secret.clone_from(&key);
        }));
    };
    for (before, after, words) in SPACES {
        use_key(
            Cause::SecretSpaces,
            format!("The request was signed with the secret key and {words}."),
            [before.as_bytes(), secret, after.as_bytes()].concat(),
        );
    }
    let trimmed = secret.trim_ascii();
    if trimmed != secret {
        use_key(
            Cause::SecretSpaces,
            "The secret key given here has white space around it; the request was signed without."
                .into(),
            trimmed.into(),
        );
    }
    use_key(
        Cause::SecretEmpty,
        "The request was signed with an empty secret key.".into(),
        Vec::new(),
    );
    for (prefix, words) in [
        ("", "without TC3 before the secret key"),
        ("tc3", "with tc3 in lower case before the secret key"),
        ("TC3TC3", "with TC3 twice before the secret key"),
    ] {
        let message = format!("The key's derivation began {words}.");
        changes.push(Change::new(
            Cause::SecretKeyPrefix,
            message,
            move |recipe| {
                recipe.key.prefix = prefix;
            },
        ));
    }
    changes.extend((1..8).map(|mask| hexed([mask & 1 > 0, mask & 2 > 0, mask & 4 > 0])));
    changes
}

/// Results of the chain that were used as text.
fn hexed<'a>(hexed: [bool; 3]) -> Change<'a> {
    let names = ["the date's", "the service's", "tc3_request's"];
    let used: Vec<&str> = names
        .into_iter()
        .zip(hexed)
        .filter_map(|(name, hexed)| hexed.then_some(name))
        .collect();
    let message = format!(
        "In the key's derivation, {} result was used as hexadecimal text instead of its 32 bytes.",
        used.join(" and ")
    );
    Change::new(Cause::SecretKeyPrefix, message, move |recipe| {
        recipe.key.hexed = hexed;
    })
    .rare()
}
