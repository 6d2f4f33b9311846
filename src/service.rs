//! Walks the table of a service version: what an action takes, what its answer holds, and which of it proves something.
//!
//! The table is data (its format stands in schema/README.md); no service is known here. What is sent is refused where it
//! is wrong, what is answered never is: there everything is at most a warning.

mod answer;
mod check;
mod findings;
mod integer;
mod nearest;
mod path;
mod rule;
mod table;
mod walk;

pub use answer::{Reading, is_clean};
pub use check::asks_dry_run;
pub use table::Table;
