//! The vectors of the older signatures, in each value that they state; and that any text is answered.

use proptest::prelude::*;
use serde_json::Value;
use tc3_edge::errors::Problems;
use tc3_edge::legacy::parameters::Parameters;
use tc3_edge::legacy::signature::Algorithm;
use tc3_edge::legacy::{Input, Signed, sign};
use tc3_edge::request::FORM_TYPE;
use tc3_edge::request::{Head, Member, flatten, percent_encode};
use tc3_edge::secret::Secret;

/// lh-07 after the documentation: an SDK signs `_` in a name as `.`, and the file states only what it made.
/// The signature was computed apart from this code.
const DOCUMENTED: (&str, &str, &str) = ("Under.Score", "Under_Score", LH_07);
const LH_07: &str = "/JCUKyKLeAxlheTeM1uAvoWZW4M=";

/// Vectors that hold what `sign` does not send: lh-00 no `SignatureMethod`, lh-06 an empty Region and Language.
const PARAMETERS_ONLY: [&str; 2] = ["lh-00", "lh-06"];

fn vectors() -> Vec<Value> {
    let file = include_str!("vectors/legacy-hmac.json");
    let file: Value = serde_json::from_str(file).expect("a vector file");
    file["vectors"].as_array().expect("vectors").clone()
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value[path]
        .as_str()
        .unwrap_or_else(|| panic!("{path} in {value}"))
}

fn signed_params(input: &Value) -> Vec<(String, String)> {
    serde_json::from_value(input["signedParams"].clone()).expect("pairs of texts")
}

fn secret(input: &Value) -> Secret {
    Secret::new(text(input, "secretKey").into())
}

fn head(method: &str) -> Head<'_> {
    Head::default()
        .with(Member::Method, method)
        .with(Member::Service, "cvm")
        .with(Member::Scheme, "https")
        .with(Member::ContentType, FORM_TYPE)
}

fn input_of(input: &Value) -> Input<'_> {
    let optional = |name| input.get(name).and_then(Value::as_str).unwrap_or_default();
    Input {
        secret_id: text(input, "secretId"),
        secret: secret(input),
        head: Head {
            timestamp: input["timestamp"].as_f64().expect("seconds"),
            ..head(text(input, "method"))
        }
        .with(Member::Host, text(input, "host"))
        .with(Member::Action, text(input, "action"))
        .with(Member::Version, text(input, "version"))
        .with(Member::Region, optional("region"))
        .with(Member::Language, optional("language"))
        .with(Member::RequestClient, optional("requestClient"))
        .with(Member::Token, optional("token")),
        algorithm: text(input, "algorithm"),
        nonce: input["nonce"].as_u64().expect("a nonce"),
        params: text(input, "paramsJson"),
    }
}

/// What the documentation gives for a vector: its text to sign and its signature.
fn documented(vector: &Value) -> (String, String) {
    let expected = &vector["expected"];
    let (string_to_sign, signature) = (text(expected, "stringToSign"), text(expected, "signature"));
    if vector["input"].get("variant").is_none() {
        return (string_to_sign.into(), signature.into());
    }
    let (theirs, ours, signature) = DOCUMENTED;
    assert_eq!(vector["id"], "lh-07");
    (string_to_sign.replace(theirs, ours), signature.into())
}

fn encoded(raw: &str) -> String {
    let mut text = String::new();
    percent_encode(&mut text, raw);
    text
}

/// A form's pairs, decoded and sorted: the SDKs send them in other orders, and some a space as `+`.
fn decoded(form: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits = [rest.next(), rest.next()].map(|digit| digit.expect("a digit"));
                    let digits = core::str::from_utf8(&digits).expect("ASCII");
                    u8::from_str_radix(digits, 16).expect("hexadecimal")
                }
                byte => byte,
            });
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let mut pairs: Vec<(String, String)> = form
        .split('&')
        .map(|pair| pair.split_once('=').expect("a pair"))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    pairs.sort();
    pairs
}

/// The form that an SDK sent; the documentation's example states none.
fn sent(expected: &Value) -> Option<&str> {
    let query = expected.get("queryString");
    query
        .or_else(|| expected.get("body")?.get("value"))?
        .as_str()
}

#[test]
fn every_value_of_the_parameters_signed_is_ours() {
    let mut values = 0;
    let vectors = vectors();
    for vector in &vectors {
        let (id, input, expected) = (text(vector, "id"), &vector["input"], &vector["expected"]);
        let params = signed_params(input);
        let mut problems = Problems::default();
        flatten(
            text(input, "paramsJson"),
            &mut problems,
            &mut |name, value| {
                let pair = (name.into(), value.into());
                assert!(params.contains(&pair), "{id} {pair:?}");
                values += 1;
            },
        );
        let algorithm = Algorithm::parse(text(input, "algorithm"), &mut problems).expect("known");
        assert!(problems.is_empty(), "{id}");
        let parameters = Parameters::new(params);
        let (string_to_sign, signature) = documented(vector);
        let made = parameters.string_to_sign(text(input, "method"), text(input, "host"));
        assert_eq!(made, string_to_sign, "{id}");
        assert_eq!(algorithm.sign(&secret(input), &made), signature, "{id}");
        values += 2;

        // The HMAC alone gives each signature that was sent, that of a departure too.
        let theirs = algorithm.sign(&secret(input), text(expected, "stringToSign"));
        assert_eq!(theirs, text(expected, "signature"), "{id}");
        assert_eq!(encoded(&theirs), text(expected, "signatureEncoded"), "{id}");
        values += 2;
        if let Some(sent) = sent(expected) {
            let form = [&parameters.encoded(), "&Signature=", &encoded(&theirs)].concat();
            assert_eq!(decoded(&form), decoded(sent), "{id}");
            values += 1;
        }
    }
    println!("{} vectors, {values} values", vectors.len());
    assert_eq!((vectors.len(), values), (8, 68));
}

#[test]
fn what_is_signed_from_members_is_what_the_sdks_signed() {
    let mut values = 0;
    for vector in vectors() {
        let (id, input) = (text(&vector, "id"), &vector["input"]);
        if PARAMETERS_ONLY.contains(&id) {
            continue;
        }
        let signed = sign(&input_of(input)).expect("right");
        let (string_to_sign, signature) = documented(&vector);
        assert_eq!(signed.string_to_sign, string_to_sign, "{id}");
        assert_eq!(signed.signature, signature, "{id}");
        let address = ["https://", text(input, "host"), "/"].concat();
        let form = if text(input, "method") == "GET" {
            assert_eq!([signed.content_type, &signed.body], ["", ""], "{id}");
            signed.url.strip_prefix(&(address + "?")).expect("a query")
        } else {
            let stated = text(&vector["expected"], "contentType");
            assert_eq!(
                (&signed.url, signed.content_type),
                (&address, stated),
                "{id}"
            );
            &signed.body
        };
        let mut expected = signed_params(input);
        expected.push(("Signature".into(), signature));
        expected.sort();
        assert_eq!(decoded(form), expected, "{id}");
        values += 4;
    }
    println!("{values} values");
    assert_eq!(values, 24);
}

/// A request that is right, with the action's parameters.
fn request(params: &str) -> Input<'_> {
    Input {
        secret_id: "test-id",
        secret: Secret::new("test-key".into()),
        head: head("POST")
            .with(Member::Host, "cvm.tencentcloudapi.com")
            .with(Member::Action, "A")
            .with(Member::Version, "V"),
        algorithm: "HmacSHA256",
        nonce: 1,
        params,
    }
}

fn paths(result: Result<Signed, Problems>) -> Vec<String> {
    let problems = result.expect_err("wrong");
    problems.iter().map(|[path, ..]| path.into()).collect()
}

#[test]
fn each_member_is_named_and_no_parameter_replaces_another() {
    let params = "{\"Action\":\"B\",\"Nonce\":1,\"action\":\"fine\"}";
    let mut wrong = Input {
        secret_id: "",
        algorithm: "HmacMD5",
        nonce: 0,
        ..request(params)
    };
    wrong.head[Member::Service] = "a b";
    wrong.head[Member::Method] = "PUT";
    wrong.head[Member::Language] = "de-DE";
    assert_eq!(
        paths(sign(&wrong)),
        [
            "credential.secretId",
            "service",
            "language",
            "method",
            "algorithm",
            "nonce",
            "Action",
            "Nonce"
        ]
    );
    let nonce = |nonce| {
        sign(&Input {
            nonce,
            ..request("{}")
        })
    };
    assert_eq!(paths(nonce(1 << 63)), ["nonce"]);
    assert!(nonce((1 << 63) - 1).is_ok());
    assert_eq!(paths(sign(&request("{\"A\":[1],\"A.0\":2}"))), ["A.0"]);
}

#[test]
fn what_is_too_long_is_told_early() {
    for (method, most) in [("GET", 32 * 1024), ("POST", 1024 * 1024)] {
        let sign = |length| {
            let params = ["{\"A\":\"", &"x".repeat(length), "\"}"].concat();
            let mut input = request(&params);
            input.head[Member::Method] = method;
            sign(&input)
        };
        assert!(sign(most - 300).is_ok());
        let problems = sign(most).expect_err("too long");
        let [path, _, message] = problems.iter().next().expect("one");
        assert_eq!(path, "params");
        assert!(message.contains("; use "), "how to mend it");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(params: String, method in "GET|POST", algorithm in "HmacSHA(1|256)") {
        let mut input = Input { algorithm: &algorithm, ..request(&params) };
        input.head[Member::Method] = &method;
        let _ = sign(&input);
    }

    /// What is sent, decoded, is what was signed.
    #[test]
    fn any_text_value_is_sent_as_it_was_signed(value: String) {
        let params = serde_json::json!({ "Name": value }).to_string();
        let signed = sign(&request(&params)).expect("right");
        let sent = decoded(&signed.body);
        let expected = ["&Name=", &value, "&Nonce=1&"].concat();
        prop_assert!(signed.string_to_sign.contains(&expected));
        prop_assert!(sent.contains(&("Name".into(), value)));
    }
}
