//! The checks of a request, in their order (assumption 1); what passes reaches its action. It changes nothing.

mod parameters;

use crate::account::Account;
use crate::answer::{Note, Refusal};
use crate::forms;
use crate::rate::Rates;
use crate::region::is_region;
use crate::sandbox::Options;
use crate::tolerance::verify_leniently;
use serde_json::{Map, Value};
use tc3_edge::service::Table;
use tc3_edge::tc3::{Check, Problem, Received};

const SERVICE: &str = "iotvideo";
const VERSION: &str = "2019-11-26";

/// A request that passed all checks but its action's own.
pub struct Checked<'a> {
    pub account: String,
    pub action: String,
    pub parameters: Map<String, Value>,
    /// Where it is honoured.
    pub idempotency_key: Option<&'a str>,
}

/// Runs all checks; the note tells whose request it is, as far as that became known.
#[allow(clippy::too_many_arguments)]
pub fn check<'a>(
    request: &Received<'a>,
    host_ms: i64,
    now_ms: i64,
    options: &Options,
    keys: &[Account],
    table: &Table<'_>,
    rates: &mut Rates,
    note: &mut Note,
) -> Result<Checked<'a>, Refusal> {
    note.action = sent(request, "x-tc-action").into();
    let form = forms::form(request)?;
    forms::size(request, &form)?;
    let key = authentication(request, now_ms, options, keys, note)?;
    version(request)?;
    let action = action(request, table)?;
    region(request)?;
    let json = forms::parameters(request, &form, &action, options.strict, note)?;
    let parameters = parameters::read(&json, &action, table)?;
    if !options.unlimited {
        rate(rates, &key.account, &action, table, host_ms)?;
    }
    permission(key, &action)?;
    Ok(Checked {
        account: key.account.clone(),
        action,
        parameters,
        idempotency_key: request
            .header("idempotency-key")
            .filter(|_| options.idempotency_key),
    })
}

fn authentication<'k>(
    request: &Received<'_>,
    now_ms: i64,
    options: &'k Options,
    keys: &'k [Account],
    note: &mut Note,
) -> Result<&'k Account, Refusal> {
    // A key that was made later stands for one of the same id.
    let known = || keys.iter().chain(&options.accounts);
    let find = |id: &str| known().find(|key| key.secret_id == id);
    let lookup = |id: &str| find(id).map(|key| key.secret_key.clone());
    let (found, tolerance) = verify_leniently(request, SERVICE, now_ms, options.strict, lookup);
    if let Some(problem) = found.problems.first() {
        return Err(refuse(problem));
    }
    let Some(key) = found.secret_id.as_deref().and_then(find) else {
        let message = "nobody is known to have signed this request";
        return Err(Refusal::new("AuthFailure", message));
    };
    token(request, key, now_ms)?;
    note.tolerance = tolerance;
    note.account.clone_from(&key.account);
    Ok(key)
}

/// The token of a temporary key, and of no other (assumption 2).
fn token(request: &Received<'_>, key: &Account, now_ms: i64) -> Result<(), Refusal> {
    let message = match (sent(request, "x-tc-token"), &key.token) {
        ("", None) => "",
        ("", Some(_)) => "this key is temporary: its token must be sent as X-TC-Token",
        (_, None) => "this key is not temporary: it has no token",
        (sent, Some(token)) if sent.as_bytes() != token.expose() => "this is not the key's token",
        _ => "",
    };
    let expired = key.expires_at.is_some_and(|at| now_ms >= at);
    let message = if expired {
        "this key has expired"
    } else {
        message
    };
    if message.is_empty() {
        return Ok(());
    }
    Err(Refusal::new("AuthFailure.TokenFailure", message))
}

/// The documented rate of an action; where none is documented, there is none (assumption 24).
fn rate(
    rates: &mut Rates,
    account: &str,
    action: &str,
    table: &Table<'_>,
    host_ms: i64,
) -> Result<(), Refusal> {
    let Ok(per_second) = table.per_second(action).parse() else {
        return Ok(());
    };
    if rates.take(account, action, per_second, host_ms) {
        return Ok(());
    }
    let message = format!("{action} may be called {per_second} times in a second");
    Err(Refusal::new("RequestLimitExceeded", message))
}

fn permission(key: &Account, action: &str) -> Result<(), Refusal> {
    if key.may(action) {
        return Ok(());
    }
    let message = format!("the key {} may not call {action}", key.secret_id);
    Err(Refusal::new("UnauthorizedOperation", message))
}

/// The code of the first check that failed (assumption 2).
fn refuse(problem: &Problem) -> Refusal {
    let code = match problem.check {
        Check::Form | Check::Algorithm | Check::SignedHeaders => "AuthFailure.InvalidAuthorization",
        Check::SecretId => "AuthFailure.SecretIdNotFound",
        Check::Window => "AuthFailure.SignatureExpire",
        Check::Date | Check::Service | Check::Signature => "AuthFailure.SignatureFailure",
    };
    Refusal::new(code, problem.message.clone())
}

fn version(request: &Received<'_>) -> Result<(), Refusal> {
    match sent(request, "x-tc-version") {
        VERSION => Ok(()),
        "" => Err(missing("X-TC-Version")),
        other => {
            let message = format!("there is no version {other:?} here, only {VERSION}");
            Err(Refusal::new("NoSuchVersion", message))
        }
    }
}

fn action(request: &Received<'_>, table: &Table<'_>) -> Result<String, Refusal> {
    match sent(request, "x-tc-action") {
        "" => Err(missing("X-TC-Action")),
        action if table.has_action(action) => Ok(action.into()),
        other => {
            let message = format!("there is no action {other:?} in version {VERSION}");
            Err(Refusal::new("InvalidAction", message))
        }
    }
}

fn region(request: &Received<'_>) -> Result<(), Refusal> {
    match sent(request, "x-tc-region") {
        "" => Err(missing("X-TC-Region")),
        region if is_region(region) => Ok(()),
        other => {
            let message = format!("{other:?} is not a region, such as ap-guangzhou");
            Err(Refusal::new("UnsupportedRegion", message))
        }
    }
}

/// A header's value without the space around it; empty where it was not sent exactly once.
fn sent<'a>(request: &Received<'a>, name: &str) -> &'a str {
    request.header(name).unwrap_or_default().trim()
}

fn missing(header: &str) -> Refusal {
    let message = format!("the header {header} must be sent, once");
    Refusal::new("MissingParameter", message)
}
