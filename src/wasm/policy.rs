//! What is decided between two tries: numbers in, a number out.

use crate::policy::{clock, rate, retry};

/// The wait before the next try in milliseconds, or -1 where there is none: see [`retry::wait`].
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
pub extern "C" fn retry_wait(
    tries: u32,
    base_ms: f64,
    cap_ms: f64,
    made: u32,
    retry_after_ms: f64,
    left_ms: f64,
    budget: u32,
    random: f64,
) -> f64 {
    let rules = retry::Rules {
        tries,
        base_ms,
        cap_ms,
    };
    let failed = retry::Failed {
        made,
        retry_after_ms,
        left_ms,
    };
    retry::wait(rules, failed, budget, random).unwrap_or(-1.0)
}

/// See [`retry::budget_after`].
#[unsafe(no_mangle)]
pub extern "C" fn budget_after(budget: u32, repeats: bool) -> u32 {
    retry::budget_after(budget, repeats)
}

/// See [`rate::wait`].
#[unsafe(no_mangle)]
pub extern "C" fn rate_wait(due_ms: f64, now_ms: f64) -> f64 {
    rate::wait(due_ms, now_ms)
}

/// See [`rate::due_after`].
#[unsafe(no_mangle)]
pub extern "C" fn due_after(due_ms: f64, now_ms: f64, per_second: f64) -> f64 {
    rate::due_after(due_ms, now_ms, per_second)
}

/// See [`clock::offset_after`].
#[unsafe(no_mangle)]
pub extern "C" fn offset_after(
    offset_ms: f64,
    sent_ms: f64,
    answered_ms: f64,
    date_ms: f64,
    expired: bool,
) -> f64 {
    let seen = clock::Seen {
        sent_ms,
        answered_ms,
        date_ms,
        expired,
    };
    clock::offset_after(offset_ms, seen)
}
