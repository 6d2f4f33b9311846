//! The timestamp against the clock, and the scope's date against the timestamp.

use crate::diagnose::cause::{Cause, Finding};
use crate::diagnose::quote::Hider;
use crate::diagnose::recipe::date as utc_date;
use crate::diagnose::request::Request;
use crate::tc3::scope::LAST_TIMESTAMP;
use crate::tc3::verify::WINDOW_MS;

const DAY: u64 = 86_400;

/// How far the timestamp is from the clock.
pub(super) fn off(request: &Request, now_ms: i64, hider: &Hider<'_>) -> Option<Finding> {
    let sent = request.header("x-tc-timestamp");
    let Some(timestamp) = request.timestamp() else {
        let message = match sent {
            Some(value) => format!(
                "X-TC-Timestamp is {}, which is no number of seconds since 1970.",
                hider.quote(value)
            ),
            None => "X-TC-Timestamp was not sent exactly once.".into(),
        };
        return Some(Cause::TimestampHeader.certain(message));
    };
    if timestamp > LAST_TIMESTAMP {
        return Some(Cause::ClockOff.certain(format!(
            "X-TC-Timestamp is {timestamp}: that is in milliseconds, or finer; it must be in seconds."
        )));
    }
    let signed_ms = i64::try_from(timestamp).ok()?.saturating_mul(1000);
    let late_ms = now_ms.saturating_sub(signed_ms);
    far(late_ms).map(|words| {
        Cause::ClockOff.certain(format!(
            "The timestamp {timestamp} is {words} the clock; 5 minutes are allowed."
        ))
    })
}

/// A distance in time beyond the window, in words; `late_ms` is positive where the sender is behind.
pub(in crate::diagnose) fn far(late_ms: i64) -> Option<String> {
    let direction = if late_ms > 0 { "behind" } else { "ahead of" };
    let beyond = !(-WINDOW_MS..=WINDOW_MS).contains(&late_ms);
    beyond.then(|| format!("{} {direction}", words(late_ms.unsigned_abs() / 1000)))
}

/// Seconds in the largest units that matter.
fn words(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / DAY, seconds % DAY / 3600, seconds % 3600 / 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min {} s", seconds % 60),
        (0, _) => format!("{hours} h {minutes} min"),
        (1, _) => format!("1 day {hours} h"),
        _ => format!("{days} days {hours} h"),
    }
}

/// Whether the scope's date is the timestamp's UTC date; if not, whether it is a local one.
pub(super) fn date(request: &Request, signed: &str) -> Option<Finding> {
    let timestamp = request.timestamp()?;
    let seconds = if timestamp > LAST_TIMESTAMP {
        timestamp / 1000
    } else {
        timestamp
    };
    let right = utc_date(seconds);
    if signed == right {
        return None;
    }
    let (passed, left) = (seconds % DAY, DAY - seconds % DAY);
    let mut why = String::new();
    // Zones lie between 12 hours behind UTC and 14 hours ahead.
    if signed == utc_date(seconds.saturating_add(DAY)) && left <= 14 * 3600 {
        why = format!(
            "; it is the local date of zones at least {} ahead",
            words(left)
        );
    } else if signed == utc_date(seconds.saturating_sub(DAY)) && passed < 12 * 3600 {
        why = format!(
            "; it is the local date of zones more than {} behind",
            words(passed)
        );
    }
    // What stands there may be anything but a slash: it is shown only where it is a date.
    let dated = signed.len() == 10 && signed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let shown = if dated { signed } else { "no date" };
    Some(Cause::DateNotUtc.certain(format!(
        "The scope's date is {shown}, but the timestamp's UTC date is {right}{why}."
    )))
}

#[cfg(test)]
mod tests {
    use super::{far, words};

    #[test]
    fn distances_are_said_in_words() {
        assert_eq!(far(300_000), None);
        assert_eq!(far(-300_000), None);
        assert_eq!(far(301_000).as_deref(), Some("5 min 1 s behind"));
        assert_eq!(far(-28_800_000).as_deref(), Some("8 h 0 min ahead of"));
        assert_eq!(words(90_000), "1 day 1 h");
        assert!(far(i64::MIN).is_some_and(|words| words.ends_with("ahead of")));
    }
}
