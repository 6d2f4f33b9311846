//! Reads JSON text strictly (RFC 8259), one value at a time, without building anything.
//!
//! It is a leaf: the request's check and the answer's reading both walk with it. Depth is bounded, so no
//! input can exhaust the stack.

use crate::text::holds;
use core::str::Chars;

/// How deep arrays and objects may stand in each other.
pub const MAX_DEPTH: usize = 128;

/// The largest integer that a JavaScript number holds exactly, 2^53 - 1, in digits.
const MAX_SAFE: &str = "9007199254740991";

/// What kind of value stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without fraction and exponent, which a JavaScript number holds exactly.
    Integer,
    /// One whose magnitude is above 2^53 - 1.
    Wide,
    /// Any other number.
    Float,
    /// A text.
    String,
    /// A list.
    Array,
    /// Members.
    Object,
}

/// The text is not JSON from somewhere on: [`Scanner::why`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error;

impl Kind {
    /// Whether it is a number without fraction and exponent.
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Integer | Self::Wide)
    }
}

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something else than JSON stands at this byte.
    Syntax(usize),
    /// The text ends too early.
    End,
    /// Deeper than [`MAX_DEPTH`].
    Depth,
}

/// A position in a JSON text.
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    wide: bool,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of a text; a byte order mark is passed over.
    pub fn new(text: &'a str) -> Self {
        let marked = text.as_bytes().starts_with(b"\xef\xbb\xbf");
        Self {
            text,
            at: if marked { 3 } else { 0 },
            depth: 0,
            wide: false,
        }
    }

    /// The kind of the next value, without passing it (for numbers see [`Scanner::value`]).
    pub fn peek(&mut self) -> Result<Kind, Error> {
        self.skip_space();
        match self.byte() {
            b'n' => Ok(Kind::Null),
            b't' | b'f' => Ok(Kind::Boolean),
            b'"' => Ok(Kind::String),
            b'[' => Ok(Kind::Array),
            b'{' => Ok(Kind::Object),
            b'-' | b'0'..=b'9' => Ok(Kind::Float),
            _ => Err(Error),
        }
    }

    /// Where the next byte stands; behind [`Scanner::peek`], where the next value begins.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Whether an integer was passed that is beyond what a JavaScript number holds exactly.
    pub fn passed_wide(&self) -> bool {
        self.wide
    }

    /// Why the last step failed.
    pub fn why(&self) -> Why {
        if self.depth > MAX_DEPTH {
            Why::Depth
        } else if self.at < self.text.len() {
            Why::Syntax(self.at)
        } else {
            Why::End
        }
    }

    /// Passes one value, whatever it is, and gives its kind.
    pub fn value(&mut self) -> Result<Kind, Error> {
        let kind = self.peek()?;
        let first = self.byte();
        match kind {
            Kind::Integer | Kind::Wide | Kind::Float => return self.number(),
            Kind::String => {
                self.pass_string()?;
            }
            Kind::Array | Kind::Object => {
                let mut more = self.open(first)?;
                while more {
                    if kind == Kind::Object {
                        self.raw_key()?;
                    }
                    self.value()?;
                    more = self.next(close_of(first))?;
                }
            }
            Kind::Null | Kind::Boolean => {
                let word = match first {
                    b'n' => "null",
                    b't' => "true",
                    _ => "false",
                };
                for byte in word.bytes() {
                    self.expect_here(byte)?;
                }
            }
        }
        Ok(kind)
    }

    /// Passes one value and gives its text, as it stands.
    pub fn raw_value(&mut self) -> Result<(Kind, &'a str), Error> {
        self.skip_space();
        let start = self.at;
        let kind = self.value()?;
        Ok((kind, self.text_since(start)))
    }

    /// Enters an array (`[`) or an object (`{`); whether there is something in it.
    pub fn open(&mut self, bracket: u8) -> Result<bool, Error> {
        self.skip_space();
        if self.byte() == bracket && self.depth == MAX_DEPTH {
            self.depth += 1;
            return Err(Error);
        }
        self.expect_here(bracket)?;
        self.depth += 1;
        self.skip_space();
        let empty = self.byte() == close_of(bracket);
        if empty {
            self.at += 1;
            self.depth -= 1;
        }
        Ok(!empty)
    }

    /// Passes the comma after an element, or leaves through the closing bracket; whether there is more.
    pub fn next(&mut self, close: u8) -> Result<bool, Error> {
        self.skip_space();
        if self.byte() == b',' {
            self.at += 1;
            return Ok(true);
        }
        self.expect_here(close)?;
        self.depth -= 1;
        Ok(false)
    }

    /// Passes a member's name and its colon; gives the name, unescaped.
    pub fn key(&mut self) -> Result<String, Error> {
        self.raw_key().map(unescape)
    }

    /// The same, still escaped.
    pub fn raw_key(&mut self) -> Result<&'a str, Error> {
        let key = self.string()?;
        self.skip_space();
        self.expect_here(b':')?;
        Ok(key)
    }

    /// Passes a text; gives what stands between its quotation marks, still escaped.
    pub fn string(&mut self) -> Result<&'a str, Error> {
        let start = self.pass_string()?;
        Ok(&self.text[start..self.at - 1])
    }

    /// The same; gives only where the text begins, behind its quotation mark.
    fn pass_string(&mut self) -> Result<usize, Error> {
        self.skip_space();
        self.expect_here(b'"')?;
        let start = self.at;
        // Most bytes of an answer pass here: a place of its own for `at` keeps the loop tight.
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            let byte = bytes.get(at).copied().unwrap_or(0);
            if byte == b'"' || byte == b'\\' || byte < 0x20 {
                self.at = at;
                match byte {
                    b'"' => break,
                    b'\\' => self.escape()?,
                    _ => return Err(Error),
                }
                at = self.at;
            } else {
                at += 1;
            }
        }
        self.at += 1;
        Ok(start)
    }

    /// Passes whatever one byte stands next; `None` at the end.
    pub fn sign(&mut self) -> Option<u8> {
        let sign = self.text.as_bytes().get(self.at).copied();
        self.at += usize::from(sign.is_some());
        sign
    }

    /// Whether this byte stands next, behind white space.
    pub fn stands(&mut self, byte: u8) -> bool {
        self.skip_space();
        self.byte() == byte
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Error> {
        self.skip_space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Error)
        }
    }

    fn escape(&mut self) -> Result<(), Error> {
        self.at += 1;
        match self.byte() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.byte().is_ascii_hexdigit() {
                        return Err(Error);
                    }
                    self.at += 1;
                }
            }
            _ => return Err(Error),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Kind, Error> {
        self.pass(b"-");
        let start = self.at;
        self.digits()?;
        let length = self.at - start;
        if length > 1 && self.text.as_bytes().get(start) == Some(&b'0') {
            self.at = start;
            return Err(Error);
        }
        let wide = length > MAX_SAFE.len()
            || (length == MAX_SAFE.len() && self.text_since(start) > MAX_SAFE);
        let mut kind = if wide { Kind::Wide } else { Kind::Integer };
        if !matches!(self.byte(), b'.' | b'e' | b'E') {
            self.wide |= wide;
            return Ok(kind);
        }
        if self.pass(b".") {
            self.digits()?;
            kind = Kind::Float;
        }
        if self.pass(b"eE") {
            self.pass(b"+-");
            self.digits()?;
            kind = Kind::Float;
        }
        self.wide |= kind == Kind::Wide;
        Ok(kind)
    }

    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { Err(Error) } else { Ok(()) }
    }

    /// Passes one of these bytes, if one stands here.
    fn pass(&mut self, any: &[u8]) -> bool {
        let passes = any.contains(&self.byte());
        self.at += usize::from(passes);
        passes
    }

    fn expect_here(&mut self, byte: u8) -> Result<(), Error> {
        if self.byte() != byte {
            return Err(Error);
        }
        self.at += 1;
        Ok(())
    }

    /// The byte that stands here; at the end NUL, which JSON has nowhere.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn text_since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// Answers have no space between their parts: that is found out on the spot.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn skip_space(&mut self) {
        if self.byte() <= b' ' {
            self.pass_space();
        }
    }

    #[inline(never)]
    fn pass_space(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }
}

/// The closing bracket is two after the opening one, in ASCII, for both kinds.
fn close_of(bracket: u8) -> u8 {
    bracket + 2
}

/// Whether an escaped text means `plain`.
pub fn means(escaped: &str, plain: &str) -> bool {
    escaped == plain || (is_escaped(escaped) && unescape(escaped) == plain)
}

/// Whether a text holds an escape, so that it means another one.
pub fn is_escaped(text: &str) -> bool {
    holds(text, b'\\')
}

/// The text that an escaped text means; half a surrogate pair becomes U+FFFD.
pub fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped.chars();
    while let Some(char) = rest.next() {
        let meant = match char {
            '\\' => match rest.next() {
                Some('b') => Some('\u{8}'),
                Some('f') => Some('\u{c}'),
                Some('n') => Some('\n'),
                Some('r') => Some('\r'),
                Some('t') => Some('\t'),
                Some('u') => unicode(&mut rest),
                other => other,
            },
            other => Some(other),
        };
        text.extend(meant);
    }
    text
}

/// What the digits after `\u` mean, a pair of surrogates as one; `None` where there are no digits.
fn unicode(rest: &mut Chars<'_>) -> Option<char> {
    let mut code = unit(rest)?;
    let mut ahead = rest.clone();
    if matches!(code, 0xd800..0xdc00)
        && ahead.next() == Some('\\')
        && ahead.next() == Some('u')
        && let Some(low @ 0xdc00..0xe000) = unit(&mut ahead)
    {
        code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        *rest = ahead;
    }
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The number of four hexadecimal digits.
fn unit(rest: &mut Chars<'_>) -> Option<u32> {
    let mut ahead = rest.clone();
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit * 16 + ahead.next()?.to_digit(16)?;
    }
    *rest = ahead;
    Some(unit)
}

#[cfg(test)]
mod tests;
