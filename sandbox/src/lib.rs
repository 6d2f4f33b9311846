//! The service `iotvideo` 2019-11-26 offline: a pure state machine over the core.
//!
//! It has no clock, no randomness and no I/O: the time and a seed are arguments, and a host brings requests and keeps
//! what happened. In the order of a request's way: `sandbox` holds the state, `checks` runs the checks in their order,
//! `forms` reads the parameters of whatever form, `tolerance` what official clients sign otherwise, `actions` do the
//! business: they tell the `ledger`, from which alone `state` follows; `specimen` answers for those that are not done
//! here, `answer` writes the envelope. `control` is what a tester asks for. What is assumed where the documentation is
//! silent stands in ASSUMPTIONS.md.

mod account;
mod actions;
mod answer;
mod calendar;
mod checks;
mod clock;
mod control;
mod faults;
mod forms;
mod generated;
mod ids;
mod ledger;
mod package;
mod rate;
mod region;
mod rows;
mod sandbox;
mod specimen;
mod state;
mod tolerance;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use account::Account;
pub use answer::{Answer, Delivery, Note};
pub use control::Controlled;
pub use ledger::{Entry, What, shown};
pub use package::Package;
pub use sandbox::{Options, Returned, Sandbox};
pub use state::Pooled;
