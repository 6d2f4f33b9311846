//! What can go wrong: problems of an input, and the meaning of the service's codes in one table.

mod generated;

use crate::text::{Split, push_value, split};

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

/// What keeps an input from being sent, in one text as it crosses the boundary: path, code and message of each problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(String);

impl Problems {
    /// A single one.
    pub fn one(path: &str, code: &str, message: &str) -> Self {
        let mut problems = Self::default();
        problems.push(path, code, message);
        problems
    }

    /// Adds one. What the input wrote into it cannot shift the others: a NUL in it is replaced.
    #[inline(never)]
    pub fn push(&mut self, path: &str, code: &str, message: &str) {
        let path = if path.is_empty() { "\"\"" } else { path };
        for text in [path, code, message] {
            let mut parts = split(text, 0);
            push_value(&mut self.0, parts.next().unwrap_or_default());
            for part in parts {
                self.0.push_str("\u{fffd}");
                self.0.push_str(part);
            }
        }
    }

    /// Adds one with the code `Value`, which most have.
    #[inline(never)]
    pub fn value(&mut self, path: &str, message: &str) {
        self.push(path, "Value", message);
    }

    /// Adds those that another part found.
    pub fn append(&mut self, others: &Self) {
        if !others.is_empty() {
            push_value(&mut self.0, &others.0);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Path, code and message of each.
    pub fn iter(&self) -> Iter<'_> {
        Iter(split(&self.0, 0))
    }

    /// The values, as they cross.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl From<&[Problem]> for Problems {
    fn from(list: &[Problem]) -> Self {
        let mut problems = Self::default();
        for problem in list {
            problems.push(&problem.path, problem.code, &problem.message);
        }
        problems
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = [&'a str; 3];
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Path, code and message of each problem.
#[derive(Clone, Debug)]
pub struct Iter<'a>(Split<'a>);

impl<'a> Iterator for Iter<'a> {
    type Item = [&'a str; 3];

    fn next(&mut self) -> Option<Self::Item> {
        Some([self.0.next()?, self.0.next()?, self.0.next()?])
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
    use super::{NotExecuted, Problems, generated::ROWS, row};

    #[test]
    fn no_value_shifts_another() {
        let mut problems = Problems::default();
        problems.push("", "Value", "a");
        problems.value("b\0c", "\0");
        let found: Vec<_> = problems.iter().collect();
        let expected = [["\"\"", "Value", "a"], ["b\u{fffd}c", "Value", "\u{fffd}"]];
        assert_eq!(found, expected);
        let mut twice = problems.clone();
        twice.append(&Problems::default());
        twice.append(&problems);
        assert_eq!(twice.iter().count(), 4);
        assert_eq!(Problems::default().iter().count(), 0);
    }

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
