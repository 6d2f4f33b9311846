//! `sign`, `explain`, `multipart` and `verify`.

use super::module::{Values, push, run, split, text};
use crate::call::{self, Choice, Credential, Payload, Prepared};
use crate::errors::Problem;
use crate::request::{Head, multipart as body};
use crate::secret::Secret;
use crate::tc3::{
    self, KeyCache, Received, authorization::Authorization, verify as verify_received,
};
use wasm_bindgen::prelude::*;

/// The head's values, in the order in which js/head.ts writes them; extra headers follow in pairs.
const HEAD: usize = 19;

/// What one call signs.
pub(super) struct Input<'a> {
    pub credential: Credential<'a>,
    pub head: Head<'a>,
    choice: Choice<'a>,
    payload_hash: &'a str,
    /// Whether nothing may change, as the caller asks.
    pub dry_run: bool,
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
        let flag = |letter: char| value(18).contains(letter);
        Ok(Self {
            credential: Credential {
                secret_id: value(0),
                secret: Secret::new(text(key).into()),
            },
            head: Head {
                token: value(1),
                method: value(2),
                service: value(3),
                scheme: value(4),
                endpoint: value(5),
                host: value(6),
                sent_host: value(7),
                action: value(8),
                version: value(9),
                region: value(10),
                content_type: value(11),
                language: value(12),
                request_client: value(13),
                trace_id: value(14),
                query: value(15),
                unsigned_payload: flag('u'),
                insecure_http: flag('i'),
                extra: pairs(values.get(HEAD..).unwrap_or_default()),
                timestamp,
            },
            choice: Choice {
                signed_headers: value(16),
                values: if flag('a') {
                    tc3::Values::AsSent
                } else {
                    tc3::Values::Lower
                },
            },
            payload_hash: value(17),
            dry_run: flag('d'),
        })
    }

    /// The payload's bytes, or where a digest was given, the `length` bytes that it stands for.
    pub fn payload<'b>(&self, bytes: &'b [u8], length: usize) -> Result<Payload<'b>, Vec<Problem>> {
        match self.payload_hash {
            "" => Ok(Payload::unchecked(bytes)),
            digest => Payload::hashed(digest, length),
        }
    }

    pub fn prepare(
        &self,
        payload: &Payload<'_>,
        keys: &mut KeyCache,
    ) -> Result<Prepared, Vec<Problem>> {
        call::sign(&self.credential, &self.head, self.choice, payload, keys)
    }
}

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

fn pairs<'a>(values: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::with_capacity(values.len() / 2);
    for pair in values.chunks_exact(2) {
        pairs.push((pair[0], pair[1]));
    }
    pairs
}

pub(super) fn push_prepared(values: &mut Values, prepared: &Prepared) {
    push(values, &prepared.url);
    for (name, value) in &prepared.headers {
        push(values, name);
        push(values, value);
    }
}
