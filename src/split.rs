//! Splits bytes at one of them: the standard library's searchers in texts weigh more than what is searched here.

/// The parts between separators; of nothing, one empty part.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    rest: Option<&'a [u8]>,
    separator: u8,
}

/// Splits at each separator.
pub fn at(bytes: &[u8], separator: u8) -> Parts<'_> {
    Parts {
        rest: Some(bytes),
        separator,
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a [u8];

    #[inline(never)]
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let (part, after) = once(rest, self.separator);
        self.rest = (part.len() < rest.len()).then_some(after);
        Some(part)
    }
}

/// What stands before and behind the first separator; nothing stands behind one that is not there.
#[inline(never)]
pub fn once(bytes: &[u8], separator: u8) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == separator {
            return (&bytes[..at], &bytes[at + 1..]);
        }
        at += 1;
    }
    (bytes, &[])
}

#[cfg(test)]
mod tests {
    use super::{at, once};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_splits_as_the_standard_library_does(text in "[a,é|]{0,8}", separator in prop::sample::select(vec![b',', b'|'])) {
            let parts: Vec<&[u8]> = at(text.as_bytes(), separator).collect();
            let char = char::from(separator);
            prop_assert_eq!(parts, text.split(char).map(str::as_bytes).collect::<Vec<_>>());
            let (before, after) = text.split_once(char).unwrap_or((&text, ""));
            prop_assert_eq!(once(text.as_bytes(), separator), (before.as_bytes(), after.as_bytes()));
        }
    }
}
