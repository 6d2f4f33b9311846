//! Method, path, headers and the Authorization header.

use super::{Cause, Sample, first, post, sent};
use crate::diagnose::Request;
use crate::tc3::Values;

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
fn values_not_lowered() {
    post(
        |s| s.values = Values::AsSent,
        Cause::ValuesNotLowered,
        "as they are sent",
    );
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
            for (name, _) in &mut s.signed {
                name.make_ascii_uppercase();
            }
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
    sent(change(str::to_ascii_uppercase), cause, "first part");
    sent(change(|_| String::new()), cause, "does not begin");
    sent(change(|v| v[16..].to_string()), cause, "does not begin");
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
fn canonical_form() {
    let cause = Cause::CanonicalForm;
    post(|s| s.rewrite = |text| text + "\n", cause, "line feed");
    post(
        |s| s.rewrite = |text| text.replace('\n', "\r\n"),
        cause,
        "CR LF",
    );
    post(
        |s| s.rewrite = |text| text.replace("\n\ncontent-type;", "\ncontent-type;"),
        cause,
        "no empty line",
    );
    post(
        |s| {
            s.rewrite = |text| {
                text.replace("host:", "host: ")
                    .replace("type:", "type: ")
                    .replace("action:", "action: ")
            }
        },
        cause,
        "after the colon",
    );
    post(|s| s.payload.make_ascii_uppercase(), cause, "capitals");
}
