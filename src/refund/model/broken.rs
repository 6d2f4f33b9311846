//! Callers who break one rule each, and the promise that they then break.

/// A rule that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The same request is handed over again when its time is up.
    RetryOnTimeOut,
    /// The plan is carried out without reading again.
    NoSecondReading,
    /// It is too late by the caller's own clock.
    LocalFence,
    /// The intent is kept after the request was handed over.
    JournalAfterSend,
    /// An order is found by its place in the list.
    ByPosition,
    /// An answer that was cut is taken for a refusal.
    CutIsRefusal,
}

pub const RULES: [(Rule, &str); 6] = [
    (Rule::RetryOnTimeOut, "a request is handed over once"),
    (
        Rule::NoSecondReading,
        "nothing is sent that differs from its plan",
    ),
    (Rule::LocalFence, "what is told as not done is never done"),
    (Rule::JournalAfterSend, "a request is handed over once"),
    (Rule::ByPosition, "what is told as not done is never done"),
    (Rule::CutIsRefusal, "what is told as not done is never done"),
];
