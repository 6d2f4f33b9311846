//! One test for each mistake: it is made when signing or sending, and named first.

use super::{Cause, KEY, NOW, Sample, TOKEN, credential, first};
use crate::diagnose::{ErrorFacts, Request, Subject, diagnose};
use crate::tc3::Values;

fn post(change: impl FnOnce(&mut Sample), cause: Cause, part: &str) {
    let mut sample = Sample::post();
    change(&mut sample);
    let diagnosis = sample.diagnose();
    first(&diagnosis, cause, part);
    assert_eq!(diagnosis.causes.len(), 1, "{:#?}", diagnosis.causes);
}

fn sent(change: impl FnOnce(&mut Request), cause: Cause, part: &str) {
    first(&Sample::post().diagnose_after(change), cause, part);
}

fn get(sent: &str, signed: &str, cause: Cause) {
    let mut sample = Sample::get(sent);
    sample.query = signed.into();
    let diagnosis = sample.diagnose();
    first(&diagnosis, cause, "query");
    assert_eq!(diagnosis.causes.len(), 1, "{sent} {signed}");
}

#[test]
fn secret_spaces() {
    for (before, after) in [
        ("", " "),
        ("", "\n"),
        ("", "\r\n"),
        ("", "\t"),
        (" ", ""),
        (" ", " "),
    ] {
        let key = format!("TC3{before}{KEY}{after}");
        post(
            |s| s.first_key = key.into(),
            Cause::SecretSpaces,
            "was signed with the secret key and",
        );
    }
    let ours = format!("{KEY}\n");
    post(
        |s| s.input.credential = Some(credential(&ours, None)),
        Cause::SecretSpaces,
        "given here",
    );
}

#[test]
fn secret_empty() {
    post(
        |s| s.first_key = b"TC3".into(),
        Cause::SecretEmpty,
        "signed with an empty",
    );
    post(
        |s| s.input.credential = Some(credential("", None)),
        Cause::SecretEmpty,
        "given here",
    );
}

#[test]
fn secret_key_prefix() {
    post(
        |s| s.first_key = KEY.into(),
        Cause::SecretKeyPrefix,
        "without TC3",
    );
    post(
        |s| s.hexed = true,
        Cause::SecretKeyPrefix,
        "hexadecimal text",
    );
}

#[test]
fn tokens() {
    post(
        |s| s.set("X-TC-Token", TOKEN),
        Cause::TokenWithoutTemporaryCredential,
        "X-TC-Token was sent",
    );
    let temporary = || Some(credential(KEY, Some(TOKEN)));
    post(
        |s| s.input.credential = temporary(),
        Cause::TokenMissing,
        "was not sent",
    );
    post(
        |s| {
            s.input.credential = temporary();
            s.set("X-TC-Token", "Sentinel-another");
        },
        Cause::TokenDiffers,
        "not the credential's",
    );
}

#[test]
fn clock_off() {
    post(
        |s| s.input.now += 301_000,
        Cause::ClockOff,
        "5 min 1 s behind",
    );
    post(
        |s| s.input.now -= 28_800_000,
        Cause::ClockOff,
        "8 h 0 min ahead of",
    );
    post(
        |s| {
            s.timestamp = format!("{NOW}000");
            s.set("X-TC-Timestamp", &format!("{NOW}000"));
        },
        Cause::ClockOff,
        "milliseconds",
    );
}

#[test]
fn timestamp_header() {
    post(
        |s| s.timestamp = (NOW + 2).to_string(),
        Cause::TimestampHeader,
        "1700000002",
    );
    post(
        |s| s.timestamp = format!("{NOW}000"),
        Cause::TimestampHeader,
        "1700000000000",
    );
    sent(
        |r| r.headers.retain(|(name, _)| name != "X-TC-Timestamp"),
        Cause::TimestampHeader,
        "not sent",
    );
}

#[test]
fn date_not_utc() {
    // 22:13:20 UTC is the next day in Beijing.
    post(
        |s| s.date = "2023-11-15".into(),
        Cause::DateNotUtc,
        "at least 1 h 46 min ahead",
    );
    post(
        |s| s.date = "2023-10-14".into(),
        Cause::DateNotUtc,
        "UTC date is 2023-11-14.",
    );
    let mut sample = Sample::post();
    let right = "2023-11-14/cvm";
    sample.date = "2023-11-15".into();
    let authorization = sample.authorization().replace("2023-11-15/cvm", right);
    let diagnosis = sample.diagnose_after(|r| {
        r.headers.retain(|(name, _)| name != "Authorization");
        r.headers.push(("Authorization".into(), authorization));
    });
    first(&diagnosis, Cause::DateNotUtc, "the date was 2023-11-15");
}

#[test]
fn host_port() {
    post(
        |s| s.sign_as("host", "cvm.tencentcloudapi.com:443"),
        Cause::HostPort,
        ":443",
    );
    post(
        |s| s.set("Host", "cvm.tencentcloudapi.com:8080"),
        Cause::HostPort,
        "\"cvm.tencentcloudapi.com\" was signed",
    );
}

#[test]
fn host_differs() {
    post(
        |s| s.set("Host", "proxy.example"),
        Cause::HostDiffers,
        "proxy.example",
    );
    post(
        |s| s.sign_as("host", "cvm.ap-guangzhou.tencentcloudapi.com"),
        Cause::HostDiffers,
        "ap-guangzhou",
    );
    post(
        |s| {
            s.values = Values::AsSent;
            s.sign_as("host", "CVM.TENCENTCLOUDAPI.COM");
            s.sign_as("x-tc-action", "describezones");
            s.set("X-TC-Action", "describezones");
        },
        Cause::HostDiffers,
        "CVM.TENCENTCLOUDAPI.COM",
    );
}

#[test]
fn service_in_scope() {
    post(
        |s| s.service = "cbs".into(),
        Cause::ServiceInScope,
        "\"cbs\", but the host is that of \"cvm\"",
    );
    post(
        |s| s.service = "CVM".into(),
        Cause::ServiceInScope,
        "\"CVM\"",
    );
    post(
        |s| s.input.service = Some("vpc".into()),
        Cause::ServiceInScope,
        "meant is \"vpc\"",
    );
}

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
fn content_type_differs() {
    for signed in [
        "application/json",
        "application/json;charset=utf-8",
        "application/octet-stream",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        post(
            |s| s.sign_as("content-type", signed),
            Cause::ContentTypeDiffers,
            signed,
        );
    }
    let sent = "multipart/form-data; boundary=xyz";
    for signed in [
        "multipart/form-data",
        "multipart/form-data; charset=utf-8; boundary=xyz",
    ] {
        post(
            |s| {
                s.set("Content-Type", sent);
                s.sign_as("content-type", signed);
            },
            Cause::ContentTypeDiffers,
            signed,
        );
    }
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

#[test]
fn values_not_lowered() {
    post(
        |s| s.values = Values::AsSent,
        Cause::ValuesNotLowered,
        "as they are sent",
    );
}

#[test]
fn algorithm() {
    for name in ["TC3-HMAC-SHA1", "AWS4-HMAC-SHA256", "HmacSHA256"] {
        post(|s| s.algorithm = name.into(), Cause::Algorithm, name);
        let change = |r: &mut Request| {
            let header = r
                .headers
                .iter_mut()
                .find(|(name, _)| name == "Authorization");
            let value = &mut header.expect("it was signed").1;
            *value = value.replace("TC3-HMAC-SHA256", name);
        };
        sent(change, Cause::Algorithm, name);
    }
    let mut sample = Sample::post();
    sample.set("Authorization", "SKIP");
    sample.input.subject = Subject::Request(sample.request);
    first(
        &diagnose(&sample.input).expect("read"),
        Cause::Algorithm,
        "SKIP",
    );
    let older = |r: &mut Request| {
        r.headers.retain(|(name, _)| name != "Authorization");
        r.body = b"Action=A&Signature=x".into();
    };
    sent(older, Cause::Algorithm, "HmacSHA1");
}

#[test]
fn method_differs() {
    post(
        |s| s.method = "GET".into(),
        Cause::MethodDiffers,
        "\"GET\" was signed",
    );
    let mut sample = Sample::get("A=1");
    sample.method = "POST".into();
    first(
        &sample.diagnose(),
        Cause::MethodDiffers,
        "\"POST\" was signed",
    );
    sent(|r| r.method = "PUT".into(), Cause::MethodDiffers, "\"PUT\"");
}

#[test]
fn path_signed() {
    post(
        |s| s.path = "/v2/index.php".into(),
        Cause::PathSigned,
        "/v2/index.php",
    );
    post(|s| s.path = String::new(), Cause::PathSigned, "\"\"");
    sent(
        |r| r.target = "/DescribeZones".into(),
        Cause::PathSigned,
        "/DescribeZones",
    );
}

#[test]
fn signed_headers_list() {
    let cause = Cause::SignedHeadersList;
    post(|s| s.signed.reverse(), cause, "not sorted");
    post(
        |s| {
            s.signed
                .iter_mut()
                .for_each(|(name, _)| name.make_ascii_uppercase())
        },
        cause,
        "lower-case",
    );
    post(|s| s.sign_as("x-tc-nothing", "1"), cause, "x-tc-nothing");
    for missing in ["host", "content-type"] {
        post(
            |s| s.signed.retain(|(name, _)| name != missing),
            cause,
            missing,
        );
    }
    post(
        |s| {
            s.list = Some("content-type;host;x-tc-action".into());
            s.sign_as("x-tc-region", "ap-guangzhou");
        },
        cause,
        "x-tc-region",
    );
    post(
        |s| {
            s.list = Some("content-type;host;x-tc-action".into());
            s.signed.pop();
        },
        cause,
        "x-tc-action",
    );
}

#[test]
fn authorization_form() {
    let change = |change: fn(&str) -> String| {
        move |r: &mut Request| {
            let header = r
                .headers
                .iter_mut()
                .find(|(name, _)| name == "Authorization");
            let value = &mut header.expect("it was signed").1;
            *value = change(value);
        }
    };
    let cause = Cause::AuthorizationForm;
    sent(
        change(|v| v.replace(", Signature=", " Signature=")),
        cause,
        "third part",
    );
    sent(
        change(|v| v.replace("tc3_request", "aws4_request")),
        cause,
        "tc3_request",
    );
    sent(change(|v| format!("{v}A")), cause, "64 lower-case");
    sent(change(|v| v.to_ascii_uppercase()), cause, "first part");
    sent(change(|_| String::new()), cause, "no space");
    sent(
        |r| r.headers.retain(|(name, _)| name != "Authorization"),
        cause,
        "no Authorization",
    );
    sent(
        |r| r.headers.extend(r.headers.clone()),
        cause,
        "more than once",
    );
}

#[test]
fn secret_id_differs() {
    post(
        |s| s.secret_id = "other".into(),
        Cause::SecretIdDiffers,
        "\"other\"",
    );
    post(
        |s| s.secret_id = "id ".into(),
        Cause::SecretIdDiffers,
        "white space",
    );
}

#[test]
fn two_mistakes_at_once() {
    let mut sample = Sample::post();
    sample.input.now += 600_000;
    sample.sign_as("content-type", "application/json");
    let diagnosis = sample.diagnose();
    first(&diagnosis, Cause::ClockOff, "10 min");
    let second = &diagnosis.causes[1];
    assert!(second.certain && second.cause == Cause::ContentTypeDiffers);

    let mut sample = Sample::post();
    sample.first_key.push(b'\n');
    sample.hash(b"{\"Limit\": 1, \"Name\": \"a/b\"}");
    let causes = sample.diagnose().causes;
    let found: Vec<Cause> = causes.iter().map(|found| found.cause).collect();
    assert_eq!(found, [Cause::SecretSpaces, Cause::BodyChanged]);
    assert!(causes.iter().all(|found| found.certain));
}

#[test]
fn what_is_not_proved_is_only_likely() {
    let mut sample = Sample::post();
    sample.first_key = b"TC3another".into();
    let diagnosis = sample.diagnose();
    assert!(!diagnosis.ok);
    assert_eq!(diagnosis.causes[0].cause, Cause::SecretKeyOrBody);
    assert!(diagnosis.causes.iter().all(|found| !found.certain));

    let mut sample = Sample::post();
    sample.first_key = b"TC3another".into();
    sample.input.canonical_request = Some(sample.canonical_request());
    let causes = sample.diagnose().causes;
    assert!(causes[0].message.contains("another secret key signed"));

    let mut sample = Sample::post();
    sample.input.credential = None;
    assert_eq!(sample.diagnose().causes[0].cause, Cause::NoCredential);
}

#[test]
fn the_first_line_that_differs_is_shown() {
    let check = |change: fn(&mut Sample), line, name: &str, cause| {
        let mut sample = Sample::post();
        change(&mut sample);
        sample.input.canonical_request = Some(sample.canonical_request());
        sample.input.string_to_sign = Some(sample.string_to_sign());
        let diagnosis = sample.diagnose();
        let difference = diagnosis.difference.expect("there is one");
        assert_eq!((difference.line, difference.name.as_str()), (line, name));
        assert_ne!(difference.sender, difference.expected);
        assert_eq!(diagnosis.causes[0].cause, cause);
    };
    check(
        |s| s.method = "PUT".into(),
        1,
        "method",
        Cause::MethodDiffers,
    );
    check(|s| s.path = "/x/y".into(), 2, "path", Cause::PathSigned);
    check(|s| s.query = "z".into(), 3, "query", Cause::QueryOnPost);
    check(
        |s| s.sign_as("content-type", "a/b"),
        4,
        "header content-type",
        Cause::ContentTypeDiffers,
    );
    check(
        |s| s.sign_as("host", "a.b"),
        5,
        "header host",
        Cause::HostDiffers,
    );
    check(
        |s| s.canonical_list = Some("host".into()),
        8,
        "signed headers",
        Cause::SignedHeadersList,
    );
    check(
        |s| s.algorithm = "X".into(),
        1,
        "algorithm",
        Cause::Algorithm,
    );
    check(
        |s| s.timestamp = "9".into(),
        2,
        "timestamp",
        Cause::TimestampHeader,
    );
}

#[test]
fn an_error_makes_causes_likely() {
    let error = |code: &str, server_time, sent_at| {
        let mut input = Sample::post().input;
        input.subject = Subject::Error(ErrorFacts {
            code: code.into(),
            server_time,
            sent_at,
        });
        diagnose(&input).expect("an error needs no reading").causes
    };
    for (code, cause) in [
        ("AuthFailure.SignatureExpire", Cause::ClockOff),
        ("AuthFailure.SignatureFailure", Cause::SecretKeyOrBody),
        ("AuthFailure.TokenFailure", Cause::TokenDiffers),
        ("AuthFailure.SecretIdNotFound", Cause::SecretIdDiffers),
        ("AuthFailure.InvalidAuthorization", Cause::AuthorizationForm),
        ("AuthFailure.SomethingNew", Cause::SecretKeyOrBody),
        ("RequestSizeLimitExceeded", Cause::BodyTooLarge),
        ("ResourceNotFound", Cause::NotSigning),
        ("\n\0", Cause::NotSigning),
    ] {
        let found = error(code, None, None);
        assert_eq!(found[0].cause, cause);
        assert!(!found[0].certain);
    }
    let found = error(
        "AuthFailure.SignatureExpire",
        Some(1_000_000),
        Some(400_000),
    );
    assert!(found[0].certain && found[0].message.contains("10 min 0 s behind the server's"));

    let mut sample = Sample::post();
    sample.first_key.push(b' ');
    let authorization = sample.authorization();
    sample.set("Authorization", &authorization);
    sample.input.received = Some(sample.request);
    sample.input.subject = Subject::Error(ErrorFacts {
        code: "AuthFailure.SignatureFailure".into(),
        server_time: None,
        sent_at: None,
    });
    first(
        &diagnose(&sample.input).expect("judged"),
        Cause::SecretSpaces,
        "space after",
    );
}
