//! Several values in one text, separated by NUL.

use crate::errors::Problems;
use crate::text::{self, Split};

/// Values to hand out, separated by NUL.
#[cfg(any(
    feature = "signer",
    feature = "inspect",
    feature = "legacy",
    feature = "refund"
))]
pub(super) type Values = String;
#[cfg(any(
    feature = "inspect",
    feature = "legacy",
    feature = "client",
    feature = "refund"
))]
pub(super) use crate::text::push_value as push;

/// A part's text; the shell writes UTF-8 only.
pub(super) fn text(part: &[u8]) -> &str {
    core::str::from_utf8(part).unwrap_or_default()
}

/// A part's values, if there are as many as were written.
pub(super) fn split(part: &[u8], count: usize) -> Result<Split<'_>, Problems> {
    let values = text::split(text(part), 0);
    if values.clone().count() == count {
        return Ok(values);
    }
    let message = "a NUL character stands in one of the members";
    Err(Problems::one("input", "Value", message))
}

/// The rest of the values in pairs, such as headers.
#[cfg(any(
    feature = "signer",
    feature = "inspect",
    feature = "legacy",
    feature = "web"
))]
pub(super) fn pairs(mut values: Split<'_>) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    while let (Some(name), Some(value)) = (values.next(), values.next()) {
        pairs.push((name, value));
    }
    pairs
}

/// Problems among other values: their number comes first.
#[cfg(feature = "client")]
pub(super) fn push_problems(values: &mut Values, problems: &Problems) {
    let mut count = String::new();
    crate::decimal::push_decimal(&mut count, problems.iter().count() as u64, 1);
    push(values, &count);
    if !problems.is_empty() {
        push(values, problems.as_text());
    }
}
