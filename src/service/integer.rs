//! Integers as digits: compared and said without being made numbers, so that none is too large.

use crate::split;

/// The digits of the two bounds in `MIN..MAX`; one that is not there is open, and empty.
fn bounds(span: &[u8]) -> Option<(&[u8], &[u8])> {
    let (min, max) = split::once(span, b'.');
    Some((min, max.strip_prefix(b".")?))
}

pub(super) fn is_span(text: &[u8]) -> bool {
    let is_bound = |bound: &[u8]| bound.is_empty() || is_integer(bound);
    bounds(text).is_some_and(|(min, max)| is_bound(min) && is_bound(max))
}

pub(super) fn is_integer(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// Whether an integer is within, however many digits it has.
pub(super) fn holds_integer(span: &[u8], digits: &[u8]) -> bool {
    let (min, max) = bounds(span).unwrap_or_default();
    (min.is_empty() || !is_below(digits, min)) && (max.is_empty() || !is_below(max, digits))
}

/// Whether an integer has 64 bits, with a sign or without one.
pub(super) fn has_64_bits(digits: &[u8], unsigned: bool) -> bool {
    if unsigned {
        !digits.starts_with(b"-") && holds_integer(b"..18446744073709551615", digits)
    } else {
        holds_integer(b"-9223372036854775808..9223372036854775807", digits)
    }
}

/// Whether one integer is below another.
fn is_below(one: &[u8], other: &[u8]) -> bool {
    let (one_negative, one) = magnitude(one);
    let (other_negative, other) = magnitude(other);
    if one_negative != other_negative {
        return one_negative;
    }
    let (less, more) = if one_negative {
        (other, one)
    } else {
        (one, other)
    };
    less.len() < more.len() || (less.len() == more.len() && less < more)
}

/// Whether an integer is below zero, and its digits without zeros in front.
fn magnitude(integer: &[u8]) -> (bool, &[u8]) {
    let mut digits = integer.strip_prefix(b"-").unwrap_or(integer);
    let signed = digits.len() < integer.len();
    while let [b'0', rest @ ..] = digits {
        digits = rest;
    }
    (signed && !digits.is_empty(), digits)
}

/// Appends a range as people say it.
pub(super) fn push_span(message: &mut String, span: &[u8]) {
    let (min, max) = bounds(span).unwrap_or_default();
    let parts = match (min, max) {
        ([], _) => [&b"at most "[..], b"", b"", max],
        (_, []) => [b"at least ", min, b"", b""],
        _ if min == max => [b"", min, b"", b""],
        _ => [b"", min, b" to ", max],
    };
    for part in parts {
        message.push_str(core::str::from_utf8(part).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::{has_64_bits, holds_integer};
    use proptest::prelude::*;

    #[test]
    fn integers_have_64_bits() {
        assert!(
            has_64_bits(b"18446744073709551615", true)
                && has_64_bits(b"-9223372036854775808", false)
        );
        assert!(!has_64_bits(b"18446744073709551616", true) && !has_64_bits(b"-1", true));
        assert!(
            !has_64_bits(b"9223372036854775808", false)
                && !has_64_bits(b"-9223372036854775809", false)
        );
    }

    proptest! {
        #[test]
        fn digits_are_compared_as_numbers(min in any::<i32>(), max in any::<i32>(), value in any::<i64>(), zeros in 0..3usize) {
            let value = if zeros == 0 { value } else { value % 1000 };
            let sign = if value < 0 { "-" } else { "" };
            let digits = format!("{sign}{}{}", "0".repeat(zeros), value.unsigned_abs());
            let within = (i64::from(min)..=i64::from(max)).contains(&value);
            prop_assert_eq!(holds_integer(format!("{min}..{max}").as_bytes(), digits.as_bytes()), within);
        }
    }
}
