//! The sandbox as a client sees it: through signed requests, answers, ledger and pool.

mod authentication;
mod caller;
mod codes;
mod control;
mod forms;
mod garbage;
#[path = "../../src/generated.rs"]
mod generated;
mod properties;
mod refusals;
mod specimens;
mod stories;
