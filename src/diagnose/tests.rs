//! Each mistake is really made, and found first; right signatures are never blamed.

mod head;
mod key;
mod payload;
mod right;
mod scope;
mod told;

use super::{Cause, Credential, Diagnosis, Input, Request, Subject, diagnose};
use crate::secret::Secret;
use crate::tc3::digest::{hex, sha256};
use crate::tc3::key::hmac;
use crate::tc3::{ALGORITHM, Values, canonical};

const NOW: u64 = 1_700_000_000;
const KEY: &str = "Sentinel-Key-0123456789";
const TOKEN: &str = "Sentinel-Token-0123456789";

/// A request and how it is signed, so that a test can change either.
#[derive(Debug)]
struct Sample {
    request: Request,
    /// The headers that are signed, with their values, in order.
    signed: Vec<(String, String)>,
    values: Values,
    /// The list in the header and, if it is another one there, in the canonical request.
    list: Option<String>,
    canonical_list: Option<String>,
    method: String,
    path: String,
    query: String,
    payload: String,
    rewrite: fn(String) -> String,
    algorithm: String,
    timestamp: String,
    date: String,
    service: String,
    first_key: Vec<u8>,
    hexed: bool,
    secret_id: String,
    input: Input,
}

impl Sample {
    fn post() -> Self {
        Self::new(
            "POST",
            "/",
            "application/json; charset=utf-8",
            b"{\"Limit\":1,\"Name\":\"a/b\"}",
        )
    }

    fn get(query: &str) -> Self {
        Self::new(
            "GET",
            &format!("/?{query}"),
            "application/x-www-form-urlencoded",
            b"",
        )
    }

    fn new(method: &str, target: &str, content_type: &str, body: &[u8]) -> Self {
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let request = Request {
            method: method.into(),
            target: target.into(),
            headers: vec![
                pair("Content-Type", content_type),
                pair("Host", "cvm.tencentcloudapi.com"),
                pair("X-TC-Action", "DescribeZones"),
                pair("X-TC-Region", "ap-guangzhou"),
                pair("X-TC-Timestamp", &NOW.to_string()),
            ],
            url_host: None,
            body: body.into(),
        };
        Self {
            signed: vec![
                pair("content-type", content_type),
                pair("host", "cvm.tencentcloudapi.com"),
                pair("x-tc-action", "DescribeZones"),
            ],
            values: Values::Lower,
            list: None,
            canonical_list: None,
            method: method.into(),
            path: "/".into(),
            query: target.split_once('?').map_or("", |(_, query)| query).into(),
            payload: hex(&sha256(body)),
            rewrite: |text| text,
            algorithm: ALGORITHM.into(),
            timestamp: NOW.to_string(),
            date: "2023-11-14".into(),
            service: "cvm".into(),
            first_key: [b"TC3", KEY.as_bytes()].concat(),
            hexed: false,
            secret_id: "id".into(),
            input: Input {
                subject: Subject::Text(String::new()),
                received: None,
                credential: Some(credential(KEY, None)),
                now: 1_700_000_000_000,
                service: None,
                canonical_request: None,
                string_to_sign: None,
            },
            request,
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        let headers = &mut self.request.headers;
        headers.retain(|(sent, _)| !sent.eq_ignore_ascii_case(name));
        headers.push((name.into(), value.into()));
    }

    fn sign_as(&mut self, name: &str, value: &str) {
        self.signed.retain(|(signed, _)| signed != name);
        self.signed.push((name.into(), value.into()));
        self.signed.sort();
    }

    fn hash(&mut self, body: &[u8]) {
        self.payload = hex(&sha256(body));
    }

    fn canonical_request(&self) -> String {
        let value = |value: &str| match self.values {
            Values::Lower => value.trim().to_ascii_lowercase(),
            Values::AsSent => value.into(),
        };
        let headers: Vec<(String, String)> = self
            .signed
            .iter()
            .map(|(name, signed)| (name.clone(), value(signed)))
            .collect();
        (self.rewrite)(canonical::write(
            (&self.method, &self.path, &self.query),
            &headers,
            self.canonical_list.as_ref().unwrap_or(&self.names()),
            &self.payload,
        ))
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.signed.iter().map(|(name, _)| name.as_str()).collect();
        names.join(";")
    }

    fn string_to_sign(&self) -> String {
        let hash = hex(&sha256(self.canonical_request().as_bytes()));
        format!(
            "{}\n{}\n{}/{}/tc3_request\n{hash}",
            self.algorithm, self.timestamp, self.date, self.service
        )
    }

    fn authorization(&self) -> String {
        let mut key = self.first_key.clone();
        for link in [self.date.as_str(), self.service.as_str(), "tc3_request"] {
            let next = hmac(&key, link.as_bytes());
            key = if self.hexed {
                hex(&next).into()
            } else {
                next.into()
            };
        }
        format!(
            "TC3-HMAC-SHA256 Credential={}/{}/{}/tc3_request, SignedHeaders={}, Signature={}",
            self.secret_id,
            self.date,
            self.service,
            self.list.clone().unwrap_or_else(|| self.names()),
            hex(&hmac(&key, self.string_to_sign().as_bytes()))
        )
    }

    /// Signs it, then lets `change` what is sent.
    fn diagnose_after(mut self, change: impl FnOnce(&mut Request)) -> Diagnosis {
        let authorization = self.authorization();
        self.set("Authorization", &authorization);
        change(&mut self.request);
        self.input.subject = Subject::Request(self.request);
        let diagnosis = diagnose(&self.input).unwrap_or_else(|why| panic!("{why}"));
        let text = serde_json::to_string(&diagnosis).unwrap_or_default();
        let lowered = text.to_lowercase();
        assert!(!lowered.contains("sentinel"), "{text}");
        diagnosis
    }

    fn diagnose(self) -> Diagnosis {
        self.diagnose_after(|_| {})
    }
}

fn credential(key: &str, token: Option<&str>) -> Credential {
    Credential {
        secret_id: "id".into(),
        secret_key: Secret::new(key.into()),
        token: token.map(|token| Secret::new(token.into())),
    }
}

/// The first cause is certain and the expected one, and says what it should.
fn first(diagnosis: &Diagnosis, cause: Cause, part: &str) {
    assert!(!diagnosis.ok);
    let Some(found) = diagnosis.causes.first() else {
        panic!("no cause instead of {cause:?}");
    };
    assert!(
        found.certain && found.cause == cause,
        "{cause:?}: {:#?}",
        diagnosis.causes
    );
    assert!(found.message.contains(part), "{}: {part}", found.message);
    assert!(!found.remedy.is_empty());
}

/// Makes one mistake when a POST is signed; nothing else is blamed.
fn post(change: impl FnOnce(&mut Sample), cause: Cause, part: &str) {
    let mut sample = Sample::post();
    change(&mut sample);
    let diagnosis = sample.diagnose();
    first(&diagnosis, cause, part);
    assert_eq!(diagnosis.causes.len(), 1, "{:#?}", diagnosis.causes);
}

/// Makes one mistake when a signed POST is sent.
fn sent(change: impl FnOnce(&mut Request), cause: Cause, part: &str) {
    first(&Sample::post().diagnose_after(change), cause, part);
}

/// Signs another query than is sent.
fn get(sent: &str, signed: &str, cause: Cause) {
    let mut sample = Sample::get(sent);
    sample.query = signed.into();
    let diagnosis = sample.diagnose();
    first(&diagnosis, cause, "query");
    assert_eq!(diagnosis.causes.len(), 1, "{sent} {signed}");
}
