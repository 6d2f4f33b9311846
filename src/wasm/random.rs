//! Random bytes from the host's generator. They are drawn inside a call: some hosts have none before.

use crate::errors::Problems;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    /// Fills `length` bytes of the module's memory; 0 where it could not.
    fn random(at: *mut u8, length: usize) -> u32;
}

/// Fills `bytes`; `path` is the member that could be given instead.
pub(super) fn fill(bytes: &mut [u8], path: &str) -> Result<(), Problems> {
    // SAFETY: the host writes as many bytes as there are, and keeps no view of them.
    if unsafe { random(bytes.as_mut_ptr(), bytes.len()) } != 0 {
        return Ok(());
    }
    let message =
        "the platform gives no random bytes here; give it, or call inside a request's handler";
    Err(Problems::one(path, "Missing", message))
}
