//! How often an account may call an action: the documented calls of each whole second of the host's clock
//! (assumption 24). It is no part of the state: after a restart everybody begins anew.

use std::collections::BTreeMap;

/// Who called what, and how often in the second that is counted.
#[derive(Debug, Default)]
pub struct Rates(BTreeMap<(String, String), (i64, u32)>);

/// Beyond so many, those of earlier seconds are forgotten.
const MOST: usize = 1_000;

impl Rates {
    /// Counts a call; `false` where it is one too many.
    pub fn take(&mut self, account: &str, action: &str, per_second: u32, host_ms: i64) -> bool {
        let second = host_ms.div_euclid(1000);
        if self.0.len() > MOST {
            self.0.retain(|_, (counted, _)| *counted == second);
        }
        let entry = self.0.entry((account.into(), action.into()));
        let (counted, calls) = entry.or_insert((second, 0));
        if *counted != second {
            (*counted, *calls) = (second, 0);
        }
        *calls += 1;
        *calls <= per_second
    }
}

#[cfg(test)]
mod tests {
    use super::Rates;

    #[test]
    fn each_second_has_its_calls() {
        let mut rates = Rates::default();
        let mut take = |account, ms| rates.take(account, "A", 2, ms);
        assert!(take("a", 1_000) && take("a", 1_999));
        assert!(!take("a", 1_999));
        assert!(take("b", 1_999));
        assert!(take("a", 2_000) && take("a", 2_000) && !take("a", 2_001));
    }
}
