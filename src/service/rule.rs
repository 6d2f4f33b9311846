//! What a sent value must keep beyond its type: documented limits and lists of values, as a table's row has them.

use crate::decimal::push_decimal;
use crate::errors::Problem;

/// One limit, or a list of values.
#[derive(Debug)]
pub(super) struct Rule {
    /// Whether the facts leave a doubt, so that it is only warned of.
    pub only_warn: bool,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Range(Bounds),
    Items(Bounds),
    Characters(Bounds),
    Bytes(Bounds),
    LevelCharacters(Bounds),
    Joined(Bounds),
    Dotted(Vec<Bounds>),
    Allowed(String),
    Forbidden(String),
    Values(Vec<String>),
}

/// From the first to the second; open where there is none.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    min: Option<i64>,
    max: Option<i64>,
}

/// What is held against rules.
#[derive(Clone, Copy)]
pub(super) enum Sent<'a> {
    /// A list's number of items.
    Items(u64),
    /// A text, unescaped.
    Text(&'a str),
    /// An integer's digits.
    Integer(&'a str),
}

impl Rule {
    /// Reads one rule of a row; `None` where it is not of the format.
    pub fn parse(text: &str) -> Option<Self> {
        let (only_warn, text) = match text.strip_prefix('?') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (letter, operand) = text.split_at_checked(1)?;
        let kind = match letter {
            "r" => Kind::Range(Bounds::parse(operand)?),
            "i" => Kind::Items(Bounds::parse(operand)?),
            "c" => Kind::Characters(Bounds::parse(operand)?),
            "b" => Kind::Bytes(Bounds::parse(operand)?),
            "l" => Kind::LevelCharacters(Bounds::parse(operand)?),
            "j" => Kind::Joined(Bounds::parse(operand)?),
            "d" => Kind::Dotted(
                operand
                    .split(',')
                    .map(Bounds::parse)
                    .collect::<Option<_>>()?,
            ),
            "a" => Kind::Allowed(operand.into()),
            "f" => Kind::Forbidden(
                operand
                    .split(',')
                    .map(|code| char::from_u32(code.parse().ok()?))
                    .collect::<Option<_>>()?,
            ),
            "v" => Kind::Values(operand.split('|').map(String::from).collect()),
            _ => return None,
        };
        Some(Self { only_warn, kind })
    }

    /// What is wrong with a value at `path`; a rule for something else finds nothing.
    pub fn problem(&self, at: &str, sent: Sent<'_>) -> Option<Problem> {
        let (code, message) = match (&self.kind, sent) {
            (Kind::Items(bounds), Sent::Items(count)) if !bounds.hold(i128::from(count)) => {
                ("Length", bounds.message("must have ", " items"))
            }
            (Kind::Range(bounds), Sent::Integer(digits)) if !bounds.hold(number(digits)) => {
                ("Range", bounds.message("must be ", ""))
            }
            (Kind::Characters(bounds), Sent::Text(text)) if !bounds.hold(characters(text)) => {
                ("Length", bounds.message("must have ", " characters"))
            }
            (Kind::Bytes(bounds), Sent::Text(text)) if !bounds.hold(length(text.len())) => {
                ("Length", bounds.message("must have ", " bytes in UTF-8"))
            }
            (Kind::LevelCharacters(bounds), Sent::Text(text))
                if !text.split('.').all(|level| bounds.hold(characters(level))) =>
            {
                let end = " characters in each level, between two full stops";
                ("Length", bounds.message("must have ", end))
            }
            (Kind::Joined(bounds), Sent::Text(text))
                if !text.split(',').all(|part| bounds.hold_digits(part)) =>
            {
                let start = "must be integers joined by commas, each ";
                ("Format", bounds.message(start, ""))
            }
            (Kind::Dotted(parts), Sent::Text(text)) if !dotted(parts, text) => {
                let mut message = String::from("must be integers joined by full stops: ");
                for (at, bounds) in parts.iter().enumerate() {
                    message.push_str(if at == 0 { "" } else { ", " });
                    bounds.push(&mut message);
                }
                ("Format", message)
            }
            (Kind::Allowed(classes), Sent::Text(text))
                if !text.chars().all(|char| allowed(classes, char)) =>
            {
                ("Format", allowed_message(classes))
            }
            (Kind::Forbidden(forbidden), Sent::Text(text))
                if text.contains(|c| forbidden.contains(c)) =>
            {
                ("Format", forbidden_message(forbidden))
            }
            (Kind::Values(values), Sent::Text(text) | Sent::Integer(text))
                if !values.iter().any(|value| value == text) =>
            {
                ("Value", values_message(values))
            }
            _ => return None,
        };
        Some(Problem::new(at, code, &message))
    }
}

impl Bounds {
    fn parse(text: &str) -> Option<Self> {
        let (min, max) = text.split_once("..")?;
        let bound = |text: &str| match text {
            "" => Some(None),
            digits => digits.parse().ok().map(Some),
        };
        Some(Self {
            min: bound(min)?,
            max: bound(max)?,
        })
    }

    fn hold(self, value: i128) -> bool {
        self.min.is_none_or(|min| value >= i128::from(min))
            && self.max.is_none_or(|max| value <= i128::from(max))
    }

    /// Whether a text is an integer within.
    fn hold_digits(self, text: &str) -> bool {
        let digits = text.strip_prefix('-').unwrap_or(text);
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && self.hold(number(text))
    }

    fn message(self, start: &str, end: &str) -> String {
        let mut message = String::from(start);
        self.push(&mut message);
        message.push_str(end);
        message
    }

    fn push(self, text: &mut String) {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => push_signed(text, min),
            (Some(min), Some(max)) => {
                push_signed(text, min);
                text.push_str(" to ");
                push_signed(text, max);
            }
            (Some(min), None) => {
                text.push_str("at least ");
                push_signed(text, min);
            }
            (None, Some(max)) => {
                text.push_str("at most ");
                push_signed(text, max);
            }
            (None, None) => text.push_str("any"),
        }
    }
}

/// Whether an integer has 64 bits, with a sign or without one.
pub(super) fn has_64_bits(digits: &str, unsigned: bool) -> bool {
    let value = number(digits);
    if unsigned {
        u64::try_from(value).is_ok()
    } else {
        i64::try_from(value).is_ok()
    }
}

/// The value of an integer's digits; what is beyond 128 bits is at their end, and so beyond every bound.
fn number(digits: &str) -> i128 {
    let end = if digits.starts_with('-') {
        i128::MIN
    } else {
        i128::MAX
    };
    digits.parse().unwrap_or(end)
}

fn characters(text: &str) -> i128 {
    length(text.chars().count())
}

fn length(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

fn dotted(parts: &[Bounds], text: &str) -> bool {
    let mut texts = text.split('.');
    parts
        .iter()
        .all(|bounds| texts.next().is_some_and(|text| bounds.hold_digits(text)))
        && texts.next().is_none()
}

/// The classes of characters: their letters, and how people call them.
const CLASSES: [(char, &str); 4] = [
    ('l', "English letters"),
    ('d', "digits"),
    ('c', "Chinese characters"),
    ('u', "underscores"),
];

fn allowed(classes: &str, char: char) -> bool {
    classes.chars().any(|letter| match letter {
        'l' => char.is_ascii_alphabetic(),
        'd' => char.is_ascii_digit(),
        'c' => is_chinese(char),
        'u' => char == '_',
        _ => false,
    })
}

/// CJK ideographs, the compatibility ones and the extensions too, and the iteration mark.
fn is_chinese(char: char) -> bool {
    matches!(char, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn allowed_message(classes: &str) -> String {
    let mut message = String::from("may only hold ");
    let named = CLASSES
        .iter()
        .filter(|(letter, _)| classes.contains(*letter));
    push_list(&mut message, named.map(|(_, name)| *name), "");
    message
}

fn forbidden_message(forbidden: &str) -> String {
    let mut message = String::from("may not hold any of ");
    for char in forbidden.chars() {
        match char {
            '\n' => message.push_str("line feed"),
            '\r' => message.push_str("carriage return"),
            '\t' => message.push_str("tab"),
            '\u{8}' => message.push_str("backspace"),
            other => message.push(other),
        }
        message.push(' ');
    }
    message.pop();
    message
}

fn values_message(values: &[String]) -> String {
    let mut message = String::from("must be one of ");
    push_list(&mut message, values.iter().map(String::as_str), "`");
    message
}

fn push_list<'a>(message: &mut String, items: impl Iterator<Item = &'a str>, quote: &str) {
    for (at, item) in items.enumerate() {
        message.push_str(if at == 0 { "" } else { ", " });
        message.push_str(quote);
        message.push_str(item);
        message.push_str(quote);
    }
}

fn push_signed(text: &mut String, value: i64) {
    if value < 0 {
        text.push('-');
    }
    push_decimal(text, value.unsigned_abs(), 1);
}

#[cfg(test)]
mod tests {
    use super::{Rule, Sent, has_64_bits};
    use proptest::prelude::*;

    fn check(rule: &str, sent: Sent<'_>, expected: Option<(&str, &str)>) {
        let rule = Rule::parse(rule).expect("a rule");
        let found = rule.problem("P", sent);
        let found = found
            .as_ref()
            .map(|found| (found.code, found.message.as_str()));
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
            Some(("Format", "may not hold any of ' line feed")),
        );
        check("va|b c", Text("b c"), None);
        check(
            "va|b c",
            Text("b"),
            Some(("Value", "must be one of `a`, `b c`")),
        );
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
            assert!(Rule::parse(text).is_none(), "{text}");
        }
        assert!(Rule::parse("?c..1").expect("a rule").only_warn);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(letter in "[?]?[ricbljdafvx]", operand in "[0-9.,|-]{0,12}", text in any::<String>()) {
            if let Some(rule) = Rule::parse(&(letter + &operand)) {
                let _ = rule.problem("P", Sent::Text(&text));
                let _ = rule.problem("P", Sent::Integer(&operand));
            }
        }
    }
}
