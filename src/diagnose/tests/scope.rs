//! Time, service and algorithm.

use super::{Cause, NOW, Sample, first, post, sent};
use crate::diagnose::{Request, Subject, diagnose};

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
