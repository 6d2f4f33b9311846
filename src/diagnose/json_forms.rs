//! The same JSON as other libraries write it: spaces, escapes and the order of members.

use crate::json::{Error, Kind, Scanner, unescape};

/// Longer bodies are left alone: each form is a copy of them.
const LONGEST: usize = 1 << 20;

/// An indent can take more room than what it stands before.
const LONGEST_INDENTED: usize = 1 << 16;

/// A value whose numbers and words stay as they are written.
enum Value<'a> {
    Word(&'a str),
    Text(String),
    Array(Vec<Value<'a>>),
    Object(Vec<(String, Value<'a>)>),
}

/// How a text is escaped.
#[derive(Clone, Copy, PartialEq)]
enum Escapes {
    /// Only what must be.
    Few,
    /// All that is not ASCII, as Python does.
    Ascii,
    /// That and `/`, as PHP does.
    AsciiAndSlash,
    /// `<`, `>` and `&`, as Go does.
    Html,
}

/// How JSON is written: the separators, or the width of an indent.
#[derive(Clone, Copy)]
enum Layout {
    Line {
        comma: &'static str,
        colon: &'static str,
    },
    Lines(usize),
}

const LAYOUTS: [(&str, Layout); 5] = [
    (
        "without spaces",
        Layout::Line {
            comma: ",",
            colon: ":",
        },
    ),
    (
        "with a space after , and :",
        Layout::Line {
            comma: ", ",
            colon: ": ",
        },
    ),
    (
        "with a space after :",
        Layout::Line {
            comma: ",",
            colon: ": ",
        },
    ),
    ("indented by 2", Layout::Lines(2)),
    ("indented by 4", Layout::Lines(4)),
];

const ESCAPES: [(&str, Escapes); 4] = [
    ("", Escapes::Few),
    (", other signs than ASCII as \\u escapes", Escapes::Ascii),
    (
        ", other signs than ASCII as \\u escapes and / as \\/",
        Escapes::AsciiAndSlash,
    ),
    (", < > & as \\u escapes", Escapes::Html),
];

/// Calls `form` with the words for each form and its text; a text that is no JSON has none.
pub(super) fn each(text: &str, form: &mut dyn FnMut(&str, &str)) {
    if text.len() > LONGEST {
        return;
    }
    let Ok(mut value) = parse(text) else {
        return;
    };
    for sorted in ["", ", members sorted"] {
        if !sorted.is_empty() {
            sort(&mut value);
        }
        for (layout_words, layout) in LAYOUTS {
            if matches!(layout, Layout::Lines(_)) && text.len() > LONGEST_INDENTED {
                continue;
            }
            for (escape_words, escapes) in ESCAPES {
                let mut written = String::with_capacity(text.len());
                write(&mut written, &value, layout, escapes, 0);
                let words = format!("the same JSON {layout_words}{escape_words}{sorted}");
                form(&words, &written);
            }
        }
    }
}

fn parse(text: &str) -> Result<Value<'_>, Error> {
    let mut scanner = Scanner::new(text);
    let value = value(&mut scanner)?;
    scanner.end()?;
    Ok(value)
}

fn value<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Error> {
    match scanner.peek()? {
        Kind::String => scanner.string().map(unescape).map(Value::Text),
        Kind::Array => {
            let mut items = Vec::new();
            let mut more = scanner.open(b'[')?;
            while more {
                items.push(value(scanner)?);
                more = scanner.next(b']')?;
            }
            Ok(Value::Array(items))
        }
        Kind::Object => {
            let mut members = Vec::new();
            let mut more = scanner.open(b'{')?;
            while more {
                let key = scanner.key()?;
                members.push((key, value(scanner)?));
                more = scanner.next(b'}')?;
            }
            Ok(Value::Object(members))
        }
        _ => scanner.raw_value().map(|(_, text)| Value::Word(text)),
    }
}

fn sort(value: &mut Value<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(sort),
        Value::Object(members) => {
            members.sort_by(|one, other| one.0.cmp(&other.0));
            for (_, value) in members {
                sort(value);
            }
        }
        Value::Word(_) | Value::Text(_) => {}
    }
}

fn write(to: &mut String, value: &Value<'_>, layout: Layout, escapes: Escapes, depth: usize) {
    match value {
        Value::Word(word) => to.push_str(word),
        Value::Text(text) => write_text(to, text, escapes),
        Value::Array(items) => {
            let write_item = |to: &mut String, at: usize| {
                write(to, &items[at], layout, escapes, depth + 1);
            };
            write_list(to, ('[', ']'), items.len(), layout, depth, &write_item);
        }
        Value::Object(members) => {
            let write_member = |to: &mut String, at: usize| {
                write_text(to, &members[at].0, escapes);
                to.push_str(match layout {
                    Layout::Line { colon, .. } => colon,
                    Layout::Lines(_) => ": ",
                });
                write(to, &members[at].1, layout, escapes, depth + 1);
            };
            write_list(to, ('{', '}'), members.len(), layout, depth, &write_member);
        }
    }
}

fn write_list(
    to: &mut String,
    (open, close): (char, char),
    length: usize,
    layout: Layout,
    depth: usize,
    write: &dyn Fn(&mut String, usize),
) {
    let indent = |to: &mut String, depth: usize| {
        if let (Layout::Lines(width), true) = (layout, length > 0) {
            to.push('\n');
            to.extend(core::iter::repeat_n(' ', width * depth));
        }
    };
    to.push(open);
    for at in 0..length {
        if at > 0 {
            to.push_str(match layout {
                Layout::Line { comma, .. } => comma,
                Layout::Lines(_) => ",",
            });
        }
        indent(to, depth + 1);
        write(to, at);
    }
    indent(to, depth);
    to.push(close);
}

fn write_text(to: &mut String, text: &str, escapes: Escapes) {
    to.push('"');
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            '\u{8}' => to.push_str("\\b"),
            '\u{c}' => to.push_str("\\f"),
            '/' if escapes == Escapes::AsciiAndSlash => to.push_str("\\/"),
            '<' | '>' | '&' if escapes == Escapes::Html => push_escape(to, c),
            c if c < ' ' => push_escape(to, c),
            c if !c.is_ascii() && matches!(escapes, Escapes::Ascii | Escapes::AsciiAndSlash) => {
                push_escape(to, c);
            }
            c => to.push(c),
        }
    }
    to.push('"');
}

fn push_escape(to: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        to.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            to.extend(char::from_digit(u32::from(*unit) >> shift & 15, 16));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::each;

    fn forms(text: &str) -> Vec<String> {
        let mut forms = Vec::new();
        each(text, &mut |_, form| forms.push(form.to_string()));
        forms
    }

    #[test]
    fn each_form_is_written() {
        let found = forms("{ \"b\":[1.0,{}], \"a\":\"\\u4f60/<😀\" }");
        for expected in [
            "{\"b\":[1.0,{}],\"a\":\"你/<😀\"}",
            "{\"b\": [1.0, {}], \"a\": \"\\u4f60/<\\ud83d\\ude00\"}",
            "{\"a\":\"你/\\u003c😀\",\"b\":[1.0,{}]}",
            "{\"b\":[1.0,{}],\"a\":\"\\u4f60\\/<\\ud83d\\ude00\"}",
            "{\n  \"b\": [\n    1.0,\n    {}\n  ],\n  \"a\": \"你/<😀\"\n}",
        ] {
            assert!(found.iter().any(|form| form == expected), "{expected}");
        }
    }

    #[test]
    fn what_is_no_json_has_no_forms() {
        for text in ["", "a", "{", "{} {}", &"[".repeat(1000)] {
            assert!(forms(text).is_empty());
        }
    }
}
