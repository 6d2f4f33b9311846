//! Writes integers without `core::fmt`, which would weigh more than the signer.

/// Appends `value` in decimal digits, with zeros in front up to `width` digits.
pub fn push_decimal(text: &mut String, value: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    let mut rest = value;
    while rest > 0 || digits.len() - start < width.clamp(1, 20) {
        start -= 1;
        // `rest % 10` is below 10, so the cast keeps it whole.
        #[allow(clippy::cast_possible_truncation)]
        let digit = (rest % 10) as u8;
        digits[start] = b'0' + digit;
        rest /= 10;
    }
    for digit in &digits[start..] {
        text.push(char::from(*digit));
    }
}

/// The digits of a value that has ten.
pub fn ten_digits(value: u64) -> Option<[u8; 10]> {
    let mut digits = [0; 10];
    let mut rest = value;
    for digit in digits.iter_mut().rev() {
        // `rest % 10` is below 10, so the cast keeps it whole.
        #[allow(clippy::cast_possible_truncation)]
        let figure = (rest % 10) as u8;
        *digit = b'0' + figure;
        rest /= 10;
    }
    (rest == 0 && digits[0] > b'0').then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{push_decimal, ten_digits};

    fn check(value: u64, width: usize, expected: &str) {
        let mut text = String::new();
        push_decimal(&mut text, value, width);
        assert_eq!(text, expected);
    }

    #[test]
    fn digits_are_exact() {
        check(0, 1, "0");
        check(7, 2, "07");
        check(1_700_000_000, 1, "1700000000");
        check(u64::MAX, 1, "18446744073709551615");
    }

    #[test]
    fn ten_digits_are_exact() {
        assert_eq!(ten_digits(1_700_000_000).as_ref(), Some(b"1700000000"));
        assert_eq!(ten_digits(9_999_999_999).as_ref(), Some(b"9999999999"));
        assert_eq!(ten_digits(999_999_999), None);
        assert_eq!(ten_digits(10_000_000_000), None);
    }
}
