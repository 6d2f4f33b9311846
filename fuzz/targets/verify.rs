//! The verifier: whatever arrives is answered; what was signed verifies, and with one byte changed it does not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tc3_edge::secret::Secret;
use tc3_edge::tc3::{KeyCache, Received, Signable, Values, digest::sha256, sign, verify};

const NOW: u64 = 1_700_000_000;

fuzz_target!(|input: (&str, &str, Vec<(&str, &str)>, &[u8], u8)| {
    let (method, target, mut headers, body, change) = input;
    let key = || Some(Secret::new("key".into()));
    let verdict = |headers: &[(&str, &str)], method, target, body: &[u8]| {
        let received = Received {
            method,
            target,
            headers,
            body,
        };
        verify(&received, Some("toy"), NOW as i64 * 1000, |_| key()).ok()
    };
    assert!(
        !verdict(&headers, method, target, body),
        "nobody signed this"
    );

    headers.truncate(3);
    let signable = Signable {
        method: "POST",
        query: "",
        headers: &[("content-type", target), ("host", "h")],
        values: Values::Lower,
        hashed_payload: sha256(body),
    };
    let secret = key().expect("a key");
    let authorization = sign(
        "id",
        &secret,
        "toy",
        NOW,
        &signable,
        &mut KeyCache::default(),
        0,
    );
    let timestamp = NOW.to_string();
    let sent = [
        ("Host", "h"),
        ("Content-Type", target),
        ("X-TC-Timestamp", &timestamp),
        ("Authorization", &authorization),
    ];
    assert!(verdict(&sent, "POST", "/", body));
    let mut changed = body.to_vec();
    match changed.get_mut(usize::from(change)) {
        Some(byte) => *byte ^= 1,
        None => changed.push(change),
    }
    assert!(!verdict(&sent, "POST", "/", &changed));
});
