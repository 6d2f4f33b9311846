//! What one signature has in common with the next of the same head, key and day. Only payload and time are new, so all other
//! bytes are hashed, or laid out and padded, once. What is hashed is that of [`super::canonical`], [`super::string_to_sign`]
//! and RFC 2104.

use super::ALGORITHM;
use super::canonical::CanonicalRequest;
use super::digest::Digest;
use super::key::SigningKey;
use super::message::Message;
use super::scope::CredentialScope;
use super::string_to_sign::StringToSign;
use crate::decimal::ten_digits;
use crate::hex::write_digits;

/// Stands for every timestamp from 2001 to 2286.
const TEN_DIGITS: u64 = 1_000_000_000;

/// A head that was signed before.
pub struct Template {
    day: u64,
    /// That of the signature before.
    timestamp: u64,
    /// The canonical request; its last line is the payload's digest.
    canonical: Message,
    /// The string to sign behind the key's inner pad; its last line is the canonical request's digest.
    inner: Message,
    /// The inner hash behind the key's outer pad.
    outer: Message,
}

impl Template {
    /// Of a head that is signed with this key.
    pub fn new(canonical: &CanonicalRequest, scope: &CredentialScope, key: &SigningKey) -> Self {
        let text = StringToSign::new(TEN_DIGITS, scope, &[0; 32]);
        let [inner, outer] = key.pads();
        Self {
            day: scope.day(),
            timestamp: TEN_DIGITS,
            canonical: Message::new(canonical.head().as_bytes(), &[0; 64]),
            inner: Message::new(inner.as_slice(), text.text().as_bytes()),
            outer: Message::new(outer.as_slice(), &[0; 32]),
        }
    }

    /// The signature with another payload at another time, in seconds; none on another day, which has another key.
    pub fn sign(&mut self, hashed_payload: &Digest, timestamp: u64) -> Option<Digest> {
        if timestamp / 86_400 != self.day {
            return None;
        }
        if timestamp != self.timestamp {
            *self.inner.at(ALGORITHM.len() + 1) = ten_digits(timestamp)?;
            self.timestamp = timestamp;
        }
        write_digits(self.canonical.end(), hashed_payload);
        write_digits(self.inner.end(), &self.canonical.hash());
        *self.outer.end() = self.inner.hash();
        Some(self.outer.hash())
    }
}

/// How many heads are kept.
const CAPACITY: usize = 64;

/// The heads that were signed last, by number; a later one with the same remainder takes an earlier one's place.
pub struct Templates([Option<(u32, Template)>; CAPACITY]);

impl Templates {
    /// None.
    pub const fn new() -> Self {
        Self([const { None }; CAPACITY])
    }

    /// Keeps one.
    pub fn keep(&mut self, number: u32, template: Template) {
        self.0[number as usize % CAPACITY] = Some((number, template));
    }

    /// The one with this number, if it is still there.
    pub fn get(&mut self, number: u32) -> Option<&mut Template> {
        let (kept, template) = self.0[number as usize % CAPACITY].as_mut()?;
        (*kept == number).then_some(template)
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.fill_with(|| None);
    }
}
