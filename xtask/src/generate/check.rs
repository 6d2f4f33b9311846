//! What the reader of a schema file cannot see by the members alone: names that must exist, and belong together.

use super::constants::{constant_name, is_name, type_name};
use super::schema::{ErrorCode, Field, Literal, Rule, Schema};
use std::collections::BTreeMap;

const PRIMITIVES: [&str; 4] = ["String", "Integer", "Float", "Boolean"];

const WHOLE: &str = "say it in English and in Chinese, without a full stop at its end";

/// All problems of a schema at once.
pub(super) fn check(
    path: &str,
    schema: &Schema,
    codes: &BTreeMap<String, ErrorCode>,
) -> Result<(), String> {
    let mut problems = Vec::new();
    let mut require = |holds: bool, problem: String| {
        if !holds {
            problems.push(format!("{path}: {problem}"));
        }
    };
    require(schema.format == 1, "format: only 1 is known".into());
    let named = format!("schema/{}-{}.json", schema.service, schema.version);
    require(
        path == named,
        format!("by its service and version it must be {named}"),
    );
    let doubled = twice(schema).unwrap_or_default();
    require(
        doubled.is_empty(),
        format!(
            "two of its exports would have the name {doubled}; give the values another `valuesName`"
        ),
    );
    for structure in &schema.structures {
        require(
            structure.doc.is_whole(),
            format!("structure {}: {WHOLE}", structure.name),
        );
        require(
            is_name(&structure.name),
            format!(
                "structure {}: a name has letters and digits only",
                structure.name
            ),
        );
        for field in &structure.fields {
            let at = format!("{}.{}", structure.name, field.name);
            require(
                !field.proof,
                format!("{at}: proof is for the output of an action"),
            );
            check_field(&at, field, schema, &mut require);
        }
    }
    for action in &schema.actions {
        require(
            is_name(&action.name),
            format!("action {}: a name has letters and digits only", action.name),
        );
        let whole = action.doc.is_whole() && action.idempotent_because.is_whole();
        require(whole, format!("{}: {WHOLE}", action.name));
        require(
            is_name(&action.group),
            format!("{}: its group has letters and digits only", action.name),
        );
        for code in &action.error_codes {
            let known = codes.contains_key(code);
            require(
                known,
                format!("{}: schema/errors.json has no {code}; add it", action.name),
            );
        }
        for field in &action.input {
            let at = format!("{}.input.{}", action.name, field.name);
            require(
                !field.proof,
                format!("{at}: proof is for the output of an action"),
            );
            check_field(&at, field, schema, &mut require);
        }
        for field in &action.output {
            check_field(
                &format!("{}.output.{}", action.name, field.name),
                field,
                schema,
                &mut require,
            );
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

fn check_field(at: &str, field: &Field, schema: &Schema, require: &mut impl FnMut(bool, String)) {
    let mut require = |holds: bool, problem: String| require(holds, format!("{at}: {problem}"));
    let kind = field.kind.as_str();
    require(
        is_name(&field.name),
        "a name has letters and digits only".into(),
    );
    require(field.doc.is_whole(), WHOLE.into());
    let known = PRIMITIVES.contains(&kind)
        || schema
            .structures
            .iter()
            .any(|structure| structure.name == kind);
    require(
        known,
        format!("type {kind} is neither a primitive nor a structure"),
    );
    for (name, given) in [("unsigned", field.unsigned), ("wide", field.wide.is_some())] {
        let fits = !given || kind == "Integer";
        require(fits, format!("{name} is for an Integer"));
    }
    require(
        !field.non_empty || kind == "String" || field.list,
        "nonEmpty is for a text or a list".into(),
    );
    for limit in &field.limits {
        let (name, fits) = match &limit.rule {
            Rule::Range(_) => ("range", kind == "Integer"),
            Rule::Items(_) => ("items", field.list),
            Rule::Characters(_) => ("characters", kind == "String"),
            Rule::Bytes(_) => ("bytes", kind == "String"),
            Rule::LevelCharacters(_) => ("levelCharacters", kind == "String"),
            Rule::Joined(_) => ("joined", kind == "String"),
            Rule::Dotted(_) => ("dotted", kind == "String"),
            Rule::Allowed(_) => ("allowed", kind == "String"),
            Rule::Forbidden(_) => ("forbidden", kind == "String"),
        };
        require(fits, format!("the limit {name} is not for this type"));
    }
    for value in &field.values {
        let shown = &value.literal;
        let fits = match shown {
            Literal::Integer(_) => kind == "Integer",
            // The table separates values by what none of them may hold.
            Literal::Text(text) => {
                kind == "String" && !text.contains(['|', '\t', '\n', '\\', '`', '$', '"'])
            }
        };
        require(fits, format!("value {shown} is not of type {kind}"));
        require(
            is_name(constant_name(value)),
            format!("value {shown} needs a name for its constant"),
        );
    }
    if let Some(name) = &field.values_name {
        let mut same = schema
            .owned_fields()
            .filter(|(_, other)| other.values_name.as_ref() == Some(name));
        require(
            same.all(|(_, other)| other.values == field.values),
            format!("another field gives {name} other values; name them apart"),
        );
    }
}

/// What the TypeScript file exports, but for constants that fields share; a name that stands there twice.
fn twice(schema: &Schema) -> Option<String> {
    let mut lists: Vec<String> = schema
        .owned_fields()
        .filter(|(_, field)| !field.values.is_empty())
        .map(|(owner, field)| type_name(owner, field))
        .collect();
    lists.sort();
    lists.dedup();
    let structures = schema
        .structures
        .iter()
        .map(|structure| structure.name.clone());
    let actions = schema.actions.iter().flat_map(|action| {
        ["Request", "Response"].map(|suffix| format!("{}{suffix}", action.name))
    });
    let mut names: Vec<String> = lists.into_iter().chain(structures).chain(actions).collect();
    names.push(schema.class_name.clone());
    names.sort();
    names
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].clone())
}

#[cfg(test)]
mod tests {
    use super::super::schema::{
        ErrorCode, Field, Limit, Literal, NotExecuted, Rule, Schema, sample,
    };
    use super::check;
    use std::collections::BTreeMap;

    fn problems(change: impl FnOnce(&mut Schema)) -> String {
        let mut schema = sample();
        change(&mut schema);
        let code = ErrorCode {
            en: String::new(),
            zh: String::new(),
            retryable: true,
            not_executed: NotExecuted::Certain,
            remedy_en: String::new(),
            remedy_zh: String::new(),
        };
        let codes = BTreeMap::from([("Busy".to_string(), code)]);
        check("schema/toy-2020-01-02.json", &schema, &codes)
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn a_right_schema_has_none() {
        assert_eq!(problems(|_| ()), "");
    }

    #[test]
    fn each_problem_is_named() {
        assert!(problems(|schema| schema.format = 2).contains("format"));
        assert!(problems(|schema| schema.actions[0].doc.zh.clear()).contains("Put: say it in"));
        let stop = |schema: &mut Schema| schema.structures[0].fields[0].doc.en.push('.');
        assert!(problems(stop).contains("Pair.Key: say it in"));
        assert!(problems(|schema| schema.version = "2021-01-01".into()).contains("must be"));
        assert!(
            problems(|schema| schema.structures[0].fields[0].proof = true)
                .contains("Pair.Key: proof")
        );
        assert!(
            problems(|schema| schema.structures[0].fields[1].values[0].name = None)
                .contains("needs a name")
        );
        assert!(
            problems(|schema| schema.actions[0].error_codes.push("No".into()))
                .contains("has no No")
        );
        assert!(
            problems(|schema| schema.actions[0].input[0].kind = "Pear".into())
                .contains("type Pear")
        );
        assert!(
            problems(|schema| schema.actions[0].input[0].name = "A B".into()).contains("letters")
        );
        let field =
            |change: fn(&mut Field)| problems(|schema| change(&mut schema.actions[0].input[0]));
        assert!(field(|field| field.unsigned = true).contains("unsigned is for"));
        assert!(field(|field| field.values_name = Some("Pair".into())).contains("the name Pair"));
        let range = |field: &mut Field| {
            let rule = Rule::Range((Some(1), None));
            field.limits = vec![Limit {
                rule,
                only_warn: None,
            }];
        };
        assert!(field(range).contains("range is not for"));
        let spaced = |field: &mut Field| field.values[0].literal = Literal::Text("a|b".into());
        assert!(field(spaced).contains("not of type"));
    }
}
