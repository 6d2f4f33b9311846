//! The service's clock: it follows the host's, at a distance and a speed, and may stand still.

use serde::{Deserialize, Serialize};

/// At `host_ms` of the host's clock it showed `shown_ms`; both in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    host_ms: i64,
    shown_ms: i64,
    /// How many of its seconds pass in one of the host's; 0 while it stands still.
    speed: f64,
}

/// The last moment that is shown: the end of the year 9999.
const LAST_MS: i64 = 253_402_300_799_999;

/// The fastest: a year in three seconds.
pub const MAX_SPEED: f64 = 1e7;

impl Default for Clock {
    fn default() -> Self {
        Self {
            host_ms: 0,
            shown_ms: 0,
            speed: 1.0,
        }
    }
}

impl Clock {
    /// What it shows when the host's clock shows `host_ms`.
    pub fn at(&self, host_ms: i64) -> i64 {
        // Exact while it runs as the host's does.
        let passed = host_ms.saturating_sub(self.host_ms);
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let passed = if (self.speed - 1.0).abs() < f64::EPSILON {
            passed
        } else {
            (passed as f64 * self.speed) as i64
        };
        self.shown_ms.saturating_add(passed).clamp(0, LAST_MS)
    }

    /// The same clock from now on, showing `shown_ms` and running at `speed`; each stays as it is where it is not given.
    pub fn set(&self, host_ms: i64, shown_ms: Option<i64>, speed: Option<f64>) -> Self {
        Self {
            host_ms,
            shown_ms: shown_ms.unwrap_or_else(|| self.at(host_ms)),
            speed: speed.unwrap_or(self.speed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, LAST_MS, MAX_SPEED};
    use proptest::prelude::*;

    #[test]
    fn it_is_the_hosts_until_it_is_set() {
        let clock = Clock::default();
        assert_eq!(clock.at(1_700_000_000_123), 1_700_000_000_123);
        let ahead = clock.set(1_000, Some(61_000), None);
        assert_eq!(ahead.at(2_000), 62_000);
        let fast = ahead.set(2_000, None, Some(10.0));
        assert_eq!((fast.at(2_000), fast.at(3_000)), (62_000, 72_000));
        let still = fast.set(3_000, None, Some(0.0));
        assert_eq!((still.at(3_000), still.at(9_000)), (72_000, 72_000));
    }

    proptest! {
        #[test]
        fn time_never_goes_back_by_itself(
            shown in 0..LAST_MS, speed in 0.0..MAX_SPEED, from in 0..LAST_MS, steps in prop::collection::vec(0..1_000_000_i64, 1..20),
        ) {
            let clock = Clock::default().set(from, Some(shown), Some(speed));
            let (mut host, mut before) = (from, clock.at(from));
            prop_assert_eq!(before, shown);
            for step in steps {
                host += step;
                let now = clock.at(host);
                prop_assert!(now >= before && now <= LAST_MS);
                before = now;
            }
        }
    }
}
