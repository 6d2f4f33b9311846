//! Bytes as hexadecimal digits.

/// As digests are written.
pub const LOWER: &[u8; 16] = b"0123456789abcdef";
/// As RFC 3986 wants them.
pub const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Appends the two digits of each of up to 32 bytes; all at once, since an append costs more than making a digit.
#[inline(never)]
pub fn push_hex(text: &mut String, bytes: &[u8], digits: &[u8; 16]) {
    let mut made = [0; 64];
    let mut length = 0;
    for (pair, byte) in made.chunks_exact_mut(2).zip(bytes) {
        pair[0] = digits[usize::from(byte >> 4)];
        pair[1] = digits[usize::from(byte & 15)];
        length += 2;
    }
    text.push_str(core::str::from_utf8(&made[..length]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::{LOWER, UPPER, push_hex};

    #[test]
    fn a_byte_has_two_digits() {
        let mut text = String::new();
        push_hex(&mut text, &[0x0f, 0xf1], LOWER);
        push_hex(&mut text, &[0xa0], UPPER);
        push_hex(&mut text, &[], UPPER);
        assert_eq!(text, "0ff1A0");
    }
}
