//! Named constants for values that mean something, so that nobody writes `=== 5` for "refunded", and a type of each list.

use super::doc;
use super::schema::{Field, Literal, Schema, Value};
use std::fmt::Write;

/// One object and one type for each list of values; fields with the same `valuesName` share them.
pub(super) fn text(schema: &Schema) -> String {
    let mut done: Vec<String> = Vec::new();
    let mut text = String::new();
    for (owner, field) in schema.owned_fields() {
        if field.values.is_empty() {
            continue;
        }
        let name = type_name(owner, field);
        if !done.contains(&name) {
            push(&mut text, &name, field);
            done.push(name);
        }
    }
    text
}

/// The name of the constants of a field's values, and of their type.
pub(super) fn type_name(owner: &str, field: &Field) -> String {
    let own = || format!("{owner}{}", field.name);
    field.values_name.clone().unwrap_or_else(own)
}

/// The name of one constant: its own, or the value itself where that is a name; empty where there is none.
pub(super) fn constant_name(value: &Value) -> &str {
    let itself = match &value.literal {
        Literal::Text(text) if is_name(text) => text,
        _ => "",
    };
    value.name.as_deref().unwrap_or(itself)
}

/// Whether JavaScript takes it as a name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn push(text: &mut String, name: &str, field: &Field) {
    let comment = doc::block("", &[doc::line(&field.doc)]);
    let _ = writeln!(text, "{comment}export const {name} = {{");
    for value in &field.values {
        let _ = writeln!(
            text,
            "{}  {}: {},",
            doc::block("  ", &[format!("{}. {}", value.en, value.zh)]),
            constant_name(value),
            value.literal
        );
    }
    let _ = writeln!(
        text,
        "}} as const;\n{comment}export type {name} = (typeof {name})[keyof typeof {name}];\n"
    );
}

impl Schema {
    /// Every field of the service version, with the name of its structure or action.
    pub(super) fn owned_fields(&self) -> impl Iterator<Item = (&str, &Field)> {
        let structures = self.structures.iter().flat_map(|structure| {
            let name = structure.name.as_str();
            structure.fields.iter().map(move |field| (name, field))
        });
        let actions = self.actions.iter().flat_map(|action| {
            let name = action.name.as_str();
            let fields = action.input.iter().chain(&action.output);
            fields.map(move |field| (name, field))
        });
        structures.chain(actions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::text;

    #[test]
    fn a_list_is_an_object_and_a_type() {
        let made = text(&sample());
        let state = "/** State. 状态 */\nexport const PairState = {\n  /** on. 开 */\n  On: 1,\n} as const;\n\
                     /** State. 状态 */\nexport type PairState = (typeof PairState)[keyof typeof PairState];\n\n";
        assert!(made.starts_with(state), "{made}");
        assert!(made.contains("export const PutPlace = {\n  /** A. 甲 */\n  a: \"a\",\n"));
    }

    #[test]
    fn fields_with_one_name_share_one() {
        let mut schema = sample();
        schema.structures[0].fields[1].values_name = Some("Switch".into());
        let again = sample().structures.remove(0);
        schema.structures.push(again);
        schema.structures[1].fields[1].values_name = Some("Switch".into());
        assert_eq!(text(&schema).matches("export const Switch").count(), 1);
    }
}
