//! What one call signs, as js/head.ts writes it.

use super::values::{pairs, split, text};
#[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
use crate::call::Choice;
#[cfg(any(feature = "signer", feature = "web"))]
use crate::call::{self, Prepared};
use crate::call::{Credential, Payload};
use crate::errors::Problems;
use crate::request::Head;
use crate::secret::Secret;
#[cfg(feature = "client")]
use crate::service::Table;
#[cfg(any(feature = "signer", feature = "web"))]
use crate::tc3::KeyCache;
#[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
use crate::tc3::Values;

/// The head's values, in the order in which js/head.ts writes them; extra headers follow in pairs.
const HEAD: usize = 19;

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
}

impl<'a> Input<'a> {
    pub fn decode(
        head: &'a [u8],
        count: usize,
        key: &[u8],
        timestamp: f64,
    ) -> Result<Self, Problems> {
        let mut values = split(head, count)?;
        let mut texts = [""; HEAD];
        for text in &mut texts {
            *text = values.next().unwrap_or_default();
        }
        let value = |at: usize| texts[at];
        let flag = |letter: u8| value(18).bytes().any(|byte| byte == letter);
        Ok(Self {
            credential: Credential {
                secret_id: value(0),
                secret: Secret::new(text(key).into()),
            },
            head: Head {
                token: value(1),
                method: value(2),
                service: value(3),
                scheme: value(4),
                endpoint: value(5),
                host: value(6),
                sent_host: value(7),
                action: value(8),
                version: value(9),
                region: value(10),
                content_type: value(11),
                language: value(12),
                request_client: value(13),
                trace_id: value(14),
                query: value(15),
                unsigned_payload: flag(b'u'),
                insecure_http: flag(b'i'),
                extra: pairs(values),
                timestamp,
            },
            #[cfg(any(feature = "signer", feature = "inspect", feature = "web"))]
            choice: Choice {
                signed_headers: value(16),
                values: if flag(b'a') {
                    Values::AsSent
                } else {
                    Values::Lower
                },
            },
            payload_hash: value(17),
            #[cfg(feature = "client")]
            dry_run: flag(b'd'),
            #[cfg(feature = "client")]
            validate: !flag(b'n'),
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
            Payload::checked(table, head.action, head.region, payload)
        } else {
            Ok((Payload::unchecked(payload), Problems::default()))
        };
        call::prepare(table, &self.credential, head, self.choice, payload, keys)
    }
}
