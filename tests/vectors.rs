//! Every vector of TC3-HMAC-SHA256, byte for byte, in each value that it states.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use tc3_edge::secret::Secret;
use tc3_edge::tc3::digest::sha256;
use tc3_edge::tc3::{
    KeyCache, Received, Signable, UNSIGNED_PAYLOAD, Values, explain, sign, verify,
};

/// The values of a vector, in the order in which they are made: a failure names the first wrong step.
const STEPS: [&str; 7] = [
    "hashedPayload",
    "canonicalRequest",
    "hashedCanonicalRequest",
    "credentialScope",
    "stringToSign",
    "signature",
    "authorization",
];

fn vectors() -> Vec<Value> {
    [
        include_str!("vectors/post-json.json"),
        include_str!("vectors/get.json"),
        include_str!("vectors/multipart.json"),
        include_str!("vectors/octet-stream.json"),
        include_str!("vectors/unsigned-payload.json"),
        include_str!("vectors/explain.json"),
    ]
    .into_iter()
    .flat_map(|text| {
        let file: Value = serde_json::from_str(text).expect("a vector file");
        file["vectors"].as_array().expect("vectors").clone()
    })
    .collect()
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value[path]
        .as_str()
        .unwrap_or_else(|| panic!("{path} in {value}"))
}

fn payload(input: &Value) -> Vec<u8> {
    let payload = &input["payload"];
    if payload.is_null() {
        return Vec::new();
    }
    match text(payload, "encoding") {
        "base64" => BASE64_STANDARD
            .decode(text(payload, "value"))
            .expect("Base64"),
        "utf8" => text(payload, "value").into(),
        "repeat" => {
            let count = usize::try_from(payload["count"].as_u64().expect("count")).expect("count");
            let unit = text(payload, "unit").repeat(count);
            [text(payload, "prefix"), &unit, text(payload, "suffix")]
                .concat()
                .into()
        }
        other => panic!("payload encoding {other}"),
    }
}

fn signed_headers(input: &Value) -> Vec<(&str, &str)> {
    let headers = input["headers"].as_object().expect("headers");
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().expect("a text")))
        .collect()
}

#[test]
fn every_value_of_every_vector_is_ours() {
    let mut values = 0;
    let vectors = vectors();
    for vector in &vectors {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let body = payload(input);
        let headers = signed_headers(input);
        let signable = Signable {
            method: text(input, "method"),
            query: expected["queryString"].as_str().unwrap_or_default(),
            headers: &headers,
            values: Values::Lower,
            hashed_payload: if input["unsignedPayload"] == true {
                sha256(UNSIGNED_PAYLOAD.as_bytes())
            } else {
                sha256(&body)
            },
        };
        let secret = Secret::new(text(input, "secretKey").into());
        let timestamp = input["timestamp"].as_u64().expect("seconds");
        let (id, service) = (text(input, "secretId"), text(input, "service"));
        let ours = explain(id, &secret, service, timestamp, &signable, true);
        let made = [
            &ours.hashed_payload,
            &ours.canonical_request,
            &ours.hashed_canonical_request,
            &ours.credential_scope,
            &ours.string_to_sign,
            &ours.signature,
            &ours.authorization,
        ];
        // Where the SDK departs from the documentation, ours is what the documentation gives; what the
        // departure touches and `byDocumentation` does not state is not compared.
        let documented = expected.get("byDocumentation");
        for (step, made) in STEPS.into_iter().zip(made) {
            let untouched = matches!(step, "hashedPayload" | "credentialScope");
            let stated = match documented {
                Some(documented) if !untouched => documented.get(step),
                _ => expected.get(step),
            };
            if let Some(stated) = stated {
                assert_eq!(stated, made, "{} {step}", vector["id"]);
                values += 1;
            }
        }
        if let Some(keys) = expected.get("derivedKeys") {
            let made = ours.keys.as_ref().expect("asked for");
            for (name, made) in ["secretDate", "secretService", "secretSigning"]
                .iter()
                .zip(made)
            {
                assert_eq!(keys[name], **made, "{} {name}", vector["id"]);
                values += 1;
            }
        }
        let signed = sign(
            id,
            &secret,
            service,
            timestamp,
            &signable,
            &mut KeyCache::default(),
            0,
        );
        assert_eq!(signed, ours.authorization, "{}", vector["id"]);
    }
    println!("{} vectors, {values} values", vectors.len());
    assert_eq!((vectors.len(), values), (63, 447));
}

/// What the official signers sent verifies; where they depart from the documentation, only their signature
/// fails.
#[test]
fn what_the_official_signers_sent_verifies() {
    for vector in vectors() {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let body = payload(input);
        let timestamp = input["timestamp"].to_string();
        let mut headers = signed_headers(input);
        headers.push(("Authorization", text(expected, "authorization")));
        headers.push(("X-TC-Timestamp", &timestamp));
        if input["unsignedPayload"] == true {
            headers.push(("X-TC-Content-SHA256", UNSIGNED_PAYLOAD));
        }
        let target = match expected["queryString"].as_str() {
            Some(query) if !query.is_empty() => format!("/?{query}"),
            _ => "/".into(),
        };
        let received = Received {
            method: text(input, "method"),
            target: &target,
            headers: &headers,
            body: &body,
        };
        let now_ms = input["timestamp"].as_i64().expect("seconds") * 1000;
        let found = verify(&received, input["service"].as_str(), now_ms, |_| {
            Some(Secret::new(text(input, "secretKey").into()))
        });
        let departs = expected.get("byDocumentation").is_some();
        assert_eq!(
            found.ok(),
            !departs,
            "{} {:?}",
            vector["id"],
            found.problems
        );
    }
}
