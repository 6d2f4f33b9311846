//! What a sent value must keep beyond its type: documented limits and lists of values, read from the text of a table's row.

use super::integer::{bounds, holds_integer, push_span};
use crate::decimal::push_decimal;
use crate::text::{Split, holds, split};

/// One limit, or a list of values, as schema/README.md states it.
#[derive(Clone, Copy)]
pub(super) struct Rule<'t> {
    /// Whether the facts leave a doubt, so that it is only warned of.
    pub only_warn: bool,
    letter: u8,
    operand: &'t str,
}

/// What is held against rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// A list's number of items, in digits.
    Items,
    /// A text, unescaped.
    Text,
    /// An integer's digits.
    Integer,
}

/// Whether each rule of a row is of the format.
pub(super) fn are_known(rules: &str) -> bool {
    if !rules.is_empty() {
        for rule in split(rules, b'\t') {
            if Rule::read(rule).is_none() {
                return false;
            }
        }
    }
    true
}

impl<'t> Rule<'t> {
    /// Reads one rule of a row.
    #[inline(never)]
    pub fn read(text: &'t str) -> Option<Self> {
        let only_warn = text.as_bytes().first() == Some(&b'?');
        let start = usize::from(only_warn);
        let letter = *text.as_bytes().get(start)?;
        let rule = Self {
            only_warn,
            letter,
            operand: text.get(start + 1..)?,
        };
        for part in rule.parts() {
            let known = match letter {
                b'a' | b'v' => true,
                b'f' => character(part).is_some(),
                b'r' | b'i' | b'c' | b'b' | b'l' | b'j' | b'd' => bounds(part).is_some(),
                _ => false,
            };
            if !known {
                return None;
            }
        }
        Some(rule)
    }

    fn parts(self) -> Split<'t> {
        split(self.operand, if self.letter == b'v' { b'|' } else { b',' })
    }

    /// The code and the message of what is wrong with a value; a rule for something else finds nothing.
    pub fn problem(self, sent: Sent, text: &str) -> Option<(&'static str, String)> {
        if self.holds(sent, text) {
            return None;
        }
        let (code, start, end) = match self.letter {
            b'r' => ("Range", "must be ", ""),
            b'i' => ("Length", "must have ", " items"),
            b'c' => ("Length", "must have ", " characters"),
            b'b' => ("Length", "must have ", " bytes in UTF-8"),
            b'l' => (
                "Length",
                "must have ",
                " characters in each level, between two full stops",
            ),
            b'j' => ("Format", "must be integers joined by commas, each ", ""),
            b'd' => ("Format", "must be integers joined by full stops: ", ""),
            b'a' => ("Format", "may only hold ", ""),
            b'f' => ("Format", "may not hold any of ", ""),
            _ if self.only_warn => ("Value", "is none of the known values ", ""),
            _ => ("Value", "must be one of ", ""),
        };
        let mut message = String::from(start);
        self.push_operand(&mut message);
        message.push_str(end);
        Some((code, message))
    }

    fn holds(self, sent: Sent, text: &str) -> bool {
        match (self.letter, sent) {
            (b'i', Sent::Items)
            | (b'r', Sent::Integer)
            | (b'c' | b'b' | b'l' | b'j' | b'd', Sent::Text) => self.holds_parts(text),
            (b'a' | b'f', Sent::Text) => self.holds_characters(text),
            (b'v', Sent::Text | Sent::Integer) => self.holds_value(text),
            _ => true,
        }
    }

    /// Whether each character of a text is of a class that is allowed, or none of those that are forbidden.
    fn holds_characters(self, text: &str) -> bool {
        for char in text.chars() {
            if self.letter == b'a' {
                if !is_allowed(self.operand, char) {
                    return false;
                }
                continue;
            }
            for code in self.parts() {
                if character(code) == Some(char) {
                    return false;
                }
            }
        }
        true
    }

    fn holds_value(self, text: &str) -> bool {
        for value in self.parts() {
            if value == text {
                return true;
            }
        }
        false
    }

    /// Whether each part of a text is within its range: the whole, a level, or an integer.
    fn holds_parts(self, text: &str) -> bool {
        let separator = match self.letter {
            b'j' => b',',
            b'l' | b'd' => b'.',
            // No text holds it.
            _ => 0xff,
        };
        let mut spans = self.parts();
        let mut span = spans.next();
        for part in split(text, separator) {
            let count = match self.letter {
                b'b' => Some(part.len()),
                b'c' | b'l' => Some(characters(part)),
                _ => None,
            };
            let mut digits = String::new();
            if let Some(count) = count {
                push_decimal(&mut digits, count as u64, 1);
            }
            let value = if count.is_some() { &digits } else { part };
            if !span.is_some_and(|span| holds_integer(span, value)) {
                return false;
            }
            if self.letter == b'd' {
                span = spans.next();
            }
        }
        self.letter != b'd' || span.is_none()
    }

    /// What the value should have been, as people say it.
    fn push_operand(self, message: &mut String) {
        let start = message.len();
        let comma = |message: &mut String| {
            if message.len() > start {
                message.push_str(", ");
            }
        };
        if self.letter == b'a' {
            for (letter, name) in CLASSES {
                if holds(self.operand, letter) {
                    comma(message);
                    message.push_str(name);
                }
            }
            return;
        }
        for part in self.parts() {
            comma(message);
            match self.letter {
                b'f' => push_character(message, part),
                b'v' => push_quoted(message, part),
                _ => push_span(message, part),
            }
        }
    }
}

fn push_quoted(message: &mut String, text: &str) {
    message.push('`');
    message.push_str(text);
    message.push('`');
}

/// A character as people call it, by its code.
fn push_character(message: &mut String, code: &str) {
    let char = character(code).unwrap_or_default();
    let name = match char {
        '\u{8}' => "backspace",
        '\t' => "tab",
        '\n' => "line feed",
        '\r' => "carriage return",
        other => {
            message.extend(['`', other, '`']);
            return;
        }
    };
    message.push_str(name);
}

/// The character that a decimal code means.
#[inline(never)]
fn character(code: &str) -> Option<char> {
    if code.is_empty() || code.len() > 7 {
        return None;
    }
    let mut number = 0;
    for byte in code.as_bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u32::from(byte - b'0');
    }
    char::from_u32(number)
}

/// How many characters a text has: each has one byte that does not continue another.
fn characters(text: &str) -> usize {
    let mut count = 0;
    for byte in text.as_bytes() {
        count += usize::from(byte & 0xc0 != 0x80);
    }
    count
}

/// The classes of characters: their letters, and how people call them.
const CLASSES: [(u8, &str); 4] = [
    (b'l', "English letters"),
    (b'd', "digits"),
    (b'c', "Chinese characters"),
    (b'u', "underscores"),
];

fn is_allowed(classes: &str, char: char) -> bool {
    let letter = match char {
        'A'..='Z' | 'a'..='z' => b'l',
        '0'..='9' => b'd',
        '_' => b'u',
        // CJK ideographs, the compatibility ones and the extensions too, and the iteration mark.
        '\u{3005}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => b'c',
        _ => return false,
    };
    holds(classes, letter)
}

#[cfg(test)]
mod tests {
    use super::{Rule, Sent};
    use proptest::prelude::*;

    /// What is held against rules, with its value.
    #[derive(Clone, Copy)]
    enum Value<'a> {
        Items(usize),
        Text(&'a str),
        Integer(&'a str),
    }

    fn read(rule: &str) -> Option<Rule<'_>> {
        Rule::read(rule)
    }

    fn check(rule: &str, value: Value<'_>, expected: Option<(&str, &str)>) {
        let rule = read(rule).expect("a rule");
        let found = match value {
            Value::Items(count) => rule.problem(Sent::Items, &count.to_string()),
            Value::Text(text) => rule.problem(Sent::Text, text),
            Value::Integer(digits) => rule.problem(Sent::Integer, digits),
        };
        let found = found
            .as_ref()
            .map(|(code, message)| (*code, message.as_str()));
        assert_eq!(found, expected);
    }

    #[test]
    fn each_rule_holds_its_kind() {
        use Value::{Integer, Items, Text};
        check("r1..100", Integer("100"), None);
        check(
            "r1..100",
            Integer("101"),
            Some(("Range", "must be 1 to 100")),
        );
        check(
            "r1..100",
            Integer("-99999999999999999999999999999999999999999999"),
            Some(("Range", "must be 1 to 100")),
        );
        check(
            "r..-5",
            Integer("-4"),
            Some(("Range", "must be at most -5")),
        );
        check("r7..", Integer("6"), Some(("Range", "must be at least 7")));
        check("r1..2", Text("9"), None);
        check("i1..2", Items(2), None);
        check(
            "i1..2",
            Items(0),
            Some(("Length", "must have 1 to 2 items")),
        );
        check("i1..2", Text(""), None);
        check("c..2", Text("电👍"), None);
        check(
            "c..2",
            Text("abc"),
            Some(("Length", "must have at most 2 characters")),
        );
        check(
            "c32..32",
            Text("a"),
            Some(("Length", "must have 32 characters")),
        );
        check("b..2", Text("é"), None);
        check(
            "b..2",
            Text("电"),
            Some(("Length", "must have at most 2 bytes in UTF-8")),
        );
        check("l..2", Text("ab.cd"), None);
        check(
            "l..2",
            Text("ab.cde"),
            Some((
                "Length",
                "must have at most 2 characters in each level, between two full stops",
            )),
        );
        check("j0..31", Text("0,31"), None);
        for wrong in ["", "32", "1,", "1, 2", "+1", "a"] {
            check(
                "j0..31",
                Text(wrong),
                Some(("Format", "must be integers joined by commas, each 0 to 31")),
            );
        }
        check("d0..63,1..9", Text("63.1"), None);
        for wrong in ["", "1", "1.0", "1.1.1", "1.x", "-1.1"] {
            check(
                "d0..63,1..9",
                Text(wrong),
                Some((
                    "Format",
                    "must be integers joined by full stops: 0 to 63, 1 to 9",
                )),
            );
        }
        check("ald", Text("aZ9"), None);
        check(
            "ald",
            Text("a-"),
            Some(("Format", "may only hold English letters, digits")),
        );
        check("alcdu", Text("摄_1a"), None);
        check("f39,10", Text("fine"), None);
        check(
            "f39,10",
            Text("it's"),
            Some(("Format", "may not hold any of `'`, line feed")),
        );
        check("va|b c", Text("b c"), None);
        check(
            "va|b c",
            Text("b"),
            Some(("Value", "must be one of `a`, `b c`")),
        );
        let known = Some(("Value", "is none of the known values `a`"));
        check("?va", Text("b"), known);
        check("v1|8", Integer("8"), None);
        check(
            "v1|8",
            Integer("9"),
            Some(("Value", "must be one of `1`, `8`")),
        );
    }

    #[test]
    fn what_is_not_a_rule_is_none() {
        for text in [
            "",
            "?",
            "r",
            "r1",
            "r1...",
            "rx..",
            "d",
            "f",
            "fx",
            "f4294967295",
            "q1",
            "电",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(read("?c..1").expect("a rule").only_warn);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(letter in "[?]?[ricbljdafvx]", operand in "[0-9.,|-]{0,12}", text in any::<String>()) {
            if let Some(rule) = read(&(letter + &operand)) {
                let _ = rule.problem(Sent::Text, &text);
                let _ = rule.problem(Sent::Integer, &operand);
            }
        }
    }
}
