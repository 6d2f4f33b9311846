//! Mistakes with a GET's query: encoding and order.

use super::{Cause, Change, Trial};
use crate::diagnose::percent::{UNRESERVED, decode, encode, recase};

/// The ways in which libraries encode: a name, the signs that stay as they are, and `+` for a space.
const STYLES: [(&str, &[u8], bool); 5] = [
    ("after RFC 3986", UNRESERVED, false),
    ("with + for a space", UNRESERVED, true),
    ("with ! ' ( ) * as they are", b"-._~!'()*", false),
    ("with ! ( ) * as they are", b"-._~!()*", false),
    ("with * as it is, ~ as %7E and + for a space", b"-._*", true),
];

pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let (_, sent) = trial.request.path_and_query();
    if sent.is_empty() {
        return Vec::new();
    }
    let mut changes: Vec<Change<'a>> = Vec::new();
    let mut seen = vec![trial.base.query.clone()];
    let mut signed = |cause, message: String, query: String| {
        if !seen.contains(&query) {
            seen.push(query.clone());
            changes.push(Change::new(cause, message, move |recipe| {
                recipe.query.clone_from(&query);
            }));
        }
    };
    if trial.request.method == "POST" {
        signed(
            Cause::QueryOnPost,
            "The query of a POST was signed; a POST has none.".into(),
            sent.into(),
        );
    } else {
        let message = "The query was left out of the signature.";
        signed(Cause::QueryNotSigned, message.into(), String::new());
    }
    let mut sorted: Vec<&str> = sent.split('&').collect();
    sorted.reverse();
    let reversed = sorted.join("&");
    sorted.sort_unstable();
    for (words, query) in [("sorted", sorted.join("&")), ("in reverse order", reversed)] {
        let message = format!("The query was signed {words}, but sent in another order.");
        signed(Cause::QueryOrder, message, query);
    }
    let mut encoded = |words: &str, query: String| {
        let message = format!("The query was signed {words}, but sent in another encoding.");
        signed(Cause::DoubleEncodedQuery, message, query);
    };
    encoded("encoded once less", recoded(sent, true, &raw));
    encoded(
        "encoded once less, with + as it is",
        recoded(sent, false, &raw),
    );
    for (words, signs, plus) in STYLES {
        let once = |bytes: &[u8]| {
            let text = encode(bytes, signs);
            if plus { text.replace("%20", "+") } else { text }
        };
        let query = recoded(sent, true, &once);
        encoded(
            &format!("{words}, with the codes in lower case"),
            recase(&query, true),
        );
        encoded(words, query);
        encoded(
            &format!("{words}, names as they are"),
            values_only(sent, &once),
        );
        encoded(
            &format!("{words}, encoded twice"),
            recoded(sent, false, &|bytes| once(once(bytes).as_bytes())),
        );
    }
    encoded(
        "encoded once more",
        parts(sent, &|part| encode(part.as_bytes(), UNRESERVED)),
    );
    encoded("encoded as a whole", encode(sent.as_bytes(), UNRESERVED));
    encoded("with the codes in lower case", recase(sent, true));
    encoded("with the codes in capitals", recase(sent, false));
    encoded("with %20 for +", sent.replace('+', "%20"));
    encoded("with + for %20", sent.replace("%20", "+"));
    encoded("with its ?", format!("?{sent}"));
    changes
}

/// Each name and value decoded, then written anew.
fn recoded(query: &str, plus: bool, write: &dyn Fn(&[u8]) -> String) -> String {
    parts(query, &|part| write(&decode(part, plus)))
}

/// The same, with the names written as they are.
fn values_only(query: &str, write: &dyn Fn(&[u8]) -> String) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => format!(
            "{}={}",
            raw(&decode(name, true)),
            write(&decode(value, true))
        ),
        None => pair.into(),
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}

fn raw(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into()
}

/// Changes names and values between the signs that part them.
fn parts(query: &str, change: &dyn Fn(&str) -> String) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => format!("{}={}", change(name), change(value)),
        None => change(pair),
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}
