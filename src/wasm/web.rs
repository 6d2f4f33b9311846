//! `sign_request`: the platform's own Request goes in and comes out signed.

use super::input::Input;
use crate::errors::Problems;
use crate::request::{FORM_TYPE, Member};
use crate::tc3::KeyCache;
use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Headers, Request, RequestInit, RequestRedirect, Url};
use zeroize::Zeroizing;

/// Signs a request whose body was read before: `head` holds `count` values as js/head.ts writes them, to which method,
/// address, query and headers are added here from the request itself. Throws problems as the core leaves them.
#[wasm_bindgen(js_name = signRequest)]
pub fn sign_request(
    request: &Request,
    head: Vec<u8>,
    count: usize,
    key: Vec<u8>,
    body: &[u8],
    timestamp: f64,
) -> Result<Request, JsValue> {
    // Both are zeroed when they are dropped: the head holds the token.
    let (head, key) = (Zeroizing::new(head), Zeroizing::new(key));
    let url = Url::new(&request.url())?;
    let (method, host, query) = (request.method(), url.host(), url.search());
    let sent = headers(&request.headers())?;
    let mut input = Input::decode(&head, count, &key, timestamp).map_err(list)?;
    let scheme = url.protocol();
    input.head[Member::Method] = &method;
    input.head[Member::Scheme] = scheme.trim_end_matches(':');
    if input.head[Member::Host].is_empty() {
        input.head[Member::Host] = &host;
    } else {
        input.head[Member::SentHost] = &host;
    }
    input.head[Member::Query] = query.strip_prefix('?').unwrap_or(&query);
    for (name, value) in &sent {
        if name != "content-type" {
            input.head.extra.push((name, value));
        } else if input.head[Member::ContentType].is_empty() {
            input.head[Member::ContentType] = value;
        }
    }
    if input.head[Member::ContentType].is_empty() {
        input.head[Member::ContentType] = default_type(&method);
    }
    if method == "POST" && input.head[Member::ContentType].starts_with("text/plain") {
        let message = "is `text/plain`, which the platform sets for a text; give the request `Content-Type: application/json`";
        let path = "request.headers.content-type";
        return Err(list(Problems::one(path, "Value", message)));
    }
    if url.pathname() != "/" {
        let message = "has another path than `/`, which is the only one that the service has";
        return Err(list(Problems::one("request.url", "Value", message)));
    }

    let payload = if method == "GET" { &[] } else { body };
    let prepared = input
        .payload(payload, body.len())
        .and_then(|payload| input.prepare(&payload, &mut KeyCache::default()))
        .map_err(list)?;
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Manual);
    let signed = Headers::new()?;
    for (name, value) in prepared.headers() {
        signed.set(name, value)?;
    }
    // Zeroed as it is dropped: it holds the token.
    drop(Zeroizing::new(prepared.into_text()));
    init.set_headers(&signed);
    if method != "GET" {
        init.set_body(&Uint8Array::from(body));
    }
    Request::new_with_request_and_init(request, &init)
}

/// The content type of a request that has none.
fn default_type(method: &str) -> &'static str {
    match method {
        "GET" => FORM_TYPE,
        _ => "application/json; charset=utf-8",
    }
}

fn headers(headers: &Headers) -> Result<Vec<(String, String)>, JsValue> {
    let mut pairs = Vec::new();
    for entry in headers.entries() {
        let pair = Array::from(&entry?);
        let text = |at| JsString::from(pair.get(at)).into();
        pairs.push((text(0), text(1)));
    }
    Ok(pairs)
}

fn list(problems: Problems) -> JsValue {
    problems.into_text().into()
}
