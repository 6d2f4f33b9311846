//! The table of a service version: the text that the core walks, in the format of schema/README.md.

use super::schema::{Field, Schema};
use super::{HEADER, Output};
use std::fmt::Write;

/// One row a line.
pub(super) fn text(schema: &Schema) -> String {
    let flags = if schema.region_required { "R" } else { "-" };
    let mut table = format!("1 {} {} {flags}\n", schema.service, schema.version);
    for structure in &schema.structures {
        let _ = writeln!(table, "S{}", structure.name);
        push_fields(&mut table, '.', &structure.fields, schema);
    }
    for action in &schema.actions {
        let class = if action.idempotent { 'r' } else { 'w' };
        let _ = writeln!(table, "A{class}{}", action.name);
        push_fields(&mut table, '<', &action.input, schema);
        push_fields(&mut table, '>', &action.output, schema);
    }
    table
}

/// The tables as constants, for the sandbox.
pub(super) fn rust(schemas: &[Schema]) -> Output {
    let mut text = format!("//! {HEADER}schema/; do not edit.\n");
    for schema in schemas {
        let (service, version) = (&schema.service, &schema.version);
        let name = format!("{service}_{}", version.replace('-', "")).to_uppercase();
        let table = self::text(schema);
        let _ = write!(
            text,
            "\n/// The table of {service} {version}; schema/README.md states its format.\n\
             pub const {name}: &str = r\"{table}\";\n"
        );
    }
    let path = "sandbox/src/generated.rs".into();
    Output { path, text }
}

fn push_fields(table: &mut String, tag: char, fields: &[Field], schema: &Schema) {
    for field in fields {
        let list = if field.list { "[" } else { "" };
        let kind = kind(&field.kind, schema);
        let required = if field.required { "!" } else { "" };
        let nullable = if field.nullable { "?" } else { "" };
        let proof = if field.proof { "*" } else { "" };
        let non_empty = if field.non_empty { "+" } else { "" };
        let _ = writeln!(
            table,
            "{tag}{list}{kind}{required}{nullable}{proof}{non_empty} {}",
            field.name
        );
    }
}

fn kind(name: &str, schema: &Schema) -> String {
    match name {
        "String" => "s".into(),
        "Integer" => "i".into(),
        "Float" => "f".into(),
        "Boolean" => "b".into(),
        _ => {
            let at = schema
                .structures
                .iter()
                .position(|structure| structure.name == name);
            at.expect("check.rs let only known types pass").to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::{rust, text};

    const TABLE: &str =
        "1 toy 2020-01-02 R\nSPair\n.s! Key\n.i State\nAwPut\n<[s Place\n<i! Count\n>[0!?* Data\n";

    #[test]
    fn each_field_is_a_row() {
        assert_eq!(text(&sample()), TABLE);
        let mut schema = sample();
        schema.region_required = false;
        schema.actions[0].idempotent = true;
        assert!(text(&schema).starts_with("1 toy 2020-01-02 -\n"));
        assert!(text(&schema).contains("\nArPut\n"));
    }

    #[test]
    fn the_sandbox_gets_the_same_text() {
        let output = rust(&[sample()]);
        assert!(
            output
                .text
                .contains(&format!("pub const TOY_20200102: &str = r\"{TABLE}\";"))
        );
    }
}
