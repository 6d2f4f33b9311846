//! Several mistakes, none that is known, the sender's own texts, and errors.

use super::{Cause, KEY, NOW, Sample, first};
use crate::diagnose::{ErrorFacts, Subject, diagnose};

#[test]
fn two_mistakes_at_once() {
    let mut sample = Sample::post();
    sample.input.now += 600_000;
    sample.sign_as("content-type", "application/json");
    let diagnosis = sample.diagnose();
    first(&diagnosis, Cause::ClockOff, "10 min");
    let second = &diagnosis.causes[1];
    assert!(second.certain && second.cause == Cause::ContentTypeDiffers);

    let mut sample = Sample::post();
    sample.first_key.push(b'\n');
    sample.hash(b"{\"Limit\": 1, \"Name\": \"a/b\"}");
    let causes = sample.diagnose().causes;
    let found: Vec<Cause> = causes.iter().map(|found| found.cause).collect();
    assert_eq!(found, [Cause::SecretSpaces, Cause::BodyChanged]);
    assert!(causes.iter().all(|found| found.certain));
}

#[test]
fn what_is_not_proved_is_only_likely() {
    let mut sample = Sample::post();
    sample.first_key = b"TC3another".into();
    let diagnosis = sample.diagnose();
    assert!(!diagnosis.ok);
    assert_eq!(diagnosis.causes[0].cause, Cause::SecretKeyOrBody);
    assert!(diagnosis.causes.iter().all(|found| !found.certain));

    let mut sample = Sample::post();
    sample.first_key = b"TC3another".into();
    sample.input.canonical_request = Some(sample.canonical_request());
    let causes = sample.diagnose().causes;
    assert!(causes[0].message.contains("another secret key signed"));

    let mut sample = Sample::post();
    sample.input.credential = None;
    assert_eq!(sample.diagnose().causes[0].cause, Cause::NoCredential);
}

#[test]
fn a_pasted_request_is_verified_and_no_check_tells_a_secret() {
    let mut sample = Sample::post();
    sample.list = Some(format!("content-type;host;{}", KEY.to_ascii_lowercase()));
    let text = format!(
        "POST / HTTP/1.1\nX-TC-Timestamp: {NOW}\nAuthorization: {}\n\n",
        sample.authorization()
    );
    sample.input.subject = Subject::Text(text);
    let diagnosis = diagnose(&sample.input).unwrap_or_else(|why| panic!("{why}"));
    let json = serde_json::to_string(&diagnosis).unwrap_or_default();
    assert!(!json.to_lowercase().contains("sentinel"), "{json}");
    let verification = diagnosis.verification.expect("there is a credential");
    let failed: Vec<&str> = verification
        .problems
        .iter()
        .map(|found| found.check)
        .collect();
    assert_eq!((verification.ok, failed), (false, vec!["signedHeaders"]));
}

#[test]
fn the_first_line_that_differs_is_shown() {
    let check = |change: fn(&mut Sample), line, name: &str, cause| {
        let mut sample = Sample::post();
        change(&mut sample);
        sample.input.canonical_request = Some(sample.canonical_request());
        sample.input.string_to_sign = Some(sample.string_to_sign());
        let diagnosis = sample.diagnose();
        let difference = diagnosis.difference.expect("there is one");
        assert_eq!((difference.line, difference.name.as_str()), (line, name));
        assert_ne!(difference.sender, difference.expected);
        assert_eq!(diagnosis.causes[0].cause, cause);
    };
    check(
        |s| s.method = "PUT".into(),
        1,
        "method",
        Cause::MethodDiffers,
    );
    check(|s| s.path = "/x/y".into(), 2, "path", Cause::PathSigned);
    check(|s| s.query = "z".into(), 3, "query", Cause::QueryOnPost);
    check(
        |s| s.sign_as("content-type", "a/b"),
        4,
        "header content-type",
        Cause::ContentTypeDiffers,
    );
    check(
        |s| s.sign_as("host", "a.b"),
        5,
        "header host",
        Cause::HostDiffers,
    );
    check(
        |s| s.canonical_list = Some("host".into()),
        8,
        "signed headers",
        Cause::SignedHeadersList,
    );
    check(
        |s| s.algorithm = "X".into(),
        1,
        "algorithm",
        Cause::Algorithm,
    );
    check(
        |s| s.timestamp = "9".into(),
        2,
        "timestamp",
        Cause::TimestampHeader,
    );
}

#[test]
fn an_error_makes_causes_likely() {
    let error = |code: &str, server_time, sent_at| {
        let mut input = Sample::post().input;
        input.subject = Subject::Error(ErrorFacts {
            code: code.into(),
            server_time,
            sent_at,
            problems: Vec::new(),
        });
        diagnose(&input).expect("an error needs no reading").causes
    };
    for (code, cause) in [
        ("AuthFailure.SignatureExpire", Cause::ClockOff),
        ("AuthFailure.SignatureFailure", Cause::SecretKeyOrBody),
        ("AuthFailure.TokenFailure", Cause::TokenDiffers),
        ("AuthFailure.SecretIdNotFound", Cause::SecretIdDiffers),
        ("AuthFailure.InvalidAuthorization", Cause::AuthorizationForm),
        ("AuthFailure.SomethingNew", Cause::SecretKeyOrBody),
        ("RequestSizeLimitExceeded", Cause::BodyTooLarge),
        ("ResourceNotFound", Cause::NotSigning),
        ("\n\0", Cause::NotSigning),
    ] {
        let found = error(code, None, None);
        assert_eq!(found[0].cause, cause);
        assert!(!found[0].certain);
    }
    let found = error(
        "AuthFailure.SignatureExpire",
        Some(1_000_000),
        Some(400_000),
    );
    assert!(found[0].certain && found[0].message.contains("10 min 0 s behind the server's"));

    let mut sample = Sample::post();
    sample.first_key.push(b' ');
    let authorization = sample.authorization();
    sample.set("Authorization", &authorization);
    sample.input.received = Some(sample.request);
    sample.input.subject = Subject::Error(ErrorFacts {
        code: "AuthFailure.SignatureFailure".into(),
        server_time: None,
        sent_at: None,
        problems: Vec::new(),
    });
    first(
        &diagnose(&sample.input).expect("judged"),
        Cause::SecretSpaces,
        "space after",
    );
}

#[test]
fn what_is_proved_outweighs_the_senders_texts() {
    let stale = "GET\n/x\n\nhost:h\n\nhost\n0";
    let mut sample = Sample::post();
    sample.input.canonical_request = Some(stale.into());
    let diagnosis = sample.diagnose();
    assert!(diagnosis.ok && diagnosis.causes.is_empty() && diagnosis.difference.is_some());

    let mut sample = Sample::post();
    sample.input.canonical_request = Some(stale.into());
    sample.first_key.push(b'\n');
    let causes = sample.diagnose().causes;
    assert_eq!((causes.len(), causes[0].cause), (1, Cause::SecretSpaces));

    let mut sample = Sample::post();
    sample.input.canonical_request = Some(stale.into());
    sample.first_key = b"TC3another".into();
    let causes = sample.diagnose().causes;
    assert_eq!(causes[0].cause, Cause::MethodDiffers);
    assert!(
        causes
            .iter()
            .any(|found| found.cause == Cause::SecretKeyOrBody && !found.certain)
    );
}
