//! What looks like a region; which regions there are is not known here (assumption 4).

/// Whether a text has the form of `ap-guangzhou`: words of small letters and digits, joined by hyphens.
pub fn is_region(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 64 && text.contains('-') && text.split('-').all(word)
}

#[cfg(test)]
mod tests {
    use super::is_region;

    #[test]
    fn a_region_has_its_form() {
        for region in ["ap-guangzhou", "na-siliconvalley", "ap-shanghai-fsi"] {
            assert!(is_region(region), "{region}");
        }
        for other in [
            "",
            "-",
            "guangzhou",
            "ap_guangzhou",
            "AP-GUANGZHOU",
            "ap-",
            "ap-广州",
        ] {
            assert!(!is_region(other), "{other}");
        }
        assert!(!is_region(&"a-".repeat(100)));
    }
}
