//! Holds an answer against the table, without refusing what is new: unknown members stay, what is wrong is a warning.

use super::path::Path;
use super::table::{Field, FieldKind, Table};
use crate::decimal::push_decimal;
use crate::errors::Problem;
use crate::json::{self, Kind, Scanner};

/// What was found in an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Fields that are missing, of a wrong type, or beyond 2^53; each once, with its first place.
    pub warnings: Vec<Problem>,
    /// Where numbers stand that the table calls texts: byte offsets, ascending.
    pub texts: Vec<usize>,
    /// Where integers stand that the table calls fractions: byte offsets, ascending.
    pub floats: Vec<usize>,
}

impl Table {
    /// Reads the JSON text of a `Response`, which was scanned before.
    pub fn read_answer(&self, action: &str, response: &str) -> Reading {
        let fields = self.action(action).map_or(&[][..], |action| &action.output);
        let mut walk = Walk {
            table: self,
            reading: Reading::default(),
            seen: Vec::new(),
        };
        // A text that cannot be read was refused before; what was found up to there stands.
        let _ = walk.members(&mut Scanner::new(response), Path::Root, fields);
        walk.finish()
    }
}

/// A kind of warning: of which field, or of unknown members together.
type Cause<'t> = (Option<&'t Field>, &'static str);

struct Walk<'t> {
    table: &'t Table,
    reading: Reading,
    /// For each warning its cause, and in how many further places it was found.
    seen: Vec<(Cause<'t>, u64)>,
}

impl<'t> Walk<'t> {
    fn members(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        fields: &'t [Field],
    ) -> Result<(), json::Error> {
        let mut seen = vec![false; fields.len()];
        let mut more = scanner.open(b'{')?;
        while more {
            let key = scanner.key()?;
            let found = fields.iter().position(|field| field.name == key);
            let member = Path::Member(&at, &key);
            match found.and_then(|index| Some((seen.get_mut(index)?, fields.get(index)?))) {
                Some((seen, field)) => {
                    *seen = true;
                    self.field(scanner, member, field)?;
                }
                None => self.unknown(scanner, member)?,
            }
            more = scanner.next(b'}')?;
        }
        for (field, seen) in fields.iter().zip(seen) {
            if field.required && !seen {
                let member = Path::Member(&at, &field.name);
                self.warn(
                    Some(field),
                    "Missing",
                    member,
                    "is missing, though it is promised",
                );
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        field: &'t Field,
    ) -> Result<(), json::Error> {
        if !field.list {
            return self.single(scanner, at, field);
        }
        match scanner.peek()? {
            Kind::Array => self.items(scanner, at, |walk, scanner, item| {
                walk.single(scanner, item, field)
            }),
            Kind::Null => {
                scanner.value()?;
                self.null(at, field);
                Ok(())
            }
            _ => {
                self.warn(
                    Some(field),
                    "Type",
                    at,
                    "is not a list, though it should be one",
                );
                self.unknown(scanner, at)
            }
        }
    }

    fn single(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        field: &'t Field,
    ) -> Result<(), json::Error> {
        let kind = scanner.peek()?;
        let offset = scanner.offset();
        if kind == Kind::Null {
            scanner.value()?;
            self.null(at, field);
            return Ok(());
        }
        let should = match field.kind {
            FieldKind::Structure(index) if kind == Kind::Object => {
                let table = self.table;
                let fields = table.structures.get(index).map_or(&[][..], Vec::as_slice);
                return self.members(scanner, at, fields);
            }
            FieldKind::Structure(_) => "is not an object, though it should be one",
            FieldKind::String if kind == Kind::String => return scanner.value().map(|_| ()),
            FieldKind::String if kind == Kind::Float => {
                scanner.value()?;
                self.reading.texts.push(offset);
                let message =
                    "is a number, though it should be a text; its digits are given as a text";
                self.warn(Some(field), "Type", at, message);
                return Ok(());
            }
            FieldKind::String => "is not a text, though it should be one",
            FieldKind::Integer { .. } | FieldKind::Float if kind == Kind::Float => {
                return self.number(scanner, at, offset, field);
            }
            FieldKind::Integer { .. } => "is not an integer, though it should be one",
            FieldKind::Float => "is not a number, though it should be one",
            FieldKind::Boolean if kind == Kind::Boolean => return scanner.value().map(|_| ()),
            FieldKind::Boolean => "is not true or false, though it should be",
        };
        self.warn(Some(field), "Type", at, should);
        self.unknown(scanner, at)
    }

    fn number(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        offset: usize,
        field: &'t Field,
    ) -> Result<(), json::Error> {
        match (scanner.value()?, field.kind) {
            (Kind::Integer { wide: true }, _) if !field.wide => {
                self.warn(Some(field), "Wide", at, WIDE);
            }
            (Kind::Integer { .. }, FieldKind::Float) => self.reading.floats.push(offset),
            (Kind::Float, FieldKind::Integer { .. }) => {
                let message = "is a fraction, though it should be an integer";
                self.warn(Some(field), "Type", at, message);
            }
            _ => {}
        }
        Ok(())
    }

    /// Passes what the table does not know, or knows otherwise; only integers beyond 2^53 are told.
    fn unknown(&mut self, scanner: &mut Scanner<'_>, at: Path<'_>) -> Result<(), json::Error> {
        match scanner.peek()? {
            Kind::Object => self.members(scanner, at, &[]),
            Kind::Array => self.items(scanner, at, Self::unknown),
            _ => {
                if scanner.value()? == (Kind::Integer { wide: true }) {
                    self.warn(None, "Wide", at, WIDE);
                }
                Ok(())
            }
        }
    }

    fn items(
        &mut self,
        scanner: &mut Scanner<'_>,
        at: Path<'_>,
        mut read: impl FnMut(&mut Self, &mut Scanner<'_>, Path<'_>) -> Result<(), json::Error>,
    ) -> Result<(), json::Error> {
        let mut index = 0;
        let mut more = scanner.open(b'[')?;
        while more {
            read(self, scanner, Path::Item(&at, index))?;
            index += 1;
            more = scanner.next(b']')?;
        }
        Ok(())
    }

    fn null(&mut self, at: Path<'_>, field: &'t Field) {
        if !field.nullable {
            self.warn(
                Some(field),
                "Type",
                at,
                "is null, though it should have a value",
            );
        }
    }

    fn warn(&mut self, field: Option<&'t Field>, code: &'static str, at: Path<'_>, message: &str) {
        let same = |(known, _): &&mut (Cause<'t>, u64)| {
            known.1 == code && known.0.map(core::ptr::from_ref) == field.map(core::ptr::from_ref)
        };
        if let Some((_, further)) = self.seen.iter_mut().find(same) {
            *further += 1;
            return;
        }
        self.seen.push(((field, code), 0));
        self.reading
            .warnings
            .push(Problem::new(&at.text(), code, message));
    }

    fn finish(mut self) -> Reading {
        for (warning, (_, further)) in self.reading.warnings.iter_mut().zip(&self.seen) {
            if *further > 0 {
                warning.message.push_str("; the same in further places: ");
                push_decimal(&mut warning.message, *further, 1);
            }
        }
        self.reading
    }
}

const WIDE: &str =
    "is an integer beyond 2^53, where a number loses digits; it is given as a BigInt";

#[cfg(test)]
mod tests {
    use super::{Reading, Table};
    use proptest::prelude::*;

    fn table() -> Table {
        Table::parse(
            "1 toy 2020-01-01 R\nSPair\n.s! Key\n.i Value\n.0 Inner\nArShow\n>[0!* Data\n>s! Id\n>u^ Wide\n>i Count\n\
             >f? Share\n>b Late\n>[s Tags\n",
        )
        .expect("a table")
    }

    fn read(response: &str) -> Reading {
        table().read_answer("Show", response)
    }

    fn check(response: &str, expected: &[&str]) {
        let warnings = read(response).warnings.into_iter();
        let found: Vec<String> = warnings
            .map(|found| format!("{} {}", found.path, found.code))
            .collect();
        assert_eq!(found, expected, "{response}");
    }

    #[test]
    fn what_is_wrong_is_told_by_its_path() {
        check(
            r#"{"Data":[{"Key":"a","Value":1,"New":[{}]}],"Id":"1","Wide":9007199254740993,"Share":null,"Late":true,"RequestId":"r"}"#,
            &[],
        );
        check("{}", &["Data Missing", "Id Missing"]);
        check(
            r#"{"Data":[{},{"Key":null},{"Key":1,"Value":"1","Inner":{"Key":true}},7],"Id":{},"Count":1.5,"Late":0,"Tags":"a","Share":"x"}"#,
            &[
                "Data[0].Key Missing",
                "Data[1].Key Type",
                "Data[2].Value Type",
                "Data[3] Type",
                "Id Type",
                "Count Type",
                "Late Type",
                "Tags Type",
                "Share Type",
            ],
        );
        check(
            r#"{"Data":null,"Id":"","Tags":[null]}"#,
            &["Data Type", "Tags[0] Type"],
        );
        check(
            r#"{"Data":[],"Id":"","Count":-9007199254740993,"New":{"a":[9007199254740993,9007199254740993]}}"#,
            &["Count Wide", "New.a[0] Wide"],
        );
    }

    #[test]
    fn the_same_in_many_places_is_told_once() {
        let response = r#"{"Id":"","Data":[{},{},{"Key":""}, {}]}"#;
        let message = "is missing, though it is promised; the same in further places: 2";
        assert_eq!(read(response).warnings[0].message, message);
    }

    #[test]
    fn numbers_of_another_kind_are_found() {
        let response = r#"{"Id": 123,"Data":[{"Key":-1.50}],"Share":[1],"Tags":[7]}"#;
        let found = read(response);
        let at = |digits: &str| response.find(digits).expect("there");
        assert_eq!(found.texts, [at("123"), at("-1.50"), at("7")]);
        assert!(found.floats.is_empty());
        assert_eq!(read(r#"{"Share":12}"#).floats, [9]);
        assert_eq!(read(r#"{"Share":1.2}"#).floats, [0; 0]);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = read(&text);
        }

        #[test]
        fn any_members_are_answered(
            names in prop::collection::vec("Data|Id|Wide|Count|Share|Late|Tags|[A-Z]{0,3}", 0..6),
            values in prop::collection::vec(r#"-?[1-9][0-9]{0,24}|"[a-z]{0,3}"|\[1,\{"Key":2\}\]|\[\[7\]\]|\{"Key":""\}|null|true|1\.5"#, 6),
        ) {
            let members: Vec<String> = names.iter().zip(&values).map(|(name, value)| format!("{name:?}:{value}")).collect();
            let text = format!("{{{}}}", members.join(","));
            let found = read(&text);
            prop_assert!(found.texts.is_sorted() && found.floats.is_sorted());
            for at in found.texts.iter().chain(&found.floats) {
                prop_assert!(text[*at..].starts_with(|c: char| c == '-' || c.is_ascii_digit()));
            }
        }
    }
}
