//! Flattens parameters as GET and the older signatures send them: `A.0.B`, indices from 0.

use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::json::{self, Kind, Scanner, unescape};
use crate::text::join;

/// Gives each pair of a JSON object to `take`, in its order. Numbers stand as they are written; an empty list or object
/// has no pair.
///
/// A null is a problem, since a query has no word for it.
pub fn flatten(json: &str, problems: &mut Problems, take: &mut dyn FnMut(&str, &str)) {
    let mut path = String::new();
    let mut scanner = Scanner::new(json);
    let walked = match scanner.peek() {
        Ok(Kind::Object) => walk(&mut scanner, &mut path, take),
        _ => Err(Stop::NotJson),
    };
    match walked.and_then(|()| Ok(scanner.end()?)) {
        Ok(()) => {}
        Err(Stop::Null) => {
            let message = "is null, which a query cannot hold; leave it out, or use POST";
            problems.push(&join(&["params.", &path]), "Type", message);
        }
        Err(Stop::NotJson) => {
            let message = "must be an object, or the JSON text of one";
            problems.push("params", "NotAnObject", message);
        }
    }
}

/// Where it stops, the path stays as it is there.
enum Stop {
    NotJson,
    Null,
}

impl From<json::Error> for Stop {
    fn from(_: json::Error) -> Self {
        Self::NotJson
    }
}

fn walk(
    scanner: &mut Scanner<'_>,
    path: &mut String,
    take: &mut dyn FnMut(&str, &str),
) -> Result<(), Stop> {
    let kind = scanner.peek()?;
    let (open, close) = match kind {
        Kind::Object => (b'{', b'}'),
        Kind::Array => (b'[', b']'),
        Kind::Null => return Err(Stop::Null),
        Kind::String => {
            take(path, &unescape(scanner.string()?));
            return Ok(());
        }
        _ => {
            take(path, scanner.raw_value()?.1);
            return Ok(());
        }
    };
    let length = path.len();
    let mut index = 0;
    let mut more = scanner.open(open)?;
    while more {
        if !path.is_empty() {
            path.push_str(".");
        }
        if kind == Kind::Object {
            path.push_str(&scanner.key()?);
        } else {
            push_decimal(path, index, 1);
            index += 1;
        }
        walk(scanner, path, take)?;
        path.truncate(length);
        more = scanner.next(close)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Problems, flatten};
    use proptest::prelude::*;

    fn pairs(json: &str) -> Result<Vec<(String, String)>, Problems> {
        let mut problems = Problems::default();
        let mut pairs = Vec::new();
        flatten(json, &mut problems, &mut |name, value| {
            pairs.push((name.into(), value.into()));
        });
        if problems.is_empty() {
            return Ok(pairs);
        }
        Err(problems)
    }

    fn check(json: &str, expected: &[(&str, &str)]) {
        let found = pairs(json).unwrap_or_else(|problems| panic!("{json}: {problems:?}"));
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
        let check = |json, expected: &str| {
            let problems = pairs(json).expect_err("wrong");
            let paths: Vec<&str> = problems.iter().map(|[path, ..]| path).collect();
            assert_eq!(paths, [expected], "{json}");
        };
        check(r#"{"A":[1,null]}"#, "params.A.1");
        for json in ["", "[]", "1", "{", r#"{"A":}"#, "{} x"] {
            check(json, "params");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = pairs(&text);
        }
    }
}
