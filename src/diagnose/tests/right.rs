//! Right signatures are never blamed, and no input breaks the diagnosis.

use super::{KEY, NOW, Sample, TOKEN, credential};
use crate::diagnose::percent::{UNRESERVED, encode};
use crate::diagnose::{Request, Subject, diagnose};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A right request: everything that a sender may choose is drawn.
fn right() -> impl Strategy<Value = Sample> {
    let head = (
        any::<bool>(),
        0..4_usize,
        0..3_usize,
        any::<bool>(),
        any::<bool>(),
    );
    let rest = (-300_i64..=300, "\\PC{0,40}", "[a-z]{1,8}", 0..4_usize);
    (head, rest).prop_map(
        |((get, more, kind, token, unsigned), (late, text, service, host))| {
            let mut sample = if get {
                Sample::get(&format!("A={}&B.0=x", encode(text.as_bytes(), UNRESERVED)))
            } else {
                let mut sample = Sample::post();
                sample.request.body = format!("{{\"a\":{text:?}}}").into_bytes();
                let types = [
                    "application/json",
                    "Application/JSON; Charset=UTF-8",
                    "text/plain",
                ];
                sample.set("Content-Type", types[kind]);
                sample.sign_as("content-type", types[kind]);
                sample
            };
            let middle = ["", ".ap-guangzhou", ".intl", ".internal"][host];
            let host = format!("{service}{middle}.tencentcloudapi.com");
            sample.set("host", &host);
            sample.sign_as("host", &host);
            sample.service = service;
            if token {
                sample.set("X-TC-Token", TOKEN);
                sample.input.credential = Some(credential(KEY, Some(TOKEN)));
            }
            if unsigned {
                sample.set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
                sample.hash(b"UNSIGNED-PAYLOAD");
            } else {
                sample.hash(&sample.request.body.clone());
            }
            match more {
                0 => sample.signed.retain(|(name, _)| name != "x-tc-action"),
                1 => sample.sign_as("x-tc-region", "ap-guangzhou"),
                2 => sample.sign_as("x-tc-timestamp", &NOW.to_string()),
                _ => {}
            }
            sample.input.now += late * 1000;
            sample
        },
    )
}

#[test]
fn a_right_signature_is_never_blamed() {
    let config = Config::with_cases(1000);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&right(), |sample| {
            let diagnosis = sample.diagnose();
            prop_assert!(diagnosis.causes.is_empty(), "{:#?}", diagnosis.causes);
            prop_assert!(diagnosis.ok);
            Ok(())
        })
        .unwrap_or_else(|why| panic!("{why}"));
}

fn judged(mut sample: Sample, subject: Subject) -> bool {
    sample.input.subject = subject;
    diagnose(&sample.input).is_ok_and(|diagnosis| !diagnosis.ok && !diagnosis.causes.is_empty())
}

proptest! {
    #![proptest_config(Config::with_cases(64))]

    #[test]
    fn any_request_is_judged(
        method in "GET|POST|\\PC{0,5}",
        target in "/\\?\\PC{0,20}|\\PC{0,20}",
        headers in prop::collection::vec(("host|content-type|x-tc-[a-z]{0,9}|\\PC{0,9}", "\\PC{0,20}"), 0..6),
        authorization in "\\PC{0,40}|TC3-HMAC-SHA256 Credential=[^,]{0,9}/[^,]{0,9}/[^,]{0,4}/tc3_request, SignedHeaders=[a-z;]{0,20}, Signature=[0-9a-f]{64}",
        timestamp in "[0-9]{0,30}",
        now in any::<i64>(),
        body in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut request = Request { method, target, headers, url_host: None, body };
        request.headers.push(("Authorization".into(), authorization));
        request.headers.push(("X-TC-Timestamp".into(), timestamp));
        let mut sample = Sample::post();
        sample.input.now = now;
        prop_assert!(judged(sample, Subject::Request(request)));
    }

    #[test]
    fn any_change_of_a_right_request_is_found(at in any::<prop::sample::Index>(), letter in "[a-zA-Z0-9 /;,=]") {
        let mut sample = Sample::post();
        let value = sample.authorization();
        let at = at.index(value.len());
        let letter = if value[at..].starts_with(&letter) { "~" } else { &letter };
        let mut changed = value;
        changed.replace_range(at..=at, letter);
        sample.set("Authorization", &changed);
        let request = core::mem::take(&mut sample.request);
        prop_assert!(judged(sample, Subject::Request(request)));
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in "\\PC{0,80}|(curl|POST / HTTP/1.1\n|Authorization:)[ -~\n]{0,80}",
        canonical in "[A-Z/\na-z:;-]{0,60}",
    ) {
        let mut sample = Sample::post();
        sample.input.subject = Subject::Text(text);
        sample.input.canonical_request = Some(canonical.clone());
        sample.input.string_to_sign = Some(canonical);
        let _ = diagnose(&sample.input);
    }
}
