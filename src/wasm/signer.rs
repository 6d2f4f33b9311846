//! `sign` and `sign_again`.

use super::input::Input;
use super::module::{run, run_quickly};
use super::values::text;
use crate::call::{self, Payload};

/// Signs head, secret key and payload; leaves the URL and the headers in pairs. `length` is the payload's where only
/// its digest is given, and `keep` the number for `sign_again`, or 0.
#[unsafe(no_mangle)]
pub extern "C" fn sign(
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
    length: usize,
    keep: u32,
) -> i32 {
    run(
        [head, key, payload, 0],
        &mut |state, [head, key, payload, _]| {
            let mut input = Input::decode(head, count, key, timestamp)?;
            input.choice.keep = keep;
            let payload = input.payload(payload, length)?;
            Ok(input.prepare(&payload, &mut state.keys)?.into_text())
        },
    )
}

/// Signs a payload under the head that was signed with this number before: leaves the 64 digits of the signature, and says
/// where; 0 where `sign` has to be asked. `length` is the payload's where only the digits of its digest are given, or 0.
#[unsafe(no_mangle)]
pub extern "C" fn sign_again(number: u32, payload: usize, length: usize, timestamp: f64) -> usize {
    run_quickly([payload], |state, [payload]| {
        let payload = match length {
            0 => Payload::unchecked(payload),
            length => Payload::hashed(text(payload), length).ok()?,
        };
        call::sign_again(number, &payload, timestamp, &mut state.keys)
    })
}
