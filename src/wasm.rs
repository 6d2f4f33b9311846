//! The boundary to JavaScript; js/core.ts is its mirror.
//!
//! Signer, inspect, client, legacy and refund exchange numbers and bytes only. The shell asks for room by [`input`], writes its
//! parts there one after the other, and calls a function with their lengths. The function leaves bytes,
//! whose length it returns, at [`output`]; a negative length means that they are problems.
//!
//! Parts are UTF-8. A part of several values separates them by NUL and comes with their number, so that a
//! NUL inside a value is found. Each function decodes, calls one function of the core, and encodes.

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "diagnose")]
mod diagnose;
#[cfg(feature = "signer")]
mod digest;
#[cfg(feature = "explain")]
mod explain;
#[cfg(any(
    feature = "signer",
    feature = "inspect",
    feature = "legacy",
    feature = "web"
))]
mod input;
#[cfg(feature = "inspect")]
mod inspect;
#[cfg(feature = "legacy")]
mod legacy;
#[cfg(any(
    feature = "signer",
    feature = "inspect",
    feature = "legacy",
    feature = "refund"
))]
mod module;
#[cfg(any(feature = "signer", feature = "inspect", feature = "legacy"))]
mod multipart;
#[cfg(feature = "client")]
mod policy;
#[cfg(any(feature = "signer", feature = "inspect", feature = "legacy"))]
mod random;
#[cfg(feature = "refund")]
mod refund;
// The client signs what it prepares.
#[cfg(all(feature = "signer", not(feature = "client")))]
mod signer;
#[cfg(any(
    feature = "signer",
    feature = "inspect",
    feature = "legacy",
    feature = "refund",
    feature = "web"
))]
mod values;
#[cfg(feature = "web")]
mod web;
