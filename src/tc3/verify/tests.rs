//! Each check fails for its own reason, and only for that.

use super::{
    Check, Received, UNSIGNED_PAYLOAD, Verification, WINDOW_MS, verify_again, verify_and_keep,
};
use crate::secret::Secret;
use crate::tc3::digest::{Digest, sha256, unhex};
use crate::tc3::{KeyCache, Signable, Values, sign};
use proptest::prelude::*;

const NOW: u64 = 1_700_000_000;
const BODY: &[u8] = br#"{"ServiceId":"s"}"#;

struct Sample {
    method: &'static str,
    target: &'static str,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sample {
    /// A rightly signed request.
    fn signed() -> Self {
        let signed = [
            ("content-type", "application/json"),
            ("host", "iotvideo.tencentcloudapi.com"),
            ("x-tc-action", "RefundStorageService"),
        ];
        let authorization = sign(
            "id",
            &Secret::new("key".into()),
            "iotvideo",
            NOW,
            &Signable {
                method: "POST",
                query: "",
                headers: &signed,
                values: Values::Lower,
                hashed_payload: sha256(BODY),
            },
            &mut KeyCache::default(),
            0,
        );
        let mut headers: Vec<(String, String)> = signed
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        headers.push(("X-TC-Timestamp".into(), NOW.to_string()));
        headers.push(("Authorization".into(), authorization));
        Self {
            method: "POST",
            target: "/",
            headers,
            body: BODY.into(),
        }
    }

    fn with(mut self, name: &str, change: impl Fn(&str) -> String) -> Self {
        for (sent, value) in &mut self.headers {
            if sent.eq_ignore_ascii_case(name) {
                *value = change(value);
            }
        }
        self
    }

    fn verify_at(&self, now_ms: i64) -> Verification {
        self.verify_and_keep(now_ms, None)
    }

    fn verify_and_keep(&self, now_ms: i64, keep: Option<(u32, &mut KeyCache)>) -> Verification {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let received = Received {
            method: self.method,
            target: self.target,
            headers: &headers,
            body: &self.body,
        };
        let lookup = |id: &str| (id == "id").then(|| Secret::new("key".into()));
        verify_and_keep(&received, Some("iotvideo"), now_ms, lookup, keep)
    }

    fn signature(&self) -> Digest {
        let (_, authorization) = self.headers.last().expect("the Authorization");
        unhex(&authorization[authorization.len() - 64..]).expect("a signature")
    }

    fn check(&self, expected: &[Check]) {
        let found = self.verify_at(1_700_000_000_000);
        let checks: Vec<Check> = found.problems.iter().map(|p| p.check).collect();
        assert_eq!(checks, expected, "{:?}", found.problems);
    }
}

#[test]
fn a_right_signature_has_no_problem() {
    Sample::signed().check(&[]);
}

#[test]
fn what_was_verified_is_verified_again() {
    let mut keys = KeyCache::new();
    let now_ms = 1_700_000_000_000;
    let signature = Sample::signed().signature();
    assert!(!verify_again(1, BODY, &signature, NOW, now_ms, &mut keys));
    let found = Sample::signed().verify_and_keep(now_ms, Some((1, &mut keys)));
    assert!(found.ok());
    let mut again = |number, body: &[u8], signature: &Digest, timestamp, now_ms| {
        verify_again(number, body, signature, timestamp, now_ms, &mut keys)
    };
    assert!(again(1, BODY, &signature, NOW, now_ms + WINDOW_MS));
    assert!(!again(1, BODY, &signature, NOW, now_ms + WINDOW_MS + 1));
    assert!(!again(1, BODY, &signature, NOW, now_ms - WINDOW_MS - 1));
    assert!(!again(1, b"{}", &signature, NOW, now_ms));
    assert!(!again(1, BODY, &signature, NOW + 1, now_ms));
    assert!(!again(2, BODY, &signature, NOW, now_ms));
    for bit in 0..256 {
        let mut wrong = signature;
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(!again(1, BODY, &wrong, NOW, now_ms));
    }
}

#[test]
fn what_failed_or_leaves_something_out_is_not_kept() {
    let mut keys = KeyCache::new();
    let now_ms = 1_700_000_000_000;
    let marked = [("x-tc-content-sha256", UNSIGNED_PAYLOAD)];
    let mut unsigned = Sample::signed();
    unsigned
        .headers
        .extend(marked.map(|(name, value)| (name.into(), value.into())));
    let forged = Sample::signed().with("x-tc-action", |_| "Other".into());
    for (number, sample) in [(1, unsigned), (2, forged)] {
        sample.verify_and_keep(now_ms, Some((number, &mut keys)));
        let signature = Sample::signed().signature();
        assert!(!verify_again(
            number, BODY, &signature, NOW, now_ms, &mut keys
        ));
    }
}

#[test]
fn each_check_names_itself() {
    let auth = |from: &'static str, to: &'static str| {
        Sample::signed().with("authorization", move |text| text.replace(from, to))
    };
    let mut sample = Sample::signed();
    sample.target = "/v2";
    sample.check(&[Check::Form]);
    let mut sample = Sample::signed();
    sample.target = "/?a=b";
    sample.check(&[Check::Form]);
    let mut sample = Sample::signed();
    sample.method = "PUT";
    sample.check(&[Check::Form]);
    Sample::signed()
        .with("authorization", |_| "nonsense".into())
        .check(&[Check::Form]);
    Sample::signed()
        .with("x-tc-timestamp", |_| "soon".into())
        .check(&[Check::Form]);
    auth("TC3-HMAC-SHA256 ", "TC3-HMAC-SHA1 ").check(&[Check::Algorithm]);
    auth("Credential=id", "Credential=other").check(&[Check::SecretId]);
    auth("/2023-11-14/", "/2023-11-15/").check(&[Check::Date]);
    auth("/iotvideo/", "/cvm/").check(&[Check::Service, Check::Signature]);
    auth("content-type;host;x-tc-action", "host;content-type").check(&[Check::SignedHeaders]);
    auth("content-type;host;x-tc-action", "content-type;x-tc-action")
        .check(&[Check::SignedHeaders]);
    auth(
        "content-type;host;x-tc-action",
        "content-type;host;x-tc-region",
    )
    .check(&[Check::SignedHeaders]);
    auth("content-type;host;x-tc-action", "content-type;host").check(&[Check::Signature]);
    let mut sample = Sample::signed();
    sample.body.push(b' ');
    sample.check(&[Check::Signature]);
    Sample::signed()
        .with("x-tc-action", |_| "DescribeStorageService".into())
        .check(&[Check::Signature]);
    let mut sample = Sample::signed();
    sample.headers.push(("Host".into(), "another".into()));
    sample.check(&[Check::SignedHeaders]);
}

#[test]
fn the_window_is_five_minutes_either_way() {
    let sample = Sample::signed();
    for inside in [-300_000, 0, 300_000] {
        assert!(sample.verify_at(1_700_000_000_000 + inside).ok());
    }
    for outside in [-300_001, 300_001, i64::MAX - 1_700_000_000_000] {
        let found = sample.verify_at(1_700_000_000_000 + outside);
        assert_eq!(found.problems.len(), 1, "{outside}");
        assert_eq!(found.problems[0].check, Check::Window);
    }
}

#[test]
fn the_expected_signature_is_never_told() {
    let sample = Sample::signed();
    let right = sample
        .headers
        .last()
        .map(|(_, value)| value.clone())
        .unwrap_or_default();
    let signature = right.rsplit('=').next().unwrap_or_default().to_owned();
    assert_eq!(signature.len(), 64);
    let wrong = sample.with("authorization", |text| {
        text.replace(&signature, &"0".repeat(64))
    });
    let told = format!("{:?}", wrong.verify_at(1_700_000_000_000));
    assert!(!told.contains(&signature), "{told}");
}

proptest! {
    #[test]
    fn any_authorization_is_answered(text in "\\PC*", now in any::<i64>()) {
        let sample = Sample::signed().with("authorization", |_| text.clone());
        prop_assert!(!sample.verify_at(now).ok());
    }

    #[test]
    fn any_change_of_one_byte_of_the_body_is_found(at in 0..BODY.len(), bit in 0..8u8) {
        let mut sample = Sample::signed();
        sample.body[at] ^= 1 << bit;
        prop_assert!(!sample.verify_at(1_700_000_000_000).ok());
    }
}
