//! What the look calls clean, the reading in all steps finds nothing in; and what it must not overlook.

use super::{Conclusion, Sent, conclude};
use crate::policy::outcome::Arrivals;
use crate::response::Integers;
use crate::service::Table;
use proptest::prelude::*;

const TABLE: &str = "1 toy 2020-01-01 R\nSPair\n.s! Key\n.i Value\n.[0 Inner\nSBare\nAwPut\n<s! Id\n>s!* ServiceId\n>[0 Data\n\
                     >f? Share\n>b Late\n>[s? Tags\n>u Count\n>1 Bare\n>s Remark\nArList\n>[0!* Pairs\n>u!* Total\n";

fn sent<'a>(table: Option<&'a Table<'a>>, action: &'a str) -> Sent<'a> {
    Sent {
        table,
        action,
        dry_run: false,
        reads: false,
        arrivals: Arrivals::default(),
        integers: Integers::Auto,
    }
}

fn is_clean(sent: Sent<'_>, status: u16, answer: &[u8]) -> bool {
    let place = sent.table.and_then(|table| table.place(sent.action));
    super::is_clean(sent.table, place, sent.integers, status, answer)
}

/// Whether all the steps find a success and nothing to tell; nothing where the platform's parser finds no JSON.
fn expected(sent: Sent<'_>, answer: &[u8]) -> Option<bool> {
    serde_json::from_slice::<serde_json::Value>(answer).ok()?;
    Some(match conclude(sent, 200, answer) {
        Conclusion::Done {
            exact, warnings, ..
        } => !exact && warnings.is_empty(),
        _ => false,
    })
}

#[test]
fn what_is_clean_is_found_so() {
    let table = Table::parse(TABLE).expect("a table");
    for (action, members) in [
        ("Put", r#""ServiceId":"s""#),
        (
            "Put",
            r#""ServiceId":"\"\\","Data":[{"Key":"","Value":-7,"Inner":[{"Key":"a"}]},{"Key":"\u00e9ü"}]"#,
        ),
        (
            "Put",
            r#""Share":null,"Tags":["a","",null],"Late":false,"Count":123456789012345,"ServiceId":"s","Bare":{}"#,
        ),
        (
            "Put",
            r#" "Share" : -1.5e3 , "ServiceId" :"s", "Tags": [ ] , "Bare" : { "New" : [ 1.0, {"a":null} , true ]} "#,
        ),
        (
            "Put",
            r#""ServiceId":"s","New":{"RequestId":1,"Error":{}},"Further":[[],[-0,""]],"Share":7"#,
        ),
        ("List", r#""Pairs":[],"Total":0"#),
    ] {
        for answer in [
            format!("{{\"Response\":{{{members},\"RequestId\":\"r\"}}}}"),
            format!(" {{ \"Response\" : {{\"RequestId\":\"\",{members}}} }}\n"),
        ] {
            let sent = sent(Some(&table), action);
            assert!(is_clean(sent, 200, answer.as_bytes()), "{answer}");
            assert_eq!(expected(sent, answer.as_bytes()), Some(true), "{answer}");
            let other = [
                Sent {
                    integers: Integers::BigInt,
                    ..sent
                },
                Sent {
                    integers: Integers::Text,
                    ..sent
                },
            ];
            assert!(
                other
                    .iter()
                    .all(|sent| !is_clean(*sent, 200, answer.as_bytes()))
            );
            for status in [0, 199, 300, 500] {
                assert!(!is_clean(sent, status, answer.as_bytes()));
            }
        }
    }
    let any = r#"{"Response":{"Anything":[1,"a"],"RequestId":"r"}}"#;
    assert!(is_clean(sent(None, "Any"), 200, any.as_bytes()));
}

#[test]
fn what_is_to_be_told_is_never_clean() {
    let table = Table::parse(TABLE).expect("a table");
    let deep = format!(
        "\"ServiceId\":\"s\",\"New\":{}{}",
        "[".repeat(64),
        "]".repeat(64)
    );
    for members in [
        "",
        r#""ServiceId":"""#,
        r#""ServiceId":null"#,
        r#""ServiceId":7"#,
        r#""ServiceId":"s","ServiceId":"s""#,
        r#""\u0053erviceId":"s""#,
        r#""ServiceId":"s","Error":{"Code":"a","Message":"b"}"#,
        r#""ServiceId":"s","Error":null"#,
        r#""ServiceId":"s","\u0045rror":null"#,
        r#""ServiceId":"s","DeprecatedWarning":"old""#,
        r#""ServiceId":"s","RequestId":"twice""#,
        r#""ServiceId":"s","Count":9007199254740993"#,
        r#""ServiceId":"s","Count":-1.5"#,
        r#""ServiceId":"s","Count":1e3"#,
        r#""ServiceId":"s","Count":"7""#,
        r#""ServiceId":"s","New":[9007199254740993]"#,
        r#""ServiceId":"s","Remark":7"#,
        r#""ServiceId":"s","Remark":null"#,
        r#""ServiceId":"s","Late":1"#,
        r#""ServiceId":"s","Data":{}"#,
        r#""ServiceId":"s","Data":[null]"#,
        r#""ServiceId":"s","Data":[{}]"#,
        r#""ServiceId":"s","Data":[{"Key":"a","Inner":[{"Value":1}]}]"#,
        r#""ServiceId":"s","Bare":[]"#,
        r#""ServiceId":"s","Share":"1""#,
        deep.as_str(),
    ] {
        let comma = if members.is_empty() { "" } else { "," };
        let answer = format!("{{\"Response\":{{\"RequestId\":\"r\"{comma}{members}}}}}");
        assert!(
            !is_clean(sent(Some(&table), "Put"), 200, answer.as_bytes()),
            "{answer}"
        );
    }
    for answer in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        r#"{"Response":{"ServiceId":"s"}}"#,
        r#"{"Response":{"ServiceId":"s","RequestId":7}}"#,
        r#"{"Response":[]}"#,
        r#"{"Response":{"ServiceId":"s","RequestId":"r"},"code":1}"#,
        r#"{"Response":{"ServiceId":"s","RequestId":"r"}} x"#,
        "\u{feff}{\"Response\":{\"ServiceId\":\"s\",\"RequestId\":\"r\"}}",
    ] {
        assert!(
            !is_clean(sent(Some(&table), "Put"), 200, answer.as_bytes()),
            "{answer}"
        );
    }
}

/// Any value of JSON, or almost.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "-?[0-9]{1,18}",
        "-?[0-9]{1,3}\\.[0-9]{1,3}(e[0-9])?",
        "\"([a-z ]|\\\\[\\\\\"nu]|\\PC){0,24}\"",
        "null|true|false|\\{\\}|\\[\\]",
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let name = "Key|Value|Inner|RequestId|Error|[a-z]{0,3}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((name, inner), 0..4).prop_map(|members| object(&members)),
        ]
    })
}

fn object(members: &[(String, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// A value that fits, so that whole answers may.
fn fitting() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        Just(("ServiceId", "\"s\"")),
        Just(("Data", r#"[{"Key":"a","Value":1}]"#)),
        Just(("Share", "1.5")),
        Just(("Late", "true")),
        Just(("Tags", r#"["a"]"#)),
        Just(("Count", "7")),
        Just(("Bare", r#"{"a":"b"}"#)),
        Just(("New", "[1]")),
    ]
    .prop_map(|(name, value)| (name.into(), value.into()))
}

proptest! {
    #[test]
    fn clean_is_what_all_the_steps_find_nothing_in(
        fit in prop::collection::vec(fitting(), 0..8),
        other in prop::collection::vec(("ServiceId|Data|Share|Late|Tags|Count|Bare|Remark|Error|RequestId|Key|[A-Z]", value()), 0..3),
        action in "Put|List|None",
    ) {
        let table = Table::parse(TABLE).expect("a table");
        let mut members = vec![("RequestId".to_owned(), "\"r\"".to_owned())];
        members.extend(fit);
        members.extend(other);
        let answer = format!("{{\"Response\":{}}}", object(&members));
        for table in [Some(&table), None] {
            let sent = sent(table, &action);
            if is_clean(sent, 200, answer.as_bytes()) {
                prop_assert_ne!(expected(sent, answer.as_bytes()), Some(false), "{}", answer);
            }
        }
    }

    #[test]
    fn any_change_is_seen(at in 0..200usize, byte in any::<u8>()) {
        let table = Table::parse(TABLE).expect("a table");
        let answer = r#"{"Response":{"ServiceId":"s\\\"","Data":[{"Key":"a","Value":-12,"Inner":[{"Key":"b"}]}],"Share":null,"Late":true,"Count":99,"New":{"a":[1.5,"b"]},"RequestId":"r"}}"#;
        let mut bytes = answer.as_bytes().to_vec();
        let sent = sent(Some(&table), "Put");
        prop_assert!(is_clean(sent, 200, &bytes));
        let at = at % bytes.len();
        for changed in [bytes[..at].to_vec(), { bytes[at] = byte; bytes.clone() }] {
            if is_clean(sent, 200, &changed) {
                prop_assert_ne!(expected(sent, &changed), Some(false), "{}", String::from_utf8_lossy(&changed));
            }
        }
    }
}
