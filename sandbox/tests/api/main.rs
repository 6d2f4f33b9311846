//! The sandbox as a client sees it: through signed requests, answers, ledger and pool.

mod authentication;
mod caller;
mod garbage;
mod properties;
mod refusals;
mod stories;
