//! Everything that is known, as it follows from the ledger. Nothing else changes it.

mod book;
mod storage;

pub use book::{Book, Item};
pub use storage::{Gone, Order, Pooled, Service};

use crate::account::Account;
use crate::clock::Clock;
use crate::ledger::{Entry, What};
use crate::package::Package;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All accounts, their keys, and the clock.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct State {
    /// The service's clock.
    pub clock: Clock,
    /// Who may call.
    pub keys: Vec<Account>,
    /// Packages that cannot be bought just now.
    pub sold_out: Vec<Package>,
    /// How many orders were ever numbered.
    pub orders: u64,
    /// How many lines of the ledger led here.
    pub lines: u64,
    books: BTreeMap<String, Book>,
}

impl State {
    /// What belongs to an account.
    pub fn book(&self, account: &str) -> &Book {
        static EMPTY: Book = Book::new();
        self.books.get(account).unwrap_or(&EMPTY)
    }

    /// Reads a state that was written.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        let mut state: Self = serde_json::from_str(text)?;
        state.books.values_mut().for_each(Book::index);
        Ok(state)
    }

    /// Takes what has just happened, which must be possible, and gives it to be kept.
    pub fn tell(&mut self, entry: Entry) -> Entry {
        let applied = self.apply(&entry);
        debug_assert_eq!(applied, Ok(()));
        entry
    }

    /// Takes a line of the ledger, or says why it cannot follow those before.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), String> {
        self.lines += 1;
        let now = entry.at_ms.div_euclid(1000);
        let book = |books| BTreeMap::entry(books, entry.account.clone()).or_default();
        match &entry.what {
            What::Attempted { .. } => return Ok(()),
            What::ClockSet { clock } => self.clock = *clock,
            What::KeyMade { key } => {
                self.keys.retain(|known| known.secret_id != key.secret_id);
                self.keys.push(key.clone());
            }
            What::KeyDeleted { secret_id } => self.keys.retain(|key| key.secret_id != *secret_id),
            What::SoldOut { package, sold_out } => {
                self.sold_out.retain(|known| known != package);
                if *sold_out {
                    self.sold_out.push(*package);
                }
            }
            What::QuotaSet { of, most } => {
                let quotas = &mut book(&mut self.books).quotas;
                match most {
                    Some(most) => quotas.insert(*of, *most),
                    None => quotas.remove(of),
                };
            }
            what => {
                if let What::Bought(order)
                | What::TakenFromPool { order, .. }
                | What::MovedIn { order, .. } = what
                {
                    // Whatever a reading of assumption 9 names it, a number is never given twice.
                    let number = order.order_id.parse().unwrap_or(0);
                    self.orders = self.orders.max(number);
                }
                let applied = book(&mut self.books).apply(what, now);
                return applied.ok_or_else(|| {
                    format!(
                        "line {} ({}) cannot follow those before it",
                        self.lines,
                        what.name()
                    )
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
