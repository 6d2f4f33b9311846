//! Percent-encoding of queries, in the ways in which libraries differ.

/// The signs beside letters and digits that need no encoding (RFC 3986).
pub(super) const UNRESERVED: &[u8] = b"-._~";

/// Encodes all but letters, digits and the signs in `raw`; digits of the codes are capitals.
pub(super) fn encode(bytes: &[u8], raw: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || raw.contains(byte) {
            text.push(char::from(*byte));
        } else {
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    text
}

/// Decodes the codes; what is no code stays. `plus` makes a space of `+`.
pub(super) fn decode(text: &str, plus: bool) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let code = code.filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(value) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            decoded.push(value);
            at += 3;
            continue;
        }
        decoded.push(if plus && *byte == b'+' { b' ' } else { *byte });
        at += 1;
    }
    decoded
}

/// The text with the digits of its codes in lower case, or in capitals.
pub(super) fn recase(text: &str, lower: bool) -> String {
    let mut left = 0;
    text.chars()
        .map(|c| {
            if c == '%' {
                left = 2;
                return c;
            }
            if left == 0 {
                return c;
            }
            left -= 1;
            if lower {
                c.to_ascii_lowercase()
            } else {
                c.to_ascii_uppercase()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{UNRESERVED, decode, encode, recase};

    #[test]
    fn codes_are_written_and_read() {
        assert_eq!(encode("a ~é".as_bytes(), UNRESERVED), "a%20~%C3%A9");
        assert_eq!(decode("a+%20%c3%A9", true), "a  é".as_bytes());
        assert_eq!(decode("a+%2", false), b"a+%2");
        assert_eq!(decode("%é%%41", false), "%é%A".as_bytes());
        assert_eq!(recase("A%2F%c3B", true), "A%2f%c3B");
        assert_eq!(recase("a%2f%c3b", false), "a%2F%C3b");
    }
}
