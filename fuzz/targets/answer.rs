//! Answers: whatever comes is answered, and what is taken for a success is JSON by another reader too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tc3_edge::response::{Answer, read};

fuzz_target!(|bytes: &[u8]| {
    match read(bytes, &["ServiceId"]) {
        Ok(Answer::Result(success)) => {
            // Half a surrogate pair is JSON to the platform, and none to this reader.
            if success.text.to_ascii_lowercase().contains("\\ud") {
                return;
            }
            let value: Value = serde_json::from_str(&success.text).expect("JSON");
            assert!(value.get("RequestId").is_some() && value.get("ServiceId").is_some());
            assert!(value.get("Error").is_none());
        }
        Ok(Answer::Error { code, .. }) => assert!(!code.is_empty()),
        Err(defect) => assert!(!defect.message().is_empty()),
    }
});
