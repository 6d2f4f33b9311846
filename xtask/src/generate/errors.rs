//! What `src/errors` and `src/explain` know of each code, in the order of its bytes, since they search by halves.

use super::schema::ErrorCode;
use super::{ERRORS, HEADER, Output};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the core acts upon.
pub(super) fn rows(codes: &BTreeMap<String, ErrorCode>) -> Output {
    let mut text = head("NotExecuted, Row", "ROWS: &[Row]");
    for (code, known) in codes {
        let _ = writeln!(
            text,
            "    Row {{ code: {code:?}, retryable: {}, not_executed: NotExecuted::{:?}, remedy: {:?} }},",
            known.retryable, known.not_executed, known.remedy_en
        );
    }
    finish("src/errors/generated.rs", text)
}

/// What only people read.
pub(super) fn texts(codes: &BTreeMap<String, ErrorCode>) -> Output {
    let mut text = head("Text", "TEXTS: &[Text]");
    for (code, known) in codes {
        let _ = writeln!(
            text,
            "    Text {{ code: {code:?}, meaning_en: {:?}, meaning_zh: {:?}, remedy_en: {:?}, remedy_zh: {:?} }},",
            known.en, known.zh, known.remedy_en, known.remedy_zh
        );
    }
    finish("src/explain/generated.rs", text)
}

/// One code a line reads best, and so the file does not change with the formatter's settings.
fn head(names: &str, item: &str) -> String {
    let names = if names.contains(',') {
        format!("{{{names}}}")
    } else {
        names.into()
    };
    format!(
        "//! {HEADER}{ERRORS}; do not edit.\n\nuse super::{names};\n\n\
         #[rustfmt::skip]\npub(super) static {item} = &[\n"
    )
}

fn finish(path: &str, text: String) -> Output {
    Output {
        path: path.into(),
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
        let row = r#"Row { code: "A.C", retryable: true, not_executed: NotExecuted::Likely, remedy: "Go." },"#;
        assert!(text.contains(row));
        assert!(text.find("\"A.C\"") < text.find("\"B\""));
    }

    #[test]
    fn texts_are_escaped() {
        let text = texts(&codes()).text;
        assert!(text.contains(r#"meaning_en: "It \"failed\"", meaning_zh: "失败""#));
    }
}
