//! What a sent value must keep beyond its type: documented limits and lists of values, as a table's row has them.

use crate::decimal::push_decimal;

/// One limit, or a list of values.
#[derive(Debug)]
pub(super) struct Rule {
    /// Whether the facts leave a doubt, so that it is only warned of.
    pub only_warn: bool,
    /// Which of the rules of schema/README.md.
    letter: u8,
    /// Of a limit in numbers: one, or for `d` one for each part.
    bounds: Vec<Bounds>,
    /// Of a list of values: each; of characters: all in one text.
    texts: Vec<String>,
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
        let only_warn = text.starts_with('?');
        let (letter, operand) = text.get(usize::from(only_warn)..)?.split_at_checked(1)?;
        let letter = *letter.as_bytes().first()?;
        let mut bounds = Vec::new();
        let mut texts = Vec::new();
        match letter {
            b'r' | b'i' | b'c' | b'b' | b'l' | b'j' => bounds.push(Bounds::parse(operand)?),
            b'd' => {
                for part in split(operand, ',') {
                    bounds.push(Bounds::parse(part)?);
                }
            }
            b'f' => {
                let mut forbidden = String::new();
                for code in split(operand, ',') {
                    forbidden.push(char::from_u32(code.parse().ok()?)?);
                }
                texts.push(forbidden);
            }
            b'a' => texts.push(operand.into()),
            b'v' => {
                for value in split(operand, '|') {
                    texts.push(value.into());
                }
            }
            _ => return None,
        }
        Some(Self {
            only_warn,
            letter,
            bounds,
            texts,
        })
    }

    /// The code and the message of what is wrong with a value; a rule for something else finds nothing.
    // Most values are right: what is said of others stands once, not in each caller.
    #[inline(never)]
    pub fn problem(&self, sent: Sent<'_>) -> Option<(&'static str, String)> {
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

    fn holds(&self, sent: Sent<'_>) -> bool {
        let bounds = self.bounds.first().copied().unwrap_or(Bounds::OPEN);
        let characters = self.texts.first().map_or("", String::as_str);
        match (self.letter, sent) {
            (b'i', Sent::Items(count)) => bounds.hold(i64::try_from(count).unwrap_or(i64::MAX)),
            (b'r', Sent::Integer(digits)) => bounds.hold(number(digits)),
            (b'c', Sent::Text(text)) => bounds.hold_count(text.chars().count()),
            (b'b', Sent::Text(text)) => bounds.hold_count(text.len()),
            (b'l', Sent::Text(text)) => split(text, '.')
                .iter()
                .all(|level| bounds.hold_count(level.chars().count())),
            (b'j', Sent::Text(text)) => {
                split(text, ',').iter().all(|part| bounds.hold_digits(part))
            }
            (b'd', Sent::Text(text)) => {
                let parts = split(text, '.');
                let mut pairs = parts.iter().zip(&self.bounds);
                parts.len() == self.bounds.len()
                    && pairs.all(|(part, bounds)| bounds.hold_digits(part))
            }
            (b'a', Sent::Text(text)) => text.chars().all(|char| is_allowed(characters, char)),
            (b'f', Sent::Text(text)) => !text.chars().any(|char| characters.contains(char)),
            (b'v', Sent::Text(text) | Sent::Integer(text)) => {
                self.texts.iter().any(|value| value == text)
            }
            _ => true,
        }
    }

    /// What the value should have been, as people say it.
    fn push_operand(&self, message: &mut String) {
        let mut items: Vec<String> = self.bounds.iter().map(|bounds| bounds.text()).collect();
        for text in &self.texts {
            match self.letter {
                b'a' => {
                    let named = CLASSES.iter().filter(|(letter, _)| text.contains(*letter));
                    items.extend(named.map(|(_, name)| String::from(*name)));
                }
                b'f' => items.extend(text.chars().map(character)),
                _ => items.push(quoted(text)),
            }
        }
        message.push_str(&items.join(", "));
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    quoted.push_str(text);
    quoted.push('`');
    quoted
}

/// A character as people call it.
fn character(char: char) -> String {
    match char {
        '\n' => "line feed".into(),
        '\r' => "carriage return".into(),
        '\t' => "tab".into(),
        '\u{8}' => "backspace".into(),
        other => quoted(other.encode_utf8(&mut [0; 4])),
    }
}

#[inline(never)]
fn split(text: &str, separator: char) -> Vec<&str> {
    text.split(separator).collect()
}

impl Bounds {
    const OPEN: Self = Self {
        min: None,
        max: None,
    };

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

    fn hold(self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    fn hold_count(self, count: usize) -> bool {
        self.hold(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Whether a text is an integer within.
    fn hold_digits(self, text: &str) -> bool {
        let digits = text.strip_prefix('-').unwrap_or(text);
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && self.hold(number(text))
    }

    fn text(self) -> String {
        let mut text = String::new();
        let (first, second) = match (self.min, self.max) {
            (Some(min), Some(max)) if min != max => (Some(min), Some(max)),
            (Some(min), Some(_)) => (Some(min), None),
            (Some(min), None) => {
                text.push_str("at least ");
                (Some(min), None)
            }
            (None, max) => {
                text.push_str("at most ");
                (max, None)
            }
        };
        for (bound, before) in [(first, ""), (second, " to ")] {
            if let Some(bound) = bound {
                text.push_str(before);
                text.push_str(if bound < 0 { "-" } else { "" });
                push_decimal(&mut text, bound.unsigned_abs(), 1);
            }
        }
        text
    }
}

/// Whether an integer has 64 bits, with a sign or without one.
pub(super) fn has_64_bits(digits: &str, unsigned: bool) -> bool {
    if unsigned {
        digits.parse::<u64>().is_ok()
    } else {
        digits.parse::<i64>().is_ok()
    }
}

/// The value of an integer's digits; what has more than 63 bits is at their end, and so beyond every bound.
fn number(digits: &str) -> i64 {
    let end = if digits.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    digits.parse().unwrap_or(end)
}

/// The classes of characters: their letters, and how people call them.
const CLASSES: [(char, &str); 4] = [
    ('l', "English letters"),
    ('d', "digits"),
    ('c', "Chinese characters"),
    ('u', "underscores"),
];

fn is_allowed(classes: &str, char: char) -> bool {
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

#[cfg(test)]
mod tests {
    use super::{Rule, Sent, has_64_bits};
    use proptest::prelude::*;

    fn check(rule: &str, sent: Sent<'_>, expected: Option<(&str, &str)>) {
        let rule = Rule::parse(rule).expect("a rule");
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
            assert!(Rule::parse(text).is_none(), "{text}");
        }
        assert!(Rule::parse("?c..1").expect("a rule").only_warn);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(letter in "[?]?[ricbljdafvx]", operand in "[0-9.,|-]{0,12}", text in any::<String>()) {
            if let Some(rule) = Rule::parse(&(letter + &operand)) {
                let _ = rule.problem(Sent::Text(&text));
                let _ = rule.problem(Sent::Integer(&operand));
            }
        }
    }
}
