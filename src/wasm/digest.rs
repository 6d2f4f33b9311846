//! The digest of a body that crosses in pieces: memory never shrinks, and a body may be large.

use super::module::{look, run_quickly};
use sha2::Digest as _;

/// Takes the `first` piece of a body, or the next.
#[unsafe(no_mangle)]
pub extern "C" fn digest_push(piece: usize, first: bool) {
    look([piece], |state, [piece]| {
        if first {
            state.body = None;
        }
        state.body.get_or_insert_default().update(piece);
    });
}

/// Leaves the 64 digits of the digest of all pieces, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn digest_end() -> usize {
    run_quickly([], |state, []| {
        Some(state.body.take().unwrap_or_default().finalize().into())
    })
}
