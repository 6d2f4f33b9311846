//! Tables and payloads: whatever is given is checked, and what passes is a JSON object.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tc3_edge::service::{Table, asks_dry_run};

const TABLE: &str = "1 toy 2020-01-01 R\nSPair\n.s! Key\n.i Value\tr..9\nArList\n<[0! Pairs\ti..3\n<b? DryRun\n<f Rate\n<s Name\tc..4\tald\tva|b\n>s!* Id\n";

fuzz_target!(|input: (&str, &[u8])| {
    let (text, payload) = input;
    if let Some(table) = Table::parse(text) {
        let _ = table.check_call("List", "", payload);
    }
    let table = Table::parse(TABLE).expect("right");
    let passes = table.check_request("List", payload).is_ok();
    let asks = asks_dry_run(payload);
    if passes {
        let value: Value = serde_json::from_slice(payload).expect("JSON");
        assert!(value["Pairs"].is_array());
        assert_eq!(value.get("DryRun") == Some(&Value::Bool(true)), asks);
    }
});
