//! A rate limit for each action: a bucket of one token, so that sends are evenly spaced and no second holds more than the
//! limit, wherever the service begins to count. Its state is one number: when the next send is due.

/// How long to wait before one more send, in milliseconds; 0 for none. All times are of one clock.
pub fn wait(due_ms: f64, now_ms: f64) -> f64 {
    (due_ms - now_ms).max(0.0)
}

/// When the next send is due after this one.
pub fn due_after(due_ms: f64, now_ms: f64, per_second: f64) -> f64 {
    due_ms.max(now_ms) + 1_000.0 / per_second
}

#[cfg(test)]
mod tests {
    use super::{due_after, wait};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_second_holds_more_than_the_limit(
            per_second in 1_u32..700,
            pauses in prop::collection::vec(0_u32..40, 1..2_000),
        ) {
            let limit = f64::from(per_second);
            let (mut now, mut due) = (1_000.0, 0.0);
            let mut sends: Vec<f64> = Vec::new();
            for pause in pauses {
                now += f64::from(pause);
                let waited = wait(due, now);
                // Nobody waits longer than the limit asks for.
                prop_assert!(waited <= 1_000.0 / limit + 1e-6);
                now += waited;
                due = due_after(due, now, limit);
                sends.push(now);
            }
            for (first, beyond) in sends.iter().zip(sends.iter().skip(per_second as usize)) {
                prop_assert!(beyond - first >= 999.999);
            }
        }
    }
}
