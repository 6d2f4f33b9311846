//! What the reader of a schema file cannot see by the members alone: names that must exist, and belong together.

use super::schema::{ErrorCode, Field, Literal, Schema};
use std::collections::BTreeMap;

const PRIMITIVES: [&str; 4] = ["String", "Integer", "Float", "Boolean"];

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
    for structure in &schema.structures {
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
    let identifier = field.name.chars().all(|c| c.is_ascii_alphanumeric());
    require(
        identifier,
        format!("{at}: a name has letters and digits only"),
    );
    let known = PRIMITIVES.contains(&field.kind.as_str())
        || schema
            .structures
            .iter()
            .any(|structure| structure.name == field.kind);
    require(
        known,
        format!(
            "{at}: type {} is neither a primitive nor a structure",
            field.kind
        ),
    );
    for value in &field.values {
        let (fits, shown) = match &value.literal {
            Literal::Integer(number) => (field.kind == "Integer", number.to_string()),
            Literal::Text(text) => (field.kind == "String", text.clone()),
        };
        require(
            fits,
            format!("{at}: value {shown} is not of type {}", field.kind),
        );
        let nameless = field.kind == "Integer" && value.name.is_none();
        require(
            !nameless,
            format!("{at}: value {shown} needs a name for its constant"),
        );
    }
    if let Some(name) = &field.values_name {
        let same = schema
            .fields()
            .filter(|other| other.values_name.as_ref() == Some(name));
        for other in same {
            let alike = other.values == field.values;
            require(
                alike,
                format!("{at}: another field gives {name} other values; name them apart"),
            );
        }
    }
}

impl Schema {
    /// Every field of the service version.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        let structures = self
            .structures
            .iter()
            .flat_map(|structure| &structure.fields);
        structures.chain(
            self.actions
                .iter()
                .flat_map(|action| action.input.iter().chain(&action.output)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ErrorCode, NotExecuted, Schema, sample};
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
    }
}
