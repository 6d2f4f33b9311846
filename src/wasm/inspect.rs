//! `explain`, `verify` and `parse_authorization`: a module of its own, since who signs seldom asks for them.

use super::input::Input;
use super::module::run;
use super::values::{Values, pairs, push, push_prepared, split, text};
use crate::call;
use crate::errors::Problem;
use crate::secret::Secret;
use crate::tc3::authorization::Authorization;
use crate::tc3::digest::hex;
use crate::tc3::{Received, verify as verify_received};

/// Leaves eight intermediate values and three keys (empty unless asked for), then what `sign` leaves.
#[unsafe(no_mangle)]
pub extern "C" fn explain(
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

/// Leaves what an Authorization header names: algorithm, secret id, date, service, signed headers, signature.
#[unsafe(no_mangle)]
pub extern "C" fn parse_authorization(authorization: usize) -> i32 {
    run([authorization], |_, [authorization]| {
        let parsed = Authorization::parse(text(authorization))
            .map_err(|message| vec![Problem::new("authorization", "Value", message)])?;
        let mut values = Values::with_capacity(256);
        for value in [
            parsed.algorithm,
            parsed.secret_id,
            parsed.date,
            parsed.service,
            parsed.signed_headers,
            &hex(&parsed.signature),
        ] {
            push(&mut values, value);
        }
        Ok(values)
    })
}

/// Verifies a request: the head holds method, target, service (empty for any) and the headers in pairs.
/// `known` says whether a secret key was found for the secret id. Leaves `signed` or `unsigned` for the body, then
/// failed checks and messages in pairs.
#[unsafe(no_mangle)]
pub extern "C" fn verify(
    head: usize,
    count: usize,
    key: usize,
    body: usize,
    now_ms: f64,
    known: bool,
) -> i32 {
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
