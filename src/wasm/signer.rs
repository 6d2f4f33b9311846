//! `sign`.

use super::input::Input;
use super::module::run;
use super::values::{Values, push_prepared};

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
    run([head, key, payload], |module, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let prepared = input.prepare(&input.payload(payload, length)?, &mut module.keys)?;
        let mut values = Values::with_capacity(512);
        push_prepared(&mut values, &prepared);
        Ok(values)
    })
}
