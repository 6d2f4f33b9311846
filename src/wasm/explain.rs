//! The texts for people, as objects.

use crate::explain::text;
use wasm_bindgen::prelude::*;

/// The texts of a code as `{code, meaningEn, meaningZh, remedyEn, remedyZh}`; `null` for an unknown one.
#[wasm_bindgen(js_name = explainCode)]
pub fn explain_code(code: &str) -> JsValue {
    serde_wasm_bindgen::to_value(&text(code)).unwrap_or(JsValue::NULL)
}
