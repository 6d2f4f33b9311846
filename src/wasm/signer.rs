//! `sign`, `explain` and `verify`.

use super::module::{Values, push, run, split, text};
use crate::call::{self, Credential, Payload, Prepared};
use crate::errors::Problem;
use crate::request::Head;
use crate::secret::Secret;
use crate::tc3::{KeyCache, Received, authorization::Authorization, verify as verify_received};
use wasm_bindgen::prelude::*;

/// The head's values, in the order in which the shell writes them; extra headers follow in pairs.
const HEAD: usize = 10;

/// What one call signs.
pub(super) struct Input<'a> {
    pub credential: Credential<'a>,
    pub service: &'a str,
    pub signed_headers: &'a str,
    pub head: Head<'a>,
}

impl<'a> Input<'a> {
    pub fn decode(
        head: &'a [u8],
        count: usize,
        key: &[u8],
        timestamp: f64,
    ) -> Result<Self, Vec<Problem>> {
        let values = split(head, count)?;
        let value = |at: usize| values.get(at).copied().unwrap_or_default();
        let extra = values.get(HEAD..).unwrap_or_default();
        Ok(Self {
            credential: Credential {
                secret_id: value(0),
                secret: Secret::new(text(key).into()),
            },
            service: value(2),
            signed_headers: value(9),
            head: Head {
                token: value(1),
                scheme: value(3),
                host: value(4),
                action: value(5),
                version: value(6),
                region: value(7),
                content_type: value(8),
                extra: pairs(extra),
                timestamp,
            },
        })
    }

    pub fn sign(
        &self,
        payload: &Payload<'_>,
        keys: &mut KeyCache,
        values: &mut Values,
    ) -> Result<(), Vec<Problem>> {
        let (head, choice) = (&self.head, self.signed_headers);
        let prepared = call::sign(&self.credential, self.service, head, choice, payload, keys)?;
        push_prepared(values, &prepared);
        Ok(())
    }
}

/// Signs head, secret key and payload; leaves the URL and the headers in pairs.
#[wasm_bindgen]
pub fn sign(head: usize, count: usize, key: usize, payload: usize, timestamp: f64) -> i32 {
    run([head, key, payload], |module, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let mut values = Values::with_capacity(512);
        input.sign(&Payload::unchecked(payload), &mut module.keys, &mut values)?;
        Ok(values)
    })
}

/// The same, with nine intermediate values and three keys (empty unless asked for) before the URL.
#[wasm_bindgen]
pub fn explain(
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
    with_keys: bool,
) -> i32 {
    run([head, key, payload], |_, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let (steps, prepared) = call::explain(
            &input.credential,
            input.service,
            &input.head,
            input.signed_headers,
            &Payload::unchecked(payload),
            with_keys,
        )?;
        let mut values = Values::with_capacity(2048);
        let keys = steps.keys.unwrap_or_default();
        for value in [
            &steps.hashed_payload,
            &steps.canonical_request,
            &steps.hashed_canonical_request,
            &steps.credential_scope,
            &steps.string_to_sign,
            &steps.signature,
            &steps.authorization,
            &steps.signed_headers,
            &keys[0],
            &keys[1],
            &keys[2],
        ] {
            push(&mut values, value);
        }
        push_prepared(&mut values, &prepared);
        Ok(values)
    })
}

/// Leaves the secret id that an Authorization header names; nothing where it cannot be read.
#[wasm_bindgen]
pub fn secret_id(authorization: usize) -> i32 {
    run([authorization], |_, [authorization]| {
        let parsed = Authorization::parse(text(authorization));
        Ok(parsed.map_or(Values::new(), |parsed| parsed.secret_id.into()))
    })
}

/// Verifies a request: the head holds method, target, service (empty for any) and the headers in pairs.
/// `known` says whether a secret key was found for the secret id. Leaves failed checks and messages in pairs.
#[wasm_bindgen]
pub fn verify(head: usize, count: usize, key: usize, body: usize, now_ms: f64, known: bool) -> i32 {
    run([head, key, body], |_, [head, key, body]| {
        let values = split(head, count)?;
        let value = |at: usize| values.get(at).copied().unwrap_or_default();
        let headers = pairs(values.get(3..).unwrap_or_default());
        let received = Received {
            method: value(0),
            target: value(1),
            headers: &headers,
            body,
        };
        let service = Some(value(2)).filter(|service| !service.is_empty());
        // Beyond its range the cast gives the nearest bound, which is outside of every window.
        #[allow(clippy::cast_possible_truncation)]
        let now_ms = now_ms as i64;
        let found = verify_received(&received, service, now_ms, |_| {
            known.then(|| Secret::new(text(key).into()))
        });
        let mut values = Values::new();
        for problem in &found.problems {
            push(&mut values, problem.check.name());
            push(&mut values, &problem.message);
        }
        Ok(values)
    })
}

fn pairs<'a>(values: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::with_capacity(values.len() / 2);
    for pair in values.chunks_exact(2) {
        pairs.push((pair[0], pair[1]));
    }
    pairs
}

fn push_prepared(values: &mut Values, prepared: &Prepared) {
    push(values, &prepared.url);
    for (name, value) in &prepared.headers {
        push(values, name);
        push(values, value);
    }
}
