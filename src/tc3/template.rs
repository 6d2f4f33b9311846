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

    /// Keeps one, and drops those of an earlier date, which will not sign again.
    pub fn keep(&mut self, number: u32, template: Template) {
        for slot in &mut self.0 {
            if slot
                .as_ref()
                .is_some_and(|(_, kept)| kept.day < template.day)
            {
                *slot = None;
            }
        }
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

#[cfg(test)]
mod tests {
    use super::{Template, Templates};
    use crate::secret::Secret;
    use crate::tc3::canonical::{CanonicalRequest, Signable, Values};
    use crate::tc3::digest::sha256;
    use crate::tc3::key::SigningKey;
    use crate::tc3::scope::CredentialScope;
    use crate::tc3::signature::signature;
    use crate::tc3::string_to_sign::StringToSign;

    const NOW: u64 = 1_700_000_000;

    fn canonical(action: &str, payload: &[u8]) -> CanonicalRequest {
        CanonicalRequest::of(&Signable {
            method: "POST",
            query: "",
            headers: &[
                ("content-type", "application/json"),
                ("host", "h"),
                ("x-tc-action", action),
            ],
            values: Values::Lower,
            hashed_payload: sha256(payload),
        })
    }

    fn key(service: &str) -> SigningKey {
        let scope = CredentialScope::new(NOW, service);
        SigningKey::derive(&Secret::new("key".into()), &scope)
    }

    /// Every length, since blocks and their padding begin elsewhere with each.
    #[test]
    fn it_signs_as_all_the_steps_do() {
        for length in 0..200 {
            let (action, service) = ("A".repeat(length), "s".repeat(length));
            let scope = CredentialScope::new(NOW, &service);
            let mut template =
                Template::new(&canonical(&action, b"before"), &scope, &key(&service));
            for timestamp in [NOW, NOW + 1, NOW] {
                let payload = vec![b'x'; length];
                let hash = canonical(&action, &payload).hash();
                let text = StringToSign::new(timestamp, &scope, &hash);
                let expected = signature(&key(&service), &text);
                let again = template.sign(&sha256(&payload), timestamp);
                assert_eq!(again, Some(expected), "{length}");
            }
        }
    }

    #[test]
    fn another_day_has_another_key() {
        let scope = CredentialScope::new(NOW, "s");
        let mut template = Template::new(&canonical("A", b""), &scope, &key("s"));
        let digest = sha256(b"");
        let midnight = NOW - NOW % 86_400;
        assert!(template.sign(&digest, midnight).is_some());
        assert!(template.sign(&digest, midnight + 86_399).is_some());
        for other in [0, midnight - 1, midnight + 86_400, u64::MAX] {
            assert_eq!(template.sign(&digest, other), None);
        }
    }

    /// The day on which timestamps got their tenth digit.
    #[test]
    fn nine_digits_are_signed_in_all_steps() {
        let scope = CredentialScope::new(1_000_000_000, "s");
        let mut template = Template::new(&canonical("A", b""), &scope, &key("s"));
        assert_eq!(template.sign(&sha256(b""), 999_999_999), None);
        assert!(template.sign(&sha256(b""), 1_000_000_000).is_some());
    }

    #[test]
    fn a_later_number_takes_the_place_of_an_earlier_one() {
        let template = || {
            Template::new(
                &canonical("A", b""),
                &CredentialScope::new(NOW, "s"),
                &key("s"),
            )
        };
        let mut templates = Templates::new();
        assert!(templates.get(1).is_none());
        for number in 1..=65 {
            templates.keep(number, template());
        }
        assert!(templates.get(1).is_none());
        assert!(templates.get(65).is_some() && templates.get(2).is_some());
        let scope = CredentialScope::new(NOW + 86_400, "s");
        templates.keep(66, Template::new(&canonical("A", b""), &scope, &key("s")));
        assert!(templates.get(65).is_none() && templates.get(66).is_some());
        templates.clear();
        assert!(templates.get(66).is_none());
    }
}
