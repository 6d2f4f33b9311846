//! The look itself: one pass, which ends at the first thing that is not clean.

use crate::bytes::{digits_end, goes_on, text_end};
use crate::{Field, Kind};
use core::num::NonZero;
use core::ops::Range;

/// How deep arrays and objects may stand in each other; the core reads deeper.
const MAX_DEPTH: usize = 64;

/// So many digits are always exact in a JavaScript number.
const SAFE_DIGITS: usize = 15;

/// Whether an answer is an object with nothing but an object `Response`, which holds `RequestId`, neither `Error` nor
/// `DeprecatedWarning`, all that its `fields` promise (a place among `all`), and no integer of 16 digits or more.
pub fn is_clean(answer: &[u8], all: &[Field<'_>], fields: Range<usize>) -> bool {
    let look = Look { bytes: answer, all };
    look.envelope(fields)
        .is_some_and(|end| look.space_end(end.get()) == answer.len())
}

/// Where the bytes go on behind what was passed; nothing where that is not clean.
type Behind = Option<NonZero<usize>>;

struct Look<'a> {
    bytes: &'a [u8],
    all: &'a [Field<'a>],
}

impl Look<'_> {
    fn envelope(&self, fields: Range<usize>) -> Behind {
        let at = self.expect(0, b'{')?;
        let (name, at) = self.key(at.get())?;
        if name != b"Response" {
            return None;
        }
        let at = self.expect(at.get(), b'{')?;
        let at = self.members(at.get(), fields, true, 1)?;
        self.expect(at.get(), b'}')
    }

    /// Passes an object's members and its end; of the `Response` itself, those of the envelope too.
    fn members(&self, at: usize, fields: Range<usize>, is_response: bool, depth: usize) -> Behind {
        let fields = self.all.get(fields)?;
        if fields.len() > u64::BITS as usize || depth > MAX_DEPTH {
            return None;
        }
        // A bit for each field that was there.
        let mut given = 0_u64;
        let mut has_id = false;
        let mut next = 0;
        let mut at = self.space_end(at);
        let mut more = self.byte(at) != b'}';
        at += usize::from(!more);
        while more {
            let place;
            (place, at) = self.name(at, fields, next)?;
            at = match place {
                Ok(place) => {
                    let bit = 1_u64 << place;
                    if given & bit != 0 {
                        return None;
                    }
                    given |= bit;
                    next = place + 1;
                    let field = &fields[place];
                    self.value(at, field, field.list, depth)?
                }
                Err(b"RequestId") if is_response => {
                    if has_id {
                        return None;
                    }
                    has_id = true;
                    self.text(self.expect(at, b'"')?.get())?
                }
                Err(b"Error" | b"DeprecatedWarning") if is_response => return None,
                Err(_) => self.untyped(at, depth)?,
            }
            .get();
            (more, at) = self.goes_on(at, b'}')?;
        }
        for (place, field) in fields.iter().enumerate() {
            if field.required && given & (1_u64 << place) == 0 {
                return None;
            }
        }
        (has_id || !is_response).then(|| NonZero::new(at)).flatten()
    }

    /// Passes a field's value, or where it is no `list`, one of a list's items.
    fn value(&self, at: usize, field: &Field<'_>, list: bool, depth: usize) -> Behind {
        let at = self.space_end(at);
        let byte = self.byte(at);
        if byte == b'n' {
            return field.nullable.then(|| NonZero::new(at + 4)).flatten();
        }
        if list {
            return self.items(at, depth, |at| self.value(at, field, false, depth + 1));
        }
        match field.kind {
            Kind::Text if byte == b'"' => self.text(at + 1),
            Kind::FilledText if byte == b'"' => {
                let behind = self.text(at + 1)?;
                (behind.get() > at + 2).then_some(behind)
            }
            Kind::Integer => self.number(at, false),
            Kind::Number => self.number(at, true),
            Kind::Boolean => boolean(at, byte),
            Kind::Structure(first, end) if byte == b'{' => {
                self.members(at + 1, first as usize..end as usize, false, depth + 1)
            }
            _ => None,
        }
    }

    /// Passes what the table does not know.
    fn untyped(&self, at: usize, depth: usize) -> Behind {
        let at = self.space_end(at);
        match self.byte(at) {
            b'"' => self.text(at + 1),
            b'{' => self.members(at + 1, 0..0, false, depth + 1),
            b'[' => self.items(at, depth, |at| self.untyped(at, depth + 1)),
            b'n' => NonZero::new(at + 4),
            byte @ (b't' | b'f') => boolean(at, byte),
            _ => self.number(at, true),
        }
    }

    /// Passes a list, each of its items by `item`.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn items(&self, at: usize, depth: usize, item: impl Fn(usize) -> Behind) -> Behind {
        let mut at = self.space_end(self.expect(at, b'[')?.get());
        let mut more = self.byte(at) != b']';
        if depth >= MAX_DEPTH {
            return None;
        }
        at += usize::from(!more);
        while more {
            at = item(at)?.get();
            (more, at) = self.goes_on(at, b']')?;
        }
        NonZero::new(at)
    }

    /// Passes a number, which may have a fraction or an exponent where it `may`.
    fn number(&self, at: usize, may: bool) -> Behind {
        let start = at + usize::from(self.byte(at) == b'-');
        let mut at = digits_end(self.bytes, start);
        if !(1..=SAFE_DIGITS).contains(&(at - start)) {
            return None;
        }
        if matches!(self.byte(at), b'.' | b'e' | b'E') {
            if !may {
                return None;
            }
            while matches!(
                self.byte(at),
                b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'
            ) {
                at += 1;
            }
        }
        NonZero::new(at)
    }

    /// Passes a member's name and its colon; gives the place of the field of this name, or the name where there is none. Most
    /// answers have the table's order, so `next` is looked at first.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn name(
        &self,
        at: usize,
        fields: &[Field<'_>],
        next: usize,
    ) -> Option<(Result<usize, &[u8]>, usize)> {
        let start = at + 1;
        if let Some(field) = fields.get(next)
            && self.byte(at) == b'"'
            && goes_on(self.bytes, start, field.name.as_bytes())
            && self.byte(start + field.name.len()) == b'"'
            && self.byte(start + field.name.len() + 1) == b':'
        {
            return Some((Ok(next), start + field.name.len() + 2));
        }
        let (name, at) = self.key(at)?;
        let place = fields
            .iter()
            .position(|field| field.name.as_bytes() == name);
        Some((place.ok_or(name), at.get()))
    }

    /// Passes a member's name and its colon, and gives the name; one with an escape is not clean.
    #[inline(never)]
    fn key(&self, at: usize) -> Option<(&[u8], NonZero<usize>)> {
        let start = self.expect(at, b'"')?.get();
        let end = text_end(self.bytes, start);
        let behind = self.expect(end, b'"')?.get();
        Some((self.bytes.get(start..end)?, self.expect(behind, b':')?))
    }

    /// Passes the rest of a text.
    fn text(&self, mut at: usize) -> Behind {
        loop {
            at = text_end(self.bytes, at);
            match self.byte(at) {
                b'"' => return NonZero::new(at + 1),
                b'\\' => at += 2,
                _ => return None,
            }
        }
    }

    /// Passes the comma or the end behind an element; whether there is more.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn goes_on(&self, at: usize, close: u8) -> Option<(bool, usize)> {
        if self.byte(at) == b',' {
            return Some((true, at + 1));
        }
        let at = self.space_end(at);
        if self.byte(at) == b',' {
            return Some((true, at + 1));
        }
        Some((false, self.expect(at, close)?.get()))
    }

    /// Passes a byte that has to stand there, behind space.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn expect(&self, at: usize, byte: u8) -> Behind {
        let at = self.space_end(at);
        (self.byte(at) == byte)
            .then(|| NonZero::new(at + 1))
            .flatten()
    }

    /// Where the next byte stands that is no space.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn space_end(&self, at: usize) -> usize {
        if self.byte(at) <= b' ' {
            self.rare_space_end(at)
        } else {
            at
        }
    }

    #[cold]
    #[inline(never)]
    fn rare_space_end(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    /// The byte that stands there; behind the end NUL, which JSON has nowhere.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }
}

fn boolean(at: usize, first: u8) -> Behind {
    match first {
        b't' => NonZero::new(at + 4),
        b'f' => NonZero::new(at + 5),
        _ => None,
    }
}
