//! The forms of a request beside JSON: what the core itself sends is understood, and what is wrong is refused.

use crate::caller::{Caller, Draft, SECRET_KEY, START, envelope};
use serde_json::{Value, json};
use tc3_edge::call::{Choice, Credential, Payload, sign};
use tc3_edge::request::multipart::{boundary, frames};
use tc3_edge::request::{FORM_TYPE, Head, Member};
use tc3_edge::secret::Secret;
use tc3_edge::tc3::{KeyCache, Received, Values};
use tc3_edge::text::split;
use tc3_edge_sandbox::Answer;

const HOST: &str = "127.0.0.1:4180";

/// How a call is sent.
#[derive(Clone, Copy, Debug)]
enum Form {
    Query,
    Multipart,
}

/// A request that the core signed, as it arrives.
struct Arriving {
    method: &'static str,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Arriving {
    fn send(&self, caller: &mut Caller) -> Answer {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let received = Received {
            method: self.method,
            target: &self.target,
            headers: &headers,
            body: &self.body,
        };
        caller.receive(&received)
    }
}

/// Content type and body of parameters as parts: lists and structures are JSON, the rest are texts.
fn parts(parameters: &Value) -> (String, Vec<u8>) {
    let boundary = boundary(&[7; 16]);
    let mut described = Vec::new();
    let mut contents = Vec::new();
    for (name, value) in parameters.as_object().expect("an object") {
        let json = if value.is_array() || value.is_object() {
            "application/json"
        } else {
            ""
        };
        described.push(format!("{name}\0\0{json}"));
        contents.push(value.as_str().map_or_else(|| value.to_string(), Into::into));
    }
    let frames = frames(&boundary, split(&described.join("\0"), 0)).expect("right");
    let mut frames = frames.split('\0').skip(1);
    let mut body = String::new();
    for content in contents {
        body.push_str(frames.next().expect("a frame"));
        body.push_str(&content);
    }
    body.extend(frames);
    let content_type = format!("multipart/form-data; boundary={boundary}");
    (content_type, body.into_bytes())
}

/// A call of alice, signed by the core.
fn arriving(caller: &Caller, form: Form, unsigned: bool, action: &str, sent: &Value) -> Arriving {
    let (method, content_type, payload) = match form {
        Form::Query => ("GET", FORM_TYPE.to_string(), sent.to_string().into_bytes()),
        Form::Multipart => {
            let (content_type, body) = parts(sent);
            ("POST", content_type, body)
        }
    };
    #[allow(clippy::cast_precision_loss)]
    let timestamp = caller.now as f64;
    let head = Head {
        timestamp,
        unsigned_payload: unsigned,
        ..Head::default()
    };
    let head = head
        .with(Member::Method, method)
        .with(Member::Service, "iotvideo")
        .with(Member::Scheme, "http")
        .with(Member::Host, HOST)
        .with(Member::Action, action)
        .with(Member::Version, "2019-11-26")
        .with(Member::Region, "ap-guangzhou")
        .with(Member::ContentType, &content_type);
    let credential = Credential {
        secret_id: "alice-id",
        secret: Secret::new(SECRET_KEY.into()),
    };
    let choice = Choice {
        signed_headers: "action",
        values: Values::Lower,
        keep: 0,
    };
    let keys = &mut KeyCache::default();
    let prepared = sign(
        &credential,
        &head,
        choice,
        &Payload::unchecked(&payload),
        keys,
    );
    let prepared = prepared.expect("right");
    let origin = format!("http://{HOST}");
    let mut headers = vec![("Host".to_string(), HOST.to_string())];
    headers.extend(
        prepared
            .headers()
            .map(|(name, value)| (name.into(), value.into())),
    );
    Arriving {
        method,
        target: prepared.url().replacen(&origin, "", 1),
        headers,
        body: if method == "GET" { Vec::new() } else { payload },
    }
}

#[test]
fn a_service_is_bought_described_and_refunded_in_each_form() {
    for form in [Form::Query, Form::Multipart] {
        for unsigned in [false, true] {
            let mut caller = Caller::new(true);
            let call = |caller: &mut Caller, action, sent| {
                let answer = arriving(caller, form, unsigned, action, &sent).send(caller);
                let response = envelope(&answer);
                assert_eq!(answer.note.outcome.as_ref(), "ok", "{form:?} {response}");
                response
            };
            let purchase = json!({
                "PkgId": "yc1m3d", "Tid": "camera 1&+", "OrderCount": 3, "StorageRegion": "ap-guangzhou",
            });
            let refused = arriving(&caller, form, unsigned, "CreateStorageService", &purchase);
            let refused = envelope(&refused.send(&mut caller));
            // It arrived as it was meant: the space is not allowed.
            assert_eq!(refused["Error"]["Code"], "InvalidParameterValue.Tid");

            let mut purchase = purchase;
            purchase["Tid"] = json!("camera-1&+");
            let bought = call(&mut caller, "CreateStorageService", purchase);
            assert_eq!(bought["Tid"], "camera-1&+");
            let id = &bought["ServiceId"];
            let order = &bought["Data"][1]["OrderId"];
            let sent = json!({"ServiceId": id, "OrderId": order});
            let left = call(&mut caller, "RefundStorageService", sent);
            assert_eq!(left["Data"].as_array().map(Vec::len), Some(2));
            let last = caller.ledger().last().expect("a line");
            assert_eq!(last.what, "returnedToPool");
            let sent = json!({"ServiceId": id, "GetFinishedOrder": true});
            let found = call(&mut caller, "DescribeStorageService", sent);
            assert_eq!(found["Data"].as_array().map(Vec::len), Some(3));
            assert_eq!(found, {
                let mut by_json = caller.describe(&bought);
                by_json["RequestId"] = found["RequestId"].clone();
                by_json
            });
        }
    }
}

#[test]
fn lists_and_structures_arrive_in_each_form() {
    let tids: Vec<String> = (0..12).map(|at| format!("camera {at}")).collect();
    let contents = json!({"En": "a b", "Cn": "云"});
    let sent = json!({"ProductId": "p", "OtaVersion": "1.0.1", "Contents": contents});
    for form in [Form::Query, Form::Multipart] {
        let check = |action, sent: &Value, expected: &str| {
            let mut caller = Caller::new(true);
            let answer = arriving(&caller, form, false, action, sent).send(&mut caller);
            let response = envelope(&answer);
            assert_eq!(
                answer.note.outcome.as_ref(),
                expected,
                "{form:?} {response}"
            );
        };
        check("ClearDeviceActiveCode", &json!({"Tids": tids}), "ok");
        let many: Vec<String> = (0..101).map(|at| at.to_string()).collect();
        let code = "InvalidParameterValue";
        check("ClearDeviceActiveCode", &json!({"Tids": many}), code);
        check("ModifyVerContent", &sent, "ok");
        let mut wrong = sent.clone();
        wrong["Contents"]["Fr"] = json!("c");
        check("ModifyVerContent", &wrong, "UnknownParameter");
        wrong["Contents"] = json!({"En": "x".repeat(301)});
        check("ModifyVerContent", &wrong, code);
    }
}

#[test]
fn each_form_is_signed() {
    let sent = json!({"ServiceId": "service"});
    for form in [Form::Query, Form::Multipart] {
        for unsigned in [false, true] {
            let mut caller = Caller::new(true);
            let action = "DescribeStorageService";
            let mut request = arriving(&caller, form, unsigned, action, &sent);
            request.target = request.target.replace("service", "another");
            let body = String::from_utf8(request.body).expect("text");
            request.body = body.replace("service", "another").into_bytes();
            let answer = request.send(&mut caller);
            envelope(&answer);
            // Only a body can be left out of the signature; its sender bears it.
            let open = unsigned && matches!(form, Form::Multipart);
            let expected = if open {
                "ResourceNotFound"
            } else {
                "AuthFailure.SignatureFailure"
            };
            assert_eq!(answer.note.outcome.as_ref(), expected, "{form:?}");
        }
    }
}

/// The answer to a query of alice that is signed as it stands.
fn query(strict: bool, action: &str, query: &str) -> (Value, Answer) {
    let draft = Draft::new("alice", action, &Value::Null, START).with_query(query);
    let answer = Caller::new(strict).send(&draft);
    (envelope(&answer)["Error"].clone(), answer)
}

#[test]
fn a_query_is_refused_with_its_cause() {
    let check = |sent: &str, code: &str, word: &str| {
        let (error, answer) = query(true, "DescribeStorageService", sent);
        assert_eq!(error["Code"], code, "{sent}: {error}");
        let message = error["Message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{sent}: {message}");
        assert_eq!(answer.note.account, "alice");
    };
    check("ServiceId=s", "ResourceNotFound", "s");
    check("", "MissingParameter", "ServiceId");
    check("ServiceId=s&Other.0.A=1", "UnknownParameter", "Other");
    check(
        "ServiceId=s&GetFinishedOrder=1",
        "InvalidParameter",
        "GetFinishedOrder",
    );
    check("ServiceId.0=s", "InvalidParameter", "ServiceId");
    check("ServiceId=s&ServiceId=s", "InvalidParameter", "twice");
    check("ServiceId=s&ServiceId.0=s", "InvalidParameter", "both");
    check("ServiceId=%zz", "InvalidParameter", "%");
    let (error, _) = query(true, "ClearDeviceActiveCode", "Tids.4000000000=a");
    assert_eq!(error["Code"], "InvalidParameter");
    assert!(
        error["Message"]
            .as_str()
            .unwrap_or_default()
            .contains("gap")
    );
}

#[test]
fn a_query_is_read_as_the_official_sdks_write_it() {
    // Go sorts the names, so that 10 comes before 2; Go and Python write + for a space.
    let sorted = "Tids.0=a+b&Tids.1=b&Tids.10=k&Tids.2=c&Tids.3=d&Tids.4=e&Tids.5=f&Tids.6=g&Tids.7=h\
                  &Tids.8=i&Tids.9=j";
    let (_, answer) = query(true, "ClearDeviceActiveCode", sorted);
    assert_eq!(
        (answer.note.outcome.as_ref(), answer.note.tolerance),
        ("ok", "")
    );
    // Node leaves these as they are.
    let (_, answer) = query(true, "DescribeStorageService", "ServiceId=*!()");
    assert_eq!(answer.note.outcome.as_ref(), "ResourceNotFound");
    let python = "ServiceId=s&GetFinishedOrder=True";
    let (_, answer) = query(false, "DescribeStorageService", python);
    let tolerance = "true and false written with a capital";
    assert_eq!(
        (answer.note.outcome.as_ref(), answer.note.tolerance),
        ("ResourceNotFound", tolerance)
    );
    let (_, answer) = query(true, "DescribeStorageService", python);
    assert_eq!(
        (answer.note.outcome.as_ref(), answer.note.tolerance),
        ("InvalidParameter", "")
    );
}

#[test]
fn parts_are_refused_with_their_cause() {
    let check = |body: &[u8], code: &str, word: &str| {
        let mut draft = Draft::new("alice", "RefundStorageService", &Value::Null, START);
        draft.content_type = "multipart/form-data; boundary=b";
        draft.body = body.into();
        let error = envelope(&Caller::new(true).send(&draft))["Error"].clone();
        assert_eq!(error["Code"], code, "{error}");
        let message = error["Message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{message}");
    };
    let part = |name: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{content}\r\n")
    };
    let all = |parts: &[String]| [&parts.concat(), "--b--\r\n"].concat().into_bytes();
    let id = part("ServiceId", "\r\ns");
    check(&all(std::slice::from_ref(&id)), "ResourceNotFound", "s");
    check(&all(&[]), "MissingParameter", "ServiceId");
    check(b"", "InvalidRequest", "boundary");
    check(id.as_bytes(), "InvalidRequest", "boundary");
    check(&all(&[id.clone(), id.clone()]), "InvalidParameter", "twice");
    // A part's name is a parameter's, and no path into it.
    let path = part("OrderId.0", "\r\no");
    check(&all(&[id.clone(), path]), "UnknownParameter", "OrderId.0");
    let json = part("ServiceId", "Content-Type: application/json\r\n\r\n[\"s\"]");
    check(&all(&[json]), "InvalidParameter", "ServiceId");
    let broken = part("ServiceId", "Content-Type: application/json\r\n\r\n[");
    check(&all(&[broken]), "InvalidParameter", "JSON");
    let mut bytes = all(&[id]);
    let at = bytes.len() - "s\r\n--b--\r\n".len();
    bytes[at] = 0xff;
    check(&bytes, "InvalidParameter", "UTF-8");
}
