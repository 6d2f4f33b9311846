//! What is known of a service version, for people and for what shows it to them: a console, a command line.

use super::schema::Schema;
use super::{HEADER, Output};
use serde_json::Value;

/// `js/generated/<service>/v<version>-reference.ts`: the schema file but for its format.
pub(super) fn file(schema: &Schema, mut source: Value) -> Output {
    let (service, version) = (&schema.service, &schema.version);
    if let Value::Object(members) = &mut source {
        members.shift_remove("format");
    }
    let path = format!(
        "js/generated/{service}/v{}-reference.ts",
        version.replace('-', "")
    );
    let text = format!(
        "// {HEADER}schema/{service}-{version}.json; do not edit.\n\n\
         import type {{ ServiceReference }} from \"../../reference.ts\";\n\n\
         /** All that is known of {service} {version}: each action, its fields, limits and texts in English and Chinese. */\n\
         export const reference: ServiceReference = {source:#};\n"
    );
    Output { path, text }
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::file;
    use serde_json::json;

    #[test]
    fn the_source_stands_there_whole() {
        let output = file(
            &sample(),
            json!({ "format": 1, "b": [{ "c": "`" }], "a": 2 }),
        );
        assert_eq!(output.path, "js/generated/toy/v20200102-reference.ts");
        let made = "ServiceReference = {\n  \"b\": [\n    {\n      \"c\": \"`\"\n    }\n  ],\n  \"a\": 2\n};\n";
        assert!(output.text.ends_with(made), "{}", output.text);
    }
}
