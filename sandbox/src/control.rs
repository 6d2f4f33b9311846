//! What a tester asks for beside the service's own calls: keys, the clock, faults, quotas. What it changes is in the ledger,
//! but for faults, which are gone after a restart.

use crate::account::Account;
use crate::answer::Note;
use crate::clock::MAX_SPEED;
use crate::faults::Fault;
use crate::ledger::{Entry, Quota, What};
use crate::package::Package;
use crate::sandbox::Sandbox;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What was done, to be kept before `answer` is sent.
#[derive(Debug, Serialize)]
pub struct Controlled {
    /// As JSON.
    pub answer: Value,
    /// What happened.
    pub events: Vec<Entry>,
}

/// What can be asked for, by name and members.
#[derive(Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
enum Command {
    /// The clock, the keys without their secrets, what waits and what is limited.
    Status {},
    /// Makes a key, or another one in place of it.
    MakeKey(Account),
    /// Takes a key away that was made so.
    DeleteKey { secret_id: String },
    /// Sets the clock: to a moment, or on by some milliseconds; at a speed, 0 for standing still.
    SetClock {
        at: Option<i64>,
        advance: Option<i64>,
        speed: Option<f64>,
    },
    /// Asks for a fault.
    AddFault(Fault),
    /// Takes all faults away.
    ClearFaults {},
    /// Limits how many of a kind an account may have; no `most` for no limit.
    SetQuota {
        account: String,
        of: Quota,
        most: Option<u32>,
    },
    /// Sells a package out, or has it again.
    SellOut { pkg_id: Package, sold_out: bool },
    /// An account's paid orders that wait to be used.
    Pool { account: String },
    /// All that is known, keys with their secrets too: what `restore` takes.
    Export {},
}

impl Controlled {
    /// Where nothing happened.
    fn told(answer: Value) -> Self {
        let events = Vec::new();
        Self { answer, events }
    }
}

impl Sandbox {
    /// Carries out a command, which `name` and its members as JSON text state; `host_ms` is the host's clock. The error is
    /// for who asked.
    pub fn control(
        &mut self,
        name: &str,
        members: &str,
        host_ms: i64,
    ) -> Result<Controlled, String> {
        let members: Value = match members.trim() {
            "" => json!({}),
            text => serde_json::from_str(text).map_err(|why| format!("this is no JSON: {why}"))?,
        };
        let command: Command =
            serde_json::from_value(json!({ name: members })).map_err(|why| why.to_string())?;
        let mut account = String::new();
        let what = match command {
            Command::Status {} => return Ok(Controlled::told(self.status(host_ms))),
            Command::Pool { account } => return Ok(Controlled::told(json!(self.pool(&account)))),
            Command::Export {} => return Ok(Controlled::told(json!(self.state))),
            Command::AddFault(fault) => {
                if !(0.0..=1.0).contains(&fault.probability) || fault.count == Some(0) {
                    return Err("probability is from 0 to 1, and count at least 1".into());
                }
                self.faults.add(fault);
                return Ok(Controlled::told(json!({})));
            }
            Command::ClearFaults {} => {
                self.faults.clear();
                return Ok(Controlled::told(json!({})));
            }
            Command::MakeKey(key) => {
                check_key(&key)?;
                account.clone_from(&key.account);
                What::KeyMade { key }
            }
            Command::DeleteKey { secret_id } => {
                let known = &self.state.keys;
                let Some(key) = known.iter().find(|key| key.secret_id == secret_id) else {
                    return Err(format!("no key {secret_id:?} was made through this API"));
                };
                account.clone_from(&key.account);
                What::KeyDeleted { secret_id }
            }
            Command::SetClock { at, advance, speed } => {
                if speed.is_some_and(|speed| !(0.0..=MAX_SPEED).contains(&speed)) {
                    return Err(format!("speed is from 0 to {MAX_SPEED}"));
                }
                if at.is_some() && advance.is_some() {
                    return Err("give `at` or `advance`, not both".into());
                }
                let now = self.state.clock.at(host_ms);
                let at = at.or(advance.map(|ms| now.saturating_add(ms)));
                let clock = self.state.clock.set(host_ms, at, speed);
                What::ClockSet { clock }
            }
            Command::SetQuota {
                account: of_account,
                of,
                most,
            } => {
                account = of_account;
                What::QuotaSet { of, most }
            }
            Command::SellOut {
                pkg_id: package,
                sold_out,
            } => What::SoldOut { package, sold_out },
        };
        let note = Note {
            account,
            ..Note::default()
        };
        let now_ms = self.state.clock.at(host_ms);
        let events = vec![self.emit(&note, now_ms, what)];
        let answer = json!({ "now": self.state.clock.at(host_ms) });
        Ok(Controlled { answer, events })
    }

    fn status(&self, host_ms: i64) -> Value {
        let keys = self.state.keys.iter().chain(&self.options.accounts);
        let keys: Vec<Value> = keys
            .map(|key| {
                json!({
                    "secretId": key.secret_id, "account": key.account, "temporary": key.token.is_some(),
                    "expiresAt": key.expires_at, "denied": key.denied,
                })
            })
            .collect();
        json!({
            "now": self.state.clock.at(host_ms),
            "clock": self.state.clock,
            "keys": keys,
            "faults": self.faults.waiting().collect::<Vec<_>>(),
            "soldOut": self.state.sold_out,
            "lines": self.state.lines,
        })
    }
}

fn check_key(key: &Account) -> Result<(), String> {
    let named = |text: &str| {
        (1..=128).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_graphic())
    };
    if !named(&key.secret_id) || !named(&key.account) || key.secret_key.expose().is_empty() {
        return Err("secretId and account are 1 to 128 visible ASCII characters, and secretKey is not empty".into());
    }
    Ok(())
}
