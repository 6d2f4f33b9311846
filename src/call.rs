//! The order of the steps: check, write the head, sign, send elsewhere, read, judge.
//!
//! Each stage is a type that only the stage before can make: a payload is checked, or explicitly
//! [`Payload::unchecked`], before it can be signed.

mod again;

pub use again::{checked_again, is_clean, sign_again};

use crate::decimal::push_decimal;
use crate::errors::{self, NotExecuted, Problems, Row};
use crate::json::{means, unescape};
use crate::policy::outcome::{Arrivals, nothing_done};
use crate::policy::retry::Retry;
use crate::request::{Head, MAX_BODY, Member, Request, credential};
use crate::response::{self, Answer, Integers, Refusal, Success};
use crate::secret::Secret;
use crate::service::{Reading, Table, asks_dry_run};
use crate::tc3::digest::{Digest, sha256};
use crate::tc3::{self, Explanation, KeyCache, Signable, UNSIGNED_PAYLOAD, Values};
use crate::text::{Split, join, push_value, split, through_last};
use std::borrow::Cow;
use zeroize::Zeroize;

/// Who signs.
pub struct Credential<'a> {
    /// Sent in the clear.
    pub secret_id: &'a str,
    /// Never sent.
    pub secret: Secret,
}

/// What is sent beside the head: the bytes of a body, or the JSON text of a GET's parameters.
pub struct Payload<'a> {
    bytes: &'a [u8],
    /// The digest of a body that stays elsewhere, and its length.
    elsewhere: Option<(Digest, usize)>,
}

impl<'a> Payload<'a> {
    /// A payload that the table of its service version allows, with the region of its call; and what is doubtful in it.
    pub fn checked(
        table: &Table<'_>,
        action: &str,
        region: &str,
        bytes: &'a [u8],
    ) -> Result<(Self, Problems), Problems> {
        let warnings = table.check_call(action, region, bytes)?;
        Ok((Self::unchecked(bytes), warnings))
    }

    /// A payload that is sent as it is.
    pub fn unchecked(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            elsewhere: None,
        }
    }

    /// A body of `length` bytes that was hashed elsewhere: `digest` is 64 lower-case hexadecimal digits.
    pub fn hashed(digest: &str, length: usize) -> Result<Self, Problems> {
        let message = "must be the SHA-256 of the body as 64 lower-case hexadecimal digits";
        let Some(digest) = tc3::digest::unhex(digest) else {
            return Err(Problems::one("payloadHash", "Value", message));
        };
        Ok(Self {
            elsewhere: Some((digest, length)),
            ..Self::unchecked(&[])
        })
    }

    fn length(&self) -> usize {
        self.elsewhere
            .map_or(self.bytes.len(), |(_, length)| length)
    }

    /// Whether its digest is that of every unsigned payload.
    fn is_the_marker(&self) -> bool {
        let marker = UNSIGNED_PAYLOAD.as_bytes();
        self.elsewhere
            .map_or(self.bytes == marker, |(digest, _)| digest == sha256(marker))
    }

    fn digest(&self) -> Digest {
        self.elsewhere
            .map_or_else(|| sha256(self.bytes), |(digest, _)| digest)
    }
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// Which headers; as [`Request::signed`] reads it.
    pub signed_headers: &'a str,
    /// How their values are written.
    pub values: Values,
    /// The number for [`sign_again`]; 0 where no such call comes.
    pub keep: u32,
}

/// A request that may be sent: its body is the payload's bytes, unchanged; a GET has none. Zeroed when it is dropped, since a
/// token may stand in it.
#[derive(Debug)]
pub struct Prepared(String);

impl Prepared {
    /// The whole address.
    pub fn url(&self) -> &str {
        split(&self.0, 0).next().unwrap_or_default()
    }

    /// All headers, Authorization last.
    pub fn headers(&self) -> Headers<'_> {
        let mut values = split(&self.0, 0);
        values.next();
        Headers(values)
    }

    /// Address, names and values in turn, with a NUL between all.
    pub fn into_text(mut self) -> String {
        core::mem::take(&mut self.0)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Names and values of headers.
pub struct Headers<'a>(Split<'a>);

impl<'a> Iterator for Headers<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?, self.0.next()?))
    }
}

/// Signs the request of an action with this payload, or leaves it unsigned where the table says so; gives it with what is
/// doubtful in it. All problems at once, those of the head too.
pub fn prepare(
    table: &Table<'_>,
    credential: &Credential<'_>,
    head: &Head<'_>,
    choice: Choice<'_>,
    payload: Result<(Payload<'_>, Problems), Problems>,
    keys: &mut KeyCache,
) -> Result<(Prepared, Problems), Problems> {
    let unsigned = table.skips_signature(head[Member::Action]);
    let mut head = head.clone();
    if unsigned {
        head[Member::Token] = "";
    }
    match payload {
        Ok((payload, warnings)) => {
            let prepared = if unsigned {
                skip(&head, &payload)
            } else {
                sign(credential, &head, choice, &payload, keys)
            };
            prepared.map(|prepared| (prepared, warnings))
        }
        Err(mut problems) => {
            let credential = (!unsigned).then_some(credential);
            if let Err(found) = open(credential, &head, &Payload::unchecked(b"")) {
                problems.append(&found);
            }
            Err(problems)
        }
    }
}

/// Signs a request.
pub fn sign(
    credential: &Credential<'_>,
    head: &Head<'_>,
    choice: Choice<'_>,
    payload: &Payload<'_>,
    keys: &mut KeyCache,
) -> Result<Prepared, Problems> {
    let request = open(Some(credential), head, payload)?;
    let headers = request.signed(choice.signed_headers)?;
    // What only payload and time make different: a timestamp is not signed, nor a digest of a body that is not.
    let can_repeat = request.method == "POST"
        && !head.unsigned_payload
        && matches!(choice.signed_headers, "action" | "sdk");
    let authorization = tc3::sign(
        credential.secret_id,
        &credential.secret,
        head[Member::Service],
        request.timestamp,
        &signable(head, &request, &headers, choice, payload),
        keys,
        if can_repeat { choice.keep } else { 0 },
    );
    Ok(close(request, &authorization))
}

/// Signs a request and keeps every intermediate value.
pub fn explain(
    credential: &Credential<'_>,
    head: &Head<'_>,
    choice: Choice<'_>,
    payload: &Payload<'_>,
    with_keys: bool,
) -> Result<(Explanation, Prepared), Problems> {
    let request = open(Some(credential), head, payload)?;
    let headers = request.signed(choice.signed_headers)?;
    let explanation = tc3::explain(
        credential.secret_id,
        &credential.secret,
        head[Member::Service],
        request.timestamp,
        &signable(head, &request, &headers, choice, payload),
        with_keys,
    );
    let prepared = close(request, &explanation.authorization);
    Ok((explanation, prepared))
}

/// What a call may do once it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It changes nothing.
    Reads,
    /// It changes something.
    Writes,
    /// The service only checks it: it carries `DryRun`.
    DryRun,
    /// It must not be sent.
    Nothing,
}

/// What a call with this payload may do. `dry_run` asks that nothing changes: an action without `DryRun` is then not
/// sent at all. A payload that says `DryRun` by itself is a problem, since its answer would be read as another one.
pub fn effect(
    table: Option<&Table<'_>>,
    action: &str,
    payload: &[u8],
    dry_run: bool,
) -> Result<Effect, Problems> {
    let asks = table.is_some_and(|table| table.takes_dry_run(table.place(action)))
        && asks_dry_run(payload);
    match table {
        _ if asks && dry_run => Ok(Effect::DryRun),
        _ if asks => {
            let message = "is said by the option `dryRun: true`, which reads the answer so too";
            Err(Problems::one("DryRun", "Value", message))
        }
        _ if dry_run => Ok(Effect::Nothing),
        Some(table) if table.idempotent(action) => Ok(Effect::Reads),
        _ => Ok(Effect::Writes),
    }
}

/// The request without its signature and its token: it can be shown, and the service would refuse it.
pub fn hide_signature(prepared: &Prepared) -> Prepared {
    let mut hidden = join(&[prepared.url()]);
    for (name, value) in prepared.headers() {
        let shown = match name {
            "X-TC-Token" => "",
            // Its last part is the signature.
            "Authorization" => through_last(value, b'='),
            _ => value,
        };
        push_value(&mut hidden, name);
        push_value(&mut hidden, shown);
        if shown.len() < value.len() {
            hidden.push_str("(hidden)");
        }
    }
    Prepared(hidden)
}

/// Prepares a request that carries no signature, for the few actions that allow it.
pub fn skip(head: &Head<'_>, payload: &Payload<'_>) -> Result<Prepared, Problems> {
    let request = open(None, head, payload)?;
    Ok(close(request, "SKIP"))
}

/// Checks credential, head and the payload's size; all problems at once.
fn open<'a>(
    credential: Option<&Credential<'_>>,
    head: &Head<'a>,
    payload: &Payload<'_>,
) -> Result<Request<'a>, Problems> {
    let mut problems = Problems::default();
    if let Some(credential) = credential {
        credential::check(credential.secret_id, &credential.secret, &mut problems);
    }
    if payload.length() > MAX_BODY {
        let mut message = join(&["is "]);
        push_decimal(&mut message, payload.length() as u64, 1);
        message.push_str(" bytes, and the service takes up to 10 MB; send less per call");
        problems.push("payload", "TooLarge", &message);
    }
    if !head.unsigned_payload && payload.is_the_marker() {
        let message =
            "has the digest that means an unsigned payload; anybody could change such a body";
        problems.value("payload", message);
    }
    let mut params = "";
    if head[Member::Method] == "GET" {
        match core::str::from_utf8(payload.bytes) {
            Ok(text) => params = text,
            Err(_) => problems.value("params", "are not UTF-8"),
        }
    }
    match head.request(params) {
        Ok(request) if problems.is_empty() => return Ok(request),
        Ok(_) => {}
        Err(found) => problems.append(&found),
    }
    Err(problems)
}

fn signable<'a>(
    head: &Head<'_>,
    request: &'a Request<'_>,
    headers: &'a [(&'a str, &'a str)],
    choice: Choice<'_>,
    payload: &Payload<'_>,
) -> Signable<'a> {
    let hashed_payload = if head.unsigned_payload {
        sha256(UNSIGNED_PAYLOAD.as_bytes())
    } else if request.method == "GET" {
        sha256(b"")
    } else {
        payload.digest()
    };
    Signable {
        method: request.method,
        query: &request.query,
        headers,
        values: choice.values,
        hashed_payload,
    }
}

fn close(request: Request<'_>, authorization: &str) -> Prepared {
    let mut text = request.sent;
    let place = text.as_ptr();
    push_value(&mut text, "Authorization");
    push_value(&mut text, authorization);
    debug_assert_eq!(place, text.as_ptr(), "a copy with the token is left behind");
    Prepared(text)
}

/// What became of a call that was sent.
#[derive(Debug)]
pub enum Conclusion<'a> {
    /// It was done.
    Done {
        /// The `Response` object as JSON text.
        text: Cow<'a, str>,
        /// Whether the text is rewritten, as [`response::rewrite`] states it.
        exact: bool,
        /// What is doubtful in the answer, or what the service says of the action.
        warnings: Problems,
    },
    /// A dry run would have succeeded; the request id, as JSON has it.
    DryRun(&'a str),
    /// A dry run was answered as a call that was really made.
    NotDry,
    /// The service said no.
    Refused {
        /// What it said.
        refusal: Refusal<'a>,
        /// What to do, in one sentence.
        remedy: &'static str,
        /// Whether it is known that nothing was done.
        nothing_done: bool,
        /// Whether the same call may be made again.
        retry: Retry,
    },
    /// What came back is not the protocol: it may have been done.
    NotTheProtocol(String),
}

/// The call that an answer belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The table of its service version; none where the call was not checked against one.
    pub table: Option<&'a Table<'a>>,
    /// X-TC-Action.
    pub action: &'a str,
    /// Whether it carried `DryRun`, so that `DryRunOperation` is a success.
    pub dry_run: bool,
    /// Whether the caller of an unchecked call says that it only reads.
    pub reads: bool,
    /// What may have arrived of it.
    pub arrivals: Arrivals,
    /// How the caller wants integers.
    pub integers: Integers,
}

impl Sent<'_> {
    fn only_reads(&self) -> bool {
        self.table
            .map_or(self.reads, |table| table.idempotent(self.action))
    }
}

/// Reads the answer to a call. `status` is HTTP's.
///
/// A refusal proves that nothing was done where the action only reads, or where its code is certain and no
/// server on the way failed (the status is 2xx): an earlier arrival of the same request may have been
/// executed.
pub fn conclude<'a>(sent: Sent<'_>, status: u16, body: &'a [u8]) -> Conclusion<'a> {
    // A page sees status 0 where it does not follow a redirect.
    if status == 0 || (300..400).contains(&status) {
        return Conclusion::NotTheProtocol(
            "the answer is a redirect, which is never followed".into(),
        );
    }
    let in_2xx = (200..300).contains(&status);
    let proof = sent
        .table
        .filter(|_| !sent.dry_run)
        .map(|table| table.proof(sent.action))
        .unwrap_or_default();
    let refusal = match response::read(body, &proof) {
        Ok(Answer::Error(refusal)) => refusal,
        Ok(Answer::Result(_)) if !in_2xx => {
            let message = "the body says success, but the HTTP status does not";
            return Conclusion::NotTheProtocol(message.into());
        }
        Ok(Answer::Result(_)) if sent.dry_run => return Conclusion::NotDry,
        Ok(Answer::Result(success)) => return done(sent, success),
        Err(defect) => return Conclusion::NotTheProtocol(defect.message()),
    };
    if sent.dry_run && in_2xx && means(refusal.code, "DryRunOperation") {
        return Conclusion::DryRun(refusal.request_id);
    }
    let row = errors::row(&unescape(refusal.code)).unwrap_or(UNKNOWN_CODE);
    let nothing_done = nothing_done(row.not_executed, status, sent.arrivals);
    let certain = matches!(row.not_executed, NotExecuted::Always | NotExecuted::Certain);
    let reads = sent.dry_run || sent.only_reads();
    Conclusion::Refused {
        refusal,
        remedy: row.remedy,
        nothing_done: reads || nothing_done,
        retry: match row.retryable {
            true if certain && (reads || nothing_done) => Retry::Safe,
            true => Retry::IfIdempotent,
            false => Retry::Never,
        },
    }
}

const UNKNOWN_CODE: Row = Row {
    code: "",
    retryable: false,
    not_executed: NotExecuted::Unknown,
    remedy: "This code is not in the table; read the message, and query the state before trying again.",
};

/// What was done, held against the table; and what the service says of an obsolete action.
fn done<'a>(sent: Sent<'_>, success: Success<'a>) -> Conclusion<'a> {
    let text = success.text;
    // No number loses digits where none is made.
    let wide = sent.integers == Integers::Auto;
    // Without a table only that is told.
    let nothing = Table::default();
    let Reading {
        mut warnings,
        texts,
        floats,
    } = match sent.table {
        None if !success.wide => Reading::default(),
        table => table
            .unwrap_or(&nothing)
            .read_answer(sent.action, text, wide),
    };
    let rewritten = response::rewrite(text, success.wide, sent.integers, &texts, &floats);
    if !success.warning.is_empty() {
        warnings.push("action", "Deprecated", &unescape(success.warning));
    }
    Conclusion::Done {
        exact: rewritten.is_some(),
        text: rewritten.map_or(Cow::Borrowed(text), Cow::Owned),
        warnings,
    }
}

#[cfg(test)]
mod clean;
#[cfg(test)]
mod tests;
