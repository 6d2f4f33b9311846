//! What `src/errors` and `src/explain` know of each code, in the order of its bytes, since they search by halves.

use super::schema::{ErrorCode, NotExecuted};
use super::{ERRORS, HEADER, Output};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the core acts upon: a line for each code, which is smaller than a struct for each.
pub(super) fn rows(codes: &BTreeMap<String, ErrorCode>) -> Output {
    let mut text = format!(
        "//! {HEADER}{ERRORS}; do not edit.\n\n\
         /// The code, a tab, `a` always, `c` certain, `l` likely or `u` unknown, in capitals where it is retryable, then the remedy.\n\
         pub(super) const ROWS: &str = r\""
    );
    for (code, known) in codes {
        let mark = match known.not_executed {
            NotExecuted::Always => 'a',
            NotExecuted::Certain => 'c',
            NotExecuted::Likely => 'l',
            NotExecuted::Unknown => 'u',
        };
        let mark = if known.retryable {
            mark.to_ascii_uppercase()
        } else {
            mark
        };
        let _ = writeln!(text, "{code}\t{mark}{}", known.remedy_en);
    }
    Output {
        path: "src/errors/generated.rs".into(),
        text: text + "\";\n",
    }
}

/// What only people read.
pub(super) fn texts(codes: &BTreeMap<String, ErrorCode>) -> Output {
    // One code a line reads best, and so the file does not change with the formatter's settings.
    let mut text = format!(
        "//! {HEADER}{ERRORS}; do not edit.\n\nuse super::Text;\n\n\
         #[rustfmt::skip]\npub(super) static TEXTS: &[Text] = &[\n"
    );
    for (code, known) in codes {
        let _ = writeln!(
            text,
            "    Text {{ code: {code:?}, meaning_en: {:?}, meaning_zh: {:?}, remedy_en: {:?}, remedy_zh: {:?} }},",
            known.en, known.zh, known.remedy_en, known.remedy_zh
        );
    }
    Output {
        path: "src/explain/generated.rs".into(),
        text: text + "];\n",
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ErrorCode, NotExecuted};
    use super::{rows, texts};
    use std::collections::BTreeMap;

    fn codes() -> BTreeMap<String, ErrorCode> {
        let code = |remedy: &str| ErrorCode {
            en: "It \"failed\"".into(),
            zh: "失败".into(),
            retryable: true,
            not_executed: NotExecuted::Likely,
            remedy_en: remedy.into(),
            remedy_zh: "等".into(),
        };
        BTreeMap::from([("B".into(), code("Wait.")), ("A.C".into(), code("Go."))])
    }

    #[test]
    fn codes_are_in_order() {
        let text = rows(&codes()).text;
        assert!(text.contains("\"A.C\tLGo.\nB\tLWait.\n\";"));
    }

    #[test]
    fn texts_are_escaped() {
        let text = texts(&codes()).text;
        assert!(text.contains(r#"meaning_en: "It \"failed\"", meaning_zh: "失败""#));
    }
}
