//! Whatever arrives is answered with a well-formed envelope, and nothing panics.

use crate::caller::{Caller, Draft, START, envelope};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tc3_edge::tc3::Received;

const HEADERS: [&str; 8] = [
    "Host",
    "Content-Type",
    "Authorization",
    "X-TC-Action",
    "X-TC-Version",
    "X-TC-Region",
    "X-TC-Timestamp",
    "X-Other",
];

fn header() -> impl Strategy<Value = (&'static str, String)> {
    let values = prop_oneof![
        ".*",
        Just("application/json".into()),
        Just("RefundStorageService".into()),
        Just("2019-11-26".into()),
        Just(START.to_string()),
        "TC3-HMAC-SHA256 Credential=[a-z-]{0,9}/2024-01-31/iotvideo/tc3_request, \
         SignedHeaders=content-type;host, Signature=[0-9a-f]{64}",
    ];
    (prop::sample::select(&HEADERS[..]), values)
}

/// Values that a field might hold, right or wrong.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..3_i64).prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,9}".prop_map(Value::from),
        Just(json!("yc1m3d")),
        Just(json!("ap-guangzhou")),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(Value::from)
    })
}

fn payload() -> impl Strategy<Value = Value> {
    let names = [
        "PkgId",
        "Tid",
        "OrderCount",
        "StorageRegion",
        "ChnNum",
        "AccessId",
        "EnableTime",
        "ServiceId",
        "OrderId",
        "GetFinishedOrder",
        "Other",
    ];
    let member = (prop::sample::select(names.to_vec()), value());
    prop::collection::vec(member, 0..8).prop_map(|members| {
        let fields = members
            .into_iter()
            .map(|(name, value)| (name.into(), value));
        Value::Object(fields.collect::<Map<_, _>>())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_request_is_answered(
        method in prop_oneof![Just("POST".to_string()), ".*"],
        target in prop_oneof![Just("/".to_string()), ".*"],
        headers in prop::collection::vec(header(), 0..12),
        body in prop::collection::vec(any::<u8>(), 0..200),
        now_ms in any::<i64>(),
    ) {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let received = Received { method: &method, target: &target, headers: &headers, body: &body };
        let mut caller = Caller::new(false);
        envelope(&caller.sandbox.handle(&received, now_ms));
        prop_assert!(caller.ledger().is_empty());
    }

    #[test]
    fn any_signed_body_is_answered(
        action in prop::sample::select(vec!["CreateStorageService", "DescribeStorageService", "RefundStorageService"]),
        payload in payload(),
        cut in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
    ) {
        let mut caller = Caller::new(true);
        let mut draft = Draft::new("alice", action, &payload, START);
        if let Some((at, byte)) = cut {
            let at = at.index(draft.body.len());
            draft.body[at] = byte;
        }
        let answer = caller.send(&draft);
        envelope(&answer);
        prop_assert_eq!(answer.note.account, "alice");
        prop_assert_eq!(answer.note.outcome == "ok", !caller.ledger().is_empty());
    }

    #[test]
    fn any_signed_form_is_answered(
        action in prop::sample::select(vec!["CreateStorageService", "RefundStorageService", "ModifyVerContent"]),
        query in "((ServiceId|Tid|Contents|[A-C])(\\.([0-2]|En|[a-b]?)){0,2}=(%[0-9A-F]{2}|[a-c+1]){0,3}&?){0,5}|.*",
        body in "(--b(--)?|\r\n|Content-Disposition: form-data; name=(ServiceId|Tid)|\\{\\}|[^\r]){0,12}",
    ) {
        let mut caller = Caller::new(true);
        let draft = Draft::new("alice", action, &Value::Null, START);
        let mut parts = draft.clone();
        parts.content_type = "multipart/form-data; boundary=b";
        parts.body = format!("--b\r\n{body}\r\n--b--").into_bytes();
        for draft in [draft.with_query(&query), parts] {
            let answer = caller.send(&draft);
            envelope(&answer);
            prop_assert_eq!(answer.note.account, "alice");
        }
    }
}
