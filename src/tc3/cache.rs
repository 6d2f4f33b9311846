//! Signing keys that were derived before: at most 64, zeroed when they leave.

use super::digest::Digest;
use super::key::SigningKey;
use super::scope::CredentialScope;
use crate::secret::Secret;
use sha2::{Digest as _, Sha256};

/// How many keys are kept.
const CAPACITY: usize = 64;

/// A bounded cache of signing keys; the least recently used one makes room.
#[derive(Default)]
pub struct KeyCache {
    entries: Vec<Option<Entry>>,
    uses: u64,
}

struct Entry {
    id: Digest,
    date: String,
    last_use: u64,
    key: SigningKey,
}

impl KeyCache {
    /// An empty one.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            uses: 0,
        }
    }

    /// The signing key of a secret for a scope, derived or remembered. Entries of an earlier date than the
    /// scope's are dropped when a new one comes: they will not sign again.
    pub fn signing_key(&mut self, secret: &Secret, scope: &CredentialScope) -> SigningKey {
        self.uses += 1;
        let id = entry_id(secret, scope);
        for entry in self.entries.iter_mut().flatten() {
            if entry.id == id {
                entry.last_use = self.uses;
                return entry.key.clone();
            }
        }
        let key = SigningKey::derive(secret, scope);
        self.drop_before(scope.date());
        let entry = Entry {
            id,
            date: scope.date().into(),
            last_use: self.uses,
            key: key.clone(),
        };
        self.insert(entry);
        key
    }

    /// Forgets every key.
    pub fn clear(&mut self) {
        for slot in &mut self.entries {
            *slot = None;
        }
    }

    /// How many keys are remembered.
    pub fn len(&self) -> usize {
        self.entries.iter().flatten().count()
    }

    /// Whether no key is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn drop_before(&mut self, date: &str) {
        for slot in &mut self.entries {
            if slot
                .as_ref()
                .is_some_and(|entry| entry.date.as_str() < date)
            {
                *slot = None;
            }
        }
    }

    /// Slots are overwritten in place, never moved: a moved entry would leave its bytes behind.
    fn insert(&mut self, entry: Entry) {
        if self.entries.capacity() == 0 {
            self.entries.reserve_exact(CAPACITY);
        }
        let full = self.entries.len() == CAPACITY;
        let oldest = self
            .entries
            .iter_mut()
            .min_by_key(|slot| slot.as_ref().map_or(0, |entry| entry.last_use));
        match oldest {
            Some(slot) if full || slot.is_none() => *slot = Some(entry),
            _ => self.entries.push(Some(entry)),
        }
    }
}

/// SHA-256 over the length-prefixed secret, date and service, so that no two triples share an id.
fn entry_id(secret: &Secret, scope: &CredentialScope) -> Digest {
    let mut hash = Sha256::new();
    for part in [
        secret.expose(),
        scope.date().as_bytes(),
        scope.service().as_bytes(),
    ] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
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
        let ids: Vec<_> = cache.entries.iter().flatten().map(|e| e.id).collect();
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
