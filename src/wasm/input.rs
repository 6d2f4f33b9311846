//! What one call signs, as js/head.ts writes it.

use super::values::{pairs, split, text};
#[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
use crate::call::Choice;
#[cfg(any(feature = "signer", feature = "web"))]
use crate::call::{self, Prepared};
use crate::call::{Credential, Payload};
use crate::errors::Problems;
use crate::request::Head;
#[cfg(feature = "client")]
use crate::request::Member;
use crate::secret::Secret;
#[cfg(feature = "client")]
use crate::service::Table;
#[cfg(any(feature = "signer", feature = "web"))]
use crate::tc3::KeyCache;
#[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
use crate::tc3::Values;
use crate::text::{holds, join};

/// What one call signs.
pub(super) struct Input<'a> {
    pub credential: Credential<'a>,
    pub head: Head<'a>,
    #[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
    pub choice: Choice<'a>,
    payload_hash: &'a str,
    /// Whether nothing may change, as the caller asks.
    #[cfg(feature = "client")]
    pub dry_run: bool,
    /// Whether the payload is held against the table.
    #[cfg(feature = "client")]
    validate: bool,
    /// Whether a call that no table knows carries no signature.
    #[cfg(feature = "client")]
    unsigned: bool,
}

impl<'a> Input<'a> {
    pub fn decode(
        head: &'a [u8],
        count: usize,
        key: &[u8],
        timestamp: f64,
    ) -> Result<Self, Problems> {
        // In the order in which js/head.ts writes them; extra headers follow in pairs.
        let mut values = split(head, count)?;
        let secret_id = values.next().unwrap_or_default();
        let mut head = Head {
            timestamp,
            ..Head::default()
        };
        for text in &mut head.texts {
            *text = values.next().unwrap_or_default();
        }
        let mut value = || values.next().unwrap_or_default();
        // The older signatures choose no headers.
        #[cfg_attr(
            not(any(feature = "signer", feature = "inspect", feature = "web")),
            allow(unused_variables)
        )]
        let (signed_headers, payload_hash, flags) = (value(), value(), value());
        let flag = |letter| holds(flags, letter);
        head.unsigned_payload = flag(b'u');
        head.insecure_http = flag(b'i');
        head.extra = pairs(values);
        Ok(Self {
            credential: Credential {
                secret_id,
                secret: Secret::new(join(&[text(key)])),
            },
            #[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
            choice: Choice {
                signed_headers,
                values: if flag(b'a') {
                    Values::AsSent
                } else {
                    Values::Lower
                },
                keep: 0,
            },
            payload_hash,
            #[cfg(feature = "client")]
            dry_run: flag(b'd'),
            #[cfg(feature = "client")]
            validate: !flag(b'n'),
            #[cfg(feature = "client")]
            unsigned: flag(b's'),
            head,
        })
    }

    /// The payload's bytes, or where a digest was given, the `length` bytes that it stands for.
    pub fn payload<'b>(&self, bytes: &'b [u8], length: usize) -> Result<Payload<'b>, Problems> {
        match self.payload_hash {
            "" => Ok(Payload::unchecked(bytes)),
            digest => Payload::hashed(digest, length),
        }
    }

    #[cfg(any(feature = "signer", feature = "web"))]
    pub fn prepare(
        &self,
        payload: &Payload<'_>,
        keys: &mut KeyCache,
    ) -> Result<Prepared, Problems> {
        #[cfg(feature = "client")]
        if self.unsigned {
            return call::skip(&self.head, payload);
        }
        call::sign(&self.credential, &self.head, self.choice, payload, keys)
    }

    /// The same for an action of a table, which checks the payload unless it is sent as it is; and what is doubtful in it.
    #[cfg(feature = "client")]
    pub fn prepare_action(
        &self,
        table: &Table<'_>,
        payload: &[u8],
        keys: &mut KeyCache,
    ) -> Result<(Prepared, Problems), Problems> {
        let Self { head, .. } = self;
        let payload = if self.validate {
            Payload::checked(table, head[Member::Action], head[Member::Region], payload)
        } else {
            Ok((Payload::unchecked(payload), Problems::default()))
        };
        call::prepare(table, &self.credential, head, self.choice, payload, keys)
    }
}
