//! The ledger told anew, from its lines alone, and held against what the answers show.

use super::history::Orders;
use crate::caller::Line;
use std::collections::BTreeMap;
use tc3_edge_sandbox::{Package, Pooled};

/// What the ledger of an account says.
#[derive(Default)]
pub struct Told {
    pub bought: usize,
    pub used_again: usize,
    pub pool: Vec<Pooled>,
    /// Orders that had started, and when they were refunded, in seconds.
    pub void: BTreeMap<String, i64>,
}

/// Tells it; each line must be possible after those before.
pub fn replay(entries: &[&Line], orders: &Orders) -> Told {
    let mut told = Told::default();
    for entry in entries {
        if matches!(entry.what.as_str(), "created" | "renewed") {
            continue;
        }
        let package = Package::find(&entry.pkg_id).expect("a package");
        let (order_id, pkg_id) = (entry.order_id.clone(), package.id);
        let seen = &orders[&order_id];
        assert_eq!(
            (&seen.service, seen.package.as_str()),
            (&entry.service_id, pkg_id)
        );
        let (at, oldest) = (
            entry.at_ms / 1000,
            told.pool
                .iter()
                .position(|pooled| pooled.package == package),
        );
        match entry.what.as_str() {
            "bought" => {
                assert_eq!(oldest, None, "paid for what the pool held");
                told.bought += 1;
            }
            "takenFromPool" => {
                let oldest = told.pool.remove(oldest.expect("a paid order"));
                assert_eq!(Some(oldest.order_id), entry.origin);
                told.used_again += 1;
            }
            "returnedToPool" => {
                assert!(at < seen.start);
                let service_id = entry.service_id.clone();
                told.pool.push(Pooled {
                    order_id,
                    package,
                    service_id,
                });
            }
            "madeVoid" => {
                assert!(seen.start <= at && at < seen.end);
                assert_eq!(told.void.insert(order_id, at), None);
            }
            other => panic!("no order is made by {other}"),
        }
    }
    told
}

/// Within a service no two orders run at one time; a void one ran until its refund.
pub fn assert_no_overlap(orders: &Orders, void: &BTreeMap<String, i64>) {
    let mut times: Vec<(&str, i64, i64)> = Vec::new();
    for (id, seen) in orders {
        let end = void.get(id).copied().unwrap_or(seen.end);
        if seen.status != 5 || void.contains_key(id) {
            times.push((&seen.service, seen.start, end));
        }
    }
    times.sort_unstable();
    for pair in times.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "{pair:?}");
    }
}
