//! Bytes as hexadecimal digits.

/// As digests are written.
pub const LOWER: &str = "0123456789abcdef";
/// As RFC 3986 wants them.
pub const UPPER: &str = "0123456789ABCDEF";

/// Appends the two digits of a byte.
#[inline(never)]
pub fn push_hex(text: &mut String, byte: u8, digits: &str) {
    for shift in [4, 0] {
        let at = usize::from(byte >> shift & 15);
        text.push_str(digits.get(at..at + 1).unwrap_or_default());
    }
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
