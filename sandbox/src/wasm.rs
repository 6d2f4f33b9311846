//! The boundary to the hosts; sandbox/hosts/engine.ts is its mirror.

use crate::control::Controlled;
use crate::ledger::{self, Entry};
use crate::sandbox::{Options, Sandbox};
use serde::Serialize;
use tc3_edge::tc3::Received;
use wasm_bindgen::prelude::*;

/// A sandbox, as a host holds it.
#[wasm_bindgen]
pub struct SandboxModule(Sandbox);

#[wasm_bindgen]
impl SandboxModule {
    /// From `Options`, as JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<SandboxModule, JsError> {
        let options: Options = serde_json::from_str(options)?;
        let sandbox = Sandbox::new(options).ok_or_else(|| JsError::new("the table is broken"))?;
        Ok(Self(sandbox))
    }

    /// Goes on from a state.
    pub fn restore(&mut self, snapshot: &str) -> Result<(), JsError> {
        self.0.restore(snapshot).map_err(|why| JsError::new(&why))
    }

    /// Takes lines of the ledger that were kept before: a list as JSON text.
    pub fn replay(&mut self, lines: &str) -> Result<(), JsError> {
        self.0.replay(lines).map_err(|why| JsError::new(&why))
    }

    /// How many lines of the ledger led here.
    pub fn lines(&self) -> f64 {
        self.0.lines()
    }

    /// All that follows from the ledger, as JSON text.
    pub fn snapshot(&self) -> String {
        self.0.snapshot()
    }

    /// Answers a request: `{status, headers, body, note, delivery?}` and behind it the events, as JSON texts. `headers`
    /// are pairs.
    pub fn handle(
        &mut self,
        method: &str,
        target: &str,
        headers: JsValue,
        body: &[u8],
        host_ms: f64,
    ) -> Result<Vec<String>, JsError> {
        let headers: Vec<(String, String)> = serde_wasm_bindgen::from_value(headers)?;
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let received = Received {
            method,
            target,
            headers: &headers,
            body,
        };
        let answer = self.0.handle(&received, whole(host_ms));
        texts(&answer, &answer.events)
    }

    /// Carries out what a tester asks for: its answer and behind it the events, as JSON texts.
    pub fn control(
        &mut self,
        name: &str,
        members: &str,
        host_ms: f64,
    ) -> Result<Vec<String>, JsError> {
        let done = self.0.control(name, members, whole(host_ms));
        let Controlled { answer, events } = done.map_err(|why| JsError::new(&why))?;
        texts(&answer, &events)
    }

    /// An account's pool, a list as JSON text.
    pub fn pool(&self, account: &str) -> Result<String, JsError> {
        Ok(serde_json::to_string(self.0.pool(account))?)
    }
}

/// Beyond its range the cast gives the nearest bound.
#[allow(clippy::cast_possible_truncation)]
fn whole(ms: f64) -> i64 {
    ms as i64
}

fn texts(first: &impl Serialize, events: &[Entry]) -> Result<Vec<String>, JsError> {
    let mut texts = vec![serde_json::to_string(first)?];
    for event in events {
        texts.push(serde_json::to_string(event)?);
    }
    Ok(texts)
}

/// A line of the ledger, a JSON text, as people may see it.
#[wasm_bindgen]
pub fn shown(line: &str) -> Result<String, JsError> {
    let entry: Entry = serde_json::from_str(line)?;
    Ok(ledger::shown(&entry).to_string())
}
