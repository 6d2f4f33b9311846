//! What holds for every history of purchases and refunds with time passing, as a client can see it.

mod history;
mod replay;

use crate::caller::Caller;
use history::{History, PACKAGES, Step};
use proptest::prelude::*;
use tc3_edge_sandbox::{Options, Returned, Sandbox};

/// Every way in which an order that returned may be shown.
const RETURNED: [Returned; 4] = [
    Returned::Listed,
    Returned::Gone,
    Returned::OtherId,
    Returned::SameId,
];

fn step() -> impl Strategy<Value = Step> {
    let buy = (0..2_usize, 0..PACKAGES.len(), 0..2_u8, 0..2_u8, 1..4_u8);
    let delay = prop::option::weighted(0.2, 0..3_000_000_i64);
    let refund = (0..2_usize, any::<prop::sample::Index>());
    let order = prop::option::weighted(0.7, any::<prop::sample::Index>());
    let target = (0..2_usize, any::<prop::sample::Index>(), 0..2_u8, 0..2_u8);
    prop_oneof![
        1 => target.prop_map(|(account, service, tid, channel)| Step::Move { account, service, tid, channel }),
        3 => (buy, delay).prop_map(|((account, package, tid, channel, count), delay)| Step::Buy {
            account, package, tid, channel, count, delay,
        }),
        3 => (refund, order).prop_map(|((account, service), order)| Step::Refund { account, service, order }),
        2 => prop_oneof![Just(0), 1..100_000_i64, 1..4_000_000_i64, Just(604_800)].prop_map(Step::Wait),
    ]
}

/// A number from the environment.
fn number(name: &str, otherwise: u32) -> u32 {
    let set = std::env::var(name).ok().and_then(|text| text.parse().ok());
    set.unwrap_or(otherwise)
}

/// How many steps a history has at most; long ones are judged now and then.
fn most_steps() -> usize {
    number("TC3_EDGE_STEPS", 24) as usize
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(number("TC3_EDGE_HISTORIES", 300)))]

    #[test]
    fn every_history_keeps_the_invariants(
        steps in prop::collection::vec(step(), most_steps() / 2..most_steps()),
        returned in prop::sample::select(&RETURNED[..]),
    ) {
        let options = Options { returned, ..Caller::new(true).options() };
        let caller = Caller::with(options.clone());
        let mut history = History { caller, services: [Vec::new(), Vec::new()], returned };
        let often = 1 + steps.len() / 40;
        for (at, step) in steps.iter().enumerate() {
            history.take(step);
            for account in 0..2 {
                if at % often == 0 || at + 1 == steps.len() {
                    history.check(account);
                }
            }
        }
        // The ledger is all that there is: the same lines give the same state, and an answer that is the same but for its id.
        let mut again = Sandbox::new(options).expect("a sandbox");
        let lines = serde_json::to_string(&history.caller.kept).expect("JSON");
        prop_assert_eq!(again.replay(&lines), Ok(()));
        prop_assert_eq!(again.snapshot(), history.caller.sandbox.snapshot());
    }
}
