//! A history as it goes on: each step is taken through the API, and judged by what the answers show.

use super::replay::{assert_no_overlap, replay};
use crate::caller::{ACCOUNTS, Caller, Line};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tc3_edge_sandbox::Returned;

/// What is bought.
pub const PACKAGES: [&str; 3] = ["yc1w7d", "yc1m3d", "ye1y30d"];

/// One thing that happens; `account` is a place in the list of accounts.
#[derive(Clone, Debug)]
pub enum Step {
    Buy {
        account: usize,
        package: usize,
        tid: u8,
        channel: u8,
        count: u8,
        delay: Option<i64>,
    },
    Refund {
        account: usize,
        service: prop::sample::Index,
        order: Option<prop::sample::Index>,
    },
    Move {
        account: usize,
        service: prop::sample::Index,
        tid: u8,
        channel: u8,
    },
    Wait(i64),
}

/// What a client knows of one order, from the newest answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub service: String,
    pub package: String,
    pub status: i64,
    pub start: i64,
    pub end: i64,
}

impl Seen {
    /// In use, not started, or paused.
    pub fn is_valid(&self) -> bool {
        matches!(self.status, 1..=3)
    }
}

/// Orders by their ids.
pub type Orders = BTreeMap<String, Seen>;

/// A history as it goes on: the sandbox, and the services of each account.
pub struct History {
    pub caller: Caller,
    pub services: [Vec<String>; 2],
    pub returned: Returned,
}

impl History {
    /// Every order of an account, through the answers; each id stands in one place only.
    fn orders(&mut self, account: usize) -> Orders {
        let mut orders = Orders::new();
        for service in &self.services[account] {
            let payload = json!({"ServiceId": service, "GetFinishedOrder": true});
            let found = self
                .caller
                .call(ACCOUNTS[account], "DescribeStorageService", &payload);
            let found = found.expect("a service");
            for order in found["Data"].as_array().expect("a list") {
                let number = |name: &str| order[name].as_i64().expect("an integer");
                let text = |name: &str| order[name].as_str().expect("a text").to_string();
                let seen = Seen {
                    service: service.clone(),
                    package: text("PkgId"),
                    status: number("Status"),
                    start: number("StartTime"),
                    end: number("EndTime"),
                };
                assert!(
                    orders.insert(text("OrderId"), seen).is_none(),
                    "an order in two places"
                );
            }
        }
        orders
    }

    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Wait(seconds) => self.caller.now += seconds,
            Step::Buy {
                account,
                package,
                tid,
                channel,
                count,
                delay,
            } => {
                let mut payload = json!({
                    "PkgId": PACKAGES[*package], "Tid": format!("camera-{tid}"), "ChnNum": channel,
                    "OrderCount": count, "StorageRegion": "ap-guangzhou",
                });
                if let Some(delay) = delay {
                    payload["EnableTime"] = json!(self.caller.now + delay);
                }
                self.buy(*account, &payload);
            }
            Step::Refund {
                account,
                service,
                order,
            } => {
                if !self.services[*account].is_empty() {
                    let service = service.get(&self.services[*account]).clone();
                    self.refund(*account, &service, order.as_ref());
                }
            }
            Step::Move {
                account,
                service,
                tid,
                channel,
            } => {
                if !self.services[*account].is_empty() {
                    let service = service.get(&self.services[*account]).clone();
                    let payload = json!({
                        "SrcServiceId": service, "Tid": format!("camera-{tid}"), "ChnNum": channel,
                    });
                    self.deliver(*account, &service, &payload);
                }
            }
        }
    }

    fn buy(&mut self, account: usize, payload: &Value) {
        let pooled = self.caller.pool(ACCOUNTS[account]).iter();
        let pooled = pooled
            .filter(|pooled| payload["PkgId"] == pooled.package.id)
            .count();
        let from = self.caller.ledger().len();
        let bought = self
            .caller
            .call(ACCOUNTS[account], "CreateStorageService", payload);
        let bought = bought.expect("a purchase");
        let id = bought["ServiceId"].as_str().expect("a text").to_string();
        assert_eq!(bought["IsRenew"], self.services[account].contains(&id));
        if bought["IsRenew"] == false {
            self.services[account].push(id);
        }
        // The pool is used before anything is paid for.
        let count = bought["Data"].as_array().map_or(0, Vec::len);
        assert_eq!(payload["OrderCount"], count);
        let entries = &self.caller.ledger()[from + 1..];
        let taken = |line: &Line| line.what == "takenFromPool";
        assert_eq!(
            entries.iter().filter(|entry| taken(entry)).count(),
            pooled.min(count)
        );
        assert!(
            entries
                .iter()
                .skip(pooled)
                .all(|entry| entry.what == "bought")
        );
    }

    /// What is left of the valid orders of a service, in seconds.
    fn left(&self, orders: &Orders, service: &str) -> i64 {
        let now = self.caller.now;
        let valid = orders
            .values()
            .filter(|seen| seen.service == service && seen.is_valid());
        valid.map(|seen| seen.end - seen.start.max(now)).sum()
    }

    fn deliver(&mut self, account: usize, service: &str, payload: &Value) {
        let before = self.orders(account);
        let left = self.left(&before, service);
        let name = ACCOUNTS[account];
        let from = self.caller.ledger().len();
        let answer = match self.caller.call(name, "DeliverStorageService", payload) {
            Ok(answer) => answer,
            Err(code) => {
                let nothing = left == 0 && code == "OperationDenied";
                assert!(nothing || code == "InvalidParameterValue", "{code}");
                assert_eq!(self.caller.ledger().len(), from);
                return;
            }
        };
        let target = answer["ServiceId"].as_str().expect("a text").to_string();
        assert_ne!(target, service);
        if !self.services[account].contains(&target) {
            self.services[account].push(target.clone());
        }
        // Nothing is lost or gained on the way.
        let there = self.left(&before, &target);
        let after = self.orders(account);
        assert_eq!(
            (self.left(&after, service), self.left(&after, &target)),
            (0, there + left)
        );
        let moved = |seen: &&Seen| seen.service == service && seen.status == 6;
        let moved = after.values().filter(moved).count() - before.values().filter(moved).count();
        assert_eq!(answer["Data"].as_array().map(Vec::len), Some(moved));
    }

    fn refund(&mut self, account: usize, service: &str, order: Option<&prop::sample::Index>) {
        let before = self.orders(account);
        let pool = self.caller.pool(ACCOUNTS[account]).len();
        let from = self.caller.ledger().len();
        let of_service = before.iter().filter(|(_, seen)| seen.service == service);
        let mut payload = json!({"ServiceId": service});
        let mut chosen: Vec<&str> = of_service.map(|(id, _)| id.as_str()).collect();
        match order {
            // A service may list no order any more.
            Some(order) if !chosen.is_empty() => {
                chosen = vec![chosen[order.index(chosen.len())]];
                payload["OrderId"] = json!(chosen[0]);
            }
            _ => chosen.retain(|id| before[*id].is_valid()),
        }
        let valid = chosen.iter().filter(|id| before[**id].is_valid()).count();
        let waiting = chosen.iter().filter(|id| before[**id].status == 2).count();
        let answer = self
            .caller
            .call(ACCOUNTS[account], "RefundStorageService", &payload);
        let after = self.orders(account);
        if valid == 0 {
            assert_eq!(answer, Err("OperationDenied".into()));
            assert_eq!(after, before);
            assert_eq!(self.caller.ledger().len(), from);
            return;
        }
        // No refund creates value: what waited is in the pool, what had started is gone, the others stay as they were.
        answer.expect("a refund");
        assert_eq!(self.caller.pool(ACCOUNTS[account]).len(), pool + waiting);
        assert_eq!(self.caller.ledger().len(), from + valid);
        let mut hidden = 0;
        for (id, seen) in &before {
            let is_chosen = chosen.contains(&id.as_str());
            if is_chosen && seen.status == 2 && self.returned == Returned::Gone {
                assert_eq!(after.get(id), None);
                hidden += 1;
                continue;
            }
            let status = if is_chosen { 5 } else { seen.status };
            assert_eq!(
                after.get(id),
                Some(&Seen {
                    status,
                    ..seen.clone()
                })
            );
        }
        assert_eq!(after.len() + hidden, before.len());
    }

    /// The account's invariants, from answers and ledger alone.
    pub fn check(&mut self, account: usize) {
        let orders = self.orders(account);
        let name = ACCOUNTS[account];
        let entries: Vec<&Line> = self
            .caller
            .ledger()
            .iter()
            .filter(|entry| entry.account == name)
            .collect();
        let told = replay(&entries, &orders);
        assert_eq!(told.pool, self.caller.pool(name));
        // An order is in exactly one place, and what was bought is somewhere.
        let in_status = |wanted: &[i64]| {
            orders
                .values()
                .filter(|seen| wanted.contains(&seen.status))
                .count()
        };
        let returned = match self.returned {
            Returned::Listed => told.pool.len() + told.used_again,
            Returned::Gone => 0,
            Returned::OtherId | Returned::SameId => told.pool.len(),
        };
        assert_eq!(in_status(&[5]), told.void.len() + returned);
        assert_eq!(
            told.bought,
            in_status(&[1, 2, 3]) + told.pool.len() + told.void.len() + in_status(&[4])
        );
        assert!(told.void.keys().all(|id| orders[id].status == 5));
        if self.returned != Returned::Gone {
            let mut pool = told.pool.iter();
            assert!(pool.all(|pooled| orders[&pooled.order_id].status == 5));
        }
        assert_no_overlap(&orders, &told);
    }
}
