//! The service `iotvideo` 2019-11-26 offline: a pure state machine over the core.
//!
//! It has no clock, no randomness and no I/O: the time and a seed are arguments, and a host brings requests.
//! In the order of a request's way: `sandbox` holds the state, `checks` runs the checks in their order, `forms` reads
//! the parameters of whatever form, `tolerance` what official clients sign otherwise, `actions` do the business over
//! `state` and tell the `ledger`, `specimen` answers for those that are not done here, `answer` writes the envelope.
//! What is assumed where the documentation is silent stands in ASSUMPTIONS.md.

mod account;
mod actions;
mod answer;
mod calendar;
mod checks;
mod forms;
mod generated;
mod ids;
mod ledger;
mod package;
mod region;
mod rows;
mod sandbox;
mod specimen;
mod state;
mod tolerance;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use account::Account;
pub use answer::{Answer, Note};
pub use ledger::{Entry, What};
pub use sandbox::{Options, Sandbox};
pub use state::Pooled;
