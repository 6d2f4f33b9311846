//! `sign_legacy`.

use super::module::{Values, push, run, scrub_stack, split, text};
use crate::errors::Problem;
use crate::legacy::{self, FORM, Input};
use crate::request::Head;
use crate::secret::Secret;
use wasm_bindgen::prelude::*;

/// Signs head, secret key and the parameters' JSON text; leaves the URL, the content type and the body
/// (both empty for GET), the signature and the text that was signed: the last, since a NUL may stand in it.
#[wasm_bindgen]
pub fn sign_legacy(head: usize, count: usize, key: usize, params: usize, timestamp: f64) -> i32 {
    let length = run([head, key, params], |_, [head, key, params]| {
        let values = split(head, count)?;
        let value = |at: usize| values.get(at).copied().unwrap_or_default();
        let signed = legacy::sign(&Input {
            secret_id: value(0),
            secret: Secret::new(text(key).into()),
            head: Head {
                token: value(1),
                method: value(2),
                service: value(3),
                scheme: value(4),
                host: value(5),
                action: value(6),
                version: value(7),
                region: value(8),
                language: value(9),
                request_client: value(10),
                content_type: FORM,
                timestamp,
                ..Head::default()
            },
            algorithm: value(11),
            nonce: nonce(value(12))?,
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
    });
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
