//! What most calls need: each is a single step, and where it finds nothing, all the steps have to be taken.

use super::Payload;
use crate::request::MAX_BODY;
use crate::response::Integers;
use crate::service::{self, Table};
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

/// Another payload of an action of which one was prepared before, by its [`Table::place`]; none where anything is wrong or
/// doubtful in it, or may be said in it about the call.
pub fn checked_again<'a>(
    table: &Table<'_>,
    place: usize,
    payload: &'a [u8],
) -> Option<Payload<'a>> {
    if table.takes_dry_run(Some(place)) {
        return None;
    }
    let warnings = table.check_at(place, payload).ok()?;
    warnings.is_empty().then(|| Payload::unchecked(payload))
}

/// Whether [`super::conclude`] would find a success as it was promised, and nothing else to tell, in the answer to a call that
/// was no dry run: then the platform may parse it. `place` is that of the action.
pub fn is_clean(
    table: Option<&Table<'_>>,
    place: Option<usize>,
    integers: Integers,
    status: u16,
    body: &[u8],
) -> bool {
    (200..300).contains(&status)
        && integers == Integers::Auto
        && service::is_clean(table, place, body)
}
