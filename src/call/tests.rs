//! The steps in their order: nothing unchecked is signed, nothing uncertain is called refused.

use super::{
    Choice, Conclusion, Credential, Effect, Payload, Sent, conclude, effect, explain,
    hide_signature, sign, sign_again, skip,
};
use crate::errors::Problems;
use crate::policy::outcome::Arrivals;
use crate::request::{Head, MAX_BODY, Member};
use crate::response::Integers;
use crate::secret::Secret;
use crate::service::Table;
use crate::tc3::digest::{Digest, sha256};
use crate::tc3::{KeyCache, Values};

const TABLE: &str =
    "1 toy 2020-01-01 R\nArRead\n<s! Id\n>s! Id\nAwWrite\n<s! Id\n>s!* Id\nAwTry\n<b DryRun\n";

const ACTION: Choice<'_> = Choice {
    signed_headers: "action",
    values: Values::Lower,
    keep: 0,
};

fn credential(secret_id: &'static str, key: &str) -> Credential<'static> {
    Credential {
        secret_id,
        secret: Secret::new(key.into()),
    }
}

fn head() -> Head<'static> {
    let head = Head {
        timestamp: 1_700_000_000.0,
        ..Head::default()
    };
    head.with(Member::Method, "POST")
        .with(Member::Service, "toy")
        .with(Member::Scheme, "https")
        .with(Member::Host, "toy.tencentcloudapi.com")
        .with(Member::Action, "Write")
        .with(Member::Version, "2020-01-01")
        .with(Member::Region, "ap-guangzhou")
        .with(Member::ContentType, "application/json")
}

#[test]
fn a_get_is_signed_with_its_parameters() {
    let head = head()
        .with(Member::Method, "GET")
        .with(Member::ContentType, "application/x-www-form-urlencoded");
    let signed = |payload| {
        let keys = &mut KeyCache::default();
        sign(&credential("id", "key"), &head, ACTION, &payload, keys)
    };
    let request = signed(Payload::unchecked(br#"{"Id":"a b"}"#)).expect("right");
    assert_eq!(request.url(), "https://toy.tencentcloudapi.com/?Id=a%20b");
    let problems = signed(Payload::unchecked(b"\xff")).expect_err("no text");
    assert!(problems.iter().any(|[path, ..]| path == "params"));
}

/// `close` asserts that the text with the token is never copied.
#[test]
fn many_signed_headers_leave_no_copy_of_the_token() {
    let names: Vec<String> = (0..1000).map(|at| format!("x-{at}")).collect();
    let mut head = head().with(Member::Token, "token");
    head.extra = names.iter().map(|name| (name.as_str(), "")).collect();
    let choice = Choice {
        signed_headers: &format!("content-type;host;{}", names.join(";")),
        ..ACTION
    };
    let keys = &mut KeyCache::default();
    let payload = Payload::unchecked(b"{}");
    let signed = sign(&credential("id", "key"), &head, choice, &payload, keys).expect("right");
    assert_eq!(signed.headers().count(), 1000 + 7);
}

/// What is kept of a head, of which `change` makes another one; then signed again.
fn again(change: impl Fn(Head<'static>) -> Head<'static>, choice: Choice<'_>) -> Option<Digest> {
    let keys = &mut KeyCache::default();
    let choice = Choice { keep: 1, ..choice };
    let head = change(head());
    let payload = Payload::unchecked(b"{}");
    sign(&credential("id", "key"), &head, choice, &payload, keys).expect("right");
    assert_eq!(sign_again(2, &payload, head.timestamp, keys), None);
    sign_again(1, &payload, head.timestamp, keys)
}

#[test]
fn only_what_payload_and_time_make_different_is_signed_again() {
    assert!(again(|head| head, ACTION).is_some());
    let choose = |signed_headers| Choice {
        signed_headers,
        ..ACTION
    };
    assert!(again(|head| head, choose("sdk")).is_some());
    let names = "content-type;host;x-tc-timestamp";
    assert_eq!(again(|head| head, choose(names)), None);
    let get = |head: Head<'static>| {
        head.with(Member::Method, "GET")
            .with(Member::ContentType, "application/x-www-form-urlencoded")
    };
    assert_eq!(again(get, ACTION), None);
    let unsigned = |head: Head<'static>| Head {
        unsigned_payload: true,
        ..head
    };
    assert_eq!(again(unsigned, ACTION), None);
}

#[test]
fn a_payload_that_has_to_be_refused_is_not_signed_again() {
    let keys = &mut KeyCache::default();
    let (head, choice) = (head(), Choice { keep: 1, ..ACTION });
    let payload = Payload::unchecked(b"{}");
    sign(&credential("id", "key"), &head, choice, &payload, keys).expect("right");
    let large = vec![0; MAX_BODY + 1];
    let marker = crate::tc3::digest::hex(&sha256(b"UNSIGNED-PAYLOAD"));
    for wrong in [
        Payload::unchecked(&large),
        Payload::unchecked(b"UNSIGNED-PAYLOAD"),
        Payload::hashed(&marker, 0).expect("a digest"),
    ] {
        assert_eq!(sign_again(1, &wrong, head.timestamp, keys), None);
    }
    for wrong in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e12] {
        assert_eq!(sign_again(1, &payload, wrong, keys), None, "{wrong}");
    }
    assert!(sign_again(1, &payload, head.timestamp, keys).is_some());
}

#[test]
fn sign_and_explain_give_the_same_request() {
    let payload = Payload::unchecked(b"{}");
    let credential = credential("id", "key");
    let signed = sign(
        &credential,
        &head(),
        ACTION,
        &payload,
        &mut KeyCache::default(),
    );
    let (explanation, prepared) =
        explain(&credential, &head(), ACTION, &payload, true).expect("right");
    let signed = signed.expect("right");
    assert!(signed.headers().eq(prepared.headers()));
    assert_eq!(signed.url(), "https://toy.tencentcloudapi.com/");
    assert_eq!(explanation.signed_headers, "content-type;host;x-tc-action");
    assert!(explanation.authorization.ends_with(&explanation.signature));
}

#[test]
fn a_wrong_credential_is_named() {
    let check = |id, key: &str, expected: &[&str]| {
        let found = sign(
            &credential(id, key),
            &head(),
            ACTION,
            &Payload::unchecked(b"{}"),
            &mut KeyCache::default(),
        );
        let found = found.err().unwrap_or_default();
        let paths: Vec<&str> = found.iter().map(|[path, ..]| path).collect();
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

#[test]
fn all_problems_of_a_call_come_at_once() {
    let table = Table::parse(TABLE).expect("a table");
    let prepare = |id, region, bytes: &[u8]| {
        let head = head().with(Member::Region, region);
        let keys = &mut KeyCache::default();
        let payload = Payload::checked(&table, head[Member::Action], region, bytes);
        super::prepare(&table, &credential(id, "key"), &head, ACTION, payload, keys)
    };
    let problems = prepare("", "", b"{}").expect_err("three");
    let paths: Vec<&str> = problems.iter().map(|[path, ..]| path).collect();
    assert_eq!(paths, ["region", "Id", "credential.secretId"]);
    let (_, warnings) = prepare("id", "r", br#"{"Id":"1"}"#).expect("right");
    assert!(warnings.is_empty());
}

#[test]
fn an_action_may_take_no_signature() {
    let table = Table::parse("1 toy 2020-01-01 -\nAwGive\ts\n").expect("a table");
    let head = head()
        .with(Member::Action, "Give")
        .with(Member::Token, "token");
    let keys = &mut KeyCache::default();
    let payload = Ok((Payload::unchecked(b"{}"), Problems::default()));
    let prepared = super::prepare(&table, &credential("", ""), &head, ACTION, payload, keys);
    let (prepared, _) = prepared.expect("right");
    let mut sent = prepared.headers();
    assert!(sent.all(|(name, _)| name != "X-TC-Token"));
    assert_eq!(prepared.headers().last().expect("one").1, "SKIP");
    let problems = super::prepare(
        &table,
        &credential("", ""),
        &head,
        ACTION,
        Err(Problems::default()),
        keys,
    );
    assert!(problems.expect_err("none").is_empty());
}

fn done<'a>(action: &'a str, integers: Integers, response: &'a str) -> (String, Vec<String>) {
    let table = Table::parse(TABLE).expect("a table");
    let sent = Sent {
        integers,
        ..sent(&table, action)
    };
    let body = format!(r#"{{"Response":{response}}}"#);
    match conclude(sent, 200, body.as_bytes()) {
        Conclusion::Done { text, warnings, .. } => {
            let shown = warnings
                .iter()
                .map(|[path, code, _]| format!("{path} {code}"));
            (text.into_owned(), shown.collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_is_held_against_the_table() {
    let (text, warnings) = done(
        "Write",
        Integers::Auto,
        r#"{"Id":12345678901234567890,"RequestId":"r"}"#,
    );
    assert_eq!(text, r#"{"Id":"s12345678901234567890","RequestId":"sr"}"#);
    assert_eq!(warnings, ["Id Type"]);
    let (_, warnings) = done(
        "Read",
        Integers::Auto,
        r#"{"RequestId":"r","DeprecatedWarning":"use B"}"#,
    );
    assert_eq!(warnings, ["Id Missing", "action Deprecated"]);
}

#[test]
fn integers_come_as_asked() {
    let response = r#"{"Id":"1","New":9007199254740993,"RequestId":"r"}"#;
    let of = |integers| done("Write", integers, response);
    let wide = r#"{"Id":"s1","New":"i9007199254740993","RequestId":"sr"}"#;
    assert_eq!(of(Integers::Auto), (wide.into(), vec!["New Wide".into()]));
    assert_eq!(of(Integers::BigInt), (wide.into(), vec![]));
    let text = wide.replace("\"i9", "\"s9");
    assert_eq!(of(Integers::Text), (text, vec![]));
}

#[test]
fn a_wide_integer_is_told_without_a_table_too() {
    let told = |integers| {
        let table = Table::parse(TABLE).expect("a table");
        let sent = Sent {
            table: None,
            integers,
            ..sent(&table, "Any")
        };
        let body = br#"{"Response":{"A":{"B":9007199254740993},"C":1,"RequestId":"r"}}"#;
        match conclude(sent, 200, body) {
            Conclusion::Done { warnings, .. } => {
                warnings.iter().map(|[path, ..]| path.to_owned()).collect()
            }
            other => panic!("{other:?}"),
        }
    };
    let paths: Vec<String> = told(Integers::Auto);
    assert_eq!(paths, ["A.B"]);
    assert!(told(Integers::BigInt).is_empty());
}

fn sent<'a>(table: &'a Table<'a>, action: &'a str) -> Sent<'a> {
    Sent {
        table: Some(table),
        action,
        dry_run: false,
        reads: false,
        arrivals: Arrivals {
            earlier: false,
            once: true,
        },
        integers: Integers::Auto,
    }
}

fn refusal(action: &str, status: u16, code: &str) -> (bool, &'static str) {
    let table = Table::parse(TABLE).expect("a table");
    let body =
        format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r"}}}}"#);
    match conclude(sent(&table, action), status, body.as_bytes()) {
        Conclusion::Refused {
            nothing_done,
            retry,
            ..
        } => (nothing_done, retry.word()),
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
    assert_eq!(refusal("Write", 200, "ResourceNotFound"), (true, "never"));
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
            conclude(sent(&table, action), status, body.as_bytes()),
            Conclusion::Done { .. }
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

#[test]
fn a_dry_run_is_sent_only_where_the_service_knows_it() {
    let table = Table::parse(TABLE).expect("a table");
    let asked = br#"{"DryRun":true}"#;
    let of = |action, payload, dry_run| {
        let found = effect(Some(&table), action, payload, dry_run);
        found.map_err(|problems| {
            problems
                .iter()
                .map(|[path, ..]| path.to_owned())
                .collect::<String>()
        })
    };
    assert_eq!(of("Try", asked, true), Ok(Effect::DryRun));
    assert_eq!(of("Try", asked, false), Err("DryRun".into()));
    assert_eq!(of("Try", b"{}", true), Ok(Effect::Nothing));
    assert_eq!(of("Try", br#"{"DryRun":false}"#, true), Ok(Effect::Nothing));
    assert_eq!(
        of("Try", br#"{"A":{"DryRun":true}}"#, true),
        Ok(Effect::Nothing)
    );
    assert_eq!(of("Try", b"{}", false), Ok(Effect::Writes));
    assert_eq!(of("Write", asked, true), Ok(Effect::Nothing));
    assert_eq!(of("Read", asked, true), Ok(Effect::Nothing));
    assert_eq!(of("Read", b"{}", false), Ok(Effect::Reads));
    assert_eq!(effect(None, "Try", asked, true), Ok(Effect::Nothing));
    assert_eq!(effect(None, "Try", asked, false), Ok(Effect::Writes));
}

#[test]
fn a_dry_run_is_done_only_by_its_own_code() {
    let table = Table::parse(TABLE).expect("a table");
    let dry = Sent {
        dry_run: true,
        ..sent(&table, "Try")
    };
    let body = r#"{"Response":{"Error":{"Code":"DryRunOperation","Message":""},"RequestId":"r"}}"#;
    let read = |sent, status, body: &'static str| conclude(sent, status, body.as_bytes());
    assert!(matches!(read(dry, 200, body), Conclusion::DryRun(id) if id == "r"));
    assert!(matches!(read(dry, 502, body), Conclusion::Refused { .. }));
    let asked = sent(&table, "Try");
    assert!(matches!(read(asked, 200, body), Conclusion::Refused { .. }));
    // The service did what it should only have checked.
    let done = r#"{"Response":{"RequestId":"r"}}"#;
    assert!(matches!(read(dry, 200, done), Conclusion::NotDry));
}

#[test]
fn what_is_only_shown_has_no_signature() {
    let payload = Payload::unchecked(b"{}");
    let head = head().with(Member::Token, "token");
    let signed = sign(
        &credential("id", "key"),
        &head,
        ACTION,
        &payload,
        &mut KeyCache::default(),
    );
    let shown = hide_signature(&signed.expect("right"));
    let mut headers = shown.headers();
    assert!(headers.any(|header| header == ("X-TC-Token", "(hidden)")));
    let (_, authorization) = shown.headers().last().expect("headers");
    assert!(
        authorization.ends_with("SignedHeaders=content-type;host;x-tc-action, Signature=(hidden)")
    );
}

#[test]
fn without_a_signature_only_the_word_skip_is_sent() {
    let prepared = skip(&head(), &Payload::unchecked(b"{}")).expect("right");
    assert_eq!(prepared.headers().last(), Some(("Authorization", "SKIP")));
}

#[test]
fn a_body_may_be_hashed_elsewhere() {
    let digest = crate::tc3::digest::hex(&crate::tc3::digest::sha256(b"{}"));
    let signed = |payload: &Payload<'_>| {
        let prepared = sign(
            &credential("id", "key"),
            &head(),
            ACTION,
            payload,
            &mut KeyCache::default(),
        );
        prepared.expect("right").into_text()
    };
    let elsewhere = Payload::hashed(&digest, 2).unwrap_or_else(|p| panic!("{p:?}"));
    assert_eq!(signed(&elsewhere), signed(&Payload::unchecked(b"{}")));
    assert!(Payload::hashed(&digest.to_uppercase(), 2).is_err());
}

#[test]
fn a_body_above_10_mb_is_not_signed() {
    let digest = "0".repeat(64);
    let problems = |length| {
        let payload = Payload::hashed(&digest, length).unwrap_or_else(|p| panic!("{p:?}"));
        sign(
            &credential("id", "key"),
            &head(),
            ACTION,
            &payload,
            &mut KeyCache::default(),
        )
        .err()
    };
    assert_eq!(problems(10 * 1024 * 1024), None);
    let found = problems(10 * 1024 * 1024 + 1).expect("too large");
    let found: Vec<_> = found.iter().map(|[path, code, _]| (path, code)).collect();
    assert_eq!(found, [("payload", "TooLarge")]);
}
