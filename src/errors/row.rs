//! What the service's codes mean to the client: a search in one text, which has a line for each.

use super::generated::ROWS;
use crate::text::{split, through_last};
use core::cmp::Ordering;

/// Whether an answer with a code proves that the operation did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExecuted {
    /// It follows from the request alone: an arrival of the same request a moment earlier did not run either.
    Always,
    /// It proves it of this arrival.
    Certain,
    /// It did not run in answer to this request; an earlier one may have.
    Likely,
    /// It may have run.
    Unknown,
}

/// What is known of one code of the service.
#[derive(Debug)]
pub struct Row {
    /// As the service writes it, such as `AuthFailure.SignatureExpire`.
    pub code: &'static str,
    /// The same call, signed anew after a wait, can succeed with nothing changed.
    pub retryable: bool,
    /// What the answer proves.
    pub not_executed: NotExecuted,
    /// What to do, in one English sentence.
    pub remedy: &'static str,
}

/// The row of a code, or that of the code before its last dot: a new sub-code means what its family does, but what it
/// follows from is not known. `None` where neither is known.
pub fn row(code: &str) -> Option<Row> {
    if let Some(row) = find(code) {
        return Some(row);
    }
    let mut row = find(through_last(code, b'.').strip_suffix(".")?)?;
    if row.not_executed == NotExecuted::Always {
        row.not_executed = NotExecuted::Certain;
    }
    Some(row)
}

/// The lines are sorted by their codes.
fn find(code: &str) -> Option<Row> {
    let mut left = ROWS;
    while !left.is_empty() {
        let half = &left.as_bytes()[..left.len() / 2];
        let start = half.iter().rposition(|byte| *byte == b'\n');
        let (before, middle) = left.split_at(start.map_or(0, |end| end + 1));
        let mut lines = split(middle, b'\n');
        let mut parts = split(lines.next()?, b'\t');
        let known = parts.next()?;
        match code.cmp(known) {
            Ordering::Less => left = before,
            Ordering::Greater => left = lines.rest().unwrap_or_default(),
            Ordering::Equal => return read(known, parts.rest()?),
        }
    }
    None
}

/// Reads what stands behind a code.
fn read(code: &'static str, told: &'static str) -> Option<Row> {
    let mark = *told.as_bytes().first()?;
    Some(Row {
        code,
        retryable: mark.is_ascii_uppercase(),
        not_executed: match mark.to_ascii_lowercase() {
            b'a' => NotExecuted::Always,
            b'c' => NotExecuted::Certain,
            b'l' => NotExecuted::Likely,
            _ => NotExecuted::Unknown,
        },
        remedy: told.get(1..)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{NotExecuted, ROWS, Row, row};

    fn rows() -> impl Iterator<Item = Row> {
        let codes = ROWS.lines().filter_map(|line| line.split('\t').next());
        codes.map(|code| row(code).expect("known"))
    }

    #[test]
    fn every_code_is_found() {
        let codes: Vec<&str> = ROWS
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert!(codes.is_sorted() && ROWS.is_ascii());
        assert_eq!(rows().count(), 51);
        for (known, line) in rows().zip(ROWS.lines()) {
            assert!(line.starts_with(&format!("{}\t", known.code)));
            assert!(!known.remedy.is_empty());
        }
    }

    #[test]
    fn a_new_sub_code_means_what_its_family_does() {
        let found = row("MissingParameter.SomethingNew").map(|row| (row.code, row.not_executed));
        assert_eq!(found, Some(("MissingParameter", NotExecuted::Certain)));
        for unknown in [
            "Nonsense",
            "",
            "AuthFailur",
            "AuthFailure\tc",
            "AuthFailure.A.B",
            ".",
        ] {
            assert!(row(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn only_throttling_is_certain_and_worth_a_repeat() {
        let mut safe =
            rows().filter(|row| row.retryable && row.not_executed == NotExecuted::Certain);
        assert!(safe.all(|row| row.code.starts_with("RequestLimitExceeded")));
        assert!(row("InternalError").is_some_and(|row| row.retryable));
    }
}
