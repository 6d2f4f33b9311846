//! What is the protocol's is read, what is not is a defect, and no digit is lost.

use super::{Answer, Defect, Integers, Proof, read, rewrite};
use crate::json::{Kind, unescape};
use proptest::prelude::*;
use serde_json::{Value, json};

const PROOF: [Proof<'_>; 2] = [("ServiceId", Kind::String), ("Data", Kind::Array)];
const GOOD: &str = r#"{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}"#;

fn defect(text: &str) -> Defect<'static> {
    read(text.as_bytes(), &PROOF).expect_err(text)
}

#[test]
fn a_result_is_the_response_object() {
    let Ok(Answer::Result(success)) = read(GOOD.as_bytes(), &PROOF) else {
        panic!("a result");
    };
    assert_eq!(
        success.text,
        r#"{"ServiceId":"s","Data":[],"RequestId":"r"}"#
    );
}

#[test]
fn an_error_is_an_error_whatever_stands_beside_it() {
    let text = r#" {"a":0,"R\u0065sponse":{"ServiceId":"s","Data":[],"Error":{"Code":"Resource\u004eotFound",
        "Message":"no \"such\"","X":1},"RequestId":"r"}} "#;
    let Ok(Answer::Error(refusal)) = read(text.as_bytes(), &PROOF) else {
        panic!("an error");
    };
    assert_eq!(unescape(refusal.code), "ResourceNotFound");
    assert_eq!(unescape(refusal.message), "no \"such\"");
    assert_eq!(refusal.request_id, "r");
    let without_id = r#"{"Response":{"Error":{"Code":"A","Message":""}}}"#;
    assert!(matches!(
        read(without_id.as_bytes(), &[]),
        Ok(Answer::Error(_))
    ));
}

#[test]
fn what_is_not_the_protocol_is_a_defect() {
    let check =
        |text: &str, expected: Defect<'static>| assert_eq!(defect(text), expected, "{text}");
    check("", Defect::Empty);
    check("<html>502</html>", Defect::NotJson(0));
    check(&GOOD[..GOOD.len() - 1], Defect::Truncated);
    check(&format!("{GOOD}x"), Defect::NotJson(GOOD.len()));
    check(&"[".repeat(100_000), Defect::TooDeep);
    check("[]", Defect::NoResponse);
    check("null", Defect::NoResponse);
    check("{}", Defect::NoResponse);
    check(r#"{"Response":[]}"#, Defect::NoResponse);
    check(r#"{"Response":"{}"}"#, Defect::NoResponse);
    check(
        r#"{"Response":{},"Response":{}}"#,
        Defect::Twice("Response"),
    );
    check(
        r#"{"Response":{"RequestId":"a","RequestId":"b"}}"#,
        Defect::Twice("RequestId"),
    );
    check(
        r#"{"Response":{"Error":{},"Err\u006fr":{}}}"#,
        Defect::Twice("Error"),
    );
    check(
        r#"{"Response":{"Error":{"Code":"a","Code":"b","Message":""}}}"#,
        Defect::Twice("Code"),
    );
    check(
        r#"{"Response":{"Error":null,"RequestId":"r"}}"#,
        Defect::ErrorShape,
    );
    check(
        r#"{"Response":{"Error":{"Code":"a"},"RequestId":"r"}}"#,
        Defect::ErrorShape,
    );
    check(
        r#"{"Response":{"Error":{"Code":1,"Message":""}}}"#,
        Defect::ErrorShape,
    );
    check(
        r#"{"Response":{"Error":{"Code":"","Message":""}}}"#,
        Defect::ErrorShape,
    );
    check(r#"{"Response":{}}"#, Defect::NoRequestId);
    check(r#"{"Response":{"RequestId":7}}"#, Defect::NoRequestId);
    check(
        r#"{"Response":{"RequestId":"r"}}"#,
        Defect::NoProof("ServiceId"),
    );
    check(
        r#"{"Response":{"RequestId":"r","ServiceId":"s","Data":null}}"#,
        Defect::NoProof("Data"),
    );
    check(
        r#"{"Response":{"RequestId":"r","ServiceId":"s","ServiceId":"t","Data":[]}}"#,
        Defect::NoProof("ServiceId"),
    );
    assert_eq!(read(b"{\"\xff\":1}", &PROOF), Err(Defect::NotUtf8));
}

#[test]
fn every_truncation_is_a_defect() {
    for end in 0..GOOD.len() {
        assert!(read(&GOOD.as_bytes()[..end], &PROOF).is_err(), "{end}");
    }
}

#[test]
fn the_documentations_own_answer_is_a_result() {
    let example: Value =
        serde_json::from_str(include_str!("../../tests/vectors/refund-example.json"))
            .expect("JSON");
    let body = example["response"].to_string();
    let Ok(Answer::Result(success)) = read(body.as_bytes(), &PROOF) else {
        panic!("a result");
    };
    let read: Value = serde_json::from_str(success.text).expect("JSON");
    assert_eq!(read, example["response"]["Response"]);
    assert_eq!(read["Data"][0]["Status"], 0);
}

/// Undoes the marks, as the TypeScript shell does.
fn unmark(value: Value) -> String {
    match value {
        Value::String(text) if text.starts_with('i') => text[1..].into(),
        Value::String(text) => Value::from(&text[1..]).to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.into_iter().map(unmark).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key), unmark(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

fn data() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_digit_is_lost(data in data()) {
        let response = json!({"ServiceId": "i1", "Data": data, "RequestId": "r"});
        let body = json!({"Response": response}).to_string();
        let Ok(Answer::Result(success)) = read(body.as_bytes(), &PROOF[..1]) else {
            panic!("a result");
        };
        prop_assert_eq!(success.text, response.to_string());
        for integers in [Integers::Auto, Integers::BigInt] {
            if let Some(text) = rewrite(success.text, success.wide, integers, &[], &[]) {
                let marked = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(unmark(marked), response.to_string());
            }
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &PROOF).map_err(Defect::message);
    }

    #[test]
    fn mutated_answers_are_answered(
        changes in prop::collection::vec((0..GOOD.len(), any::<u8>()), 1..4),
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        if let Ok(Answer::Result(success)) = read(&bytes, &PROOF) {
            // What is told as a success is JSON for another parser too, and holds its proof.
            let value: Value = serde_json::from_str(success.text).expect("JSON");
            prop_assert!(!value["ServiceId"].is_null() && !value["Data"].is_null());
        }
    }
}

#[test]
fn the_old_shape_is_an_error_where_its_code_is_not_zero() {
    let error = |text: &'static str| match read(text.as_bytes(), &[]) {
        Ok(Answer::Error(refusal)) => {
            assert_eq!(refusal.request_id, "");
            (unescape(refusal.code), unescape(refusal.message))
        }
        other => panic!("{text}: {other:?}"),
    };
    let both = |code: &str, message: &str| (code.to_owned(), message.to_owned());
    assert_eq!(
        error(r#"{"code":4000,"message":"no","codeDesc":"InvalidParameter"}"#),
        both("InvalidParameter", "no")
    );
    assert_eq!(error(r#"{"code":-1,"message":"no"}"#), both("-1", "no"));
    assert_eq!(error(r#"{"code":1,"codeDesc":""}"#), both("1", ""));
    for nothing in [
        r#"{"code":0,"message":"","codeDesc":"Success"}"#,
        r#"{"code":-0}"#,
        r#"{"code":"4000","codeDesc":"A"}"#,
        r#"{"code":4000,"Response":[]}"#,
    ] {
        assert_eq!(defect(nothing), Defect::NoResponse);
    }
    assert_eq!(defect(r#"{"code":1,"code":0}"#), Defect::Twice("code"));
}

#[test]
fn what_proves_must_be_there_once_and_be_something() {
    let with = |service: &str, data: &str| {
        format!(r#"{{"Response":{{{service},{data},"RequestId":"r"}}}}"#)
    };
    let (service, data) = (r#""ServiceId":"s""#, r#""Data":[]"#);
    for right in [service, r#""ServiceId":12345678901234567890"#] {
        assert!(
            read(with(right, data).as_bytes(), &PROOF).is_ok(),
            "{right}"
        );
    }
    for wrong in ["{}", "null", "\"\"", "true", "[]"] {
        let text = with(&format!(r#""ServiceId":{wrong}"#), data);
        assert_eq!(defect(&text), Defect::NoProof("ServiceId"));
    }
    for wrong in ["null", "\"x\"", "{}", "7"] {
        let text = with(service, &format!(r#""Data":{wrong}"#));
        assert_eq!(defect(&text), Defect::NoProof("Data"));
    }
    for twice in [
        r#""Data":[],"Data":null"#,
        r#""Data":null,"Data":[]"#,
        r#""Data":[],"Data":[]"#,
    ] {
        assert_eq!(defect(&with(service, twice)), Defect::NoProof("Data"));
    }
}

#[test]
fn a_warning_of_an_obsolete_action_is_handed_on() {
    let text = r#"{"Response":{"DeprecatedWarning":"use \u0042","RequestId":"r"}}"#;
    let Ok(Answer::Result(success)) = read(text.as_bytes(), &[]) else {
        panic!("a result");
    };
    assert_eq!(unescape(success.warning), "use B");
}

/// JSON allows it (RFC 8259, 8.2), and the platform's `JSON.parse` keeps it.
#[test]
fn half_a_surrogate_pair_stays_as_it_is_written() {
    let text = r#"{"Response":{"A":"\ud800","B":9007199254740993,"RequestId":"r"}}"#;
    let Ok(Answer::Result(success)) = read(text.as_bytes(), &[]) else {
        panic!("a result");
    };
    let expected = r#"{"A":"s\ud800","B":"i9007199254740993","RequestId":"sr"}"#;
    let text = rewrite(success.text, success.wide, Integers::Auto, &[], &[]);
    assert_eq!(text.as_deref(), Some(expected));
}
