//! Reads JSON text strictly (RFC 8259), one value at a time, without building anything.
//!
//! It is a leaf: the request's check and the answer's reading both walk with it. Depth is bounded, so no
//! input can exhaust the stack.

use std::borrow::Cow;

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
    /// A number without fraction and exponent; `wide` beyond what a JavaScript number holds exactly.
    Integer {
        /// Whether its magnitude is above 2^53 - 1.
        wide: bool,
    },
    /// Any other number.
    Float,
    /// A text.
    String,
    /// A list.
    Array,
    /// Members.
    Object,
}

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
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
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of a text; a byte order mark is passed over.
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { text, at, depth: 0 }
    }

    /// The kind of the next value, without passing it (for numbers see [`Scanner::value`]).
    pub fn peek(&mut self) -> Result<Kind, Error> {
        self.skip_space();
        match self.byte()? {
            b'n' => Ok(Kind::Null),
            b't' | b'f' => Ok(Kind::Boolean),
            b'"' => Ok(Kind::String),
            b'[' => Ok(Kind::Array),
            b'{' => Ok(Kind::Object),
            b'-' | b'0'..=b'9' => Ok(Kind::Float),
            _ => Err(Error::Syntax(self.at)),
        }
    }

    /// Where the next byte stands; behind [`Scanner::peek`], where the next value begins.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Passes one value, whatever it is, and gives its kind.
    pub fn value(&mut self) -> Result<Kind, Error> {
        let kind = self.peek()?;
        match kind {
            Kind::Null => self.word("null")?,
            Kind::Boolean if self.byte()? == b't' => self.word("true")?,
            Kind::Boolean => self.word("false")?,
            Kind::String => {
                self.string()?;
            }
            Kind::Integer { .. } | Kind::Float => return self.number(),
            Kind::Array => {
                let mut more = self.open(b'[')?;
                while more {
                    self.value()?;
                    more = self.next(b']')?;
                }
            }
            Kind::Object => {
                let mut more = self.open(b'{')?;
                while more {
                    self.key()?;
                    self.value()?;
                    more = self.next(b'}')?;
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
        Ok((kind, &self.text[start..self.at]))
    }

    /// Enters an array (`[`) or an object (`{`); whether there is something in it.
    pub fn open(&mut self, bracket: u8) -> Result<bool, Error> {
        self.expect(bracket)?;
        if self.depth == MAX_DEPTH {
            return Err(Error::Depth);
        }
        self.depth += 1;
        self.skip_space();
        // The closing bracket is two after the opening one, in ASCII, for both kinds.
        if self.byte()? == bracket + 2 {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        Ok(true)
    }

    /// Passes the comma after an element, or leaves through the closing bracket; whether there is more.
    pub fn next(&mut self, close: u8) -> Result<bool, Error> {
        self.skip_space();
        let byte = self.byte()?;
        if byte == b',' {
            self.at += 1;
            return Ok(true);
        }
        self.expect(close)?;
        self.depth -= 1;
        Ok(false)
    }

    /// Passes a member's name and its colon; gives the name, unescaped.
    pub fn key(&mut self) -> Result<Cow<'a, str>, Error> {
        self.raw_key().map(unescape)
    }

    /// The same, still escaped.
    pub fn raw_key(&mut self) -> Result<&'a str, Error> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes a text; gives what stands between its quotation marks, still escaped.
    pub fn string(&mut self) -> Result<&'a str, Error> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    self.at += 1;
                    match self.byte()? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
                        b'u' => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.byte()?.is_ascii_hexdigit() {
                                    return Err(Error::Syntax(self.at));
                                }
                                self.at += 1;
                            }
                        }
                        _ => return Err(Error::Syntax(self.at)),
                    }
                }
                0..=0x1f => return Err(Error::Syntax(self.at)),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Ok(&self.text[start..self.at - 1])
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Error> {
        self.skip_space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Error::Syntax(self.at))
        }
    }

    fn number(&mut self) -> Result<Kind, Error> {
        if self.byte()? == b'-' {
            self.at += 1;
        }
        let start = self.at;
        self.digits()?;
        let digits = &self.text[start..self.at];
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(Error::Syntax(start));
        }
        let mut kind = Kind::Integer {
            wide: digits.len() > MAX_SAFE.len()
                || (digits.len() == MAX_SAFE.len() && digits > MAX_SAFE),
        };
        if self.is(b".") {
            self.at += 1;
            self.digits()?;
            kind = Kind::Float;
        }
        if self.is(b"eE") {
            self.at += 1;
            if self.is(b"+-") {
                self.at += 1;
            }
            self.digits()?;
            kind = Kind::Float;
        }
        Ok(kind)
    }

    fn digits(&mut self) -> Result<(), Error> {
        if !self.byte()?.is_ascii_digit() {
            return Err(Error::Syntax(self.at));
        }
        while self.is(b"0123456789") {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        for byte in word.bytes() {
            self.expect_here(byte)?;
        }
        Ok(())
    }

    fn expect(&mut self, byte: u8) -> Result<(), Error> {
        self.skip_space();
        self.expect_here(byte)
    }

    fn expect_here(&mut self, byte: u8) -> Result<(), Error> {
        if self.byte()? != byte {
            return Err(Error::Syntax(self.at));
        }
        self.at += 1;
        Ok(())
    }

    fn byte(&self) -> Result<u8, Error> {
        self.text.as_bytes().get(self.at).copied().ok_or(Error::End)
    }

    fn is(&self, any: &[u8]) -> bool {
        self.byte().is_ok_and(|byte| any.contains(&byte))
    }

    fn skip_space(&mut self) {
        while self.is(b" \t\n\r") {
            self.at += 1;
        }
    }
}

/// The text that an escaped text means; half a surrogate pair becomes U+FFFD.
pub fn unescape(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('\\') {
        return Cow::Borrowed(escaped);
    }
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = after.chars();
        let escape = chars.next();
        rest = chars.as_str();
        match escape {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => rest = push_unicode(&mut text, rest),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Appends what the digits after `\u` mean, a pair of surrogates as one; gives what follows.
fn push_unicode<'a>(text: &mut String, digits: &'a str) -> &'a str {
    let unit = |digits: &str| u32::from_str_radix(digits.get(..4)?, 16).ok();
    let Some(first) = unit(digits) else {
        return digits;
    };
    let rest = digits.get(4..).unwrap_or_default();
    let second = rest.strip_prefix("\\u").and_then(unit);
    if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (first, second) {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return rest.get(6..).unwrap_or_default();
    }
    text.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

#[cfg(test)]
mod tests;
