//! The diagnosis: whatever is pasted is judged, and what is said never holds the key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tc3_edge::diagnose::{Credential, Input, Subject, diagnose};
use tc3_edge::secret::Secret;

const KEY: &str = "sentinel-key";

fuzz_target!(|input: (&str, Option<&str>, Option<&str>)| {
    let (text, canonical_request, string_to_sign) = input;
    let input = Input {
        subject: Subject::Text(text.into()),
        received: None,
        credential: Some(Credential {
            secret_id: "id".into(),
            secret_key: Secret::new(KEY.into()),
            token: None,
        }),
        now: 1_700_000_000_000,
        service: Some("toy".into()),
        canonical_request: canonical_request.map(Into::into),
        string_to_sign: string_to_sign.map(Into::into),
    };
    match diagnose(&input) {
        Ok(found) => {
            assert_eq!(found.ok, found.causes.is_empty());
            let said = serde_json::to_string(&found).expect("JSON");
            assert!(!said.contains(KEY), "{said}");
        }
        Err(problem) => assert!(!problem.is_empty()),
    }
});
