//! What is done with texts on the way to a signature, without the standard library's patterns: their searchers and their
//! characters weigh more than all that signs.

/// The parts of a text between one ASCII character.
pub fn split(text: &str, separator: u8) -> Split<'_> {
    Split {
        rest: Some(text),
        separator,
    }
}

/// See [`split`].
#[derive(Clone, Debug)]
pub struct Split<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Split<'a> {
    /// What stands behind the last part that was given; nothing where that was all.
    pub fn rest(&self) -> Option<&'a str> {
        self.rest
    }
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let mut at = 0;
        for byte in rest.as_bytes() {
            if *byte == self.separator {
                self.rest = rest.get(at + 1..);
                return rest.get(..at);
            }
            at += 1;
        }
        self.rest = None;
        Some(rest)
    }
}

/// What stands before the last separator, with it; nothing where there is none.
#[inline(never)]
pub fn through_last(text: &str, separator: u8) -> &str {
    let mut last = text;
    for part in split(text, separator) {
        last = part;
    }
    text.get(..text.len() - last.len()).unwrap_or_default()
}

/// Whether a text holds an ASCII character.
#[inline(never)]
pub fn holds(text: &str, character: u8) -> bool {
    for byte in text.as_bytes() {
        if *byte == character {
            return true;
        }
    }
    false
}

/// Whether each byte of a text lies within one of the ranges, whose bounds stand in pairs: `az__` are small letters and
/// the underscore.
#[inline(never)]
pub fn within(text: &str, ranges: &[u8]) -> bool {
    'text: for byte in text.as_bytes() {
        for pair in ranges.chunks_exact(2) {
            if pair[0] <= *byte && *byte <= pair[1] {
                continue 'text;
            }
        }
        return false;
    }
    true
}

/// Several texts as one.
#[inline(never)]
pub fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Appends a text in lower case.
#[inline(never)]
pub fn push_lower(text: &mut String, raw: &str) {
    let start = text.len();
    text.push_str(raw);
    if let Some(added) = text.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Appends one of several values, which a NUL separates.
#[inline(never)]
pub fn push_value(values: &mut String, value: &str) {
    if !values.is_empty() {
        values.push_str("\0");
    }
    values.push_str(value);
}

#[cfg(test)]
mod tests {
    use super::{push_lower, push_value, split, within};

    #[test]
    fn parts_stand_between_the_separators() {
        let parts = |text| split(text, b';').collect::<Vec<_>>();
        assert_eq!(parts(""), [""]);
        assert_eq!(parts("é"), ["é"]);
        assert_eq!(parts(";é;"), ["", "é", ""]);
        let mut parts = split("a;b;c", b';');
        assert_eq!((parts.next(), parts.rest()), (Some("a"), Some("b;c")));
    }

    #[test]
    fn each_byte_is_within_the_ranges() {
        assert!(within("", b""));
        assert!(within("a_z", b"az__"));
        for wrong in ["A", "a`", "é", "{"] {
            assert!(!within(wrong, b"az__"), "{wrong}");
        }
    }

    #[test]
    fn what_is_appended_leaves_what_stands() {
        let mut text = String::from("A");
        push_lower(&mut text, "BÉ");
        push_value(&mut text, "");
        push_value(&mut text, "C");
        assert_eq!(text, "AbÉ\0\0C");
    }
}
