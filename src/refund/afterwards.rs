//! In what the service's state, read when all is done, differs from the plan: an order may have started between the reading
//! and the sending, and somebody may have bought.

use super::listed::{Fate, Listed};
use super::plan::Plan;
use crate::text::join;

/// A planned order that was refunded, and when it may have been, in seconds by the service's clock.
#[derive(Clone, Debug)]
pub struct Refunded<'a> {
    /// As it was planned.
    pub order: &'a Listed,
    /// When the request was signed.
    pub from: i64,
    /// When it was known to be refunded.
    pub until: i64,
}

/// The differences, for people. `before` is what was listed right before the first request, `after` what is now.
pub fn differences(
    plan: &Plan,
    refunded: &[Refunded<'_>],
    before: &[Listed],
    after: &[Listed],
) -> Vec<String> {
    let mut found = Vec::new();
    let mut tell = |id: &str, what: &str| found.push(join(&["the order ", id, what]));
    for Refunded { order, from, until } in refunded {
        if order.fate() == Fate::Returns && order.start <= *until {
            let what = if order.start <= *from {
                " had started when it was refunded: it is void, and not back in the pool"
            } else {
                " started about when it was refunded: it may be void, and not back in the pool"
            };
            tell(&order.order_id, what);
        }
        let now = after.iter().find(|other| other.order_id == order.order_id);
        if now.is_some_and(Listed::is_valid) {
            let what = " is listed as valid, though its refund was done: the list lags, or its id was given again";
            tell(&order.order_id, what);
        }
    }
    let is = |order: &Listed, other: &Listed| other.order_id == order.order_id;
    for order in &plan.stay {
        let what = match after.iter().find(|other| is(order, other)) {
            None => ", which was to stay, is listed no more",
            Some(now) if now.status == 5 => ", which was to stay, is refunded",
            Some(now) if now.status == 6 => ", which was to stay, was moved",
            Some(now) if (now.start, now.end) != (order.start, order.end) => {
                ", which was to stay, has other times"
            }
            Some(_) => continue,
        };
        tell(&order.order_id, what);
    }
    for order in after {
        if !before.iter().any(|other| is(order, other)) {
            let what = if order.status == 5 {
                ", which was bought after the plan was drawn, is refunded"
            } else {
                " was bought after the plan was drawn"
            };
            tell(&order.order_id, what);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Refunded, differences};
    use crate::refund::listed::Listed;
    use crate::refund::plan::plan;

    fn order(id: &str, status: i64, start: i64) -> Listed {
        Listed {
            order_id: id.into(),
            pkg_id: "p".into(),
            status,
            start,
            end: start + 10,
        }
    }

    #[test]
    fn what_went_otherwise_is_named() {
        let before = [order("1", 1, 10), order("2", 2, 20), order("3", 2, 30)];
        let planned = plan(&before, Some("2")).expect("a plan");
        let refunded = |from, until| Refunded {
            order: &planned.orders[0],
            from,
            until,
        };
        let told = |refunded: &[Refunded<'_>], after: &[Listed]| {
            differences(&planned, refunded, &before, after)
        };
        let as_planned = [order("1", 1, 10), order("2", 5, 20), order("3", 2, 30)];
        assert!(told(&[refunded(15, 16)], &as_planned).is_empty());
        assert!(told(&[refunded(20, 21)], &as_planned)[0].contains("had started"));
        assert!(told(&[refunded(19, 21)], &as_planned)[0].contains("may be void"));
        assert!(told(&[refunded(15, 16)], &before)[0].contains("listed as valid"));
        let others = [
            order("1", 5, 10),
            order("3", 2, 40),
            order("4", 2, 50),
            order("5", 5, 60),
        ];
        let told = told(&[], &others);
        let words = [
            "1, which was to stay, is refunded",
            "3, which was to stay, has other times",
            "4 was bought",
            "5, which was bought after the plan was drawn, is refunded",
        ];
        assert_eq!(told.len(), words.len());
        for (told, word) in told.iter().zip(words) {
            assert!(told.contains(word), "{told}");
        }
    }
}
