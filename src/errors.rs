//! What can go wrong: problems of an input, and the meaning of the service's codes in one table.

mod generated;
mod row;

pub use row::{NotExecuted, Row, row};

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
