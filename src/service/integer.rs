//! Integers as digits: compared and said without being made numbers, so that none is too large.

use crate::text::{split, within};

/// The digits of the two bounds in `MIN..MAX`; one that is not there is open, and empty.
#[inline(never)]
pub(super) fn bounds(span: &str) -> Option<[&str; 2]> {
    let mut parts = split(span, b'.');
    let min = parts.next()?;
    let max = parts.rest()?.strip_prefix(".")?;
    let is_bound = |bound: &str| bound.is_empty() || is_integer(bound);
    (is_bound(min) && is_bound(max)).then_some([min, max])
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix("-").unwrap_or(text);
    !digits.is_empty() && within(digits, b"09")
}

/// Whether a text is an integer within, however many digits it has.
#[inline(never)]
pub(super) fn holds_integer(span: &str, digits: &str) -> bool {
    let [min, max] = bounds(span).unwrap_or_default();
    is_integer(digits)
        && (min.is_empty() || !is_below(digits, min))
        && (max.is_empty() || !is_below(max, digits))
}

/// Whether an integer has 64 bits, with a sign or without one.
pub(super) fn has_64_bits(digits: &str, unsigned: bool) -> bool {
    let span = if unsigned {
        // As a limit has it, this would hold minus zero.
        if digits.as_bytes().first() == Some(&b'-') {
            return false;
        }
        "..18446744073709551615"
    } else {
        "-9223372036854775808..9223372036854775807"
    };
    holds_integer(span, digits)
}

/// Whether one integer is below another.
fn is_below(one: &str, other: &str) -> bool {
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
#[inline(never)]
fn magnitude(integer: &str) -> (bool, &[u8]) {
    let mut digits = integer.as_bytes();
    let mut signed = false;
    while let [first @ (b'-' | b'0'), rest @ ..] = digits {
        signed |= *first == b'-';
        digits = rest;
    }
    (signed && !digits.is_empty(), digits)
}

/// Appends a range as people say it.
pub(super) fn push_span(message: &mut String, span: &str) {
    let [min, max] = bounds(span).unwrap_or_default();
    let parts = match (min, max) {
        ("", _) => ["at most ", "", max],
        (_, "") => ["at least ", min, ""],
        _ if min == max => ["", min, ""],
        _ => [min, " to ", max],
    };
    for part in parts {
        message.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::{has_64_bits, holds_integer};
    use proptest::prelude::*;

    #[test]
    fn integers_have_64_bits() {
        assert!(
            has_64_bits("18446744073709551615", true) && has_64_bits("-9223372036854775808", false)
        );
        assert!(!has_64_bits("18446744073709551616", true) && !has_64_bits("-1", true));
        assert!(
            !has_64_bits("9223372036854775808", false)
                && !has_64_bits("-9223372036854775809", false)
        );
    }

    proptest! {
        #[test]
        fn digits_are_compared_as_numbers(min in any::<i32>(), max in any::<i32>(), value in any::<i64>(), zeros in 0..3usize) {
            let value = if zeros == 0 { value } else { value % 1000 };
            let sign = if value < 0 { "-" } else { "" };
            let digits = format!("{sign}{}{}", "0".repeat(zeros), value.unsigned_abs());
            let within = (i64::from(min)..=i64::from(max)).contains(&value);
            prop_assert_eq!(holds_integer(&format!("{min}..{max}"), &digits), within);
        }
    }
}
