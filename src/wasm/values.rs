//! Several values in one text, separated by NUL.

#[cfg(any(feature = "signer", feature = "inspect", feature = "legacy"))]
use crate::call::Prepared;
use crate::errors::Problem;

/// Values to hand out, separated by NUL.
pub(super) type Values = String;

/// A part's text; the shell writes UTF-8 only.
pub(super) fn text(part: &[u8]) -> &str {
    core::str::from_utf8(part).unwrap_or_default()
}

/// A part's values, if there are as many as were written.
pub(super) fn split(part: &[u8], count: usize) -> Result<Vec<&str>, Vec<Problem>> {
    let values: Vec<&str> = text(part).split('\0').collect();
    if values.len() == count {
        return Ok(values);
    }
    let message = "a NUL character stands in one of the members";
    Err(vec![Problem::new("input", "Value", message)])
}

/// Appends a value.
pub(super) fn push(values: &mut Values, value: &str) {
    if !values.is_empty() {
        values.push('\0');
    }
    values.push_str(value);
}

/// Values in pairs, such as headers.
pub(super) fn pairs<'a>(values: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::with_capacity(values.len() / 2);
    for pair in values.chunks_exact(2) {
        pairs.push((pair[0], pair[1]));
    }
    pairs
}

/// A request: its URL, and its headers in pairs.
#[cfg(any(feature = "signer", feature = "inspect", feature = "legacy"))]
pub(super) fn push_prepared(values: &mut Values, prepared: &Prepared) {
    push(values, &prepared.url);
    for (name, value) in &prepared.headers {
        push(values, name);
        push(values, value);
    }
}

/// Problems: path, code and message of each. What the input wrote into a path cannot shift them.
pub(super) fn join_problems(problems: &[Problem]) -> Values {
    let mut values = Values::new();
    for problem in problems {
        push_problem(&mut values, problem);
    }
    values
}

/// Problems among other values: their number comes first.
#[cfg(feature = "client")]
pub(super) fn push_problems(values: &mut Values, problems: &[Problem]) {
    let mut count = String::new();
    crate::decimal::push_decimal(&mut count, problems.len() as u64, 1);
    push(values, &count);
    for problem in problems {
        push_problem(values, problem);
    }
}

fn push_problem(values: &mut Values, problem: &Problem) {
    let clean = |text: &str| text.replace('\0', "\u{fffd}");
    let path = if problem.path.is_empty() {
        "\"\""
    } else {
        &problem.path
    };
    push(values, &clean(path));
    push(values, problem.code);
    push(values, &clean(&problem.message));
}
