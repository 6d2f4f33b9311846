//! Checks a request's payload against the table, over the very bytes that will be signed.

use super::nearest::nearest;
use super::path::Path;
use super::rule::{Sent, has_64_bits};
use super::table::{DRY_RUN, Field, FieldKind, Table};
use crate::errors::Problem;
use crate::json::{self, Kind, Scanner, unescape};

impl Table {
    /// Checks the region and a payload; all problems at once. A payload that passes may be signed; what is doubtful in
    /// it is given as warnings.
    pub fn check_call(
        &self,
        action: &str,
        region: &str,
        payload: &[u8],
    ) -> Result<Vec<Problem>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut warnings = Vec::new();
        if region.is_empty() && self.region_required {
            let message =
                "must be given, as an option of the client or of the call, such as `ap-guangzhou`";
            problems.push(Problem::new("region", "Missing", message));
        }
        let unknown = !region.is_empty() && !self.regions.is_empty();
        if unknown && !self.regions.iter().any(|known| known == region) {
            let known = self.regions.iter().map(String::as_str);
            let message = meant("is not among the known regions", region, known);
            warnings.push(Problem::new("region", "Unknown", &message));
        }
        match self.check_request(action, payload) {
            Ok(found) => warnings.extend(found),
            Err(found) => problems.extend(found),
        }
        if problems.is_empty() {
            Ok(warnings)
        } else {
            Err(problems)
        }
    }

    /// Checks a payload alone, as the sandbox does once it has looked at the headers.
    pub fn check_request(
        &self,
        action: &str,
        payload: &[u8],
    ) -> Result<Vec<Problem>, Vec<Problem>> {
        let Some(action) = self.action(action) else {
            let message = "is not an action of this service version";
            return Err(vec![Problem::new("action", "UnknownAction", message)]);
        };
        let mut walk = Walk {
            table: self,
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        if action.withdrawn {
            let message = "has been withdrawn by the service; its documentation may name another";
            walk.warnings
                .push(Problem::new("action", "Deprecated", message));
        }
        let done = core::str::from_utf8(payload)
            .map_err(|_| NOT_JSON)
            .and_then(|text| {
                let mut scanner = Scanner::new(text);
                if scanner.peek() != Ok(Kind::Object) {
                    return Err("the payload is not a JSON object");
                }
                walk.members(&mut scanner, Path::Root, &action.input)
                    .and_then(|()| scanner.end())
                    .map_err(|_| NOT_JSON)
            });
        if let Err(message) = done {
            walk.problems
                .push(Problem::new("payload", "NotAnObject", message));
        }
        if walk.problems.is_empty() {
            Ok(walk.warnings)
        } else {
            Err(walk.problems)
        }
    }
}

/// Whether a payload says `"DryRun": true`.
pub fn asks_dry_run(payload: &[u8]) -> bool {
    let asks = |text| -> Result<bool, json::Error> {
        let mut scanner = Scanner::new(text);
        let mut asks = false;
        let mut more = scanner.open(b'{')?;
        while more {
            let is_it = scanner.key()? == DRY_RUN;
            let (_, value) = scanner.raw_value()?;
            asks |= is_it && value == "true";
            more = scanner.next(b'}')?;
        }
        Ok(asks)
    };
    core::str::from_utf8(payload).is_ok_and(|text| asks(text) == Ok(true))
}

const NOT_JSON: &str = "the payload is not JSON text in UTF-8";

/// A message that names what may have been meant.
fn meant<'a>(message: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut message = String::from(message);
    if let Some(near) = nearest(name, known) {
        message.push_str("; did you mean `");
        message.push_str(near);
        message.push_str("`?");
    }
    message
}

/// How many problems are told of one payload: a list of a million items may have one each.
const MOST: usize = 100;

struct Walk<'t> {
    table: &'t Table,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Walk<'_> {
    fn members(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        fields: &[Field],
    ) -> Result<(), json::Error> {
        let mut seen = vec![false; fields.len()];
        let mut unknown = Vec::new();
        let mut more = scanner.open(b'{')?;
        while more {
            let key = scanner.key()?;
            if let Some(index) = fields.iter().position(|field| field.name == key) {
                let member = Path::Member(&at, &key);
                if seen[index] {
                    self.problem(member, "Twice", "is given twice");
                }
                seen[index] = true;
                self.field(scanner, member, &fields[index])?;
            } else {
                scanner.value()?;
                unknown.push(key);
            }
            more = scanner.next(b'}')?;
        }
        for key in unknown {
            if self.problems.len() > MOST {
                break;
            }
            // A member that stands there already is not the one that was meant.
            let left = fields.iter().zip(&seen).filter(|(_, seen)| !**seen);
            let left = left.map(|(field, _)| field.name.as_str());
            let message = meant("is not a parameter here", &key, left);
            self.problem(Path::Member(&at, &key), "Unknown", &message);
        }
        for (field, seen) in fields.iter().zip(seen) {
            if field.required && !seen {
                self.problem(Path::Member(&at, &field.name), "Missing", "must be given");
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        field: &Field,
    ) -> Result<(), json::Error> {
        if field.nullable && scanner.peek()? == Kind::Null {
            scanner.value()?;
            return Ok(());
        }
        if !field.list {
            return self.single(scanner, at, field);
        }
        if scanner.peek()? != Kind::Array {
            scanner.value()?;
            self.problem(at, "Type", "must be a list");
            return Ok(());
        }
        let mut count = 0;
        let mut more = scanner.open(b'[')?;
        while more {
            self.single(scanner, Path::Item(&at, count), field)?;
            count += 1;
            more = scanner.next(b']')?;
        }
        if count == 0 && field.non_empty {
            self.empty(at, field);
        } else {
            self.hold(at, field, Sent::Items(count));
        }
        Ok(())
    }

    fn single(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        field: &Field,
    ) -> Result<(), json::Error> {
        if let FieldKind::Structure(index) = field.kind {
            if scanner.peek()? == Kind::Object {
                let table = self.table;
                let fields = table.structures.get(index).map_or(&[][..], Vec::as_slice);
                return self.members(scanner, at, fields);
            }
            scanner.value()?;
            self.problem(at, "Type", "must be an object");
            return Ok(());
        }
        let (found, raw) = scanner.raw_value()?;
        let message = match (field.kind, found) {
            (FieldKind::String, Kind::String) => {
                let text = unescape(raw.get(1..raw.len() - 1).unwrap_or_default());
                if text.is_empty() && field.non_empty {
                    self.empty(at, field);
                } else {
                    self.hold(at, field, Sent::Text(&text));
                }
                return Ok(());
            }
            (FieldKind::Integer { unsigned }, Kind::Integer { .. }) => {
                if has_64_bits(raw, unsigned) {
                    self.hold(at, field, Sent::Integer(raw));
                } else if unsigned {
                    self.problem(at, "Range", "must be an integer from 0 to 2^64 - 1");
                } else {
                    self.problem(at, "Range", "must be an integer from -2^63 to 2^63 - 1");
                }
                return Ok(());
            }
            (FieldKind::Float, Kind::Integer { .. } | Kind::Float)
            | (FieldKind::Boolean, Kind::Boolean) => return Ok(()),
            (FieldKind::String, _) => "must be a text",
            (FieldKind::Integer { .. }, _) => "must be an integer",
            (FieldKind::Float, _) => "must be a number",
            _ => "must be true or false",
        };
        self.problem(at, "Type", message);
        Ok(())
    }

    fn empty(&mut self, at: Path<'_>, field: &Field) {
        let message = if field.required || field.list {
            "must not be empty"
        } else {
            "must not be empty; leave it out where none is meant"
        };
        self.problem(at, "Empty", message);
    }

    /// Holds a value against the field's rules.
    fn hold(&mut self, at: Path<'_>, field: &Field, sent: Sent<'_>) {
        for rule in &field.rules {
            let Some((code, message)) = rule.problem(sent) else {
                continue;
            };
            if rule.only_warn {
                let warning = Problem::new(&at.text(), code, &message);
                if self.warnings.len() < MOST {
                    self.warnings.push(warning);
                }
            } else {
                self.problem(at, code, &message);
            }
        }
    }

    fn problem(&mut self, at: Path<'_>, code: &'static str, message: &str) {
        if self.problems.len() == MOST {
            let message = "has more problems than these";
            self.problems
                .push(Problem::new("payload", "Further", message));
        }
        if self.problems.len() > MOST {
            return;
        }
        self.problems.push(Problem::new(&at.text(), code, message));
    }
}

#[cfg(test)]
mod tests;
