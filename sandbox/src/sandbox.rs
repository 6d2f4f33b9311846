//! The sandbox: its state, and what it does with one request.

use crate::account::Account;
use crate::actions;
use crate::answer::{Answer, Note, Outcome};
use crate::checks;
use crate::generated::TABLE;
use crate::ids::Ids;
use crate::ledger::Entry;
use crate::state::{Pooled, State};
use tc3_edge::service::Table;
use tc3_edge::tc3::Received;

/// What a sandbox starts with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Who may call.
    pub accounts: Vec<Account>,
    /// Whether departures of official clients are refused.
    pub strict: bool,
    /// From which ids are made.
    pub seed: u64,
}

/// The service, offline.
///
/// ```
/// use tc3_edge::tc3::Received;
/// use tc3_edge_sandbox::{Options, Sandbox};
///
/// let options = Options { accounts: Vec::new(), strict: true, seed: 7 };
/// let mut sandbox = Sandbox::new(options).expect("the table can be read");
/// let request = Received { method: "PUT", target: "/", headers: &[], body: b"" };
/// let answer = sandbox.handle(&request, 1_700_000_000_000);
/// assert_eq!(answer.status, 200);
/// assert_eq!(answer.note.outcome, "UnsupportedProtocol");
/// ```
#[derive(Debug)]
pub struct Sandbox {
    options: Options,
    table: Table<'static>,
    ids: Ids,
    state: State,
    ledger: Vec<Entry>,
}

impl Sandbox {
    /// Starts empty. `None` only where the generated table cannot be read, which a test excludes.
    pub fn new(options: Options) -> Option<Self> {
        Some(Self {
            table: Table::parse(TABLE)?,
            ids: Ids::new(options.seed),
            state: State::default(),
            ledger: Vec::new(),
            options,
        })
    }

    /// Answers a request; `now_ms` is the service's clock in milliseconds since 1970. A refused request changes
    /// nothing but the ids that follow.
    pub fn handle(&mut self, request: &Received<'_>, now_ms: i64) -> Answer {
        let mut note = Note {
            request_id: self.ids.request(),
            ..Note::default()
        };
        let outcome = self.run(request, now_ms, &mut note);
        Answer::new(outcome, note)
    }

    /// Everything that happened to services and orders, in order.
    pub fn ledger(&self) -> &[Entry] {
        &self.ledger
    }

    /// The paid orders of an account that wait to be used, oldest first.
    pub fn pool(&self, account: &str) -> &[Pooled] {
        self.state.pool(account)
    }

    fn run(&mut self, request: &Received<'_>, now_ms: i64, note: &mut Note) -> Outcome {
        let Options {
            accounts, strict, ..
        } = &self.options;
        let checked = checks::check(request, now_ms, accounts, *strict, &self.table, note)?;
        let mut call = actions::Call {
            now_ms,
            request_id: &note.request_id,
            account: &checked.account,
            action: &checked.action,
            book: self.state.book(&checked.account),
            ids: &mut self.ids,
            ledger: &mut self.ledger,
            specimen: &mut note.specimen,
        };
        actions::run(&mut call, &checked.parameters)
    }
}
