//! Keeps exact what the platform's JSON parser would spoil, and gives integers in the form that was asked for.

use crate::json::{Error, Kind, Scanner};

/// How a caller wants integers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Integers {
    /// As numbers, and as `BigInt` where a number would lose digits.
    #[default]
    Auto,
    /// All as `BigInt`.
    BigInt,
    /// All as texts.
    Text,
}

/// Rewrites JSON text that the platform's parser would read otherwise than asked; `None` where it would not.
///
/// In the rewritten text each text value begins with `s`, and each integer that becomes a `BigInt` is a text that begins
/// with `i`. So the platform's parser may read it, and nothing that an answer holds can be taken for a mark. Member names
/// stay as they are. `wide` says whether there are integers beyond 2^53. `texts` are the places of numbers that are to be
/// texts, `floats` those of integers that stay numbers unless they are wide; byte offsets, ascending. The text was read
/// before: of what is no JSON, anything may become.
pub fn rewrite(
    text: &str,
    wide: bool,
    integers: Integers,
    texts: &[usize],
    floats: &[usize],
) -> Option<String> {
    if integers == Integers::Auto && !wide && texts.is_empty() {
        return None;
    }
    let mut marker = Marker {
        marked: String::with_capacity(text.len() + text.len() / 8),
        integers,
        texts,
        floats,
    };
    marker.rewrite(&mut Scanner::new(text)).ok()?;
    Some(marker.marked)
}

struct Marker<'p> {
    marked: String,
    integers: Integers,
    /// The places that are still to come.
    texts: &'p [usize],
    floats: &'p [usize],
}

impl Marker<'_> {
    /// Appends the whole text, token by token: it was read before, so its brackets need no care.
    fn rewrite(&mut self, scanner: &mut Scanner<'_>) -> Result<(), Error> {
        loop {
            match scanner.peek() {
                Ok(Kind::String) => {
                    let string = scanner.string()?;
                    let is_name = scanner.stands(b':');
                    self.quoted(if is_name { "" } else { "s" }, string);
                }
                Ok(Kind::Object | Kind::Array) | Err(Error) => match scanner.sign() {
                    Some(sign) => self.marked.push(char::from(sign)),
                    None => return Ok(()),
                },
                Ok(_) => {
                    let at = scanner.offset();
                    let (kind, raw) = scanner.raw_value()?;
                    match self.mark(at, kind) {
                        Some(mark) => self.quoted(mark, raw),
                        None => self.marked.push_str(raw),
                    }
                }
            }
        }
    }

    fn mark(&mut self, at: usize, kind: Kind) -> Option<&'static str> {
        if pass(&mut self.texts, at) {
            return Some("s");
        }
        let float = pass(&mut self.floats, at);
        let wide = kind == Kind::Wide;
        if !kind.is_integer() || (float && !wide) {
            return None;
        }
        match self.integers {
            Integers::Auto => wide.then_some("i"),
            Integers::BigInt => Some("i"),
            Integers::Text => Some("s"),
        }
    }

    fn quoted(&mut self, mark: &str, escaped: &str) {
        self.marked.push('"');
        self.marked.push_str(mark);
        self.marked.push_str(escaped);
        self.marked.push('"');
    }
}

/// Passes the first of the places, if it is this one.
fn pass(places: &mut &[usize], at: usize) -> bool {
    match places {
        [first, rest @ ..] if *first == at => {
            *places = rest;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Integers, Scanner};

    fn rewrite(
        text: &str,
        integers: Integers,
        texts: &[usize],
        floats: &[usize],
    ) -> Option<String> {
        let mut scanner = Scanner::new(text);
        scanner.value().expect("JSON");
        super::rewrite(text, scanner.passed_wide(), integers, texts, floats)
    }

    fn check(text: &str, expected: Option<&str>) {
        let found = rewrite(text, Integers::Auto, &[], &[]);
        assert_eq!(found, expected.map(String::from), "{text}");
    }

    #[test]
    fn only_wide_integers_make_it_rewrite() {
        check(r#"{"a":1,"b":"9007199254740993"}"#, None);
        check(
            r#"{"a" : -9007199254740993, "i1": ["i1", null, 1.5, {}, []], "b\n": true}"#,
            Some(r#"{"a":"i-9007199254740993","i1":["si1",null,1.5,{},[]],"b\n":true}"#),
        );
    }

    #[test]
    fn all_integers_come_as_asked() {
        let text = r#"{"a":1,"b":9007199254740993,"c":1.5,"d":[2,"x"]}"#;
        let found = rewrite(text, Integers::BigInt, &[], &[]);
        let expected = r#"{"a":"i1","b":"i9007199254740993","c":1.5,"d":["i2","sx"]}"#;
        assert_eq!(found.as_deref(), Some(expected));
        let found = rewrite(text, Integers::Text, &[], &[]);
        let expected = r#"{"a":"s1","b":"s9007199254740993","c":1.5,"d":["s2","sx"]}"#;
        assert_eq!(found.as_deref(), Some(expected));
    }

    #[test]
    fn places_overrule() {
        let text = r#"{"a":1.50,"b":2,"c":9007199254740993}"#;
        let found = rewrite(text, Integers::Auto, &[5], &[]);
        let expected = r#"{"a":"s1.50","b":2,"c":"i9007199254740993"}"#;
        assert_eq!(found.as_deref(), Some(expected));
        let found = rewrite(text, Integers::BigInt, &[], &[14, 20]);
        let expected = r#"{"a":1.50,"b":2,"c":"i9007199254740993"}"#;
        assert_eq!(found.as_deref(), Some(expected));
    }
}
