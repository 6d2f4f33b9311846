//! The query of a GET: what is signed is, byte for byte, what a URL parser leaves as it is.

use super::flatten::flatten;
use crate::decimal::push_decimal;
use crate::errors::Problem;
use crate::hex::{UPPER, push_hex};

/// GET takes up to 32 KB (*Request Structure*).
pub const MAX_QUERY: usize = 32 * 1024;

/// The query of the JSON text of parameters, or the problem that they have.
pub(super) fn write(params: &str) -> Result<String, Problem> {
    let query = encode(&flatten(params)?);
    small_enough(&query, "params")?;
    Ok(query)
}

/// Pairs as they are sent: names and values escaped after RFC 3986, joined by `&`.
pub fn encode(pairs: &[(String, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        percent_encode(&mut query, name);
        query.push('=');
        percent_encode(&mut query, value);
    }
    query
}

/// Appends a text after RFC 3986: all but letters, digits and `- . _ ~` as `%` and capital hex digits.
pub fn percent_encode(text: &mut String, raw: &str) {
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            push_hex(text, byte, UPPER);
        }
    }
}

/// A query that the caller encoded: every URL parser must leave it as it is, else what is sent is not what was
/// signed.
pub(super) fn check(query: &str) -> Result<(), Problem> {
    let mut rest = query.bytes();
    while let Some(byte) = rest.next() {
        let fine = match byte {
            b'%' => {
                let mut hex = || rest.next().is_some_and(|digit| digit.is_ascii_hexdigit());
                hex() && hex()
            }
            b'"' | b'#' | b'<' | b'>' | b'\'' => false,
            _ => byte.is_ascii_graphic(),
        };
        if !fine {
            let message = "must be encoded and without `?`: a URL parser would change it, and the signature would not fit; give `params` instead";
            return Err(Problem::new("query", "Value", message));
        }
    }
    small_enough(query, "query")
}

fn small_enough(query: &str, path: &str) -> Result<(), Problem> {
    if query.len() <= MAX_QUERY {
        return Ok(());
    }
    let mut message = String::from("makes a query of ");
    push_decimal(&mut message, query.len() as u64, 1);
    message.push_str(" bytes, and a GET takes up to 32 KB; use POST");
    Err(Problem::new(path, "TooLarge", &message))
}

#[cfg(test)]
mod tests {
    use super::{MAX_QUERY, check, write};

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
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        for wrong in [
            "A=b c", "A='", "A=é", "A=%2", "A=%zz", "A#b", "A=\n", "A=\"",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_get_has_its_limit() {
        let params = |length: usize| format!("{{\"A\":\"{}\"}}", "x".repeat(length));
        assert!(write(&params(MAX_QUERY - 2)).is_ok());
        let problem = write(&params(MAX_QUERY - 1)).expect_err("too large");
        assert_eq!(
            (problem.path.as_str(), problem.code),
            ("params", "TooLarge")
        );
        assert!(
            problem.message.contains("32769 bytes"),
            "{}",
            problem.message
        );
    }
}
