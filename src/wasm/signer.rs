//! `sign`, `explain`, `multipart` and `verify`.

use super::input::Input;
use super::module::run;
use super::values::{Values, pairs, push, split, text};
use crate::call::{self, Prepared};
use crate::errors::Problem;
use crate::request::multipart as body;
use crate::secret::Secret;
use crate::tc3::{Received, authorization::Authorization, verify as verify_received};
use wasm_bindgen::prelude::*;

/// Signs head, secret key and payload; leaves the URL and the headers in pairs. `length` is the payload's where only
/// its digest is given.
#[wasm_bindgen]
pub fn sign(
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
    length: usize,
) -> i32 {
    run([head, key, payload], |module, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let prepared = input.prepare(&input.payload(payload, length)?, &mut module.keys)?;
        let mut values = Values::with_capacity(512);
        push_prepared(&mut values, &prepared);
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
    length: usize,
    with_keys: bool,
) -> i32 {
    run([head, key, payload], |_, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let (steps, prepared) = call::explain(
            &input.credential,
            &input.head,
            input.choice,
            &input.payload(payload, length)?,
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

/// Leaves a boundary and the frames of a multipart body: one before each part's content and one behind the last.
/// The parts hold the boundary (empty for a random one), then name, file name and content type of each.
#[wasm_bindgen]
pub fn multipart(parts: usize, count: usize) -> i32 {
    run([parts], |_, [parts]| {
        let values = split(parts, count)?;
        let (given, parts) = values.split_first().unwrap_or((&"", &[]));
        let boundary = if given.is_empty() {
            random_boundary()?
        } else {
            (*given).into()
        };
        let mut heads = Vec::with_capacity(parts.len() / 3);
        for part in parts.chunks_exact(3) {
            heads.push(body::Part {
                name: part[0],
                filename: part[1],
                content_type: part[2],
            });
        }
        let frames = body::frames(&boundary, &heads)?;
        let mut values = boundary;
        for frame in &frames {
            push(&mut values, frame);
        }
        Ok(values)
    })
}

fn random_boundary() -> Result<String, Vec<Problem>> {
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        let message = "the platform gives no random bytes here; call inside a request's handler";
        return Err(vec![Problem::new("boundary", "Missing", message)]);
    }
    Ok(body::boundary(random))
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
/// `known` says whether a secret key was found for the secret id. Leaves `signed` or `unsigned` for the body, then
/// failed checks and messages in pairs.
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
        let mut values = Values::from(if found.unsigned_payload {
            "unsigned"
        } else {
            "signed"
        });
        for problem in &found.problems {
            push(&mut values, problem.check.name());
            push(&mut values, &problem.message);
        }
        Ok(values)
    })
}

pub(super) fn push_prepared(values: &mut Values, prepared: &Prepared) {
    push(values, &prepared.url);
    for (name, value) in &prepared.headers {
        push(values, name);
        push(values, value);
    }
}
