//! The forms in which a request may come (*Request Structure*), and its parameters as JSON text, whatever the form.

mod header;
mod json;
mod multipart;
mod query;
mod tree;

use crate::answer::{Note, Refusal};
use crate::generated::TABLE;
use crate::rows::Rows;
use json::Writer;
use std::borrow::Cow;
use tc3_edge::request::{FORM_TYPE, MAX_BODY, MAX_QUERY};
use tc3_edge::tc3::Received;
use tree::{Members, Node};

/// The form of a request, with what is needed to read its parameters.
#[derive(Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// GET: all parameters stand in the query, as it was sent.
    Query(&'a str),
    /// POST with JSON.
    Json,
    /// POST with parts between a boundary.
    Multipart(&'a str),
}

/// Tells the form; a request that has none of them, or mixes them, is refused.
pub fn form<'a>(request: &Received<'a>) -> Result<Form<'a>, Refusal> {
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((request.target, ""));
    let refuse = |message: &str| Err(Refusal::new("InvalidRequest", message));
    let content_type = request.header("content-type").unwrap_or_default();
    let media_type = header::first(content_type);
    let is = |name: &str| media_type.eq_ignore_ascii_case(name);
    match request.method {
        "GET" | "POST" if path != "/" => refuse("a request goes to the path /"),
        "GET" if !is(FORM_TYPE) => refuse(
            "a GET must send the header Content-Type once, as application/x-www-form-urlencoded",
        ),
        "GET" if !request.body.is_empty() => {
            refuse("a GET has its parameters in the query, and no body")
        }
        "GET" => Ok(Form::Query(query)),
        "POST" if !query.is_empty() => {
            refuse("a POST has its parameters in the body, and no query")
        }
        "POST" if is("application/json") => Ok(Form::Json),
        "POST" if is("multipart/form-data") => match header::parameter(content_type, "boundary") {
            Some(boundary) if (1..=70).contains(&boundary.len()) => Ok(Form::Multipart(boundary)),
            _ => refuse("the header Content-Type must name a boundary of 1 to 70 characters, once"),
        },
        "POST" => refuse(
            "a POST must send the header Content-Type once, as application/json or multipart/form-data",
        ),
        _ => {
            let message = "the methods are GET and POST";
            Err(Refusal::new("UnsupportedProtocol", message))
        }
    }
}

/// Hosts stop reading behind a body's limit, so that the signature of a longer one cannot be checked: this comes first.
pub fn size(request: &Received<'_>, form: &Form<'_>) -> Result<(), Refusal> {
    let message = match form {
        Form::Query(query) if query.len() > MAX_QUERY => "the query is larger than 32 KB",
        _ if request.body.len() > MAX_BODY => "the body is larger than 10 MB",
        _ => return Ok(()),
    };
    Err(Refusal::new("RequestSizeLimitExceeded", message))
}

/// The JSON text of an action's parameters. What is sent as text gets the type that the table says; where it cannot, it
/// stays a text, and so do names that the table does not know: the check of the payload tells all of them together.
pub fn parameters<'a>(
    request: &Received<'a>,
    form: &Form<'_>,
    action: &str,
    strict: bool,
    note: &mut Note,
) -> Result<Cow<'a, [u8]>, Refusal> {
    let mut members = Members::new();
    match form {
        Form::Json => return Ok(Cow::Borrowed(request.body)),
        Form::Query(query) => {
            for (name, value) in query::pairs(query)? {
                tree::insert(&mut members, &name, Node::Text(value.into()))?;
            }
        }
        Form::Multipart(boundary) => {
            for part in multipart::parts(request.body, boundary)? {
                tree::insert_whole(&mut members, &part.name, part.value)?;
            }
        }
    }
    let rows = Rows::of(TABLE, action, '<');
    let mut writer = Writer::new(&rows, strict);
    writer.members(&members, &rows.fields)?;
    if writer.capitals && note.tolerance.is_empty() {
        note.tolerance = "true and false written with a capital";
    }
    Ok(Cow::Owned(writer.text.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Form, form, parameters};
    use crate::answer::Note;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use tc3_edge::request::flatten;
    use tc3_edge::tc3::Received;

    fn found(method: &str, target: &str, content_type: &str, body: &[u8]) -> String {
        let headers = [("Content-Type", content_type)];
        let request = Received {
            method,
            target,
            headers: &headers,
            body,
        };
        match form(&request) {
            Ok(Form::Json) => "json".into(),
            Ok(Form::Query(query)) => query.into(),
            Ok(Form::Multipart(boundary)) => boundary.into(),
            Err(refusal) => refusal.code.into(),
        }
    }

    #[test]
    fn each_form_is_told() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(found("POST", "/", "application/json", b"{}"), "json");
        assert_eq!(
            found("POST", "/?", "Application/JSON; charset=utf-8", b""),
            "json"
        );
        assert_eq!(found("GET", "/?A=%20?", form, b""), "A=%20?");
        assert_eq!(found("GET", "/", form, b""), "");
        let parts = "multipart/form-data; charset=utf-8; Boundary=\"a b\"";
        assert_eq!(found("POST", "/", parts, b""), "a b");
    }

    #[test]
    fn forms_are_not_mixed() {
        let form = "application/x-www-form-urlencoded";
        for (method, target, content_type, body) in [
            ("GET", "/?A=1", form, "A=1"),
            ("GET", "/?A=1", "application/json", ""),
            ("GET", "/?A=1", "multipart/form-data; boundary=b", ""),
            ("POST", "/?A=1", "application/json", "{}"),
            ("POST", "/?A=1", "multipart/form-data; boundary=b", ""),
            ("POST", "/", form, "A=1"),
            ("POST", "/", "multipart/form-data", ""),
            ("POST", "/", "multipart/form-data; boundary=", ""),
            (
                "POST",
                "/",
                "multipart/form-data; boundary=a; boundary=b",
                "",
            ),
            ("POST", "/v2", "application/json", "{}"),
            ("GET", "?A=1", form, ""),
        ] {
            let found = found(method, target, content_type, body.as_bytes());
            assert_eq!(found, "InvalidRequest", "{method} {target} {content_type}");
        }
        assert_eq!(
            found("PUT", "/", "application/json", b""),
            "UnsupportedProtocol"
        );
    }

    fn read(form: &Form<'_>, action: &str, body: &[u8]) -> Result<Value, String> {
        let request = Received {
            method: "",
            target: "",
            headers: &[],
            body,
        };
        let read = parameters(&request, form, action, true, &mut Note::default());
        read.map_err(|refusal| format!("{} {}", refusal.code, refusal.message))
            .map(|bytes| serde_json::from_slice(&bytes).expect("JSON"))
    }

    #[test]
    fn a_query_has_the_tables_types() {
        let check = |action, query, expected: Value| {
            assert_eq!(
                read(&Form::Query(query), action, b""),
                Ok(expected),
                "{query}"
            );
        };
        check("DescribeDevices", "", json!({}));
        check(
            "DescribeDevices",
            "ProductId=7&ReturnModel=true&Limit=3&Offset=18446744073709551615&OtaVersion=a+b%2B",
            json!({
                "ProductId": "7", "ReturnModel": true, "Limit": 3, "Offset": u64::MAX, "OtaVersion": "a b+",
            }),
        );
        // What is not of the type stays a text, which the payload's check refuses.
        check(
            "DescribeDevices",
            "Limit=03&Offset=&ReturnModel=True",
            json!({"Limit": "03", "Offset": "", "ReturnModel": "True"}),
        );
        check(
            "ClearDeviceActiveCode",
            "Tids.1=b&Tids.0=a&Tids.2=3",
            json!({"Tids": ["a", "b", "3"]}),
        );
        check(
            "RunOtaVersion",
            "Contents.En=a&Other.7.B=1",
            json!({"Contents": {"En": "a"}, "Other": {"7": {"B": "1"}}}),
        );
        check("ClearDeviceActiveCode", "Tids=a", json!({"Tids": "a"}));
    }

    #[test]
    fn what_is_no_form_of_parameters_is_refused() {
        for (query, word) in [
            ("Tids.0=a&Tids.0=b", "twice"),
            ("Tids.0=a&Tids%2E0=b", "twice"),
            ("Tids=a&Tids.0=b", "both"),
            ("Tids.0=a&Tids=b", "both"),
            ("Tids.1=a", "gap"),
            ("Tids.0=a&Tids.2=b", "gap"),
            ("Tids.0=a&Tids.4294967295=b", "gap"),
            ("Tids.0=a&Tids.99999999999999999999999=b", "index"),
            ("Tids.00=a", "index"),
            ("Tids.+0=a", "index"),
            ("Tids.x=a", "index"),
            ("Tids.=a", "empty"),
            ("=a", "empty"),
            ("Tids", "="),
            ("A=1&&B=2", "="),
            ("A=%", "%"),
            ("A=%2", "%"),
            ("A=%zz", "%"),
            ("A=%+1", "%"),
            ("A=%ff", "UTF-8"),
        ] {
            let refused = read(&Form::Query(query), "ClearDeviceActiveCode", b"");
            let refused = refused.expect_err(query);
            assert!(refused.starts_with("InvalidParameter "), "{refused}");
            assert!(refused.contains(word), "{query}: {refused}");
        }
        let deep = format!("A{}=1", ".a".repeat(16_000));
        let refused = read(&Form::Query(&deep), "DescribeDevice", b"");
        assert!(refused.expect_err("too deep").contains("levels"));
    }

    proptest! {
        #[test]
        fn any_query_is_answered(query in "[AT]?[a-z.0-3%&=+]{0,30}|.*", json in any::<bool>()) {
            let action = if json { "ClearDeviceActiveCode" } else { "RunOtaVersion" };
            let _ = read(&Form::Query(&query), action, b"");
        }

        #[test]
        fn what_the_core_flattens_is_read_back(
            tids in prop::collection::vec(".{0,6}", 1..14),
            (text, count, flag) in (".{0,6}", any::<u64>(), any::<bool>()),
        ) {
            let check = |action, expected: Value| {
                let mut query = String::new();
                let mut problems = tc3_edge::errors::Problems::default();
                flatten(&expected.to_string(), &mut problems, &mut |name, value| {
                    tc3_edge::request::push_pair(&mut query, name, value);
                });
                prop_assert_eq!(read(&Form::Query(&query), action, b""), Ok(expected));
                Ok(())
            };
            check("ClearDeviceActiveCode", json!({"Tids": tids}))?;
            check("DescribeDevices", json!({"ProductId": text, "Limit": count, "ReturnModel": flag}))?;
            check("RunOtaVersion", json!({"Contents": {"En": text}}))?;
        }
    }
}
