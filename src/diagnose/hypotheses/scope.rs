//! Mistakes with algorithm, timestamp, date and service.

use super::{Cause, Change, Trial};
use crate::diagnose::recipe::{date, decimal};

pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let mut changes = services(trial);
    changes.extend(dates(trial));
    changes.extend(timestamps(trial));
    changes.extend(algorithms());
    changes
}

fn algorithms<'a>() -> Vec<Change<'a>> {
    let names = [
        "TC3-HMAC-SHA1",
        "HMAC-SHA256",
        "HmacSHA256",
        "HmacSHA1",
        "AWS4-HMAC-SHA256",
        "tc3-hmac-sha256",
        "SKIP",
        "",
    ];
    names
        .into_iter()
        .map(|name| {
            let message = format!(
                "The string to sign begins with the algorithm \"{name}\" instead of TC3-HMAC-SHA256."
            );
            Change::new(Cause::Algorithm, message, move |recipe| {
                recipe.algorithm = name;
            })
        })
        .collect()
}

/// The scope is hashed twice, in the key and in the string to sign: a mistake may be in one or in both.
fn scope<'a>(cause: Cause, member: usize, value: &str, name: &str, shown: &str) -> [Change<'a>; 3] {
    [
        (true, true, "key and string to sign"),
        (true, false, "the key"),
        (false, true, "the string to sign"),
    ]
    .map(|(key, text, place)| {
        let message = format!("In {place}, the {name} was {shown}, not the header's.");
        let value = value.to_string();
        let change = Change::new(cause, message, move |recipe| {
            if key {
                recipe.key.scope[member].clone_from(&value);
            }
            if text {
                recipe.scope[member].clone_from(&value);
            }
        });
        if key && text { change } else { change.rare() }
    })
}

fn services<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let sent = trial.authorization.service;
    let host = trial.request.header("host").unwrap_or_default();
    let label = host.split('.').next().unwrap_or_default();
    let mut services = vec![
        label.to_string(),
        trial.input.service.clone().unwrap_or_default(),
        sent.to_ascii_lowercase(),
        sent.to_ascii_uppercase(),
        capitalized(sent),
        label.to_ascii_uppercase(),
        host.to_string(),
        String::new(),
    ];
    super::unique(&mut services, sent);
    services
        .iter()
        .flat_map(|service| {
            let shown = trial.hider.quote(service);
            scope(Cause::ServiceInScope, 1, service, "service", &shown)
        })
        .collect()
}

pub(super) fn capitalized(text: &str) -> String {
    let mut text = text.to_string();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn dates<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    const DAY: u64 = 86_400;
    let Some(seconds) = trial.request.timestamp() else {
        return Vec::new();
    };
    let days = [
        seconds,
        seconds.saturating_add(DAY),
        seconds.saturating_sub(DAY),
    ];
    let mut dates: Vec<String> = days.map(date).into();
    super::unique(&mut dates, trial.authorization.date);
    // A date without its dashes, as other clouds write it.
    dates.push(date(seconds).replace('-', ""));
    dates
        .iter()
        .flat_map(|date| scope(Cause::DateNotUtc, 0, date, "date", date))
        .collect()
}

fn timestamps<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let signed = |value: String, common: bool| {
        let message =
            format!("The string to sign holds the timestamp {value}, not X-TC-Timestamp's.");
        let change = Change::new(Cause::TimestampHeader, message, move |recipe| {
            recipe.timestamp.clone_from(&value);
        });
        if common { change } else { change.rare() }
    };
    let mut changes = Vec::new();
    if let Some(sent) = trial.request.timestamp() {
        for seconds in 1..=5 {
            changes.push(signed(decimal(sent.saturating_add(seconds)), seconds == 1));
            changes.push(signed(decimal(sent.saturating_sub(seconds)), seconds == 1));
        }
        changes.push(signed(decimal(sent.saturating_mul(1000)), true));
        changes.push(signed(decimal(sent / 1000), true));
        changes.push(signed(decimal(sent.saturating_add(500) / 1000), true));
    } else if let Ok(now) = u64::try_from(trial.input.clock() / 1000) {
        // Without the header, the second that was signed can only be near the clock.
        let seconds = now.saturating_sub(300)..=now.saturating_add(300);
        changes.extend(seconds.map(|second| signed(decimal(second), false)));
    }
    changes
}
