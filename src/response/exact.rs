//! Keeps integers exact that the platform's JSON parser would round.

use crate::json::{Error, Kind, Scanner};

/// Rewrites a JSON text that holds integers beyond 2^53 - 1; `None` where it holds none.
///
/// In the rewritten text each text value begins with `s`, and each such integer is a text that begins with
/// `i`. So the platform's parser may read it, and nothing that an answer holds can be taken for a mark.
/// Member names stay as they are.
pub(super) fn rewrite(text: &str) -> Result<Option<String>, Error> {
    if !holds_wide(&mut Scanner::new(text))? {
        return Ok(None);
    }
    let mut marked = String::with_capacity(text.len() + text.len() / 8);
    mark(&mut marked, &mut Scanner::new(text))?;
    Ok(Some(marked))
}

/// Whether a wide integer stands in the next value, at any depth.
fn holds_wide(scanner: &mut Scanner<'_>) -> Result<bool, Error> {
    let mut wide = false;
    match scanner.peek()? {
        Kind::Array => {
            let mut more = scanner.open(b'[')?;
            while more {
                wide |= holds_wide(scanner)?;
                more = scanner.next(b']')?;
            }
        }
        Kind::Object => {
            let mut more = scanner.open(b'{')?;
            while more {
                scanner.key()?;
                wide |= holds_wide(scanner)?;
                more = scanner.next(b'}')?;
            }
        }
        _ => wide = scanner.value()? == Kind::Integer { wide: true },
    }
    Ok(wide)
}

/// Appends the next value, marked.
fn mark(marked: &mut String, scanner: &mut Scanner<'_>) -> Result<(), Error> {
    match scanner.peek()? {
        Kind::Array => {
            marked.push('[');
            let mut more = scanner.open(b'[')?;
            while more {
                mark(marked, scanner)?;
                more = scanner.next(b']')?;
                marked.push_str(if more { "," } else { "" });
            }
            marked.push(']');
        }
        Kind::Object => {
            marked.push('{');
            let mut more = scanner.open(b'{')?;
            while more {
                push_quoted(marked, "", scanner.raw_key()?);
                marked.push(':');
                mark(marked, scanner)?;
                more = scanner.next(b'}')?;
                marked.push_str(if more { "," } else { "" });
            }
            marked.push('}');
        }
        Kind::String => push_quoted(marked, "s", scanner.string()?),
        _ => match scanner.raw_value()? {
            (Kind::Integer { wide: true }, digits) => push_quoted(marked, "i", digits),
            (_, raw) => marked.push_str(raw),
        },
    }
    Ok(())
}

fn push_quoted(text: &mut String, mark: &str, escaped: &str) {
    text.push('"');
    text.push_str(mark);
    text.push_str(escaped);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(rewrite(text), Ok(expected.map(String::from)), "{text}");
    }

    #[test]
    fn only_wide_integers_make_it_rewrite() {
        check(r#"{"a":1,"b":"9007199254740993"}"#, None);
        check(
            r#"{"a" : -9007199254740993, "i1": ["i1", null, 1.5, {}, []], "b\n": true}"#,
            Some(r#"{"a":"i-9007199254740993","i1":["si1",null,1.5,{},[]],"b\n":true}"#),
        );
    }
}
