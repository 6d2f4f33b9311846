//! What is signed again in a single step.

use super::Payload;
use crate::request::MAX_BODY;
use crate::tc3::KeyCache;
use crate::tc3::digest::Digest;

/// The signature of another payload under the head that was signed with this number, where only payload and time differ;
/// none where all has to be checked and signed anew. `timestamp` is in seconds.
pub fn sign_again(
    number: u32,
    payload: &Payload<'_>,
    timestamp: f64,
    keys: &mut KeyCache,
) -> Option<Digest> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let seconds = timestamp as u64;
    #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
    let is_whole = seconds as f64 == timestamp;
    if !is_whole || payload.length() > MAX_BODY || payload.is_the_marker() {
        return None;
    }
    keys.sign_again(number, &payload.digest(), seconds)
}
