//! Whether a call is tried again, and after which wait: exponential, with full jitter, capped, and within a budget of all
//! of a client's calls, so that an outage is not amplified.

/// Whether the same request may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Worth it, and proved not to have run.
    Safe,
    /// Worth it, where a repeat changes nothing.
    IfIdempotent,
    /// Not worth it, or not known to be safe.
    Never,
}

impl Retry {
    /// The word that errors hold.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::IfIdempotent => "ifIdempotent",
            Self::Never => "never",
        }
    }
}

/// What a call asks for.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How often a call is sent, at most.
    pub tries: u32,
    /// The longest first wait, in milliseconds; it doubles with each try.
    pub base_ms: f64,
    /// The longest wait, in milliseconds.
    pub cap_ms: f64,
}

/// A call between two tries. Times are in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Failed {
    /// How often it was sent.
    pub made: u32,
    /// What the last answer asks to wait at least; 0 where it does not.
    pub retry_after_ms: f64,
    /// How much time the call has left.
    pub left_ms: f64,
}

/// What a full budget holds; a larger number, as a new client gives it, means the same.
pub const FULL: u32 = 500;
/// What a repeat takes from it; so a client that only fails stops repeating after a hundred.
const COST: u32 = 5;

/// The wait before the next try, in milliseconds; `None` where there is none. `random` is drawn evenly from 0 to 1. A wait
/// that the call's time does not allow, or that a service asks for beyond the cap, is not begun.
pub fn wait(rules: Rules, failed: Failed, budget: u32, random: f64) -> Option<f64> {
    if failed.made >= rules.tries || budget < COST {
        return None;
    }
    let mut longest = rules.base_ms;
    for _ in 1..failed.made {
        longest = (longest * 2.0).min(rules.cap_ms);
    }
    let jittered = longest.min(rules.cap_ms) * random.clamp(0.0, 1.0);
    let wait = jittered.max(failed.retry_after_ms);
    (wait < failed.left_ms && failed.retry_after_ms <= rules.cap_ms).then_some(wait)
}

/// The budget after a try: a repeat takes from it, a call that succeeded gives one back.
pub fn budget_after(budget: u32, repeats: bool) -> u32 {
    let budget = budget.min(FULL);
    if repeats {
        budget.saturating_sub(COST)
    } else {
        FULL.min(budget + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{COST, FULL, Failed, Rules, budget_after, wait};
    use proptest::prelude::*;

    const RULES: Rules = Rules {
        tries: 3,
        base_ms: 100.0,
        cap_ms: 5_000.0,
    };

    fn failed(made: u32) -> Failed {
        Failed {
            made,
            retry_after_ms: 0.0,
            left_ms: 60_000.0,
        }
    }

    #[test]
    fn waits_double_up_to_the_cap() {
        let rules = Rules {
            tries: 100,
            ..RULES
        };
        for (made, longest) in [
            (1, 100.0),
            (2, 200.0),
            (3, 400.0),
            (7, 5_000.0),
            (99, 5_000.0),
        ] {
            assert_eq!(wait(rules, failed(made), FULL, 1.0), Some(longest));
            assert_eq!(wait(rules, failed(made), FULL, 0.0), Some(0.0));
        }
        assert_eq!(wait(rules, failed(100), FULL, 0.0), None);
    }

    #[test]
    fn what_the_service_asks_for_is_kept_or_not_begun() {
        let asked = |retry_after_ms, left_ms| {
            let failed = Failed {
                made: 1,
                retry_after_ms,
                left_ms,
            };
            wait(RULES, failed, FULL, 0.5)
        };
        assert_eq!(asked(2_000.0, 60_000.0), Some(2_000.0));
        assert_eq!(asked(2_000.0, 2_000.0), None);
        assert_eq!(asked(6_000.0, 60_000.0), None);
    }

    proptest! {
        /// Any history of tries that fail or succeed.
        #[test]
        fn a_history_keeps_every_bound(
            tries in 0_u32..6,
            base_ms in 0.0_f64..10_000.0,
            cap_ms in 0.0_f64..10_000.0,
            mut budget in 0..=FULL,
            mut left_ms in 0.0_f64..100_000.0,
            events in prop::collection::vec((any::<bool>(), 0.0_f64..20_000.0, 0.0_f64..1.0), 1..12),
        ) {
            let rules = Rules { tries, base_ms, cap_ms };
            let mut made = 0;
            for (succeeds, retry_after_ms, random) in events {
                made += 1;
                if succeeds {
                    let after = budget_after(budget, false);
                    prop_assert!(after >= budget && after <= FULL);
                    break;
                }
                let failed = Failed { made, retry_after_ms, left_ms };
                let Some(wait) = wait(rules, failed, budget, random) else { break };
                // Never a wait after the last try, never beyond the time that is left, never less than asked for.
                prop_assert!(made < tries);
                prop_assert!(wait < left_ms && wait >= retry_after_ms);
                prop_assert!(wait <= cap_ms.max(retry_after_ms));
                prop_assert!(budget >= COST);
                budget = budget_after(budget, true);
                left_ms -= wait;
            }
            prop_assert!(made <= tries.max(1));
        }

        /// In an outage, calls that only fail are soon sent once each.
        #[test]
        fn an_outage_is_not_amplified(calls in 1_u32..2_000, random in 0.0_f64..1.0) {
            let mut budget = FULL;
            let mut sent = 0;
            for _ in 0..calls {
                let mut made = 1;
                while wait(RULES, failed(made), budget, random).is_some() {
                    budget = budget_after(budget, true);
                    made += 1;
                }
                sent += made;
            }
            prop_assert!(sent <= calls + FULL / COST);
        }
    }
}
