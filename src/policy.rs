//! What is done about what happened: pure functions from a state and an event to what comes next. Time and random draws
//! are arguments; whoever calls them waits.

pub mod clock;
pub mod outcome;
pub mod rate;
pub mod retry;
