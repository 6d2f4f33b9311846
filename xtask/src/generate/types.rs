//! The TypeScript type of a field: what may be sent is wider for numbers, what comes back is open for lists of values.

use super::constants;
use super::schema::{Field, Rule, Schema};

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

/// `Name?: Type`, of a field of the structure or action `owner`.
pub(super) fn member(owner: &str, field: &Field, side: Side) -> String {
    let optional = if field.required { "" } else { "?" };
    let item = item(owner, field, side);
    let readonly = match side {
        Side::Input => "readonly ",
        Side::Output => "",
    };
    let list = match (field.list, item.contains(" | ")) {
        (true, true) => format!("{readonly}({item})[]"),
        (true, false) => format!("{readonly}{item}[]"),
        (false, _) => item,
    };
    let nullable = if field.nullable { " | null" } else { "" };
    format!("{}{optional}: {list}{nullable}", field.name)
}

fn item(owner: &str, field: &Field, side: Side) -> String {
    let integer = match side {
        Side::Input => "number | bigint",
        Side::Output if field.wide.is_some() => "number | bigint",
        Side::Output => "number",
    };
    let joined = field
        .limits
        .iter()
        .any(|limit| matches!(limit.rule, Rule::Joined(_)));
    // What is answered is open, and a plain type is what narrows to a constant.
    let listed = side == Side::Input && !field.values.is_empty() && !joined;
    let name = || constants::type_name(owner, field);
    match (field.kind.as_str(), listed, field.values_open) {
        ("String" | "Integer", true, false) => name(),
        ("String", true, true) => format!("{} | (string & {{}})", name()),
        ("Integer", true, true) => format!("{} | (number & {{}}) | bigint", name()),
        ("String", ..) => "string".into(),
        ("Integer", ..) => integer.into(),
        ("Float", ..) if side == Side::Output => "Float".into(),
        ("Float", ..) => "number".into(),
        ("Boolean", ..) => "boolean".into(),
        (structure, ..) => structure.into(),
    }
}

fn kinds(fields: &[Field]) -> impl Iterator<Item = &str> {
    fields.iter().map(|field| field.kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::schema::{Texts, sample};
    use super::{Side, member, side};

    #[test]
    fn a_member_has_the_type_of_its_side() {
        let mut schema = sample();
        let answered = member("Put", &schema.actions[0].output[0], Side::Output);
        assert_eq!(answered, "Data: Pair[] | null");
        let [place, count] = &mut schema.actions[0].input[..] else {
            panic!("two fields");
        };
        let sent = member("Put", place, Side::Input);
        assert_eq!(sent, "Place?: readonly (PutPlace | (string & {}))[]");
        assert_eq!(member("Put", count, Side::Input), "Count: number | bigint");
        assert_eq!(member("Put", count, Side::Output), "Count: number");
        let en = String::from("a row's number");
        let zh = String::from("行号");
        count.wide = Some(Texts { en, zh });
        assert_eq!(member("Put", count, Side::Output), "Count: number | bigint");
    }

    #[test]
    fn a_closed_list_is_closed_for_the_sender_only() {
        let state = &sample().structures[0].fields[1];
        assert_eq!(member("Pair", state, Side::Input), "State?: PairState");
        assert_eq!(member("Pair", state, Side::Output), "State?: number");
    }

    #[test]
    fn a_structure_that_is_sent_is_input() {
        let mut schema = sample();
        assert_eq!(side("Pair", &schema), Side::Output);
        schema.actions[0].input[0].kind = "Pair".into();
        assert_eq!(side("Pair", &schema), Side::Input);
    }
}
