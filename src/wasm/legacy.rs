//! `sign_legacy` and `skip_sign`.

use super::input::Input;
use super::module::{run, scrub_stack};
use super::random;
use super::values::{Values, push, split, text};
use crate::call;
use crate::errors::Problems;
use crate::legacy;

/// Prepares a request whose Authorization is the word `SKIP`; leaves the URL and the headers in pairs.
#[unsafe(no_mangle)]
pub extern "C" fn skip_sign(head: usize, count: usize, payload: usize, timestamp: f64) -> i32 {
    run([head, payload, 0, 0], &mut |_, [head, payload, ..]| {
        let input = Input::decode(head, count, &[], timestamp)?;
        let payload = input.payload(payload, 0)?;
        Ok(call::skip(&input.head, &payload)?.into_text())
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
    let length = run([head, key, params, choice], &mut |_,
                                                        [
        head,
        key,
        params,
        choice,
    ]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let mut choice = split(choice, 2)?;
        let signed = legacy::sign(&legacy::Input {
            secret_id: input.credential.secret_id,
            secret: input.credential.secret,
            head: input.head,
            algorithm: choice.next().unwrap_or_default(),
            nonce: nonce(choice.next().unwrap_or_default())?,
            params: text(params),
        })?;
        let mut values = Values::new();
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
    });
    scrub_stack();
    length
}

/// The nonce that is given, or 32 random bits, never 0. What is no such number becomes 0, and is refused.
fn nonce(given: &str) -> Result<u64, Problems> {
    if !given.is_empty() {
        return Ok(given.parse().unwrap_or_default());
    }
    let mut bytes = [0; 4];
    random::fill(&mut bytes, "nonce")?;
    Ok(u32::from_le_bytes(bytes).max(1).into())
}
