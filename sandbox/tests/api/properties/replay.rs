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
    /// Orders that were moved, and when.
    pub moved: BTreeMap<String, i64>,
    /// When each order of its service starts and stops.
    times: BTreeMap<(String, String), (i64, i64, bool)>,
}

/// Tells it; each line must be possible after those before.
pub fn replay(entries: &[&Line], orders: &Orders) -> Told {
    let mut told = Told::default();
    for line in entries {
        let at = line.at_ms / 1000;
        let id = line.order_id.clone();
        let named = (line.service_id.clone(), id.clone());
        match line.what.as_str() {
            "created" | "renewed" => continue,
            "bought" | "takenFromPool" | "movedIn" => {
                told.times
                    .insert(named.clone(), (line.start, line.end, line.used));
            }
            _ => {}
        }
        let (start, end, used) = told.times[&named];
        // Of one that is listed the answers say the same.
        if let Some(seen) = orders
            .get(&id)
            .filter(|seen| seen.service == line.service_id)
        {
            assert_eq!(seen.package, line.pkg_id);
        }
        let package = Package::find(&line.pkg_id).expect("a package");
        let oldest = told
            .pool
            .iter()
            .position(|pooled| pooled.package == package);
        match line.what.as_str() {
            "bought" => {
                assert_eq!(oldest, None, "paid for what the pool held");
                told.bought += 1;
            }
            "takenFromPool" => {
                let oldest = told.pool.remove(oldest.expect("a paid order"));
                assert_eq!(Some(oldest.order_id), line.origin);
                told.used_again += 1;
            }
            "returnedToPool" => {
                assert!(at < start && !used);
                told.pool.push(Pooled {
                    order_id: id,
                    package,
                    service_id: line.service_id.clone(),
                });
            }
            "madeVoid" => {
                assert!((used || start <= at) && at < end);
                assert_eq!(told.void.insert(id, at), None);
            }
            "movedOut" => {
                assert!(at < end);
                assert_eq!(told.moved.insert(id, at), None);
            }
            "movedIn" => assert!(
                told.moved
                    .contains_key(line.origin.as_ref().expect("an id"))
            ),
            other => panic!("no order is made by {other}"),
        }
    }
    told
}

/// Within a service no two orders run at one time; a void or moved one ran until it left.
pub fn assert_no_overlap(orders: &Orders, told: &Told) {
    let mut times: Vec<(&str, i64, i64)> = Vec::new();
    for (id, seen) in orders {
        let left = told.void.get(id).or(told.moved.get(id));
        let end = left.copied().unwrap_or(seen.end);
        let ran = match seen.status {
            5 | 6 => left.is_some() && seen.start < end,
            _ => true,
        };
        if ran {
            times.push((&seen.service, seen.start, end));
        }
    }
    times.sort_unstable();
    for pair in times.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "{pair:?}");
    }
}
