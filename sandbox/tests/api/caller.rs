//! Who calls: signed requests to a sandbox of two accounts, and a clock that the test moves.

use serde::Deserialize;
use serde_json::{Value, json};
use tc3_edge::secret::Secret;
use tc3_edge::tc3::digest::sha256;
use tc3_edge::tc3::{KeyCache, Received, Signable, Values, sign};
use tc3_edge_sandbox::{Account, Answer, Entry, Options, Pooled, Sandbox, shown};

/// 2024-01-31 00:00:00 UTC: a month later is the last day of a leap year's February.
pub const START: i64 = 1_706_659_200;

/// The secret key of both accounts; it must stand in no answer.
pub const SECRET_KEY: &str = "sentinel-secret-key";

/// The two accounts; the key pair of `alice` has the id `alice-id`.
pub const ACCOUNTS: [&str; 2] = ["alice", "bob"];

/// A request before it is signed; a test spoils what it wants to be refused.
#[derive(Clone, Debug)]
pub struct Draft {
    pub method: &'static str,
    /// Path and query; the query is signed as it stands.
    pub target: String,
    /// Sent; signed too, unless `signed_host` says otherwise.
    pub host: &'static str,
    pub signed_host: Option<&'static str>,
    pub secret_id: String,
    pub secret_key: &'static str,
    pub service: &'static str,
    /// Seconds since 1970.
    pub timestamp: i64,
    pub content_type: &'static str,
    /// The common headers that are not signed.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Draft {
    /// A right request of an account.
    pub fn new(account: &str, action: &str, payload: &Value, timestamp: i64) -> Self {
        Self {
            method: "POST",
            target: "/".into(),
            host: "127.0.0.1:4180",
            signed_host: None,
            secret_id: format!("{account}-id"),
            secret_key: SECRET_KEY,
            service: "iotvideo",
            timestamp,
            content_type: "application/json",
            headers: vec![
                ("X-TC-Action", action.into()),
                ("X-TC-Version", "2019-11-26".into()),
                ("X-TC-Region", "ap-guangzhou".into()),
            ],
            body: payload.to_string().into_bytes(),
        }
    }

    /// The same as a GET with this query.
    pub fn with_query(mut self, query: &str) -> Self {
        self.method = "GET";
        self.target = format!("/?{query}");
        self.content_type = "application/x-www-form-urlencoded";
        self.body.clear();
        self
    }

    /// Sets a header; `None` leaves it out.
    pub fn set(&mut self, name: &'static str, value: Option<&str>) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.extend(value.map(|value| (name, value.into())));
    }

    /// The value of the Authorization header.
    pub fn authorization(&self) -> String {
        let host = self.signed_host.unwrap_or(self.host);
        let (_, query) = self.target.split_once('?').unwrap_or_default();
        let signable = Signable {
            method: self.method,
            query,
            headers: &[("content-type", self.content_type), ("host", host)],
            values: Values::Lower,
            hashed_payload: sha256(&self.body),
        };
        sign(
            &self.secret_id,
            &Secret::new(self.secret_key.into()),
            self.service,
            u64::try_from(self.timestamp).expect("after 1970"),
            &signable,
            &mut KeyCache::default(),
            0,
        )
    }

    /// Sends it with a given Authorization header.
    pub fn send(&self, sandbox: &mut Sandbox, authorization: &str, now_ms: i64) -> Answer {
        let timestamp = self.timestamp.to_string();
        let mut headers = vec![
            ("Host", self.host),
            ("Content-Type", self.content_type),
            ("X-TC-Timestamp", &timestamp),
            ("Authorization", authorization),
        ];
        headers.extend(
            self.headers
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        );
        let received = Received {
            method: self.method,
            target: &self.target,
            headers: &headers,
            body: &self.body,
        };
        sandbox.handle(&received, now_ms)
    }
}

/// A line of the ledger, as people see it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct Line {
    pub at_ms: i64,
    pub account: String,
    pub action: String,
    pub what: String,
    pub outcome: String,
    pub service_id: String,
    pub order_id: String,
    pub pkg_id: String,
    pub start: i64,
    pub end: i64,
    pub used: bool,
    pub origin: Option<String>,
}

/// A sandbox with a clock, and what it told.
pub struct Caller {
    pub sandbox: Sandbox,
    /// Seconds since 1970.
    pub now: i64,
    options: Options,
    /// Every line, as it is kept.
    pub kept: Vec<Entry>,
    /// What happened to services and orders.
    ledger: Vec<Line>,
}

impl Caller {
    pub fn new(strict: bool) -> Self {
        let accounts = ACCOUNTS.map(|account| Account {
            secret_id: format!("{account}-id"),
            secret_key: Secret::new(SECRET_KEY.into()),
            account: account.into(),
            token: None,
            expires_at: None,
            denied: Vec::new(),
        });
        Self::with(Options {
            accounts: accounts.into(),
            strict,
            seed: 7,
            // Most tests call more often than a second allows.
            unlimited: true,
            ..Options::default()
        })
    }

    pub fn with(options: Options) -> Self {
        Self {
            sandbox: Sandbox::new(options.clone()).expect("the table can be read"),
            options,
            now: START,
            kept: Vec::new(),
            ledger: Vec::new(),
        }
    }

    /// What it was started with.
    pub fn options(&self) -> Options {
        self.options.clone()
    }

    /// Signs and sends a draft.
    pub fn send(&mut self, draft: &Draft) -> Answer {
        self.send_as(draft, &draft.authorization(), self.now * 1000)
    }

    /// Sends a draft with a given Authorization header, at a time of the host's clock.
    pub fn send_as(&mut self, draft: &Draft, authorization: &str, host_ms: i64) -> Answer {
        let answer = draft.send(&mut self.sandbox, authorization, host_ms);
        self.keep(&answer.events);
        answer
    }

    /// Hands over a request as it is.
    pub fn receive(&mut self, received: &Received<'_>) -> Answer {
        let answer = self.sandbox.handle(received, self.now * 1000);
        self.keep(&answer.events);
        answer
    }

    /// Carries out what a tester asks for.
    pub fn control(&mut self, name: &str, members: &Value) -> Result<Value, String> {
        let done = self
            .sandbox
            .control(name, &members.to_string(), self.now * 1000)?;
        self.keep(&done.events);
        Ok(done.answer)
    }

    fn keep(&mut self, events: &[Entry]) {
        self.kept.extend(events.iter().cloned());
        let lines = events.iter().map(|entry| {
            let line = shown(entry);
            assert_eq!(line["what"], entry.what.name());
            serde_json::from_value(line).expect("a line")
        });
        let orders = lines.filter(|line: &Line| !line.service_id.is_empty());
        self.ledger.extend(orders);
    }

    /// Calls an action as an account; `Err` is the error's code.
    pub fn call(&mut self, account: &str, action: &str, payload: &Value) -> Result<Value, String> {
        let answer = self.send(&Draft::new(account, action, payload, self.now));
        let response = envelope(&answer);
        match response["Error"]["Code"].as_str() {
            Some(code) => Err(code.into()),
            None => Ok(response),
        }
    }

    /// Buys orders of a package as alice, for `camera-1`.
    pub fn buy(&mut self, package: &str, count: i64) -> Value {
        let payload = json!({
            "PkgId": package, "Tid": "camera-1", "OrderCount": count, "StorageRegion": "ap-guangzhou",
        });
        let bought = self.call("alice", "CreateStorageService", &payload);
        bought.expect("a purchase")
    }

    /// Describes a service of alice, with its ended orders.
    pub fn describe(&mut self, service: &Value) -> Value {
        let payload = json!({"ServiceId": service["ServiceId"], "GetFinishedOrder": true});
        let found = self.call("alice", "DescribeStorageService", &payload);
        found.expect("a service")
    }

    /// Refunds the order that stands at a place of an answer, or all, as alice.
    pub fn refund(&mut self, service: &Value, at: Option<usize>) -> Result<Value, String> {
        let mut payload = json!({"ServiceId": service["ServiceId"]});
        if let Some(at) = at {
            payload["OrderId"] = service["Data"][at]["OrderId"].clone();
        }
        self.call("alice", "RefundStorageService", &payload)
    }

    pub fn pool(&self, account: &str) -> &[Pooled] {
        self.sandbox.pool(account)
    }

    pub fn ledger(&self) -> &[Line] {
        &self.ledger
    }
}

/// What stands in the envelope, which must be well formed.
pub fn envelope(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200);
    let mark = ("X-Sandbox-Answer", "specimen".to_string());
    let expected = [("Content-Type", "application/json".to_string()), mark];
    assert_eq!(
        answer.headers,
        expected[..=usize::from(answer.note.specimen)]
    );
    assert!(!answer.body.contains(SECRET_KEY));
    let mut body: Value = serde_json::from_str(&answer.body).expect("JSON text");
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(1));
    let response = body["Response"].take();
    assert_eq!(response["RequestId"], answer.note.request_id.as_str());
    assert_eq!(answer.note.request_id.len(), 36);
    match response.get("Error") {
        None => assert_eq!(answer.note.outcome, "ok"),
        Some(error) => {
            assert_eq!(response.as_object().map(serde_json::Map::len), Some(2));
            assert_eq!(error["Code"], *answer.note.outcome);
            assert!(!error["Message"].as_str().unwrap_or_default().is_empty());
        }
    }
    response
}
