//! Who is let in: the checks of a signature, and the departures of official clients that are borne with.

use crate::caller::{Caller, Draft, START, envelope};
use serde_json::json;

fn draft() -> Draft {
    Draft::new(
        "alice",
        "DescribeStorageService",
        &json!({"ServiceId": "s"}),
        START,
    )
}

/// The code of a request that was spoilt before it was signed. A right one finds no service.
fn check(expected: &str, spoil: impl FnOnce(&mut Draft)) {
    let mut draft = draft();
    spoil(&mut draft);
    for strict in [true, false] {
        let answer = Caller::new(strict).send(&draft);
        envelope(&answer);
        assert_eq!(answer.note.outcome, expected);
        assert_eq!(answer.note.tolerance, "");
        let known = !expected.starts_with("AuthFailure");
        assert_eq!(answer.note.account, if known { "alice" } else { "" });
    }
}

#[test]
fn each_check_has_its_code() {
    check("ResourceNotFound", |_| {});
    check("AuthFailure.SecretIdNotFound", |draft| {
        draft.secret_id = "carol-id".into();
    });
    check("AuthFailure.SignatureFailure", |draft| {
        draft.secret_key = "wrong";
    });
    check("AuthFailure.SignatureFailure", |draft| {
        draft.service = "cvm";
    });
    check("AuthFailure.SignatureFailure", |draft| {
        draft.signed_host = Some("other");
    });
    check("ResourceNotFound", |draft| draft.timestamp -= 300);
    check("AuthFailure.SignatureExpire", |draft| {
        draft.timestamp -= 301;
    });
    check("ResourceNotFound", |draft| draft.timestamp += 300);
    check("AuthFailure.SignatureExpire", |draft| {
        draft.timestamp += 301;
    });
}

#[test]
fn each_spoilt_authorization_has_its_code() {
    let check = |expected: &str, spoil: &dyn Fn(String) -> String| {
        let mut caller = Caller::new(false);
        let authorization = spoil(draft().authorization());
        let answer = draft().send(&mut caller.sandbox, &authorization, START * 1000);
        envelope(&answer);
        assert_eq!(answer.note.outcome, expected, "{authorization}");
    };
    check("AuthFailure.InvalidAuthorization", &|_| String::new());
    check("AuthFailure.InvalidAuthorization", &|_| "SKIP".into());
    check("AuthFailure.InvalidAuthorization", &|text| {
        text.replace("TC3", "TC4")
    });
    check("AuthFailure.InvalidAuthorization", &|text| {
        text.replace(";host", "")
    });
    check("AuthFailure.InvalidAuthorization", &|text| {
        text.replace(";host", ";host;x-never-sent")
    });
    check("AuthFailure.SignatureFailure", &|text| {
        text.replace("2024-01-31", "2024-01-30")
    });
}

#[test]
fn the_right_signature_is_never_told() {
    let mut caller = Caller::new(false);
    let right = draft().authorization();
    let (head, signature) = right.rsplit_once('=').expect("a signature");
    let wrong = format!("{head}={}", "0".repeat(64));
    let answer = draft().send(&mut caller.sandbox, &wrong, START * 1000);
    assert_eq!(answer.note.outcome, "AuthFailure.SignatureFailure");
    assert!(!format!("{answer:?}{caller:?}", caller = caller.sandbox).contains(signature));
    assert!(!format!("{:?}", caller.sandbox).contains(crate::caller::SECRET_KEY));
}

#[test]
fn official_clients_are_borne_with_unless_strict() {
    let check = |host: &'static str, signed_host, service, tolerance: &str| {
        let mut draft = draft();
        (draft.host, draft.signed_host, draft.service) = (host, Some(signed_host), service);
        let answer = Caller::new(false).send(&draft);
        assert_eq!(
            (answer.note.outcome.as_ref(), answer.note.tolerance),
            ("ResourceNotFound", tolerance)
        );
        assert_eq!(answer.note.account, "alice");
        let refused = Caller::new(true).send(&draft);
        // Only too late, as for everybody.
        let mut late = Caller::new(false);
        late.now += 301;
        assert_eq!(
            late.send(&draft).note.outcome,
            "AuthFailure.SignatureExpire"
        );
        let expected = ("AuthFailure.SignatureFailure", "");
        assert_eq!((&*refused.note.outcome, refused.note.tolerance), expected);
    };
    let (port, service) = (
        "host signed without its port",
        "service taken from the host",
    );
    let both = format!("{port}, {service}");
    check("127.0.0.1:4180", "127.0.0.1", "iotvideo", port);
    check("127.0.0.1:4180", "127.0.0.1:4180", "127", service);
    check("127.0.0.1:4180", "127.0.0.1", "127", &both);
    check("localhost:4180", "localhost", "localhost:4180", &both);
}
