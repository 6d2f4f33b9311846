//! Every code that `RefundStorageService` is documented to answer can be made to happen: naturally, or as a fault.

use crate::caller::{ACCOUNTS, Caller, Draft, SECRET_KEY, envelope};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tc3_edge_sandbox::Options;

/// The codes that are listed for the action.
fn documented() -> BTreeSet<String> {
    let schema: Value =
        serde_json::from_str(include_str!("../../../schema/errors.json")).expect("JSON");
    let codes = schema.as_object().expect("an object").iter();
    let of_the_action = codes.filter(|(_, row)| {
        let origin = row["origin"].as_array().expect("a list");
        origin.contains(&json!("RefundStorageService"))
    });
    of_the_action.map(|(code, _)| code.clone()).collect()
}

/// The code of a refund that was spoilt.
fn refused(caller: &mut Caller, payload: &Value, spoil: impl FnOnce(&mut Draft)) -> String {
    let mut draft = Draft::new("alice", "RefundStorageService", payload, caller.now);
    spoil(&mut draft);
    let response = envelope(&caller.send(&draft));
    response["Error"]["Code"].as_str().expect("a code").into()
}

/// Those that follow from what somebody did.
fn natural() -> Vec<String> {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 1);
    let id = bought["ServiceId"].clone();
    let right = json!({"ServiceId": id});
    let mut found = vec![
        refused(&mut caller, &right, |draft| draft.secret_key = "another"),
        refused(&mut caller, &right, |draft| {
            draft.set("X-TC-Token", Some("t"));
        }),
        refused(&mut caller, &json!({}), |_| {}),
        refused(&mut caller, &json!({"ServiceId": id, "Other": 1}), |_| {}),
        refused(&mut caller, &json!({"ServiceId": 1}), |_| {}),
        refused(&mut caller, &json!({"ServiceId": "nobody's"}), |_| {}),
    ];
    let denied = json!({
        "secretId": "clerk-id", "secretKey": SECRET_KEY, "account": "alice", "denied": ["RefundStorageService"],
    });
    caller.control("makeKey", &denied).expect("a key");
    found.push(refused(&mut caller, &right, |draft| {
        draft.secret_id = "clerk-id".into();
    }));
    caller.refund(&bought, None).expect("a refund");
    found.push(refused(&mut caller, &right, |_| {}));
    found.push(too_often());
    found
}

/// The documented rate is 40 calls in a second.
fn too_often() -> String {
    let of_tests = Caller::new(true);
    let mut caller = Caller::with(Options {
        unlimited: false,
        ..of_tests.options()
    });
    let payload = json!({"ServiceId": "nobody's"});
    for _ in 0..40 {
        assert_eq!(refused(&mut caller, &payload, |_| {}), "ResourceNotFound");
    }
    let code = refused(&mut caller, &payload, |_| {});
    caller.now += 1;
    assert_eq!(refused(&mut caller, &payload, |_| {}), "ResourceNotFound");
    code
}

#[test]
fn every_code_of_a_refund_can_be_made_to_happen() {
    let mut codes = documented();
    assert_eq!(codes.len(), 22);
    let natural = natural();
    let expected = [
        "AuthFailure.SignatureFailure",
        "AuthFailure.TokenFailure",
        "MissingParameter",
        "UnknownParameter",
        "InvalidParameter",
        "ResourceNotFound",
        "UnauthorizedOperation",
        "OperationDenied",
        "RequestLimitExceeded",
    ];
    assert_eq!(natural, expected);
    for code in natural {
        assert!(codes.remove(&code), "{code}");
    }
    for code in codes {
        for (when, is_done) in [("before", false), ("after", true)] {
            let mut caller = Caller::new(true);
            let bought = caller.buy("yc1m3d", 2);
            let fault = json!({
                "action": "RefundStorageService", "when": when, "count": 1, "effect": {"code": code},
            });
            caller.control("addFault", &fault).expect("a fault");
            assert_eq!(caller.refund(&bought, None), Err(code.clone()));
            // What happened does not depend on what was answered.
            let refunded = caller.describe(&bought)["Data"][0]["Status"] == 5;
            assert_eq!(refunded, is_done, "{code} {when}");
            assert_eq!(caller.pool("alice").len(), usize::from(is_done));
            let again = caller.refund(&bought, None);
            assert_eq!(again.is_err(), is_done);
        }
    }
}

#[test]
fn a_temporary_key_needs_its_token_until_it_expires() {
    let mut caller = Caller::new(true);
    let key = json!({
        "secretId": "temporary-id", "secretKey": SECRET_KEY, "account": "alice", "token": "its token",
        "expiresAt": (caller.now + 60) * 1000,
    });
    caller.control("makeKey", &key).expect("a key");
    let payload = json!({"ServiceId": "s"});
    let mut call = |token: Option<&str>, later: i64| {
        caller.now += later;
        refused(&mut caller, &payload, |draft| {
            draft.secret_id = "temporary-id".into();
            draft.set("X-TC-Token", token);
        })
    };
    let (right, wrong) = ("ResourceNotFound", "AuthFailure.TokenFailure");
    assert_eq!(call(Some("its token"), 0), right);
    assert_eq!(call(Some("another"), 0), wrong);
    assert_eq!(call(None, 0), wrong);
    assert_eq!(call(Some("its token"), 59), right);
    assert_eq!(call(Some("its token"), 1), wrong);
}

#[test]
fn quotas_and_sold_out_packages_are_kept() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 2);
    let sold_out = json!({"pkgId": "yc1m3d", "soldOut": true});
    caller.control("sellOut", &sold_out).expect("sold out");
    let purchase = |count: i64| json!({"PkgId": "yc1m3d", "Tid": "camera-1", "OrderCount": count, "StorageRegion": "ap-guangzhou"});
    let buy = |caller: &mut Caller, count| {
        let bought = caller.call("alice", "CreateStorageService", &purchase(count));
        bought.map(|_| ())
    };
    assert_eq!(buy(&mut caller, 1), Err("ResourcesSoldOut".into()));
    // What waits in the pool is paid for.
    caller.refund(&bought, Some(1)).expect("a refund");
    assert_eq!(buy(&mut caller, 2), Err("ResourcesSoldOut".into()));
    assert_eq!(buy(&mut caller, 1), Ok(()));
    let again = json!({"pkgId": "yc1m3d", "soldOut": false});
    caller.control("sellOut", &again).expect("there again");
    for (of, most) in [("order", 2), ("service", 1)] {
        let quota = json!({"account": "alice", "of": of, "most": most});
        caller.control("setQuota", &quota).expect("a quota");
    }
    assert_eq!(buy(&mut caller, 1), Err("LimitExceeded".into()));
    let mut other = purchase(1);
    other["Tid"] = json!("camera-2");
    let refused = caller.call("alice", "CreateStorageService", &other);
    assert_eq!(refused, Err("LimitExceeded".into()));
    caller
        .call(ACCOUNTS[1], "CreateStorageService", &other)
        .expect("another account's");
    let none = json!({"account": "alice", "of": "order", "most": null});
    caller.control("setQuota", &none).expect("none");
    assert_eq!(buy(&mut caller, 1), Ok(()));
}
