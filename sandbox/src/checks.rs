//! The checks of a request, in their order (assumption 1); what passes reaches its action. It changes nothing.

mod parameters;

use crate::account::Account;
use crate::answer::{Note, Refusal};
use crate::forms;
use crate::region::is_region;
use crate::tolerance::verify_leniently;
use serde_json::{Map, Value};
use tc3_edge::service::Table;
use tc3_edge::tc3::{Check, Problem, Received};

const SERVICE: &str = "iotvideo";
const VERSION: &str = "2019-11-26";

/// A request that passed all checks but its action's own.
pub struct Checked {
    pub account: String,
    pub action: String,
    pub parameters: Map<String, Value>,
}

/// Runs all checks; the note tells whose request it is, as far as that became known.
pub fn check(
    request: &Received<'_>,
    now_ms: i64,
    accounts: &[Account],
    strict: bool,
    table: &Table<'_>,
    note: &mut Note,
) -> Result<Checked, Refusal> {
    note.action = sent(request, "x-tc-action").into();
    let form = forms::form(request)?;
    forms::size(request, &form)?;
    let account = authentication(request, now_ms, accounts, strict, note)?;
    version(request)?;
    let action = action(request, table)?;
    region(request)?;
    let json = forms::parameters(request, &form, &action, strict, note)?;
    let parameters = parameters::read(&json, &action, table)?;
    Ok(Checked {
        account,
        action,
        parameters,
    })
}

fn authentication(
    request: &Received<'_>,
    now_ms: i64,
    accounts: &[Account],
    strict: bool,
    note: &mut Note,
) -> Result<String, Refusal> {
    let find = |id: &str| accounts.iter().find(|account| account.secret_id == id);
    let lookup = |id: &str| find(id).map(|account| account.secret_key.clone());
    let (found, tolerance) = verify_leniently(request, SERVICE, now_ms, strict, lookup);
    if let Some(problem) = found.problems.first() {
        return Err(refuse(problem));
    }
    let Some(account) = found.secret_id.as_deref().and_then(find) else {
        let message = "nobody is known to have signed this request";
        return Err(Refusal::new("AuthFailure", message));
    };
    note.tolerance = tolerance;
    note.account.clone_from(&account.account);
    Ok(account.account.clone())
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
