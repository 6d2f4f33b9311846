//! Answers: whatever comes is answered, and what is taken for a success is JSON by another reader too, rewritten or not. Where
//! nothing is to be said at a glance, all the steps find nothing either.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tc3_edge::call::{Conclusion, Sent, conclude, is_clean};
use tc3_edge::json::Kind;
use tc3_edge::policy::outcome::Arrivals;
use tc3_edge::response::{Answer, Integers, read, rewrite};
use tc3_edge::service::Table;

const TABLE: &str = "1 toy 2020-01-01 R\nSPair\n.s! Key\n.i Value\nAwPut\n>s!* ServiceId\n>[0 Data\n>f Share\n>s Id\n";

fuzz_target!(|bytes: &[u8]| {
    let table = Table::parse(TABLE).expect("right");
    let clean = is_clean(Some(&table), table.place("Put"), Integers::Auto, 200, bytes);
    if clean && serde_json::from_slice::<Value>(bytes).is_ok() {
        let sent = Sent {
            table: Some(&table),
            action: "Put",
            dry_run: false,
            reads: false,
            arrivals: Arrivals::default(),
            integers: Integers::Auto,
        };
        match conclude(sent, 200, bytes) {
            Conclusion::Done {
                exact, warnings, ..
            } => assert!(!exact && warnings.is_empty()),
            other => panic!("{other:?}"),
        }
    }
    match read(bytes, &[("ServiceId", Kind::String)]) {
        Ok(Answer::Result(success)) => {
            // Half a surrogate pair is JSON to the platform, and none to this reader.
            if success.text.to_ascii_lowercase().contains("\\ud") {
                return;
            }
            let value: Value = serde_json::from_str(success.text).expect("JSON");
            assert!(value.get("RequestId").is_some() && value.get("ServiceId").is_some());
            assert!(value.get("Error").is_none());
            let reading = table.read_answer("Put", success.text, true);
            for integers in [Integers::Auto, Integers::BigInt, Integers::Text] {
                if let Some(text) = rewrite(
                    success.text,
                    success.wide,
                    integers,
                    &reading.texts,
                    &reading.floats,
                ) {
                    let marked: Value = serde_json::from_str(&text).expect("JSON");
                    assert!(
                        marked["ServiceId"]
                            .as_str()
                            .is_some_and(|id| id.starts_with('s'))
                            || !value["ServiceId"].is_string()
                    );
                }
            }
        }
        Ok(Answer::Error(refusal)) => assert!(!refusal.code.is_empty()),
        Err(defect) => assert!(!defect.message().is_empty()),
    }
});
