//! The sandbox: its state, and what it does with one request.

use crate::account::Account;
use crate::actions::{self, Call};
use crate::answer::{Answer, Note, Outcome, Refusal};
use crate::checks::{self, Checked};
use crate::faults::{Effect, Faults, When};
use crate::generated::TABLE;
use crate::ids::Ids;
use crate::ledger::{Entry, What};
use crate::rate::Rates;
use crate::state::{Pooled, State};
use serde::{Deserialize, Serialize};
use tc3_edge::service::Table;
use tc3_edge::tc3::Received;

/// What a sandbox starts with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Options {
    /// Who may call, beside those that are made later.
    pub accounts: Vec<Account>,
    /// From which ids are made.
    pub seed: u64,
    /// Whether departures of official clients are refused.
    #[serde(default)]
    pub strict: bool,
    /// Whether the documented rates are no limit.
    #[serde(default)]
    pub unlimited: bool,
    /// Whether an `Idempotency-Key` is honoured, which the service does not.
    #[serde(default)]
    pub idempotency_key: bool,
    /// What becomes of an order that returned to the pool.
    #[serde(default)]
    pub returned: Returned,
}

/// How an order that returned to the pool is shown (assumption 9).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Returned {
    /// It stays listed as refunded; used again, it has another id.
    #[default]
    Listed,
    /// It is listed no more; used again, it has another id.
    Gone,
    /// It is listed as refunded until it is used again, with another id.
    OtherId,
    /// It is listed as refunded until it is used again, with the same id.
    SameId,
}

/// The service, offline.
///
/// ```
/// use tc3_edge::tc3::Received;
/// use tc3_edge_sandbox::{Options, Sandbox};
///
/// let options = Options { seed: 7, ..Options::default() };
/// let mut sandbox = Sandbox::new(options).expect("the table can be read");
/// let request = Received { method: "PUT", target: "/", headers: &[], body: b"" };
/// let answer = sandbox.handle(&request, 1_700_000_000_000);
/// assert_eq!(answer.status, 200);
/// assert_eq!(answer.note.outcome, "UnsupportedProtocol");
/// ```
#[derive(Debug)]
pub struct Sandbox {
    pub(crate) options: Options,
    pub(crate) faults: Faults,
    pub(crate) state: State,
    table: Table<'static>,
    ids: Ids,
    rates: Rates,
}

impl Sandbox {
    /// Starts empty. `None` only where the generated table cannot be read, which a test excludes.
    pub fn new(options: Options) -> Option<Self> {
        Some(Self {
            table: Table::parse(TABLE)?,
            ids: Ids::new(options.seed, 0),
            state: State::default(),
            faults: Faults::default(),
            rates: Rates::default(),
            options,
        })
    }

    /// Goes on from a state that [`Sandbox::snapshot`] gave. What is no part of it begins anew: ids, rates, faults.
    pub fn restore(&mut self, snapshot: &str) -> Result<(), String> {
        let read = State::read(snapshot);
        self.state = read.map_err(|why| format!("this is no state of a sandbox: {why}"))?;
        self.ids = Ids::new(self.options.seed, self.state.lines);
        self.rates = Rates::default();
        self.faults = Faults::default();
        Ok(())
    }

    /// Takes lines of the ledger, a list as JSON text, that were kept before.
    pub fn replay(&mut self, lines: &str) -> Result<(), String> {
        let read: Result<Vec<Entry>, _> = serde_json::from_str(lines);
        for entry in read.map_err(|why| format!("this is no ledger of a sandbox: {why}"))? {
            self.state.apply(&entry)?;
        }
        self.ids = Ids::new(self.options.seed, self.state.lines);
        Ok(())
    }

    /// How many lines of the ledger led here, as JavaScript's number.
    #[allow(clippy::cast_precision_loss)]
    pub fn lines(&self) -> f64 {
        self.state.lines as f64
    }

    /// All that follows from the ledger, as JSON text. It holds the keys that were made.
    pub fn snapshot(&self) -> String {
        serde_json::to_string(&self.state).unwrap_or_default()
    }

    /// Answers a request; `host_ms` is the host's clock in milliseconds since 1970. What is answered is valid once its
    /// `events` are kept: a host that cannot keep them throws the sandbox away. A refused request changes nothing but the
    /// ids that follow and its own line in the ledger.
    pub fn handle(&mut self, request: &Received<'_>, host_ms: i64) -> Answer {
        let now_ms = self.state.clock.at(host_ms);
        let mut note = Note {
            request_id: self.ids.request(),
            ..Note::default()
        };
        let mut events = Vec::new();
        let mut effect = None;
        let outcome = self.run(
            request,
            (host_ms, now_ms),
            &mut note,
            &mut events,
            &mut effect,
        );
        if !note.account.is_empty() {
            let outcome = outcome
                .as_ref()
                .map_or_else(|why| why.code.to_string(), |_| "ok".into());
            let what = What::Attempted { outcome };
            events.push(self.emit(&note, now_ms, what));
        }
        let answer = Answer::new(outcome, note, now_ms, events);
        match effect {
            Some(effect) => answer.spoilt(effect),
            None => answer,
        }
    }

    /// The paid orders of an account that wait to be used, oldest first.
    pub fn pool(&self, account: &str) -> &[Pooled] {
        &self.state.book(account).pool
    }

    /// Whatever befalls the answer of a call that is carried out stands in `effect`.
    fn run(
        &mut self,
        request: &Received<'_>,
        (host_ms, now_ms): (i64, i64),
        note: &mut Note,
        events: &mut Vec<Entry>,
        effect: &mut Option<Effect>,
    ) -> Outcome {
        let Checked {
            account,
            action,
            parameters,
            idempotency_key,
        } = checks::check(
            request,
            host_ms,
            now_ms,
            &self.options,
            &self.state.keys,
            &self.table,
            &mut self.rates,
            note,
        )?;
        // What a key was sent with; nothing is written where there is none.
        let sent = || format!("{action} {}", serde_json::Value::Object(parameters.clone()));
        if let Some(kept) = idempotency_key.and_then(|key| self.state.book(&account).kept(key)) {
            if kept.call != sent() {
                let message = "this Idempotency-Key was sent with another call";
                return Err(Refusal::new("InvalidParameter", message));
            }
            return Ok(kept.answer.clone());
        }
        let fault = self.faults.befall(&account, &action);
        if let Some((When::Before, fault)) = fault {
            if let Effect::Code(code) = fault {
                return Err(Refusal::asked_for(code));
            }
            *effect = Some(fault);
            let message = "this fault was asked for, and the call was not carried out";
            return Err(Refusal::new("ServiceUnavailable", message));
        }
        let mut call = Call {
            now_ms,
            request_id: &note.request_id,
            account: &account,
            action: &action,
            returned: self.options.returned,
            state: &mut self.state,
            ids: &mut self.ids,
            events,
            specimen: &mut note.specimen,
        };
        let answer = actions::run(&mut call, &parameters);
        let key = idempotency_key.filter(|_| !self.table.idempotent(&action));
        if let (Some(key), Ok(answer)) = (key, &answer) {
            call.emit(What::Kept {
                key: key.into(),
                call: sent(),
                answer: answer.clone(),
            });
        }
        match fault {
            Some((_, Effect::Code(code))) => return Err(Refusal::asked_for(code)),
            Some((_, fault)) => *effect = Some(fault),
            None => {}
        }
        answer
    }

    /// A line that no action caused by itself, and what follows from it.
    pub(crate) fn emit(&mut self, note: &Note, now_ms: i64, what: What) -> Entry {
        self.state.tell(Entry {
            at_ms: now_ms,
            request_id: note.request_id.clone(),
            account: note.account.clone(),
            action: note.action.clone(),
            what,
        })
    }
}
