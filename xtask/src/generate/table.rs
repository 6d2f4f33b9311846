//! The table of a service version: the text that the core walks, in the format of schema/README.md.

use super::schema::{Bounds, Field, Rule, Schema};
use super::types::{Side, side};
use super::{HEADER, Output};
use std::fmt::Write;

/// One row a line.
pub(super) fn text(schema: &Schema) -> String {
    let flags = if schema.region_required { "R" } else { "-" };
    let mut table = format!("1 {} {} {flags}\n", schema.service, schema.version);
    if !schema.regions.is_empty() {
        let _ = writeln!(table, "G{}", schema.regions.join(" "));
    }
    for structure in &schema.structures {
        let _ = writeln!(table, "S{}", structure.name);
        let sent = side(&structure.name, schema) == Side::Input;
        push_fields(&mut table, '.', &structure.fields, schema, sent);
    }
    for action in &schema.actions {
        let class = match (action.idempotent, action.deprecated) {
            (true, false) => 'r',
            (true, true) => 'R',
            (false, false) => 'w',
            (false, true) => 'W',
        };
        let _ = write!(table, "A{class}{}", action.name);
        if action.skips_signature {
            table.push_str("\ts");
        }
        if let Some(limit) = &action.rate_limit {
            let _ = write!(table, "\t{}", limit.per_second);
        }
        table.push('\n');
        push_fields(&mut table, '<', &action.input, schema, true);
        push_fields(&mut table, '>', &action.output, schema, false);
    }
    table
}

/// The service version that the sandbox serves.
const SANDBOX: (&str, &str) = ("iotvideo", "2019-11-26");

/// Its table as a constant.
pub(super) fn rust(schemas: &[Schema]) -> Option<Output> {
    let (service, version) = SANDBOX;
    let is_it = |schema: &&Schema| (&*schema.service, &*schema.version) == SANDBOX;
    let table = self::text(schemas.iter().find(is_it)?);
    Some(Output {
        path: "sandbox/src/generated.rs".into(),
        text: format!(
            "//! {HEADER}schema/{service}-{version}.json; do not edit.\n\n\
             /// The table of {service} {version}; schema/README.md states its format.\n\
             pub const TABLE: &str = r\"{table}\";\n"
        ),
    })
}

/// What is only answered is not held against limits and lists of values, so it goes without them.
fn push_fields(table: &mut String, tag: char, fields: &[Field], schema: &Schema, sent: bool) {
    for field in fields {
        let marks = [
            (field.required, '!'),
            (field.nullable, '?'),
            (field.proof, '*'),
            (field.non_empty, '+'),
            (field.wide.is_some(), '^'),
        ];
        table.push(tag);
        table.push_str(if field.list { "[" } else { "" });
        table.push_str(&kind(field, schema));
        table.extend(marks.iter().filter(|(has, _)| *has).map(|(_, mark)| mark));
        table.push(' ');
        table.push_str(&field.name);
        if sent {
            push_rules(table, field);
        }
        table.push('\n');
    }
}

fn push_rules(table: &mut String, field: &Field) {
    for limit in &field.limits {
        let doubt = if limit.only_warn.is_some() { "?" } else { "" };
        let _ = write!(table, "\t{doubt}{}", rule(&limit.rule));
    }
    // The values of a joined text are those of its items, whose range is a limit.
    let joined = field
        .limits
        .iter()
        .any(|limit| matches!(limit.rule, Rule::Joined(_)));
    if !field.values.is_empty() && !joined {
        let doubt = if field.values_open { "?" } else { "" };
        let values: Vec<String> = field
            .values
            .iter()
            .map(|value| value.literal.plain())
            .collect();
        let _ = write!(table, "\t{doubt}v{}", values.join("|"));
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Range(bounds) => format!("r{}", span(*bounds)),
        Rule::Items(bounds) => format!("i{}", span(*bounds)),
        Rule::Characters(bounds) => format!("c{}", span(*bounds)),
        Rule::Bytes(bounds) => format!("b{}", span(*bounds)),
        Rule::LevelCharacters(bounds) => format!("l{}", span(*bounds)),
        Rule::Joined(bounds) => format!("j{}", span(*bounds)),
        Rule::Dotted(parts) => {
            let spans: Vec<String> = parts.iter().map(|part| span(*part)).collect();
            format!("d{}", spans.join(","))
        }
        Rule::Allowed(classes) => {
            let letters: String = classes.iter().map(|class| class.letter()).collect();
            format!("a{letters}")
        }
        Rule::Forbidden(characters) => {
            let codes: Vec<String> = characters
                .chars()
                .map(|c| u32::from(c).to_string())
                .collect();
            format!("f{}", codes.join(","))
        }
    }
}

fn span((min, max): Bounds) -> String {
    let shown = |bound: Option<i64>| bound.map_or_else(String::new, |bound| bound.to_string());
    format!("{}..{}", shown(min), shown(max))
}

fn kind(field: &Field, schema: &Schema) -> String {
    match field.kind.as_str() {
        "String" => "s".into(),
        "Integer" if field.unsigned => "u".into(),
        "Integer" => "i".into(),
        "Float" => "f".into(),
        "Boolean" => "b".into(),
        name => {
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
    use super::super::schema::{RateLimit, sample};
    use super::{rust, text};

    const TABLE: &str = "1 toy 2020-01-02 R\nSPair\n.s! Key\n.i State\nAwPut\n<[s Place\t?va\n<i! Count\n>[0!?* Data\n";

    #[test]
    fn each_field_is_a_row() {
        assert_eq!(text(&sample()), TABLE);
        let mut schema = sample();
        schema.region_required = false;
        schema.actions[0].idempotent = true;
        assert!(text(&schema).starts_with("1 toy 2020-01-02 -\n"));
        assert!(text(&schema).contains("\nArPut\n"));
        schema.actions[0].idempotent = false;
        schema.actions[0].deprecated = true;
        schema.actions[0].skips_signature = true;
        schema.regions = vec!["a-b".into(), "c-d".into()];
        schema.actions[0].rate_limit = Some(RateLimit { per_second: 40 });
        assert!(text(&schema).contains("\nAWPut\ts\t40\n"));
        assert!(text(&schema).contains(" -\nGa-b c-d\nS"));
    }

    #[test]
    fn limits_follow_behind_tabs() {
        let limits = r#"[{ "range": [1, null] }, { "characters": [32, 32], "onlyWarn": { "en": "", "zh": "" } },
            { "dotted": [[0, 63], [null, -1]] }, { "allowed": ["letters", "underscore"] }, { "forbidden": "'`" }]"#;
        let mut schema = sample();
        let count = &mut schema.actions[0].input[1];
        count.unsigned = true;
        count.limits = serde_json::from_str(limits).expect("limits");
        let row = "\n<u! Count\tr1..\t?c32..32\td0..63,..-1\talu\tf39,96\n";
        assert!(text(&schema).contains(row), "{}", text(&schema));
        let wrong = r#"[{ "range": [1, 2], "onlywarn": { "en": "", "zh": "" } }]"#;
        assert!(serde_json::from_str::<Vec<super::super::schema::Limit>>(wrong).is_err());
    }

    #[test]
    fn the_sandbox_gets_the_same_text() {
        assert!(rust(&[sample()]).is_none());
        let mut schema = sample();
        (schema.service, schema.version) = ("iotvideo".into(), "2019-11-26".into());
        let table = text(&schema);
        let output = rust(&[sample(), schema]).expect("the sandbox's");
        assert!(
            output
                .text
                .contains(&format!("pub const TABLE: &str = r\"{table}\";"))
        );
    }
}
