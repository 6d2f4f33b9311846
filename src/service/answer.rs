//! Holds an answer against the table, without refusing what is new: unknown members stay, what is wrong is a warning.

use super::path::Path;
use super::table::Table;
use super::walk::Walk;
use crate::errors::Problems;

/// What was found in an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Fields that are missing, of a wrong type, or beyond 2^53; each once, with its first place.
    pub warnings: Problems,
    /// Where numbers stand that the table calls texts: byte offsets, ascending.
    pub texts: Vec<usize>,
    /// Where integers stand that the table calls fractions: byte offsets, ascending.
    pub floats: Vec<usize>,
}

impl Table<'_> {
    /// Reads the JSON text of a `Response`, which was scanned before. Of integers beyond 2^53 it is told where
    /// `wide` says so.
    pub fn read_answer(&self, action: &str, response: &str, wide: bool) -> Reading {
        let mut walk = Walk::new(self, response, true);
        // A text that cannot be read was refused before; what was found up to there stands.
        let _ = walk.members(Path::Root, self.fields(self.place(action), b'>'));
        Reading {
            warnings: walk.findings.finish(wide),
            texts: walk.texts,
            floats: walk.floats,
        }
    }
}

/// Whether nothing is to be said of the answer to an action of a table, by its [`Table::place`], or to any call: it is a success, and the platform's
/// parser reads all of it exactly, if it is JSON at all. `false` says nothing but that it has to be read in all steps.
pub fn is_clean(table: Option<&Table<'_>>, place: Option<usize>, answer: &[u8]) -> bool {
    let (fields, places) = table.map_or((&[][..], 0..0), |table| {
        (&table.glance[..], table.places(place, b'>'))
    });
    tc3_edge_glance::is_clean(answer, fields, places)
}

#[cfg(test)]
mod tests {
    use super::{Reading, Table};
    use proptest::prelude::*;

    fn table() -> Table<'static> {
        Table::parse(
            "1 toy 2020-01-01 R\nSPair\n.s! Key\n.i Value\n.0 Inner\nArShow\n>[0!* Data\n>s! Id\n>u^ Wide\n>i Count\n\
             >f? Share\n>b Late\n>[s Tags\n",
        )
        .expect("a table")
    }

    fn read(response: &str) -> Reading {
        table().read_answer("Show", response, true)
    }

    fn check(response: &str, expected: &[&str]) {
        let warnings = read(response).warnings;
        let found: Vec<String> = warnings
            .iter()
            .map(|[path, code, _]| format!("{path} {code}"))
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
        let warnings = read(response).warnings;
        assert_eq!(
            warnings.iter().next(),
            Some(["Data[0].Key", "Missing", message])
        );
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
