//! Flattens parameters as GET and the older signatures send them: `A.0.B`, indices from 0.

use crate::decimal::push_decimal;
use crate::errors::Problem;
use crate::json::{self, Kind, Scanner, unescape};

/// The pairs of a JSON object, in its order. Numbers stand as they are written; an empty list or object has no pair.
///
/// A null is a problem, since a query has no word for it.
pub fn flatten(json: &str) -> Result<Vec<(String, String)>, Problem> {
    let mut pairs = Vec::new();
    let mut scanner = Scanner::new(json);
    let walked = match scanner.peek() {
        Ok(Kind::Object) => walk(&mut scanner, &mut String::new(), &mut pairs)
            .and_then(|()| scanner.end().map_err(Stop::from)),
        _ => Err(Stop::NotJson),
    };
    match walked {
        Ok(()) => Ok(pairs),
        Err(Stop::Null(path)) => {
            let message = "is null, which a query cannot hold; leave it out, or use POST";
            let mut whole = String::from("params.");
            whole.push_str(&path);
            Err(Problem::new(&whole, "Type", message))
        }
        Err(Stop::NotJson) => {
            let message = "must be an object, or the JSON text of one";
            Err(Problem::new("params", "NotAnObject", message))
        }
    }
}

enum Stop {
    NotJson,
    Null(String),
}

impl From<json::Error> for Stop {
    fn from(_: json::Error) -> Self {
        Self::NotJson
    }
}

fn walk(
    scanner: &mut Scanner<'_>,
    path: &mut String,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), Stop> {
    let length = path.len();
    match scanner.peek()? {
        Kind::Object => {
            let mut more = scanner.open(b'{')?;
            while more {
                let key = scanner.key()?;
                push_step(path, &key);
                walk(scanner, path, pairs)?;
                path.truncate(length);
                more = scanner.next(b'}')?;
            }
        }
        Kind::Array => {
            let mut index = 0;
            let mut more = scanner.open(b'[')?;
            while more {
                let mut step = String::new();
                push_decimal(&mut step, index, 1);
                push_step(path, &step);
                walk(scanner, path, pairs)?;
                path.truncate(length);
                index += 1;
                more = scanner.next(b']')?;
            }
        }
        Kind::Null => return Err(Stop::Null(path.clone())),
        kind => {
            let (_, raw) = scanner.raw_value()?;
            let value = match kind {
                Kind::String => unescape(&raw[1..raw.len() - 1]),
                _ => raw.into(),
            };
            pairs.push((path.clone(), value));
        }
    }
    Ok(())
}

fn push_step(path: &mut String, step: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(step);
}

#[cfg(test)]
mod tests {
    use super::flatten;
    use proptest::prelude::*;

    fn pairs(json: &str) -> Vec<(String, String)> {
        flatten(json).unwrap_or_else(|problem| panic!("{json}: {problem:?}"))
    }

    fn check(json: &str, expected: &[(&str, &str)]) {
        let found = pairs(json);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn objects_and_lists_become_paths() {
        check("{}", &[]);
        check(r#"{"A":[],"B":{}}"#, &[]);
        check(
            r#"{"L":20,"F":[{"N":"z","V":["a","b"]}],"P":{"Z":true}}"#,
            &[
                ("L", "20"),
                ("F.0.N", "z"),
                ("F.0.V.0", "a"),
                ("F.0.V.1", "b"),
                ("P.Z", "true"),
            ],
        );
        check(
            r#"{"A":9007199254740993,"B":100.0,"C":"","D":"\"\u00e9\""}"#,
            &[
                ("A", "9007199254740993"),
                ("B", "100.0"),
                ("C", ""),
                ("D", "\"é\""),
            ],
        );
    }

    #[test]
    fn what_a_query_cannot_hold_is_named() {
        let path = |json| flatten(json).expect_err("wrong").path;
        assert_eq!(path(r#"{"A":[1,null]}"#), "params.A.1");
        for json in ["", "[]", "1", "{", r#"{"A":}"#, "{} x"] {
            assert_eq!(path(json), "params", "{json}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = flatten(&text);
        }
    }
}
