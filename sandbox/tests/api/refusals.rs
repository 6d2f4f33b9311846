//! Every refusal behind the signature has its code, names its cause, and changes nothing.

use crate::caller::{Caller, Draft, START, envelope};
use serde_json::{Value, json};

fn purchase() -> Value {
    json!({"PkgId": "yc1m3d", "Tid": "t", "OrderCount": 1, "StorageRegion": "ap-guangzhou"})
}

/// The code, and a word that the message must hold, of a spoilt purchase.
fn check(code: &str, word: &str, spoil: impl FnOnce(&mut Draft)) {
    let mut draft = Draft::new("alice", "CreateStorageService", &purchase(), START);
    spoil(&mut draft);
    let mut caller = Caller::new(true);
    let response = envelope(&caller.send(&draft));
    assert_eq!(response["Error"]["Code"], code, "{response}");
    let message = response["Error"]["Message"].as_str().unwrap_or_default();
    assert!(message.contains(word), "{message}");
    assert!(caller.ledger().is_empty());
}

/// The same, for a payload with one member changed; `null` takes it away.
fn check_member(code: &str, name: &str, value: Value) {
    let mut payload = purchase();
    match value {
        Value::Null => payload.as_object_mut().expect("an object").remove(name),
        value => payload
            .as_object_mut()
            .expect("an object")
            .insert(name.into(), value),
    };
    check(code, name, |draft| {
        draft.body = payload.to_string().into_bytes();
    });
}

#[test]
fn what_is_not_the_protocol() {
    check("UnsupportedProtocol", "POST", |draft| draft.method = "PUT");
    check("InvalidRequest", "Content-Type", |draft| {
        draft.method = "GET";
    });
    check("InvalidRequest", "no body", |draft| {
        let body = draft.body.clone();
        *draft = draft.clone().with_query("");
        draft.body = body;
    });
    check("InvalidRequest", "path", |draft| {
        draft.target = "/v2".into();
    });
    check("InvalidRequest", "query", |draft| {
        draft.target = "/?a=b".into();
    });
    check("InvalidRequest", "Content-Type", |draft| {
        draft.content_type = "text/plain";
    });
    check("InvalidRequest", "boundary", |draft| {
        draft.content_type = "multipart/form-data";
    });
    let query = format!("Tid={}", "t".repeat(32 * 1024 - 3));
    check("RequestSizeLimitExceeded", "32 KB", |draft| {
        *draft = draft.clone().with_query(&query);
    });
    let large = vec![b' '; 10 * 1024 * 1024 + 1];
    check("RequestSizeLimitExceeded", "10 MB", |draft| {
        draft.body = large;
    });
}

#[test]
fn what_the_common_headers_miss() {
    check("MissingParameter", "X-TC-Version", |draft| {
        draft.set("X-TC-Version", None);
    });
    check("NoSuchVersion", "2019-11-27", |draft| {
        draft.set("X-TC-Version", Some("2019-11-27"));
    });
    check("MissingParameter", "X-TC-Action", |draft| {
        draft.set("X-TC-Action", None);
    });
    check("InvalidAction", "Create", |draft| {
        draft.set("X-TC-Action", Some("Create"));
    });
    check("MissingParameter", "X-TC-Region", |draft| {
        draft.set("X-TC-Region", None);
    });
    check("UnsupportedRegion", "moon", |draft| {
        draft.set("X-TC-Region", Some("moon"));
    });
    check("MissingParameter", "once", |draft| {
        draft.headers.push(("x-tc-region", "ap-beijing".into()));
    });
}

#[test]
fn what_the_payloads_form_misses() {
    for name in ["PkgId", "Tid", "OrderCount", "StorageRegion"] {
        check_member("MissingParameter", name, Value::Null);
    }
    check_member("UnknownParameter", "Pkgid", json!("yc1m3d"));
    check_member("InvalidParameter", "PkgId", json!(7));
    check_member("InvalidParameter", "OrderCount", json!("1"));
    check_member("InvalidParameter", "OrderCount", json!(1.5));
    check_member("InvalidParameter", "Tid", json!(["t"]));
    for body in ["", "[]", "null", "{\"PkgId\":", "{} {}"] {
        check("InvalidParameter", "payload", |draft| {
            draft.body = body.into();
        });
    }
    let twice = purchase().to_string().replace('{', r#"{"Tid":"u","#);
    check("InvalidParameter", "Tid is given twice", |draft| {
        draft.body = twice.into();
    });
    // A surrogate alone is JSON's grammar, but no text.
    let lone = purchase().to_string().replace("\"t\"", "\"\\ud800\"");
    check("InvalidParameter", "payload", |draft| {
        draft.body = lone.into();
    });
}

#[test]
fn of_several_problems_the_first_kind_counts_and_all_are_named() {
    let body = r#"{"Tid":1,"Wrong":2,"PkgId":"x","StorageRegion":"ap-guangzhou"}"#;
    for name in ["OrderCount", "Wrong", "Tid"] {
        check("MissingParameter", name, |draft| draft.body = body.into());
    }
    let body = r#"{"Tid":1,"Wrong":2,"PkgId":"x","StorageRegion":"ap-guangzhou","OrderCount":1}"#;
    check("UnknownParameter", "Tid", |draft| draft.body = body.into());
}

#[test]
fn what_is_outside_a_parameters_values() {
    check_member("InvalidParameterValue", "PkgId", json!("yc1m4d"));
    check_member("InvalidParameterValue", "PkgId", json!(""));
    for count in [json!(0), json!(-1), json!(101), json!(u64::MAX)] {
        check_member("InvalidParameterValue", "OrderCount", count);
    }
    check_member("InvalidParameterValue", "ChnNum", json!(-1));
    check_member("InvalidParameterValue", "EnableTime", json!(i64::MAX));
    check_member("InvalidParameterValue", "StorageRegion", json!("Guangzhou"));
    for tid in ["", "a b", "摄像头", &"t".repeat(129)] {
        check_member("InvalidParameterValue.Tid", "Tid", json!(tid));
    }
}

#[test]
fn what_is_not_there_or_not_ones_own() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 2);
    let other =
        json!({"PkgId": "yc1m3d", "Tid": "u", "OrderCount": 1, "StorageRegion": "ap-guangzhou"});
    let other = caller
        .call("alice", "CreateStorageService", &other)
        .expect("a purchase");
    let (id, order) = (&bought["ServiceId"], &other["Data"][0]["OrderId"]);
    let known = caller.ledger().len();
    let mut check = |account, action, payload: Value| {
        let found = caller.call(account, action, &payload);
        assert_eq!(
            found,
            Err("ResourceNotFound".into()),
            "{account} {action} {payload}"
        );
    };
    for action in ["DescribeStorageService", "RefundStorageService"] {
        check("alice", action, json!({"ServiceId": "unknown"}));
        check("alice", action, json!({"ServiceId": ""}));
        check("bob", action, json!({"ServiceId": id}));
    }
    check(
        "alice",
        "RefundStorageService",
        json!({"ServiceId": id, "OrderId": "unknown"}),
    );
    check(
        "alice",
        "RefundStorageService",
        json!({"ServiceId": id, "OrderId": order}),
    );
    assert_eq!(caller.ledger().len(), known);
}

#[test]
fn an_empty_order_id_counts_as_not_sent() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 3);
    let payload = json!({"ServiceId": bought["ServiceId"], "OrderId": ""});
    let left = caller
        .call("alice", "RefundStorageService", &payload)
        .expect("a refund");
    assert_eq!(left["Data"], json!([]));
}
