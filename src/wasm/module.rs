//! What an instance keeps between calls: its two buffers, the signing keys, the tables.

use super::values::{Values, join_problems};
use crate::errors::Problem;
#[cfg(feature = "signer")]
use crate::tc3::KeyCache;
use core::cell::RefCell;
use wasm_bindgen::prelude::*;
use zeroize::Zeroize;

#[derive(Default)]
pub(super) struct Module {
    input: Vec<u8>,
    output: Vec<u8>,
    #[cfg(feature = "signer")]
    pub keys: KeyCache,
    #[cfg(feature = "client")]
    pub tables: Vec<crate::service::Table>,
    /// The stream that an instance of its own reads.
    #[cfg(feature = "client")]
    pub events: crate::response::Events,
}

thread_local! {
    static MODULE: RefCell<Module> = RefCell::default();
}

/// Makes room for `length` bytes of input and says where.
#[wasm_bindgen]
pub fn input(length: usize) -> *mut u8 {
    MODULE.with_borrow_mut(|module| {
        if module.input.len() < length {
            module.input.resize(length, 0);
        }
        module.input.as_mut_ptr()
    })
}

/// Where the last function left its bytes.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    MODULE.with_borrow(|module| module.output.as_ptr())
}

/// Forgets every signing key.
#[cfg(feature = "signer")]
#[wasm_bindgen]
pub fn clear_keys() {
    MODULE.with_borrow_mut(|module| module.keys.clear());
    scrub_stack();
}

/// Overwrites the part of the stack where the last call kept its copy of a key.
#[inline(never)]
pub(super) fn scrub_stack() {
    let mut below = [0_u8; 8192];
    below.zeroize();
}

/// Runs one function over the input's parts, and zeroes the input.
pub(super) fn run<const N: usize>(
    lengths: [usize; N],
    function: impl FnOnce(&mut Module, [&[u8]; N]) -> Result<Values, Vec<Problem>>,
) -> i32 {
    MODULE.with_borrow_mut(|module| {
        let mut input = core::mem::take(&mut module.input);
        let mut rest = &input[..];
        let parts = lengths.map(|length| {
            let (part, after) = rest.split_at_checked(length).unwrap_or_default();
            rest = after;
            part
        });
        let result = function(module, parts);
        let used = lengths.iter().sum::<usize>().min(input.len());
        input[..used].zeroize();
        module.input = input;

        module.output.zeroize();
        let (values, sign) = match result {
            Ok(values) => (values, 1),
            Err(problems) => (join_problems(&problems), -1),
        };
        module.output = values.into_bytes();
        i32::try_from(module.output.len()).unwrap_or(i32::MAX) * sign
    })
}
