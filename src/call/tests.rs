//! The steps in their order: nothing unchecked is signed, nothing uncertain is called refused.

use super::{Conclusion, Credential, Payload, conclude, explain, sign};
use crate::request::Head;
use crate::secret::Secret;
use crate::service::Table;
use crate::tc3::KeyCache;

const TABLE: &str = "1 toy 2020-01-01 R\nArRead\n<s! Id\n>s! Id\nAwWrite\n<s! Id\n>s!* Id\n";

fn credential(secret_id: &'static str, key: &str) -> Credential<'static> {
    Credential {
        secret_id,
        secret: Secret::new(key.into()),
    }
}

fn head() -> Head<'static> {
    Head {
        scheme: "https",
        host: "toy.tencentcloudapi.com",
        action: "Write",
        version: "2020-01-01",
        region: "ap-guangzhou",
        content_type: "application/json",
        timestamp: 1_700_000_000.0,
        ..Head::default()
    }
}

#[test]
fn sign_and_explain_give_the_same_request() {
    let payload = Payload::unchecked(b"{}");
    let credential = credential("id", "key");
    let signed = sign(
        &credential,
        "toy",
        &head(),
        "action",
        &payload,
        &mut KeyCache::default(),
    );
    let (explanation, prepared) =
        explain(&credential, "toy", &head(), "action", &payload, true).expect("right");
    let signed = signed.expect("right");
    assert_eq!(signed.headers, prepared.headers);
    assert_eq!(signed.url, "https://toy.tencentcloudapi.com/");
    assert_eq!(explanation.signed_headers, "content-type;host;x-tc-action");
    assert!(explanation.authorization.ends_with(&explanation.signature));
}

#[test]
fn a_wrong_credential_is_named() {
    let check = |id, key: &str, expected: &[&str]| {
        let found = sign(
            &credential(id, key),
            "toy",
            &head(),
            "action",
            &Payload::unchecked(b"{}"),
            &mut KeyCache::default(),
        );
        let paths: Vec<String> = found
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|p| p.path)
            .collect();
        assert_eq!(paths, expected, "{id} {key}");
    };
    check("", "", &["credential.secretId", "credential.secretKey"]);
    check("id", " key", &["credential.secretKey"]);
    check("id", "key\n", &["credential.secretKey"]);
    check("i,d", "key", &["credential.secretId"]);
    check("id", "a key with spaces within", &[]);
}

#[test]
fn a_payload_is_checked_with_its_region() {
    let table = Table::parse(TABLE).expect("a table");
    assert!(Payload::checked(&table, "Write", "r", br#"{"Id":"1"}"#).is_ok());
    assert!(Payload::checked(&table, "Write", "", br#"{"Id":"1"}"#).is_err());
    assert!(Payload::checked(&table, "Write", "r", b"{}").is_err());
}

fn refusal(action: &str, status: u16, code: &str) -> (bool, &'static str) {
    let table = Table::parse(TABLE).expect("a table");
    let body =
        format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r"}}}}"#);
    match conclude(&table, action, status, body.as_bytes()) {
        Conclusion::Refused {
            nothing_done,
            retry,
            ..
        } => (nothing_done, retry),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refusal_says_whether_nothing_was_done() {
    assert_eq!(
        refusal("Write", 200, "AuthFailure.SignatureFailure"),
        (true, "never")
    );
    assert_eq!(
        refusal("Write", 200, "RequestLimitExceeded"),
        (true, "safe")
    );
    assert_eq!(
        refusal("Write", 200, "InternalError"),
        (false, "ifIdempotent")
    );
    assert_eq!(refusal("Write", 200, "ResourceNotFound"), (false, "never"));
    assert_eq!(refusal("Write", 200, "NewCode"), (false, "never"));
    assert_eq!(
        refusal("Write", 502, "AuthFailure.SignatureFailure"),
        (false, "never")
    );
    assert_eq!(
        refusal("Read", 502, "InternalError"),
        (true, "ifIdempotent")
    );
}

#[test]
fn a_success_needs_its_proof_and_its_status() {
    let table = Table::parse(TABLE).expect("a table");
    let done = |action, status, body: &str| {
        matches!(
            conclude(&table, action, status, body.as_bytes()),
            Conclusion::Done(_)
        )
    };
    assert!(done(
        "Write",
        200,
        r#"{"Response":{"Id":"1","RequestId":"r"}}"#
    ));
    assert!(!done("Write", 200, r#"{"Response":{"RequestId":"r"}}"#));
    assert!(!done(
        "Write",
        307,
        r#"{"Response":{"Id":"1","RequestId":"r"}}"#
    ));
    assert!(!done(
        "Write",
        500,
        r#"{"Response":{"Id":"1","RequestId":"r"}}"#
    ));
    assert!(done("Read", 200, r#"{"Response":{"RequestId":"r"}}"#));
}
