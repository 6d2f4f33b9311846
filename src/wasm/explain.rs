//! What is for people, as objects; this artefact may weigh more than the others.

use crate::diagnose::{Diagnosis, Input, diagnose as judge};
use crate::explain::text;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The texts of a code as `{code, meaningEn, meaningZh, remedyEn, remedyZh}`; `null` for an unknown one.
#[wasm_bindgen(js_name = explainCode)]
pub fn explain_code(code: &str) -> JsValue {
    serde_wasm_bindgen::to_value(&text(code)).unwrap_or(JsValue::NULL)
}

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
