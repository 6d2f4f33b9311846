//! Every mistake in a payload has its path, and what is right passes.

use super::Table;
use proptest::prelude::*;

fn table() -> Table<'static> {
    Table::parse(
        "1 toy 2020-01-01 R\nGap-guangzhou ap-beijing\nSPair\n.s!+ Key\n.i Value\tr-5..9007199254740993\n\
         AwPut\n<0! Pair\n<[0 Pairs\n<[s? Tags\ti1..3\tc..4\n<b Late\n<f Share\n<[s+ Ids\n<u Count\t?r..9\n\
         <s Role\tvowner|guest\t?c..4\nAWOld\n",
    )
    .expect("a table")
}

fn check(payload: &str, expected: &[&str]) {
    let found: Vec<String> = table()
        .check_request("Put", payload.as_bytes())
        .err()
        .unwrap_or_default()
        .iter()
        .map(|[path, code, _]| format!("{path} {code}"))
        .collect();
    assert_eq!(found, expected, "{payload}");
}

#[test]
fn every_problem_has_its_path() {
    check(
        r#"{"Pair":{"Key":"a","Value":9007199254740993},"Tags":null,"Late":true,"Share":1}"#,
        &[],
    );
    check("{}", &["Pair Missing"]);
    check(r#"{"Pair":{}}"#, &["Pair.Key Missing"]);
    check(r#"{"Pair":{"Key":""}}"#, &["Pair.Key Empty"]);
    check(r#"{"Pair":1}"#, &["Pair Type"]);
    check(r#"{"Pair":null}"#, &["Pair Type"]);
    check(r#"{"Pair":{"Key":"a"},"pair":1}"#, &["pair Unknown"]);
    check(
        r#"{"Pairs":[{"Key":"a"},{"Key":1,"Value":"x"},7],"Tags":[1,"a",null],"Late":"no","Share":"x"}"#,
        &[
            "Pairs[1].Key Type",
            "Pairs[1].Value Type",
            "Pairs[2] Type",
            "Tags[0] Type",
            "Tags[2] Type",
            "Late Type",
            "Share Type",
            "Pair Missing",
        ],
    );
    check(r#"{"Pair":{"Key":"a","Value":1.5}}"#, &["Pair.Value Type"]);
    check(
        r#"{"Pair":{"Key":"a"},"Pair":{"Key":"b"}}"#,
        &["Pair Twice"],
    );
    check("[]", &["payload NotAnObject"]);
    check("", &["payload NotAnObject"]);
    check(r#"{"Pair":{"Key":"a"}} x"#, &["payload NotAnObject"]);
}

#[test]
fn every_limit_is_held() {
    let pair = r#""Pair":{"Key":"a"}"#;
    let one = |member: &str, expected: &[&str]| check(&format!("{{{pair},{member}}}"), expected);
    one(r#""Tags":[]"#, &["Tags Length"]);
    one(r#""Tags":["a\"","12345"]"#, &["Tags[1] Length"]);
    one(r#""Tags":["\"\"\"\""]"#, &[]);
    one(r#""Ids":[]"#, &["Ids Empty"]);
    one(r#""Ids":["a",""]"#, &["Ids[1] Empty"]);
    one(
        r#""Pairs":[{"Key":"a","Value":-6}]"#,
        &["Pairs[0].Value Range"],
    );
    one(
        r#""Pairs":[{"Key":"a","Value":9223372036854775808}]"#,
        &["Pairs[0].Value Range"],
    );
    one(r#""Count":18446744073709551615"#, &[]);
    one(r#""Count":-1"#, &["Count Range"]);
    one(r#""Role":"Owner""#, &["Role Value"]);
}

#[test]
fn what_may_have_been_meant_is_named() {
    let table = table();
    let found = |payload: &str| {
        let problems = table
            .check_request("Put", payload.as_bytes())
            .expect_err("wrong");
        problems
            .iter()
            .map(|[.., message]| message.to_owned())
            .collect::<Vec<_>>()
    };
    let payload = r#"{"pair":{},"Tag":1,"Pairs":[{"Keys":"a"}],"Colour":1}"#;
    assert_eq!(
        found(payload),
        [
            "is not a parameter here; did you mean `Key`?",
            "must be given",
            "is not a parameter here; did you mean `Pair`?",
            "is not a parameter here; did you mean `Tags`?",
            "is not a parameter here",
            "must be given",
        ]
    );
}

#[test]
fn a_hundred_problems_are_enough() {
    let list = |count: usize| {
        format!(
            r#"{{"Pair":{{"Key":"a"}},"Ids":[{}1]}}"#,
            "1,".repeat(count - 1)
        )
    };
    let found = |count| {
        let found = table().check_request("Put", list(count).as_bytes());
        found.expect_err("wrong")
    };
    assert_eq!(found(100).iter().count(), 100);
    let many = found(1000);
    let many: Vec<_> = many.iter().map(|[path, code, _]| (path, code)).collect();
    assert_eq!((many.len(), many[99].0), (101, "Ids[99]"));
    assert_eq!(many[100], ("payload", "Further"));
}

#[test]
fn doubts_are_warnings() {
    let warned = |action: &str, region: &str, payload: &str| {
        let found = table()
            .check_call(action, region, payload.as_bytes())
            .expect("right");
        found
            .iter()
            .map(|[path, code, message]| format!("{path} {code}: {message}"))
            .collect::<Vec<_>>()
    };
    let right = r#"{"Pair":{"Key":"a"}}"#;
    assert!(warned("Put", "ap-beijing", right).is_empty());
    let region = "region Unknown: is not among the known regions; did you mean `ap-guangzhou`?";
    assert_eq!(warned("Put", "ap-guangzou", right), [region]);
    let both = r#"{"Pair":{"Key":"a"},"Count":10,"Role":"owner"}"#;
    let expected = [
        "Count Range: must be at most 9",
        "Role Length: must have at most 4 characters",
    ];
    assert_eq!(warned("Put", "ap-beijing", both), expected);
    let withdrawn =
        "action Deprecated: has been withdrawn by the service; its documentation may name another";
    assert_eq!(warned("Old", "ap-beijing", "{}"), [withdrawn]);
}

#[test]
fn the_region_is_missed_first() {
    let found = table()
        .check_call("Put", "", b"{}")
        .expect_err("two problems");
    let paths: Vec<&str> = found.iter().map(|[path, ..]| path).collect();
    assert_eq!(paths, ["region", "Pair"]);
    let found = table()
        .check_call("Pat", "r", b"{}")
        .expect_err("no such action");
    assert_eq!(
        found.iter().next().map(|[_, code, _]| code),
        Some("UnknownAction")
    );
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200), region in any::<String>()) {
        let _ = table().check_call("Put", &region, &bytes);
    }

    #[test]
    fn any_members_are_answered(
        names in prop::collection::vec("Pair|Pairs|Tags|Ids|Count|Role|[A-Za-z]{0,8}", 0..6),
        values in prop::collection::vec(r#"-?[1-9][0-9]{0,24}|"[a-z.,0-9]{0,6}"|\["a",1\]|\{"Key":""\}|null|\[\]"#, 6),
    ) {
        let members: Vec<String> = names.iter().zip(&values).map(|(name, value)| format!("{name:?}:{value}")).collect();
        let _ = table().check_request("Put", format!("{{{}}}", members.join(",")).as_bytes());
    }
}
