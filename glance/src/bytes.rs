//! Looks for bytes, sixteen at a time where the target has SIMD.

/// How many bytes are looked at together.
const WIDTH: usize = 16;

/// Where the first quotation mark or backslash stands from `at` on; the end where there is none.
pub fn text_end(bytes: &[u8], at: usize) -> usize {
    first(bytes, at, block::ends, |byte| matches!(byte, b'"' | b'\\'))
}

/// Where the first byte stands from `at` on that is no digit; the end where there is none.
pub fn digits_end(bytes: &[u8], at: usize) -> usize {
    first(bytes, at, block::others, |byte| !byte.is_ascii_digit())
}

/// Where the first byte stands that is looked for: by blocks, whose bits say which of their bytes are, and then one by one.
#[inline]
fn first(
    bytes: &[u8],
    mut at: usize,
    found: impl Fn(&[u8; WIDTH]) -> u32,
    is: impl Fn(u8) -> bool,
) -> usize {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = found(block);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += WIDTH;
    }
    while bytes.get(at).is_some_and(|byte| !is(*byte)) {
        at += 1;
    }
    at
}

#[cfg(target_arch = "wasm32")]
mod block {
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_eq, i8x16_sub, u8x16_gt, u8x16_splat, v128, v128_load, v128_or,
    };

    fn load(block: &[u8; super::WIDTH]) -> v128 {
        // SAFETY: the block is as long as what is loaded, which need not be aligned.
        unsafe { v128_load(block.as_ptr().cast()) }
    }

    pub fn ends(block: &[u8; super::WIDTH]) -> u32 {
        let block = load(block);
        let quotes = i8x16_eq(block, u8x16_splat(b'"'));
        let escapes = i8x16_eq(block, u8x16_splat(b'\\'));
        u32::from(i8x16_bitmask(v128_or(quotes, escapes)))
    }

    pub fn others(block: &[u8; super::WIDTH]) -> u32 {
        let values = i8x16_sub(load(block), u8x16_splat(b'0'));
        u32::from(i8x16_bitmask(u8x16_gt(values, u8x16_splat(9))))
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod block {
    pub fn ends(block: &[u8; super::WIDTH]) -> u32 {
        bits(block, |byte| matches!(byte, b'"' | b'\\'))
    }

    pub fn others(block: &[u8; super::WIDTH]) -> u32 {
        bits(block, |byte| !byte.is_ascii_digit())
    }

    fn bits(block: &[u8], is: impl Fn(u8) -> bool) -> u32 {
        let places = block.iter().enumerate();
        places.fold(0, |bits, (place, byte)| {
            bits | u32::from(is(*byte)) << place
        })
    }
}

/// Whether `bytes` go on with `text` from `at` on. Names are short: eight bytes at a time are faster than a call.
#[inline]
pub fn goes_on(bytes: &[u8], at: usize, text: &[u8]) -> bool {
    let Some(found) = bytes.get(at..).and_then(|rest| rest.get(..text.len())) else {
        return false;
    };
    match (found.last_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(one), Some(other)) => {
            let mut blocks = found.chunks_exact(8).zip(text.chunks_exact(8));
            one == other && blocks.all(|(one, other)| one == other)
        }
        _ => found.iter().zip(text).all(|(one, other)| one == other),
    }
}

#[cfg(test)]
mod tests {
    use super::{digits_end, goes_on, text_end};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_end_is_the_first(bytes in prop::collection::vec(prop_oneof!["[a0-9]", "\\PC"], 0..80), at in 0..90usize) {
            let text = bytes.concat();
            let bytes = text.as_bytes();
            let first = |is: fn(u8) -> bool| (at..bytes.len()).find(|at| is(bytes[*at])).unwrap_or(at.max(bytes.len()));
            prop_assert_eq!(text_end(bytes, at), first(|byte| matches!(byte, b'"' | b'\\')));
            prop_assert_eq!(digits_end(bytes, at), first(|byte| !byte.is_ascii_digit()));
        }

        #[test]
        fn a_text_is_found_where_it_stands(text in "[ab]{0,20}", before in "[ab]{0,5}", behind in "[ab]{0,5}", at in 0..12usize) {
            let whole = format!("{before}{text}{behind}");
            let bytes = whole.as_bytes();
            let expected = bytes.get(at..).is_some_and(|rest| rest.starts_with(text.as_bytes()));
            prop_assert_eq!(goes_on(bytes, at, text.as_bytes()), expected);
        }
    }
}
