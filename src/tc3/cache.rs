//! Signing keys that were derived before and heads that were signed with them: at most 64 of each, zeroed when they leave.

use super::digest::Digest;
use super::key::SigningKey;
use super::scope::CredentialScope;
use super::template::{Template, Templates};
use crate::secret::Secret;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroize;

/// How many keys are kept.
const CAPACITY: usize = 64;

/// A bounded cache of signing keys; the least recently used one makes room. Slots are overwritten in place, never moved:
/// a moved one would leave its bytes behind.
pub struct KeyCache {
    slots: [Slot; CAPACITY],
    uses: u64,
    templates: Templates,
}

/// A remembered key.
struct Slot {
    id: Digest,
    /// The scope's, in days since 1970.
    day: u64,
    /// 0 where the slot is free.
    last_use: u64,
    key: Digest,
}

const FREE: Slot = Slot {
    id: [0; 32],
    day: 0,
    last_use: 0,
    key: [0; 32],
};

impl Slot {
    fn wipe(&mut self) {
        self.key.zeroize();
        *self = FREE;
    }
}

impl KeyCache {
    /// An empty one.
    pub const fn new() -> Self {
        Self {
            slots: [FREE; CAPACITY],
            uses: 0,
            templates: Templates::new(),
        }
    }

    /// The signing key of a secret for a scope, derived or remembered. Entries of an earlier date than the
    /// scope's are dropped when a new one comes: they will not sign again.
    pub fn signing_key(&mut self, secret: &Secret, scope: &CredentialScope) -> SigningKey {
        self.uses += 1;
        let id = entry_id(secret, scope);
        for slot in &mut self.slots {
            if slot.id == id {
                slot.last_use = self.uses;
                return SigningKey::remembered(&slot.key);
            }
        }
        let key = SigningKey::derive(secret, scope);
        for slot in &mut self.slots {
            if slot.day < scope.day() {
                slot.wipe();
            }
        }
        let oldest = self.slots.iter_mut().reduce(|oldest, slot| {
            if slot.last_use < oldest.last_use {
                slot
            } else {
                oldest
            }
        });
        if let Some(slot) = oldest {
            slot.id = id;
            slot.day = scope.day();
            slot.last_use = self.uses;
            slot.key = *key.expose();
        }
        key
    }

    /// Keeps what the next signature has in common with this one.
    pub(super) fn keep(&mut self, number: u32, template: Template) {
        self.templates.keep(number, template);
    }

    /// The signature of another payload under the head that was kept with this number, in the same day; none where it was not.
    pub fn sign_again(
        &mut self,
        number: u32,
        hashed_payload: &Digest,
        timestamp: u64,
    ) -> Option<Digest> {
        self.templates.get(number)?.sign(hashed_payload, timestamp)
    }

    /// Forgets every key.
    pub fn clear(&mut self) {
        self.templates.clear();
        for slot in &mut self.slots {
            slot.wipe();
        }
    }

    /// How many keys are remembered.
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|slot| slot.last_use > 0).count()
    }

    /// Whether no key is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for KeyCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for KeyCache {
    fn drop(&mut self) {
        self.clear();
    }
}

/// SHA-256 over scope and secret. A scope holds two slashes and ends with a known word, so no two pairs share an id.
fn entry_id(secret: &Secret, scope: &CredentialScope) -> Digest {
    let mut hash = Sha256::new();
    hash.update(scope.text());
    hash.update(secret.expose());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, CredentialScope, KeyCache, Secret};

    fn secret(n: usize) -> Secret {
        Secret::new(format!("secret {n}"))
    }

    #[test]
    fn it_stays_within_its_bound_and_keeps_the_latest() {
        let mut cache = KeyCache::default();
        let scope = CredentialScope::new(1_700_000_000, "cvm");
        for n in 0..1000 {
            cache.signing_key(&secret(n), &scope);
            cache.signing_key(&secret(0), &scope);
        }
        assert_eq!(cache.len(), CAPACITY);
        let ids: Vec<_> = cache.slots.iter().map(|slot| slot.id).collect();
        assert!(ids.contains(&super::entry_id(&secret(0), &scope)));
        assert!(ids.contains(&super::entry_id(&secret(999), &scope)));
        assert!(!ids.contains(&super::entry_id(&secret(900), &scope)));
    }

    #[test]
    fn a_later_date_drops_the_earlier_ones() {
        let mut cache = KeyCache::default();
        for n in 0..10 {
            cache.signing_key(&secret(n), &CredentialScope::new(1_700_000_000, "cvm"));
        }
        cache.signing_key(&secret(0), &CredentialScope::new(1_700_086_400, "cvm"));
        assert_eq!(cache.len(), 1);
        cache.clear();
        assert!(cache.is_empty());
    }

    #[test]
    fn secret_date_and_service_do_not_run_into_each_other() {
        let a = super::entry_id(&Secret::new("a".into()), &CredentialScope::new(0, "bc"));
        let b = super::entry_id(&Secret::new("a".into()), &CredentialScope::new(0, "b"));
        assert_ne!(a, b);
    }
}
