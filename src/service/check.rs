//! Checks a request's payload against the table, over the very bytes that will be signed.

use super::nearest::meant;
use super::path::Path;
use super::table::{DRY_RUN, Mark, Table};
use super::walk::Walk;
use crate::errors::Problems;
use crate::json::{Error, Kind, Scanner, means};
use crate::text::{join, split};

impl Table<'_> {
    /// Checks the region and a payload; all problems at once. A payload that passes may be signed; what is doubtful in
    /// it is given as warnings.
    pub fn check_call(
        &self,
        action: &str,
        region: &str,
        payload: &[u8],
    ) -> Result<Problems, Problems> {
        let mut told = Problems::default();
        let missing = region.is_empty() && self.region_required;
        if missing {
            let message =
                "must be given, as an option of the client or of the call, such as `ap-guangzhou`";
            told.push("region", "Missing", message);
        } else if !region.is_empty() && !self.regions.is_empty() && !self.knows(region) {
            let mut known = Vec::new();
            for name in split(self.regions, b' ') {
                known.push(name);
            }
            let message = meant("is not among the known regions", region, &known);
            told.push("region", "Unknown", &join(&message));
        }
        match self.check_request(action, payload) {
            Ok(_) if missing => {}
            Ok(warnings) => told.append(&warnings),
            Err(problems) if missing => told.append(&problems),
            Err(problems) => return Err(problems),
        }
        if missing { Err(told) } else { Ok(told) }
    }

    fn knows(&self, region: &str) -> bool {
        split(self.regions, b' ').any(|known| known == region)
    }

    /// Checks a payload alone, as the sandbox does once it has looked at the headers.
    pub fn check_request(&self, action: &str, payload: &[u8]) -> Result<Problems, Problems> {
        let Some(place) = self.place(action) else {
            let message = "is not an action of this service version";
            return Err(Problems::one("action", "UnknownAction", message));
        };
        self.check_at(place, payload)
    }

    /// The same, for the action whose row stands there.
    pub fn check_at(&self, place: usize, payload: &[u8]) -> Result<Problems, Problems> {
        let text = core::str::from_utf8(payload);
        let mut walk = Walk::new(self, text.unwrap_or_default(), false);
        if self.is(place, Mark::Withdrawn) {
            walk.findings.withdrawn();
        }
        let message = if text.is_ok() && walk.scanner.peek() != Ok(Kind::Object) {
            "the payload is not a JSON object"
        } else {
            // What is not UTF-8 is walked as no text at all, which is not JSON either.
            let walked = walk.members(Path::Root, self.fields(Some(place), b'<'));
            match walked.and_then(|()| walk.scanner.end()) {
                Ok(()) => "",
                Err(Error) => "the payload is not JSON text in UTF-8",
            }
        };
        let mut findings = walk.findings;
        if !message.is_empty() {
            findings.problems.push("payload", "NotAnObject", message);
        }
        if findings.problems.is_empty() {
            Ok(findings.warnings)
        } else {
            Err(findings.problems)
        }
    }
}

/// Whether a payload says `"DryRun": true`.
pub fn asks_dry_run(payload: &[u8]) -> bool {
    core::str::from_utf8(payload).is_ok_and(|text| says_dry_run(text) == Ok(true))
}

fn says_dry_run(text: &str) -> Result<bool, Error> {
    let mut scanner = Scanner::new(text);
    let mut says = false;
    let mut more = scanner.open(b'{')?;
    while more {
        let key = scanner.raw_key()?;
        let (_, value) = scanner.raw_value()?;
        says |= value == "true" && means(key, DRY_RUN);
        more = scanner.next(b'}')?;
    }
    Ok(says)
}

#[cfg(test)]
mod tests;
