//! `sign`.

use super::input::Input;
use super::module::run;

/// Signs head, secret key and payload; leaves the URL and the headers in pairs. `length` is the payload's where only
/// its digest is given.
#[unsafe(no_mangle)]
pub extern "C" fn sign(
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
    length: usize,
) -> i32 {
    run(
        [head, key, payload, 0],
        &mut |state, [head, key, payload, _]| {
            let input = Input::decode(head, count, key, timestamp)?;
            let payload = input.payload(payload, length)?;
            Ok(input.prepare(&payload, &mut state.keys)?.into_text())
        },
    )
}
