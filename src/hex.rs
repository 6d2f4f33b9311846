//! Bytes as hexadecimal digits.

/// As digests are written.
pub const LOWER: &[u8; 16] = b"0123456789abcdef";
/// As RFC 3986 wants them.
pub const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Appends the two digits of a byte.
pub fn push_hex(text: &mut String, byte: u8, digits: &[u8; 16]) {
    text.push(char::from(digits[usize::from(byte >> 4)]));
    text.push(char::from(digits[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    use super::{LOWER, UPPER, push_hex};

    #[test]
    fn a_byte_has_two_digits() {
        let mut text = String::new();
        push_hex(&mut text, 0x0f, LOWER);
        push_hex(&mut text, 0xa0, UPPER);
        assert_eq!(text, "0fA0");
    }
}
