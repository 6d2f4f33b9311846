//! Checks a request's payload against the table, over the very bytes that will be signed.

use super::table::{DRY_RUN, Field, FieldKind, Table};
use crate::decimal::push_decimal;
use crate::errors::Problem;
use crate::json::{self, Kind, Scanner};

impl Table {
    /// Checks the region and a payload; all problems at once. A payload that passes may be signed.
    pub fn check_call(
        &self,
        action: &str,
        region: &str,
        payload: &[u8],
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        if self.region_required && region.is_empty() {
            let message =
                "must be given, as an option of the client or of the call, such as `ap-guangzhou`";
            problems.push(Problem::new("region", "Missing", message));
        }
        if let Err(found) = self.check_request(action, payload) {
            problems.extend(found);
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// Checks a payload alone, as the sandbox does once it has looked at the headers.
    pub fn check_request(&self, action: &str, payload: &[u8]) -> Result<(), Vec<Problem>> {
        let Some(action) = self.action(action) else {
            let message = "is not an action of this service version";
            return Err(vec![Problem::new("action", "UnknownAction", message)]);
        };
        let mut walk = Walk {
            table: self,
            problems: Vec::new(),
        };
        let done = core::str::from_utf8(payload)
            .map_err(|_| NOT_JSON)
            .and_then(|text| {
                let mut scanner = Scanner::new(text);
                if scanner.peek() != Ok(Kind::Object) {
                    return Err("the payload is not a JSON object");
                }
                walk.members(&mut scanner, "", &action.input)
                    .and_then(|()| scanner.end())
                    .map_err(|_| NOT_JSON)
            });
        if let Err(message) = done {
            walk.problems
                .push(Problem::new("payload", "NotAnObject", message));
        }
        if walk.problems.is_empty() {
            Ok(())
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

struct Walk<'t> {
    table: &'t Table,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn members(
        &mut self,
        scanner: &mut Scanner<'_>,
        path: &str,
        fields: &[Field],
    ) -> Result<(), json::Error> {
        let mut seen = vec![false; fields.len()];
        let mut more = scanner.open(b'{')?;
        while more {
            let key = scanner.key()?;
            let member = join(path, &key);
            if let Some(at) = fields.iter().position(|field| field.name == key) {
                if seen[at] {
                    self.problem(&member, "Value", "is given twice");
                }
                seen[at] = true;
                self.field(scanner, &member, &fields[at])?;
            } else {
                self.problem(&member, "Unknown", "is not a parameter of this action");
                scanner.value()?;
            }
            more = scanner.next(b'}')?;
        }
        for (field, seen) in fields.iter().zip(seen) {
            if field.required && !seen {
                self.problem(&join(path, &field.name), "Missing", "must be given");
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        scanner: &mut Scanner<'_>,
        path: &str,
        field: &Field,
    ) -> Result<(), json::Error> {
        if field.nullable && scanner.peek()? == Kind::Null {
            scanner.value()?;
            return Ok(());
        }
        if !field.list {
            return self.single(scanner, path, field);
        }
        if scanner.peek()? != Kind::Array {
            scanner.value()?;
            self.problem(path, "Type", "must be a list");
            return Ok(());
        }
        let mut index = 0;
        let mut more = scanner.open(b'[')?;
        while more {
            let mut item = String::from(path);
            item.push('[');
            push_decimal(&mut item, index, 1);
            item.push(']');
            self.single(scanner, &item, field)?;
            index += 1;
            more = scanner.next(b']')?;
        }
        Ok(())
    }

    fn single(
        &mut self,
        scanner: &mut Scanner<'_>,
        path: &str,
        field: &Field,
    ) -> Result<(), json::Error> {
        if let FieldKind::Structure(index) = field.kind {
            if scanner.peek()? == Kind::Object {
                let table = self.table;
                let fields = table.structures.get(index).map_or(&[][..], Vec::as_slice);
                return self.members(scanner, path, fields);
            }
            scanner.value()?;
            self.problem(path, "Type", "must be an object");
            return Ok(());
        }
        let (found, raw) = scanner.raw_value()?;
        let message = match (field.kind, found) {
            (FieldKind::String, Kind::String) if field.non_empty && raw == "\"\"" => {
                self.problem(
                    path,
                    "Empty",
                    "must not be empty; leave it out where none is meant",
                );
                return Ok(());
            }
            (FieldKind::String, Kind::String)
            | (FieldKind::Integer | FieldKind::Float, Kind::Integer { .. })
            | (FieldKind::Float, Kind::Float)
            | (FieldKind::Boolean, Kind::Boolean) => return Ok(()),
            (FieldKind::String, _) => "must be a text",
            (FieldKind::Integer, _) => "must be an integer",
            (FieldKind::Float, _) => "must be a number",
            _ => "must be true or false",
        };
        self.problem(path, "Type", message);
        Ok(())
    }

    fn problem(&mut self, path: &str, code: &'static str, message: &str) {
        self.problems.push(Problem::new(path, code, message));
    }
}

fn join(path: &str, name: &str) -> String {
    let mut joined = String::from(path);
    if !joined.is_empty() {
        joined.push('.');
    }
    joined.push_str(name);
    joined
}

#[cfg(test)]
mod tests {
    use super::Table;
    use proptest::prelude::*;

    fn table() -> Table {
        Table::parse(
            "1 toy 2020-01-01 R\nSPair\n.s!+ Key\n.i Value\nAwPut\n<0! Pair\n<[0 Pairs\n<[s? Tags\n\
             <b Late\n<f Share\n",
        )
        .expect("a table")
    }

    fn check(payload: &str, expected: &[&str]) {
        let found: Vec<String> = table()
            .check_request("Put", payload.as_bytes())
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|problem| format!("{} {}", problem.path, problem.code))
            .collect();
        assert_eq!(found, expected, "{payload}");
    }

    #[test]
    fn every_problem_has_its_path() {
        check(
            r#"{"Pair":{"Key":"a","Value":9007199254740993},"Tags":null,"Late":true,"Share":1}"#,
            &[],
        );
        check("{}", &["Pair Missing"]);
        check(r#"{"Pair":{}}"#, &["Pair.Key Missing"]);
        check(r#"{"Pair":{"Key":""}}"#, &["Pair.Key Empty"]);
        check(r#"{"Pair":1}"#, &["Pair Type"]);
        check(r#"{"Pair":null}"#, &["Pair Type"]);
        check(r#"{"Pair":{"Key":"a"},"pair":1}"#, &["pair Unknown"]);
        check(
            r#"{"Pairs":[{"Key":"a"},{"Key":1,"Value":"x"},7],"Tags":[1,"a",null],"Late":"no","Share":"x"}"#,
            &[
                "Pairs[1].Key Type",
                "Pairs[1].Value Type",
                "Pairs[2] Type",
                "Tags[0] Type",
                "Tags[2] Type",
                "Late Type",
                "Share Type",
                "Pair Missing",
            ],
        );
        check(r#"{"Pair":{"Key":"a","Value":1.5}}"#, &["Pair.Value Type"]);
        check(
            r#"{"Pair":{"Key":"a"},"Pair":{"Key":"b"}}"#,
            &["Pair Value"],
        );
        check("[]", &["payload NotAnObject"]);
        check("", &["payload NotAnObject"]);
        check(r#"{"Pair":{"Key":"a"}} x"#, &["payload NotAnObject"]);
    }

    #[test]
    fn the_region_is_missed_first() {
        let found = table()
            .check_call("Put", "", b"{}")
            .expect_err("two problems");
        let paths: Vec<&str> = found.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(paths, ["region", "Pair"]);
        let found = table()
            .check_call("Pat", "r", b"{}")
            .expect_err("no such action");
        assert_eq!(found[0].code, "UnknownAction");
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = table().check_request("Put", &bytes);
        }
    }
}
