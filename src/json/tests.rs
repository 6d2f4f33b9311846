//! The scanner agrees with a well-known parser, and bears any text.

use super::{Kind, MAX_DEPTH, Scanner, Why, unescape};
use proptest::prelude::*;

fn scan(text: &str) -> Result<Kind, Why> {
    let mut scanner = Scanner::new(text);
    let kind = scanner.value().map_err(|_| scanner.why())?;
    scanner.end().map_err(|_| scanner.why())?;
    Ok(kind)
}

#[test]
fn kinds() {
    let check = |text: &str, expected| assert_eq!(scan(text), Ok(expected), "{text}");
    check("null", Kind::Null);
    check(" true ", Kind::Boolean);
    check("-0", Kind::Integer);
    check("9007199254740991", Kind::Integer);
    check("9007199254740992", Kind::Wide);
    check("-9007199254740993", Kind::Wide);
    check("18446744073709551615", Kind::Wide);
    check("1.0", Kind::Float);
    check("1e5", Kind::Float);
    check("\"\\u00e9\"", Kind::String);
    check("[[],{}]", Kind::Array);
    check("\u{feff}{\"a\":[1]}", Kind::Object);
}

#[test]
fn what_is_not_json_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "nulls",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "--1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"",
        "[",
        "{",
        "]",
        "{} {}",
        "NaN",
        "Infinity",
        "undefined",
        "// c\n1",
    ] {
        assert!(scan(text).is_err(), "{text}");
    }
}

#[test]
fn depth_is_bounded() {
    let nest = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(scan(&nest(MAX_DEPTH)).is_ok());
    assert_eq!(scan(&nest(MAX_DEPTH + 1)), Err(Why::Depth));
    assert_eq!(scan(&"[".repeat(1_000_000)), Err(Why::Depth));
}

#[test]
fn escapes_mean_what_they_say() {
    let check = |escaped: &str, expected: &str| assert_eq!(unescape(escaped), expected);
    check("plain", "plain");
    check(r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t");
    check(r"\u00e9\u4e2d", "é中");
    check(r"\ud83d\ude00!", "😀!");
    check(r"\ud83d!", "\u{fffd}!");
    check(r"\ud83d\ud83d", "\u{fffd}\u{fffd}");
    check(r"\ude00", "\u{fffd}");
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_json_text_is_read_to_its_end(value in json()) {
        prop_assert!(scan(&value.to_string()).is_ok());
    }

    #[test]
    fn a_mutated_text_is_json_for_both_parsers_or_for_none(
        value in json(), at in any::<prop::sample::Index>(), byte in 0x20..0x7fu8,
    ) {
        let mut bytes = value.to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            // The other parser refuses half surrogate pairs and numbers beyond a double, as JSON does not.
            let known = theirs.as_ref().err().is_some_and(|e| {
                let e = e.to_string();
                e.contains("out of range") || e.contains("surrogate") || e.contains("hex escape")
            });
            prop_assert!(known || scan(text).is_ok() == theirs.is_ok(), "{}", text);
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = scan(&text);
        let _ = unescape(&text);
    }

    #[test]
    fn strings_mean_what_the_other_parser_says(text in any::<String>()) {
        let quoted = serde_json::Value::from(text.clone()).to_string();
        let raw = Scanner::new(&quoted).string().map(unescape);
        prop_assert_eq!(raw.as_deref(), Ok(text.as_str()));
    }
}
