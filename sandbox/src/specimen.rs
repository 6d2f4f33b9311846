//! A well-formed answer of an action that the sandbox does not do, made from the table alone: it has the right form,
//! and means nothing.

use crate::rows::{Field, Kind, Rows};
use serde_json::{Map, Value, json};

/// What stands in a text.
const TEXT: &str = "specimen";

/// The answer of an action, without its request id: every field that may not be null or is promised, in the table's
/// order; lists have one item. It is always the same.
pub fn specimen(table: &str, action: &str) -> Map<String, Value> {
    let rows = Rows::of(table, action, '>');
    members(&rows, &rows.fields, &mut Vec::new())
}

/// `within` are the structures around these fields: one that holds itself would have no end.
fn members(rows: &Rows<'_>, fields: &[Field<'_>], within: &mut Vec<usize>) -> Map<String, Value> {
    let mut members = Map::new();
    for field in fields {
        if field.required || !field.nullable {
            members.insert(field.name.into(), value(rows, field, within));
        }
    }
    members
}

fn value(rows: &Rows<'_>, field: &Field<'_>, within: &mut Vec<usize>) -> Value {
    let item = match field.kind {
        Kind::String => json!(text(field.rules)),
        Kind::Integer => json!(integer(field.rules)),
        Kind::Float => json!(0.0),
        Kind::Boolean => json!(false),
        Kind::Structure(at) => {
            let fields = rows.structures.get(at).filter(|_| !within.contains(&at));
            within.push(at);
            let members = members(rows, fields.map_or(&[][..], Vec::as_slice), within);
            within.pop();
            Value::Object(members)
        }
    };
    if field.list { json!([item]) } else { item }
}

/// A text of a listed value, or of a length, that its rules allow.
fn text(rules: &str) -> String {
    let mut text = String::from(TEXT);
    for (letter, operand) in read(rules) {
        match letter {
            'v' => return first(operand).into(),
            'c' | 'b' => {
                let (least, most) = bounds::<u16>(operand);
                text.truncate(most.unwrap_or(u16::MAX).into());
                while text.len() < least.unwrap_or_default().into() {
                    text.push_str("n");
                }
            }
            _ => {}
        }
    }
    text
}

/// 0, or what is closest to it of what its rules allow.
fn integer(rules: &str) -> i64 {
    let mut integer = 0;
    for (letter, operand) in read(rules) {
        match letter {
            'v' => return first(operand).parse().unwrap_or_default(),
            'r' => {
                let (least, most) = bounds::<i64>(operand);
                integer = integer
                    .min(most.unwrap_or(i64::MAX))
                    .max(least.unwrap_or(i64::MIN));
            }
            _ => {}
        }
    }
    integer
}

/// Letters and operands; that a rule is only warned of makes no difference here.
fn read(rules: &str) -> impl Iterator<Item = (char, &str)> {
    rules.split('\t').filter_map(|rule| {
        let rule = rule.strip_prefix('?').unwrap_or(rule);
        Some((rule.chars().next()?, rule.get(1..)?))
    })
}

fn first(values: &str) -> &str {
    values.split('|').next().unwrap_or_default()
}

fn bounds<N: core::str::FromStr>(operand: &str) -> (Option<N>, Option<N>) {
    let (least, most) = operand.split_once("..").unwrap_or_default();
    (least.parse().ok(), most.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::specimen;
    use crate::generated::TABLE;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use tc3_edge::service::Table;

    #[test]
    fn each_type_has_its_value() {
        let table = "1 toy 2020-01-01 R\nSPair\n.s! Key\n.1? Inner\n.1!? Promised\nSInner\n.u Size\n.[f Shares\n\
                     ArShow\n<s! Id\n>[0!* Data\n>b Late\n>s? Note\n>[s Tags\nArNext\n>i Other\n";
        let expected = json!({
            "Data": [{"Key": "specimen", "Promised": {"Size": 0, "Shares": [0.0]}}],
            "Late": false,
            "Tags": ["specimen"],
        });
        assert_eq!(Value::Object(specimen(table, "Show")), expected);
        assert!(specimen(table, "Sho").is_empty());
    }

    #[test]
    fn limits_are_kept() {
        let check = |row: &str, expected: Value| {
            let table = format!("1 t v -\nArShow\n>{row}\n");
            assert_eq!(specimen(&table, "Show")["A"], expected, "{row}");
        };
        check("s A\tc..4", json!("spec"));
        check("s A\t?b10..", json!("specimennn"));
        check("s A\tc..300", json!("specimen"));
        check("s A\tvowner|guest", json!("owner"));
        check("i A\tr1..100", json!(1));
        check("i A\tr..-5", json!(-5));
        check("i A\tr-9..9", json!(0));
        check("u A\t?v8|9", json!(8));
    }

    #[test]
    fn a_structure_that_holds_itself_ends() {
        let table = "1 t v -\nSNode\n.s Key\n.[0 Next\nArShow\n>0 A\n";
        let expected = json!({"A": {"Key": "specimen", "Next": [{}]}});
        assert_eq!(Value::Object(specimen(table, "Show")), expected);
    }

    #[test]
    fn the_core_finds_nothing_wrong_with_any() {
        let table = Table::parse(TABLE).expect("the table");
        let mut count = 0;
        for line in TABLE.lines().filter(|line| line.starts_with('A')) {
            let action = line[2..].split('\t').next().unwrap_or_default();
            let answer = Value::Object(specimen(TABLE, action)).to_string();
            let found = table.read_answer(action, &answer, true);
            assert!(found.warnings.is_empty(), "{action}: {:?}", found.warnings);
            assert!(found.texts.is_empty() && found.floats.is_empty());
            count += 1;
        }
        assert_eq!(count, 68);
    }

    proptest! {
        #[test]
        fn any_table_is_answered(text in any::<String>(), rows in prop::collection::vec(
            ("[SA.<>][sifb0-3]{0,2}[!?+*]{0,2}", "[A-D]?", "(\t[?]?[vrcb][0-9.|-]{0,6})?"), 0..12,
        )) {
            let _ = specimen(&text, "A");
            let rows: Vec<String> = rows.iter().map(|(kind, name, rule)| format!("{kind} {name}{rule}\n")).collect();
            let _ = specimen(&format!("ArA\n{}", rows.concat()), "A");
        }
    }
}
