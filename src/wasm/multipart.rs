//! `multipart`.

use super::module::run;
use super::values::{push, split};
use crate::errors::Problem;
use crate::request::multipart::{self as body, Part};

/// Leaves a boundary and the frames of a multipart body: one before each part's content and one behind the last.
/// The parts hold the boundary (empty for a random one), then name, file name and content type of each.
#[unsafe(no_mangle)]
pub extern "C" fn multipart(parts: usize, count: usize) -> i32 {
    run([parts], |_, [parts]| {
        let values = split(parts, count)?;
        let (given, parts) = values.split_first().unwrap_or((&"", &[]));
        let boundary = if given.is_empty() {
            random_boundary()?
        } else {
            (*given).into()
        };
        let mut heads = Vec::with_capacity(parts.len() / 3);
        for part in parts.chunks_exact(3) {
            heads.push(Part {
                name: part[0],
                filename: part[1],
                content_type: part[2],
            });
        }
        let frames = body::frames(&boundary, &heads)?;
        let mut values = boundary;
        for frame in &frames {
            push(&mut values, frame);
        }
        Ok(values)
    })
}

fn random_boundary() -> Result<String, Vec<Problem>> {
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        let message = "the platform gives no random bytes here; call inside a request's handler";
        return Err(vec![Problem::new("boundary", "Missing", message)]);
    }
    Ok(body::boundary(random))
}
