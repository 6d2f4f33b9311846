//! The text that an inlined module is; js/load/inline.ts reads it.
//!
//! Each byte is one or two characters, so that what repeats in the module repeats in the text: gzip finds nearly as
//! much as in the file itself (base64 costs a quarter more). The characters are printable ASCII that nothing escapes.

/// From `(` to `~`, without the backslash and the backtick.
const DIGITS: usize = 85;

/// Bytes below this are one character.
const SINGLE: usize = 82;

/// Writes the bytes of a module.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        let rotated = usize::from(byte.wrapping_add(4));
        if rotated < SINGLE {
            text.push(digit(rotated));
        } else {
            let rest = rotated - SINGLE;
            text.push(digit(SINGLE + rest / DIGITS));
            text.push(digit(rest % DIGITS));
        }
    }
    text
}

fn digit(value: usize) -> char {
    let all = ('('..='~').filter(|char| !matches!(char, '\\' | '`'));
    all.clone().nth(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, SINGLE, encode};

    #[test]
    fn every_byte_has_a_text_of_its_own_that_nothing_escapes() {
        let mut texts: Vec<String> = (0..=255).map(|byte| encode(&[byte])).collect();
        let all = texts.concat();
        assert!(all.bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(!all.contains(['"', '\'', '`', '\\', '$']));
        assert_eq!(encode(&[0]), ",");
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 256);
        const { assert!(SINGLE + (255 - SINGLE) / DIGITS < DIGITS) };
    }
}
