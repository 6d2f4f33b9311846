//! What a refund will do, before anything happens.

use super::listed::Listed;
use crate::errors::Problems;
use crate::text::join;

/// A plan, and what it was drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The orders to refund, as they were listed.
    pub orders: Vec<Listed>,
    /// The valid orders that stay.
    pub stay: Vec<Listed>,
}

/// Draws a plan for one order, or for every valid one.
pub fn plan(listed: &[Listed], order_id: Option<&str>) -> Result<Plan, Problems> {
    let refuse = |message: &str| Err(Problems::one("OrderId", "Value", message));
    let valid = listed.iter().filter(|order| order.is_valid()).cloned();
    let chosen = |order: &Listed| order_id.is_none_or(|id| order.order_id == id);
    let (orders, stay): (Vec<Listed>, Vec<Listed>) = valid.partition(chosen);
    if !orders.is_empty() {
        return Ok(Plan { orders, stay });
    }
    let Some(id) = order_id else {
        return refuse("every order of this service is refunded, moved or expired already");
    };
    let found = listed.iter().find(|order| order.order_id == id);
    let why = match found.map(|order| order.status) {
        None => " is not in this service",
        Some(4..=6) => " is refunded, moved or expired already",
        Some(_) => " has a status that is not documented: look at it in the service's console",
    };
    refuse(&join(&["the order ", id, why]))
}

impl Plan {
    /// In what a later reading differs, so that the plan must not be carried out; nothing where it does not.
    pub fn difference(&self, listed: &[Listed]) -> Option<String> {
        let planned = || self.orders.iter().chain(&self.stay);
        for order in planned() {
            let id = &order.order_id;
            let Some(now) = listed.iter().find(|other| other.order_id == *id) else {
                return Some(join(&["the order ", id, " is listed no more"]));
            };
            if now != order {
                return Some(join(&[
                    "the order ",
                    id,
                    " has changed since the plan was drawn",
                ]));
            }
        }
        let is_new = |order: &&Listed| order.is_valid() && planned().all(|known| known != *order);
        let new = listed.iter().find(is_new)?;
        Some(join(&[
            "the order ",
            &new.order_id,
            " was not there when the plan was drawn",
        ]))
    }

    /// The service's status when the plan is carried out, and when it then ends: 1 in force, 4 waiting; 2 where no valid
    /// order is left, since recordings are kept for a while, if there are any.
    pub fn after(&self, now: i64) -> (i64, i64) {
        let end = self.stay.iter().map(|order| order.end).max();
        let status = match end {
            None => 2,
            Some(_) if self.stay.iter().any(|order| order.status == 1) => 1,
            Some(_) => 4,
        };
        (status, end.unwrap_or(now))
    }
}

#[cfg(test)]
mod tests {
    use super::{Listed, plan};

    fn order(id: &str, status: i64, start: i64) -> Listed {
        Listed {
            order_id: id.into(),
            pkg_id: "yc1m3d".into(),
            status,
            start,
            end: start + 10,
        }
    }

    #[test]
    fn a_plan_names_what_goes_and_what_stays() {
        let listed = [order("1", 4, 0), order("2", 1, 10), order("3", 2, 20)];
        let all = plan(&listed, None).expect("a plan");
        assert_eq!((all.orders.len(), all.stay.len()), (2, 0));
        assert_eq!(all.after(15), (2, 15));
        let one = plan(&listed, Some("3")).expect("a plan");
        assert_eq!(
            (one.orders[0].order_id.as_str(), one.after(15)),
            ("3", (1, 20))
        );
        let first = plan(&listed, Some("2")).expect("a plan");
        assert_eq!(first.after(15), (4, 30));
        let why = |listed: &[Listed], id| {
            let problems = plan(listed, Some(id)).expect_err(id);
            problems.as_text().to_string()
        };
        assert!(why(&listed, "1").contains("1 is refunded, moved or expired"));
        assert!(why(&listed, "4").contains("4 is not in this service"));
        assert!(why(&[order("9", 0, 0)], "9").contains("not documented"));
        assert!(plan(&listed[..1], None).is_err());
    }

    #[test]
    fn whatever_differs_is_named() {
        let listed = [order("1", 4, 0), order("2", 1, 10), order("3", 2, 20)];
        let drawn = plan(&listed, Some("3")).expect("a plan");
        assert_eq!(drawn.difference(&listed), None);
        // What is over already does not count.
        assert_eq!(drawn.difference(&listed[1..]), None);
        let check = |change: &dyn Fn(&mut Vec<Listed>), word: &str| {
            let mut later = listed.to_vec();
            change(&mut later);
            let found = drawn.difference(&later).expect("a difference");
            assert!(found.contains(word), "{found}");
        };
        check(&|later| later[2].status = 1, "3 has changed");
        check(&|later| later[1].end += 1, "2 has changed");
        check(&|later| later[1].pkg_id = "ye1m3d".into(), "2 has changed");
        check(&|later| drop(later.pop()), "3 is listed no more");
        check(&|later| later.push(order("4", 2, 30)), "4 was not there");
    }
}
