//! What a sent value must keep beyond its type: documented limits and lists of values, read from the text of a table's row.

use crate::decimal::push_decimal;
use crate::split;

/// One limit, or a list of values, as schema/README.md states it.
#[derive(Clone, Copy)]
pub(super) struct Rule<'t> {
    /// Whether the facts leave a doubt, so that it is only warned of.
    pub only_warn: bool,
    letter: u8,
    operand: &'t str,
}

/// What is held against rules.
#[derive(Clone, Copy)]
pub(super) enum Sent<'a> {
    /// A list's number of items.
    Items(usize),
    /// A text, unescaped.
    Text(&'a str),
    /// An integer's digits.
    Integer(&'a str),
}

/// The rules of a row, joined by tabs, if each is of the format.
pub(super) fn checked(rules: &str) -> Option<&str> {
    let known = rules.is_empty()
        || split::at(rules, b'\t').all(|rule| Rule::read(rule).is_some_and(Rule::is_known));
    known.then_some(rules)
}

impl<'t> Rule<'t> {
    /// Reads one rule of a row that was [`checked`].
    pub fn read(text: &'t str) -> Option<Self> {
        let rule = text.strip_prefix('?').unwrap_or(text);
        let (letter, operand) = rule.split_at_checked(1)?;
        Some(Self {
            only_warn: rule.len() < text.len(),
            letter: *letter.as_bytes().first()?,
            operand,
        })
    }

    fn is_known(self) -> bool {
        let mut parts = self.parts();
        match self.letter {
            b'r' | b'i' | b'c' | b'b' | b'l' | b'j' => is_span(self.operand),
            b'd' => parts.all(is_span),
            b'f' => parts.all(|code| character(code).is_some()),
            b'a' | b'v' => true,
            _ => false,
        }
    }

    fn parts(self) -> split::Parts<'t> {
        split::at(self.operand, if self.letter == b'v' { b'|' } else { b',' })
    }

    /// The code and the message of what is wrong with a value; a rule for something else finds nothing.
    // Most values are right: what is said of others stands once, not in each caller.
    #[inline(never)]
    pub fn problem(self, sent: Sent<'_>) -> Option<(&'static str, String)> {
        if self.holds(sent) {
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

    fn holds(self, sent: Sent<'_>) -> bool {
        let span = self.operand;
        match (self.letter, sent) {
            (b'i', Sent::Items(count)) => holds_count(span, count),
            (b'r', Sent::Integer(digits)) => holds_integer(span, digits),
            (b'c', Sent::Text(text)) => holds_characters(span, text),
            (b'b', Sent::Text(text)) => holds_count(span, text.len()),
            (b'l', Sent::Text(text)) => {
                split::at(text, b'.').all(|level| holds_characters(span, level))
            }
            (b'j', Sent::Text(text)) => split::at(text, b',').all(|part| holds_text(span, part)),
            (b'd', Sent::Text(text)) => {
                let mut parts = split::at(text, b'.');
                let all = self
                    .parts()
                    .all(|span| parts.next().is_some_and(|part| holds_text(span, part)));
                all && parts.next().is_none()
            }
            (b'a', Sent::Text(text)) => text.chars().all(|char| is_allowed(span, char)),
            (b'f', Sent::Text(text)) => {
                let is_forbidden = |char| self.parts().any(|code| character(code) == Some(char));
                !text.chars().any(is_forbidden)
            }
            (b'v', Sent::Text(text) | Sent::Integer(text)) => {
                self.parts().any(|value| value == text)
            }
            _ => true,
        }
    }

    /// What the value should have been, as people say it.
    fn push_operand(self, message: &mut String) {
        if self.letter == b'a' {
            let named = CLASSES
                .iter()
                .filter(|(letter, _)| self.operand.bytes().any(|known| known == *letter));
            let mut comma = "";
            for (_, name) in named {
                message.push_str(comma);
                message.push_str(name);
                comma = ", ";
            }
            return;
        }
        let mut comma = "";
        for part in self.parts() {
            message.push_str(comma);
            match self.letter {
                b'f' => push_character(message, part),
                b'v' => push_quoted(message, part),
                _ => push_span(message, part),
            }
            comma = ", ";
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
    match code {
        "8" => message.push_str("backspace"),
        "9" => message.push_str("tab"),
        "10" => message.push_str("line feed"),
        "13" => message.push_str("carriage return"),
        _ => {
            let char = character(code).unwrap_or_default();
            push_quoted(message, char.encode_utf8(&mut [0; 4]));
        }
    }
}

fn push_span(message: &mut String, span: &str) {
    let (min, max) = bounds(span).unwrap_or_default();
    match (min, max) {
        ("", _) => message.push_str("at most "),
        (_, "") => message.push_str("at least "),
        _ => {}
    }
    message.push_str(min);
    if !min.is_empty() && !max.is_empty() && min != max {
        message.push_str(" to ");
    }
    if min != max {
        message.push_str(max);
    }
}

/// The character that a decimal code means.
fn character(code: &str) -> Option<char> {
    char::from_u32(u32::try_from(number(code.as_bytes())?).ok()?)
}

/// A number of at most nine decimal digits.
pub(super) fn number(digits: &[u8]) -> Option<usize> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        number = number * 10 + usize::try_from(char::from(*digit).to_digit(10)?).ok()?;
    }
    Some(number)
}

/// The digits of the two bounds in `MIN..MAX`; one that is not there is open, and empty.
fn bounds(span: &str) -> Option<(&str, &str)> {
    let (min, max) = split::once(span, b'.')?;
    Some((min, max.strip_prefix('.')?))
}

fn is_span(text: &str) -> bool {
    let is_bound = |bound: &str| bound.is_empty() || is_integer(bound);
    bounds(text).is_some_and(|(min, max)| is_bound(min) && is_bound(max))
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn holds_text(span: &str, text: &str) -> bool {
    is_integer(text) && holds_integer(span, text)
}

fn holds_characters(span: &str, text: &str) -> bool {
    // Each character has one byte that does not continue another.
    let starts = text.bytes().filter(|byte| byte & 0xc0 != 0x80);
    holds_count(span, starts.count())
}

fn holds_count(span: &str, count: usize) -> bool {
    let mut digits = String::new();
    push_decimal(&mut digits, count as u64, 1);
    holds_integer(span, &digits)
}

/// Whether an integer is within, however many digits it has.
fn holds_integer(span: &str, digits: &str) -> bool {
    let (min, max) = bounds(span).unwrap_or_default();
    (min.is_empty() || !is_below(digits, min)) && (max.is_empty() || !is_below(max, digits))
}

/// Whether one integer is below another, by their digits.
fn is_below(one: &str, other: &str) -> bool {
    match (magnitude(one), magnitude(other)) {
        ((false, one), (false, other)) => one < other,
        ((true, one), (true, other)) => other < one,
        ((negative, _), _) => negative,
    }
}

/// Whether an integer is below zero, and what orders integers of the same sign.
fn magnitude(integer: &str) -> (bool, (usize, &str)) {
    let digits = integer.strip_prefix('-').unwrap_or(integer);
    let zeros = digits.bytes().take_while(|digit| *digit == b'0').count();
    let digits = digits.get(zeros..).unwrap_or_default();
    let negative = integer.starts_with('-') && !digits.is_empty();
    (negative, (digits.len(), digits))
}

/// Whether an integer has 64 bits, with a sign or without one.
pub(super) fn has_64_bits(digits: &str, unsigned: bool) -> bool {
    if unsigned {
        !digits.starts_with('-') && holds_integer("..18446744073709551615", digits)
    } else {
        holds_integer("-9223372036854775808..9223372036854775807", digits)
    }
}

/// The classes of characters: their letters, and how people call them.
const CLASSES: [(u8, &str); 4] = [
    (b'l', "English letters"),
    (b'd', "digits"),
    (b'c', "Chinese characters"),
    (b'u', "underscores"),
];

fn is_allowed(classes: &str, char: char) -> bool {
    classes.bytes().any(|letter| match letter {
        b'l' => char.is_ascii_alphabetic(),
        b'd' => char.is_ascii_digit(),
        b'c' => is_chinese(char),
        b'u' => char == '_',
        _ => false,
    })
}

/// CJK ideographs, the compatibility ones and the extensions too, and the iteration mark.
fn is_chinese(char: char) -> bool {
    matches!(char, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{Rule, Sent, checked, has_64_bits};
    use proptest::prelude::*;

    fn read(rule: &str) -> Option<Rule<'_>> {
        // Where a row has no rules, there is none to be read.
        checked(rule).and_then(Rule::read)
    }

    fn check(rule: &str, sent: Sent<'_>, expected: Option<(&str, &str)>) {
        let rule = read(rule).expect("a rule");
        let found = rule.problem(sent);
        let found = found
            .as_ref()
            .map(|(code, message)| (*code, message.as_str()));
        assert_eq!(found, expected);
    }

    #[test]
    fn each_rule_holds_its_kind() {
        use Sent::{Integer, Items, Text};
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
    fn integers_have_64_bits() {
        assert!(
            has_64_bits("18446744073709551615", true) && has_64_bits("-9223372036854775808", false)
        );
        assert!(!has_64_bits("18446744073709551616", true) && !has_64_bits("-1", true));
        assert!(
            !has_64_bits("9223372036854775808", false)
                && !has_64_bits("-9223372036854775809", false)
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
                let _ = rule.problem(Sent::Text(&text));
                let _ = rule.problem(Sent::Integer(&operand));
            }
        }
    }
}
