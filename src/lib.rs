//! The core of tc3-edge: what Tencent Cloud API 3.0 asks of a request, and what its answers mean.
//!
//! It does no I/O and has no clock and no randomness: time and random bytes are arguments, which `wasm` draws. The modules,
//! in the order in which data flows:
//!
//! - [`service`] checks a request against the table of a service version, and an answer too
//! - [`request`] turns members into the URL and the headers that are sent
//! - [`tc3`] signs them (TC3-HMAC-SHA256), verifies a signature, shows every step
//! - [`response`] reads the bytes that come back
//! - [`policy`] decides what is done about what happened: whether a refusal proves anything, and when to try again
//! - [`refund`] plans a refund, carries it out order by order, and tells what became of it
//! - [`call`] is the only place that knows the order of these steps
//! - `diagnose` says why a signature failed, by signing again with one mistake after the other
//! - `legacy` signs the older way: parameters, text, HMAC
//! - [`errors`] and `explain` say what a code means, [`secret`], [`json`], [`text`], [`decimal`] and
//!   [`hex`] are leaves
//! - `wasm` is the boundary to JavaScript, the only place with `wasm_bindgen`

pub mod call;
pub mod decimal;
#[cfg(feature = "diagnose")]
pub mod diagnose;
pub mod errors;
#[cfg(feature = "explain")]
pub mod explain;
pub mod hex;
pub mod json;
#[cfg(feature = "legacy")]
pub mod legacy;
pub mod policy;
pub mod refund;
pub mod request;
pub mod response;
pub mod secret;
pub mod service;
pub mod tc3;
pub mod text;
#[cfg(all(
    target_arch = "wasm32",
    any(
        feature = "signer",
        feature = "inspect",
        feature = "diagnose",
        feature = "explain",
        feature = "legacy",
        feature = "refund",
        feature = "web"
    )
))]
mod wasm;
