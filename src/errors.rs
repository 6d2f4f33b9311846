//! What can go wrong: problems of an input, and the meaning of the service's codes in one table.

mod generated;
mod problems;

pub use problems::Problems;

/// Something in the input that keeps it from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: a member's path, such as `Data[2].OrderId`.
    pub path: String,
    /// `Missing`, `Empty`, `Unknown`, `Twice`, `Type`, `Value`, `Range`, `Length`, `Format`, `TooLarge`,
    /// `UnknownAction`, `NotAnObject` or `Further`; of a warning also `Deprecated` or `Wide`.
    pub code: &'static str,
    /// What, and what to do, for a person; it holds no value of a secret.
    pub message: String,
}

impl Problem {
    /// A problem at `path`.
    pub fn new(path: &str, code: &'static str, message: &str) -> Self {
        Self {
            path: path.into(),
            code,
            message: message.into(),
        }
    }
}

/// Whether an answer with a code proves that the operation did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExecuted {
    /// It proves it.
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

/// The row of a code, or that of the code before its last dot: a new sub-code means what its family does.
/// `None` where neither is known.
pub fn row(code: &str) -> Option<&'static Row> {
    let find = |code: &str| {
        generated::ROWS
            .binary_search_by(|row| row.code.cmp(code))
            .ok()
            .and_then(|at| generated::ROWS.get(at))
    };
    find(code).or_else(|| find(code.rsplit_once('.')?.0))
}

#[cfg(test)]
mod tests {
    use super::{NotExecuted, generated::ROWS, row};

    #[test]
    fn every_code_is_found() {
        assert_eq!(ROWS.len(), 51);
        for known in ROWS {
            assert_eq!(row(known.code).map(|found| found.code), Some(known.code));
            assert!(!known.remedy.is_empty());
        }
    }

    #[test]
    fn a_new_sub_code_means_what_its_family_does() {
        let found = row("AuthFailure.SomethingNew").map(|row| row.code);
        assert_eq!(found, Some("AuthFailure"));
        assert!(row("Nonsense").is_none());
        assert!(row("").is_none());
    }

    #[test]
    fn only_throttling_is_certain_and_worth_a_repeat() {
        let mut safe = ROWS
            .iter()
            .filter(|row| row.retryable && row.not_executed == NotExecuted::Certain);
        assert!(safe.all(|row| row.code.starts_with("RequestLimitExceeded")));
    }
}
