//! `sign_legacy` and `skip_sign`.

use super::input::Input;
use super::module::{run, scrub_stack};
use super::values::{Values, push, push_prepared, split, text};
use crate::call;
use crate::errors::Problem;
use crate::legacy;

/// Prepares a request whose Authorization is the word `SKIP`; leaves the URL and the headers in pairs.
#[unsafe(no_mangle)]
pub extern "C" fn skip_sign(head: usize, count: usize, payload: usize, timestamp: f64) -> i32 {
    run([head, payload], |_, [head, payload]| {
        let input = Input::decode(head, count, &[], timestamp)?;
        let prepared = call::skip(&input.head, &input.payload(payload, 0)?)?;
        let mut values = Values::with_capacity(512);
        push_prepared(&mut values, &prepared);
        Ok(values)
    })
}

/// Signs head, secret key and the parameters' JSON text, with algorithm and nonce (empty for a random one) in
/// `choice`; leaves the URL, the content type and the body (both empty for GET), the signature and the text that was
/// signed: the last, since a NUL may stand in it.
#[unsafe(no_mangle)]
pub extern "C" fn sign_legacy(
    head: usize,
    count: usize,
    key: usize,
    params: usize,
    choice: usize,
    timestamp: f64,
) -> i32 {
    let length = run(
        [head, key, params, choice],
        |_, [head, key, params, choice]| {
            let input = Input::decode(head, count, key, timestamp)?;
            let choice = split(choice, 2)?;
            let signed = legacy::sign(&legacy::Input {
                secret_id: input.credential.secret_id,
                secret: input.credential.secret,
                head: input.head,
                algorithm: choice[0],
                nonce: nonce(choice[1])?,
                params: text(params),
            })?;
            let mut values = Values::with_capacity(2048);
            for value in [
                &signed.url,
                signed.content_type,
                &signed.body,
                &signed.signature,
                &signed.string_to_sign,
            ] {
                push(&mut values, value);
            }
            Ok(values)
        },
    );
    scrub_stack();
    length
}

/// The nonce that is given, or 32 random bits, never 0. What is no such number becomes 0, and is refused.
fn nonce(given: &str) -> Result<u64, Vec<Problem>> {
    if !given.is_empty() {
        return Ok(given.parse().unwrap_or_default());
    }
    let message =
        "the platform gives no random bytes here; give it, or call inside a request's handler";
    getrandom::u32()
        .map(|random| random.max(1).into())
        .map_err(|_| vec![Problem::new("nonce", "Missing", message)])
}
