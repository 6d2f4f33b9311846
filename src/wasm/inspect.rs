//! `explain`, `verify` and `parse_authorization`: a module of its own, since who signs seldom asks for them.

use super::input::Input;
use super::module::run;
use super::values::{Values, pairs, push, split, text};
use crate::call;
use crate::errors::Problems;
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
    run(
        [head, key, payload, 0],
        &mut |_, [head, key, payload, _]| {
            let input = Input::decode(head, count, key, timestamp)?;
            let (steps, prepared) = call::explain(
                &input.credential,
                &input.head,
                input.choice,
                &input.payload(payload, length)?,
                with_keys,
            )?;
            let mut values = Values::new();
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
            push(&mut values, &prepared.into_text());
            Ok(values)
        },
    )
}

/// Leaves what an Authorization header names: algorithm, secret id, date, service, signed headers, signature.
#[unsafe(no_mangle)]
pub extern "C" fn parse_authorization(authorization: usize) -> i32 {
    run([authorization, 0, 0, 0], &mut |_, [authorization, ..]| {
        let parsed = Authorization::parse(text(authorization))
            .map_err(|message| Problems::one("authorization", "Value", message))?;
        let mut values = Values::new();
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
    run([head, key, body, 0], &mut |_, [head, key, body, _]| {
        let mut values = split(head, count)?;
        let mut value = || values.next().unwrap_or_default();
        let (method, target, service) = (value(), value(), value());
        let received = Received {
            method,
            target,
            headers: &pairs(values),
            body,
        };
        let service = Some(service).filter(|service| !service.is_empty());
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
