//! The boundary to the hosts; sandbox/hosts/engine.ts is its mirror.

use crate::account::Account;
use crate::sandbox::{Options, Sandbox};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use tc3_edge::tc3::Received;
use wasm_bindgen::prelude::*;

/// A sandbox's options, as a host writes them.
#[derive(Deserialize)]
struct HostOptions {
    accounts: Vec<Account>,
    strict: bool,
    seed: u64,
}

/// A sandbox, as a host holds it.
#[wasm_bindgen]
pub struct SandboxModule(Sandbox);

#[wasm_bindgen]
impl SandboxModule {
    /// From `{accounts, strict, seed}`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<SandboxModule, JsError> {
        let options: HostOptions = serde_wasm_bindgen::from_value(options)?;
        let options = Options {
            accounts: options.accounts,
            strict: options.strict,
            seed: options.seed,
        };
        let sandbox = Sandbox::new(options).ok_or_else(|| JsError::new("the table is broken"))?;
        Ok(Self(sandbox))
    }

    /// Answers a request: `{status, headers, body, note}`. `headers` are pairs.
    pub fn handle(
        &mut self,
        method: &str,
        target: &str,
        headers: JsValue,
        body: &[u8],
        now_ms: f64,
    ) -> Result<JsValue, JsError> {
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
        // Beyond its range the cast gives the nearest bound.
        #[allow(clippy::cast_possible_truncation)]
        object(&self.0.handle(&received, now_ms as i64))
    }

    /// Everything that happened to services and orders, as a list of objects.
    pub fn ledger(&self) -> Result<JsValue, JsError> {
        object(self.0.ledger())
    }

    /// An account's pool, as a list of objects.
    pub fn pool(&self, account: &str) -> Result<JsValue, JsError> {
        object(self.0.pool(account))
    }
}

fn object(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
