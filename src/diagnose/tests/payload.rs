//! Body and query.

use super::{Cause, Sample, first, get, post};

#[test]
fn body_changed() {
    for hashed in [
        "",
        "{}",
        "{\"Limit\": 1, \"Name\": \"a/b\"}",
        "{\"Limit\":1,\"Name\":\"a\\/b\"}",
        "{\"Limit\":1,\"Name\":\"a/b\"}\n",
        "{\n  \"Limit\": 1,\n  \"Name\": \"a/b\"\n}",
    ] {
        post(
            |s| s.hash(hashed.as_bytes()),
            Cause::BodyChanged,
            "Another body was hashed",
        );
    }
    let change = |hashed: &str, sent: &str, part: &str| {
        let mut sample = Sample::post();
        sample.hash(hashed.as_bytes());
        let diagnosis = sample.diagnose_after(|r| r.body = sent.into());
        first(&diagnosis, Cause::BodyChanged, part);
    };
    change("{\"a\":\"你\"}", "{\"a\":\"\\u4f60\"}", "without spaces");
    change("{\"a\":\"\\u4f60\"}", "{\"a\":\"你\"}", "\\u escapes");
    change("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "members sorted");
    change("{\"a\":\"\\u003c\"}", "{\"a\":\"<\"}", "< > &");
    change("a\nb", "a\r\nb", "line feeds instead");
    change("a\r\nb", "a\nb", "CR LF instead");
}

#[test]
fn body_changed_by_the_senders_own_text() {
    let mut sample = Sample::post();
    sample.hash(b"something else");
    sample.input.canonical_request = Some(sample.canonical_request());
    let diagnosis = sample.diagnose();
    first(&diagnosis, Cause::BodyChanged, "hashed payload");
    let difference = diagnosis.difference.expect("there is one");
    assert_eq!(
        (difference.line, difference.name.as_str()),
        (9, "hashed payload")
    );
}

#[test]
fn unsigned_payload_header() {
    post(
        |s| s.hash(b"UNSIGNED-PAYLOAD"),
        Cause::UnsignedPayloadHeader,
        "was not sent",
    );
    post(
        |s| s.set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD"),
        Cause::UnsignedPayloadHeader,
        "the body was hashed",
    );
}

#[test]
fn body_too_large() {
    let large = vec![b' '; 10 * 1024 * 1024 + 1];
    post(
        |s| {
            s.hash(&large);
            s.request.body = large;
        },
        Cause::BodyTooLarge,
        "10485761 bytes",
    );
    let diagnosis = Sample::get(&"a".repeat(32 * 1024 + 1)).diagnose();
    first(&diagnosis, Cause::BodyTooLarge, "32769 bytes");
}

#[test]
fn query_encoding() {
    let check = |sent, signed| get(sent, signed, Cause::DoubleEncodedQuery);
    check("A=%2520", "A=%20");
    check("A=%20", "A=%2520");
    check("A=%20b", "A=+b");
    check("A=+b", "A=%20b");
    check("A=%2A%21%28%29%27", "A=*!()'");
    check("A=*!()%27", "A=%2A%21%28%29%27");
    check("A=%2F%E4", "A=%2f%e4");
    check("A=%2f", "A=%2F");
    check("A.0=a%3Db&B=%E4%BD%A0", "A.0=a=b&B=你");
}

#[test]
fn query_order_and_place() {
    get("B=1&A=2", "A=2&B=1", Cause::QueryOrder);
    get("A=1&B=2", "", Cause::QueryNotSigned);
    let diagnosis = Sample::new("POST", "/?A=1", "application/json", b"{}").diagnose();
    first(&diagnosis, Cause::QueryOnPost, "POST");
}
