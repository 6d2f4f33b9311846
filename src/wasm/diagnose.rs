//! `diagnose`, with objects; this artefact may weigh more than the others.

use crate::diagnose::{Diagnosis, Input, diagnose as judge};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What `diagnose` answers: `{ok, causes, difference?}`, or why its input could not be read.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Diagnosis(Diagnosis),
    Problem { problem: String },
}

/// Judges an `Input` (src/diagnose/input.rs); the body of its request crosses by itself, since bytes do so faster.
#[wasm_bindgen]
pub fn diagnose(input: JsValue, body: Vec<u8>) -> JsValue {
    let read = serde_wasm_bindgen::from_value(input).map_err(|why| why.to_string());
    let judged = read.and_then(|mut input: Input| {
        input.set_body(body);
        judge(&input)
    });
    let answer = match judged {
        Ok(diagnosis) => Answer::Diagnosis(diagnosis),
        Err(problem) => Answer::Problem { problem },
    };
    serde_wasm_bindgen::to_value(&answer).unwrap_or(JsValue::NULL)
}
