//! getrandom's bytes, from the host's generator. They are drawn inside a call: some hosts have none before.

use crate::errors::Problems;
use getrandom::Error;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    /// Fills `length` bytes of the module's memory; 0 where it could not.
    fn random(at: *mut u8, length: usize) -> u32;
}

/// The custom backend that .cargo/config.toml chooses. wasm-bindgen's own would let objects cross, whose glue weighs
/// more than all that asks for random bytes here.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(at: *mut u8, length: usize) -> Result<(), Error> {
    // SAFETY: the host writes as many bytes as there are, and keeps no view of them.
    match unsafe { random(at, length) } {
        0 => Err(Error::UNEXPECTED),
        _ => Ok(()),
    }
}

/// Fills `bytes`; `path` is the member that could be given instead.
pub(super) fn fill(bytes: &mut [u8], path: &str) -> Result<(), Problems> {
    let message =
        "the platform gives no random bytes here; give it, or call inside a request's handler";
    getrandom::fill(bytes).map_err(|_| Problems::one(path, "Missing", message))
}
