//! `explain`, `verify` and `parse_authorization`: a module of its own, since who signs seldom asks for them.

use super::input::Input;
use super::module::{look, run};
use super::values::{Values, pairs, push, split, text};
use crate::call;
use crate::errors::Problems;
use crate::secret::Secret;
use crate::tc3::authorization::Authorization;
use crate::tc3::digest::{hex, unhex};
use crate::tc3::{self, Received, verify_and_keep};

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
/// `known` says whether a secret key was found for the secret id; `keep` is the number for `verify_again`, or 0. Leaves
/// `signed` or `unsigned` for the body, then failed checks and messages in pairs.
#[unsafe(no_mangle)]
pub extern "C" fn verify(
    head: usize,
    count: usize,
    key: usize,
    body: usize,
    now_ms: f64,
    known: bool,
    keep: u32,
) -> i32 {
    run([head, key, body, 0], &mut |state, [head, key, body, _]| {
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
        let found = verify_and_keep(
            &received,
            service,
            whole(now_ms),
            |_| known.then(|| Secret::new(text(key).into())),
            (keep != 0).then_some((keep, &mut state.keys)),
        );
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

/// Verifies another request whose head was verified with this number: only body, signature (64 digits) and timestamp, in
/// seconds, may differ. Whether it is right; if not, `verify` has to be asked.
#[unsafe(no_mangle)]
pub extern "C" fn verify_again(
    number: u32,
    signature: usize,
    body: usize,
    timestamp: f64,
    now_ms: f64,
) -> bool {
    look([signature, body], |state, [signature, body]| {
        unhex(text(signature)).is_some_and(|signature| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let seconds = timestamp as u64;
            tc3::verify_again(
                number,
                body,
                &signature,
                seconds,
                whole(now_ms),
                &mut state.keys,
            )
        })
    })
}

/// Beyond its range the cast gives the nearest bound, which is outside of every window.
#[allow(clippy::cast_possible_truncation)]
fn whole(ms: f64) -> i64 {
    ms as i64
}
