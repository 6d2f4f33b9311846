//! Bytes as hexadecimal digits.

/// As digests are written.
pub const LOWER: &[u8; 16] = b"0123456789abcdef";
/// As RFC 3986 wants them.
pub const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Writes the digits of 32 bytes in lower case, four bytes at a time: each of their eight digits is a byte of one number,
/// the first digit in the lowest.
#[inline(never)]
pub fn write_digits(place: &mut [u8; 64], bytes: &[u8; 32]) {
    for (eight, four) in place.as_chunks_mut().0.iter_mut().zip(bytes.as_chunks().0) {
        let mut spread = u64::from(u32::from_le_bytes(*four));
        spread = (spread << 16 | spread) & 0x0000_ffff_0000_ffff;
        spread = (spread << 8 | spread) & 0x00ff_00ff_00ff_00ff;
        let halves = (spread >> 4 | spread << 8) & 0x0f0f_0f0f_0f0f_0f0f;
        // From 10 on a half is a letter, and `a` stands 39 places behind where it would as a figure.
        let letters = (halves + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
        *eight = (halves + 0x3030_3030_3030_3030 + letters * 39).to_le_bytes();
    }
}

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
    use super::{LOWER, UPPER, push_hex, write_digits};

    #[test]
    fn a_byte_has_two_digits() {
        let mut text = String::new();
        push_hex(&mut text, &[0x0f, 0xf1], LOWER);
        push_hex(&mut text, &[0xa0], UPPER);
        push_hex(&mut text, &[], UPPER);
        assert_eq!(text, "0ff1A0");
    }

    #[test]
    fn all_digits_are_those_of_one_byte_after_the_other() {
        for first in [0, 32, 64, 96, 128, 160, 192, 224] {
            let bytes = core::array::from_fn(|at| first + at.to_le_bytes()[0]);
            let (mut digits, mut text) = ([0; 64], String::new());
            write_digits(&mut digits, &bytes);
            push_hex(&mut text, &bytes, LOWER);
            assert_eq!(digits, text.as_bytes());
        }
    }
}
