//! Walks the table of a service version: what an action takes, and what its answer proves.
//!
//! The table is data (its format stands in schema/README.md); no service is known here.

mod check;
mod table;

pub use crate::errors::Problem;
pub use check::asks_dry_run;
pub use table::Table;
