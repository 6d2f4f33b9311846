//! The query of a GET: what is signed is, byte for byte, what a URL parser leaves as it is.

use super::flatten::flatten;
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::hex::{UPPER, push_hex};
use crate::text::{join, split, within};

/// GET takes up to 32 KB (*Request Structure*).
pub const MAX_QUERY: usize = 32 * 1024;

/// The query of the JSON text of parameters.
pub(super) fn write(params: &str, problems: &mut Problems) -> String {
    let mut query = String::new();
    flatten(params, problems, &mut |name, value| {
        push_pair(&mut query, name, value);
    });
    small_enough(&query, "params", problems);
    query
}

/// Appends a pair as it is sent: name and value escaped after RFC 3986, behind `&` where others stand before.
pub fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push_str("&");
    }
    percent_encode(query, name);
    query.push_str("=");
    percent_encode(query, value);
}

/// Appends a text after RFC 3986: all but letters, digits and `- . _ ~` as `%` and capital hex digits.
#[inline(never)]
pub fn percent_encode(text: &mut String, raw: &str) {
    let mut at = 0;
    for byte in raw.as_bytes() {
        // Half a character is no text, and escaped like any other that is not ASCII.
        let one = raw.get(at..at + 1).unwrap_or("%");
        if within(one, b"azAZ09-.__~~") {
            text.push_str(one);
        } else {
            text.push_str("%");
            push_hex(text, &[*byte], UPPER);
        }
        at += 1;
    }
}

/// A query that the caller encoded: every URL parser must leave it as it is, else what is sent is not what was
/// signed.
pub(super) fn check(query: &str, problems: &mut Problems) {
    // What is printed but `"`, `#`, `<`, `>`, `'`; each `%` with two digits.
    let mut fine = within(query, b"!!$&(;==?~");
    let mut parts = split(query, b'%');
    parts.next();
    for part in parts {
        fine &= part
            .get(..2)
            .is_some_and(|digits| within(digits, b"09AFaf"));
    }
    if !fine {
        let message = "must be encoded and without `?`: a URL parser would change it, and the signature would not fit; give `params` instead";
        problems.value("query", message);
    }
    small_enough(query, "query", problems);
}

fn small_enough(query: &str, path: &str, problems: &mut Problems) {
    if query.len() > MAX_QUERY {
        let mut message = join(&["makes a query of "]);
        push_decimal(&mut message, query.len() as u64, 1);
        message.push_str(" bytes, and a GET takes up to 32 KB; use POST");
        problems.push(path, "TooLarge", &message);
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_QUERY, Problems};

    fn write(params: &str) -> Result<String, Problems> {
        let mut problems = Problems::default();
        let query = super::write(params, &mut problems);
        if problems.is_empty() {
            return Ok(query);
        }
        Err(problems)
    }

    fn is_fine(query: &str) -> bool {
        let mut problems = Problems::default();
        super::check(query, &mut problems);
        problems.is_empty()
    }

    #[test]
    fn everything_but_unreserved_characters_is_escaped() {
        let query = write(r#"{"A b":"*!()'~ +&=é"}"#);
        assert_eq!(
            query.as_deref(),
            Ok("A%20b=%2A%21%28%29%27~%20%2B%26%3D%C3%A9")
        );
    }

    #[test]
    fn a_query_that_a_url_parser_would_change_is_refused() {
        for fine in ["", "A.0=1&B=a%2Fb", "A=*!()&B=x+y"] {
            assert!(is_fine(fine), "{fine}");
        }
        for wrong in [
            "A=b c", "A='", "A=é", "A=%2", "A=%zz", "A#b", "A=\n", "A=\"",
        ] {
            assert!(!is_fine(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_get_has_its_limit() {
        let params = |length: usize| format!("{{\"A\":\"{}\"}}", "x".repeat(length));
        assert!(write(&params(MAX_QUERY - 2)).is_ok());
        let problems = write(&params(MAX_QUERY - 1)).expect_err("too large");
        let [[path, code, message]] = problems.iter().collect::<Vec<_>>()[..] else {
            panic!("{problems:?}");
        };
        assert_eq!((path, code), ("params", "TooLarge"));
        assert!(message.contains("32769 bytes"), "{message}");
    }
}
