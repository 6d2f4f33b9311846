//! Mistakes with the payload: what was hashed is not what was sent.

use super::{Cause, Change, Trial};
use crate::diagnose::json_forms;
use crate::tc3::UNSIGNED_PAYLOAD;
use crate::tc3::digest::{hex, sha256};

pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let mut hashed = |cause, message: String, bytes: &[u8]| {
        let payload = hex(&sha256(bytes));
        if payload != trial.base.payload {
            changes.push(Change::new(cause, message, move |recipe| {
                recipe.payload.clone_from(&payload);
            }));
        }
    };
    let body = trial.request.body.as_slice();
    if trial.request.unsigned_payload() {
        let message = "X-TC-Content-SHA256 says UNSIGNED-PAYLOAD, but the body was hashed.";
        hashed(Cause::UnsignedPayloadHeader, message.into(), body);
    } else {
        let message = "UNSIGNED-PAYLOAD was hashed, but the header X-TC-Content-SHA256: UNSIGNED-PAYLOAD was not sent.";
        hashed(
            Cause::UnsignedPayloadHeader,
            message.into(),
            UNSIGNED_PAYLOAD.as_bytes(),
        );
    }
    let mut other = |words: &str, bytes: &[u8]| {
        hashed(
            Cause::BodyChanged,
            format!("Another body was hashed than was sent: {words}."),
            bytes,
        );
    };
    other("an empty one", b"");
    other("{}", b"{}");
    other("null", b"null");
    other("an empty JSON text", b"\"\"");
    let (_, query) = trial.request.path_and_query();
    other("the query", query.as_bytes());
    other("with a line feed at its end", &[body, b"\n"].concat());
    other("with CR LF at its end", &[body, b"\r\n"].concat());
    other("without the white space around it", body.trim_ascii());
    let marked = body.strip_prefix("\u{feff}".as_bytes());
    other("without the byte order mark", marked.unwrap_or(body));
    let Ok(text) = str::from_utf8(body) else {
        return changes;
    };
    let unix = text.replace("\r\n", "\n");
    other("with line feeds instead of CR LF", unix.as_bytes());
    other(
        "with CR LF instead of line feeds",
        unix.replace('\n', "\r\n").as_bytes(),
    );
    json_forms::each(text, &mut |words, form| other(words, form.as_bytes()));
    changes
}
