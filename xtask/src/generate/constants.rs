//! Named constants for integers whose values mean something, so that nobody writes `=== 5` for "refunded".

use super::doc;
use super::schema::{Field, Literal, Schema};
use std::fmt::Write;

/// One object for each list of values; fields with the same `valuesName` share one.
pub(super) fn text(schema: &Schema) -> String {
    let mut done: Vec<String> = Vec::new();
    let mut text = String::new();
    for (owner, field) in owned_fields(schema) {
        if field.kind != "Integer" || field.values.is_empty() {
            continue;
        }
        let name = field
            .values_name
            .clone()
            .unwrap_or_else(|| format!("{owner}{}", field.name));
        if !done.contains(&name) {
            push(&mut text, &name, field);
            done.push(name);
        }
    }
    text
}

fn push(text: &mut String, name: &str, field: &Field) {
    let _ = writeln!(
        text,
        "{}export const {name} = {{",
        doc::block("", &[doc::line(&field.doc)])
    );
    for value in &field.values {
        if let (Literal::Integer(number), Some(name)) = (&value.literal, &value.name) {
            let _ = writeln!(
                text,
                "{}  {name}: {number},",
                doc::block("  ", &[format!("{}. {}", value.en, value.zh)])
            );
        }
    }
    text.push_str("} as const;\n\n");
}

fn owned_fields(schema: &Schema) -> impl Iterator<Item = (&str, &Field)> {
    let structures = schema.structures.iter().flat_map(move |structure| {
        let name = structure.name.as_str();
        structure.fields.iter().map(move |field| (name, field))
    });
    let actions = schema.actions.iter().flat_map(|action| {
        let name = action.name.as_str();
        action
            .input
            .iter()
            .chain(&action.output)
            .map(move |field| (name, field))
    });
    structures.chain(actions)
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::text;

    #[test]
    fn a_list_of_integers_is_an_object() {
        let made = "/** State. 状态 */\nexport const PairState = {\n  /** on. 开 */\n  On: 1,\n} as const;\n\n";
        assert_eq!(text(&sample()), made);
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
