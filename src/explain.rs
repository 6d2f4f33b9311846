//! What only people read: the meaning of the service's codes, in English and Chinese.

mod generated;

use serde::Serialize;

/// The texts of one code.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// As the service writes it.
    pub code: &'static str,
    /// What it means.
    pub meaning_en: &'static str,
    /// 它的含义
    pub meaning_zh: &'static str,
    /// What to do.
    pub remedy_en: &'static str,
    /// 该怎么做
    pub remedy_zh: &'static str,
}

/// The texts of a code, or those of its family, as [`crate::errors::row`] finds them.
pub fn text(code: &str) -> Option<Text> {
    let known = crate::errors::row(code)?.code;
    let at = generated::TEXTS
        .binary_search_by(|text| text.code.cmp(known))
        .ok()?;
    generated::TEXTS.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_code_has_texts_in_two_languages() {
        let found = text("ResourceNotFound").expect("known");
        assert!(!found.meaning_en.is_empty() && !found.remedy_zh.is_empty());
        assert_eq!(
            text("ResourceNotFound.New").map(|t| t.code),
            Some("ResourceNotFound")
        );
        assert!(text("Nonsense").is_none());
    }
}
