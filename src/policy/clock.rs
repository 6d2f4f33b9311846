//! How far the service's clock is from the caller's, learnt from the answers to the caller's own signed requests.

/// One answer, in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// When it was sent, by the caller's clock.
    pub sent_ms: f64,
    /// When its head came, by the caller's clock.
    pub answered_ms: f64,
    /// What its Date says: whole seconds.
    pub date_ms: f64,
    /// Whether it was refused since its timestamp is too far from the service's clock.
    pub expired: bool,
}

/// Beyond this the clocks are apart, and not only a request slow: the service takes five minutes.
const LARGE_MS: f64 = 60_000.0;

/// What to add to the caller's clock from now on, in milliseconds; what it was, where the answer tells nothing new.
pub fn offset_after(offset_ms: f64, seen: Seen) -> f64 {
    // A Date is cut to the second, and was written somewhere between sending and answering.
    let by_date = seen.date_ms + 500.0 - f64::midpoint(seen.sent_ms, seen.answered_ms);
    let gap = (by_date - offset_ms).abs();
    let unsure = (seen.answered_ms - seen.sent_ms).abs();
    if seen.expired || gap > LARGE_MS + unsure {
        return by_date;
    }
    offset_ms
}

#[cfg(test)]
mod tests {
    use super::{Seen, offset_after};
    use proptest::prelude::*;

    proptest! {
        /// A service whose clock is off by any amount, and which refuses what is five minutes off: the next try is taken.
        #[test]
        fn one_answer_is_enough(
            skew in -1e9_f64..1e9,
            there in 0.0_f64..20_000.0,
            back in 0.0_f64..20_000.0,
            offset in -1e6_f64..1e6,
        ) {
            let sent_ms = 1.7e12;
            let at_service = sent_ms + there + skew;
            let expired = (sent_ms + offset - at_service).abs() > 300_000.0;
            let seen = Seen {
                sent_ms,
                answered_ms: sent_ms + there + back,
                date_ms: (at_service / 1_000.0).floor() * 1_000.0,
                expired,
            };
            let learnt = offset_after(offset, seen);
            if expired {
                prop_assert!((learnt - skew).abs() <= 11_000.0);
            }
            prop_assert!((learnt - skew).abs() <= 300_000.0 + 21_000.0);
        }
    }

    #[test]
    fn a_small_gap_changes_nothing() {
        let seen = Seen {
            sent_ms: 10_000.0,
            answered_ms: 11_000.0,
            date_ms: 40_000.0,
            expired: false,
        };
        assert!((offset_after(3.0, seen) - 3.0).abs() < 1e-9);
        let expired = Seen {
            expired: true,
            ..seen
        };
        assert!((offset_after(3.0, expired) - 30_000.0).abs() < 1e-9);
    }
}
