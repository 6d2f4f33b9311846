//! `multipart`.

use super::module::run;
use super::random;
use super::values::split;
use crate::request::multipart as body;

/// Leaves a boundary and the frames of a multipart body: one before each part's content and one behind the last.
/// The parts hold the boundary (empty for a random one), then name, file name and content type of each.
#[unsafe(no_mangle)]
pub extern "C" fn multipart(parts: usize, count: usize) -> i32 {
    run([parts, 0, 0, 0], &mut |_, [parts, ..]| {
        let mut values = split(parts, count)?;
        let given = values.next().unwrap_or_default();
        let mut drawn = String::new();
        if given.is_empty() {
            let mut bytes = [0; 16];
            random::fill(&mut bytes, "boundary")?;
            drawn = body::boundary(&bytes);
        }
        let boundary = if given.is_empty() { &drawn } else { given };
        body::frames(boundary, values)
    })
}
