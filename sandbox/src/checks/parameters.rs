//! The check of a payload's form: fields and types as the schema has them. Values are the action's own.

use crate::answer::Refusal;
use serde_json::{Map, Value};
use tc3_edge::service::Table;

/// Reads the parameters of an action. Of several problems, the kind that stands first in [`rank`] gives the
/// code; the message names all.
pub(super) fn read(
    body: &[u8],
    action: &str,
    table: &Table<'_>,
) -> Result<Map<String, Value>, Refusal> {
    if let Err(problems) = table.check_request(action, body) {
        // That is a rule of this project's client, not of the service.
        let of_the_service = |[_, code, _]: &[&str; 3]| *code != "Empty";
        let problems: Vec<_> = problems.iter().filter(of_the_service).collect();
        if !problems.is_empty() {
            return Err(refuse(&problems));
        }
    }
    serde_json::from_slice(body).map_err(|why| {
        let message = format!("the payload cannot be read: {why}");
        Refusal::new("InvalidParameter", message)
    })
}

fn refuse(problems: &[[&str; 3]]) -> Refusal {
    let ranks = problems.iter().map(|[_, code, _]| rank(code));
    let (_, code) = ranks.min().unwrap_or_else(|| rank("NotAnObject"));
    let messages: Vec<String> = problems
        .iter()
        .map(|[path, _, message]| format!("{path} {message}"))
        .collect();
    Refusal::new(code, messages.join("; "))
}

/// Assumption 3: a payload that is no object, then what is missing, unknown, of a wrong type, outside of its limits.
fn rank(code: &str) -> (u8, &'static str) {
    match code {
        "NotAnObject" => (0, "InvalidParameter"),
        "Missing" => (1, "MissingParameter"),
        "Unknown" => (2, "UnknownParameter"),
        "Range" | "Length" | "Format" | "Value" => (4, "InvalidParameterValue"),
        _ => (3, "InvalidParameter"),
    }
}
