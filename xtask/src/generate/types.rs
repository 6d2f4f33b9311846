//! The TypeScript type of a field: what may be sent is wider for numbers, what comes back is open for lists of values.

use super::schema::{Field, Literal, Schema};

/// On which side of a call a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Input,
    Output,
}

/// The side of a structure. One that stands on both takes the input's types, which are the wider ones.
pub(super) fn side(structure: &str, schema: &Schema) -> Side {
    let mut reached: Vec<&str> = schema
        .actions
        .iter()
        .flat_map(|action| kinds(&action.input))
        .collect();
    let mut at = 0;
    while let Some(name) = reached.get(at) {
        let inner = schema.structures.iter().find(|other| other.name == *name);
        for kind in inner.into_iter().flat_map(|inner| kinds(&inner.fields)) {
            if !reached.contains(&kind) {
                reached.push(kind);
            }
        }
        at += 1;
    }
    if reached.contains(&structure) {
        Side::Input
    } else {
        Side::Output
    }
}

/// `Name?: Type`.
pub(super) fn member(field: &Field, side: Side) -> String {
    let optional = if field.required { "" } else { "?" };
    let item = item(field, side);
    let list = match (field.list, item.contains(" | ")) {
        (true, true) => format!("({item})[]"),
        (true, false) => format!("{item}[]"),
        (false, _) => item,
    };
    let nullable = if field.nullable { " | null" } else { "" };
    format!("{}{optional}: {list}{nullable}", field.name)
}

fn item(field: &Field, side: Side) -> String {
    let closed = side == Side::Input && !field.values_open && !field.values.is_empty();
    match field.kind.as_str() {
        "String" if field.values.is_empty() => "string".into(),
        "String" | "Integer" if closed => literals(field),
        "String" => format!("{} | (string & {{}})", literals(field)),
        "Integer" if side == Side::Input => "number | bigint".into(),
        "Integer" | "Float" => "number".into(),
        "Boolean" => "boolean".into(),
        structure => structure.into(),
    }
}

fn literals(field: &Field) -> String {
    let shown = field.values.iter().map(|value| match &value.literal {
        Literal::Integer(number) => number.to_string(),
        Literal::Text(text) => format!("{text:?}"),
    });
    shown.collect::<Vec<_>>().join(" | ")
}

fn kinds(fields: &[Field]) -> impl Iterator<Item = &str> {
    fields.iter().map(|field| field.kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::{Side, member, side};

    #[test]
    fn a_member_has_the_type_of_its_side() {
        let schema = sample();
        let [place, count] = &schema.actions[0].input[..] else {
            panic!("two fields");
        };
        assert_eq!(
            member(place, Side::Input),
            r#"Place?: ("a" | (string & {}))[]"#
        );
        assert_eq!(member(count, Side::Input), "Count: number | bigint");
        assert_eq!(member(count, Side::Output), "Count: number");
        assert_eq!(
            member(&schema.actions[0].output[0], Side::Output),
            "Data: Pair[] | null"
        );
    }

    #[test]
    fn a_closed_list_is_closed_for_the_sender_only() {
        let state = &sample().structures[0].fields[1];
        assert_eq!(member(state, Side::Input), "State?: 1");
        assert_eq!(member(state, Side::Output), "State?: number");
    }

    #[test]
    fn a_structure_that_is_sent_is_input() {
        let mut schema = sample();
        assert_eq!(side("Pair", &schema), Side::Output);
        schema.actions[0].input[0].kind = "Pair".into();
        assert_eq!(side("Pair", &schema), Side::Input);
    }
}
