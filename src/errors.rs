//! What can go wrong: problems of an input, and the meaning of the service's codes in one table.

mod generated;
mod problems;
mod row;

pub use problems::Problems;
pub use row::{NotExecuted, Row, row};
