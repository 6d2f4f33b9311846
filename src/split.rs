//! Splits texts at an ASCII character, as a loop over bytes: the standard library's searchers weigh more than what is
//! searched here.

/// The parts of a text between separators; an empty text is one empty part.
#[derive(Clone)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

/// Splits a text at each separator.
pub fn at(text: &str, separator: u8) -> Parts<'_> {
    Parts {
        rest: Some(text),
        separator,
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some((part, after)) = once(rest, self.separator) else {
            return Some(rest);
        };
        self.rest = Some(after);
        Some(part)
    }
}

/// What stands before and behind the first separator.
#[inline(never)]
pub fn once(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::{at, once};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_splits_as_the_standard_library_does(text in "[a,é|]{0,8}", separator in prop::sample::select(vec![b',', b'|'])) {
            let parts: Vec<&str> = at(&text, separator).collect();
            let char = char::from(separator);
            prop_assert_eq!(parts, text.split(char).collect::<Vec<_>>());
            prop_assert_eq!(once(&text, separator), text.split_once(char));
        }
    }
}
