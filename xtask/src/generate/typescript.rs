//! The TypeScript file of a service version: its table, its types, and a class whose methods are its actions.

use super::schema::{Action, Field, Schema};
use super::types::{Side, member, side};
use super::{HEADER, Output, constants, doc, table};
use std::fmt::Write;

/// `js/generated/<service>/v<version>.ts`.
pub(super) fn file(schema: &Schema) -> Output {
    let (service, version) = (&schema.service, &schema.version);
    let has_float = schema
        .owned_fields()
        .any(|(_, field)| field.kind == "Float");
    let float = if has_float { "Float, " } else { "" };
    let mut text = format!(
        "// {HEADER}schema/{service}-{version}.json; do not edit.\n\n\
         import type {{ CallOptions, ClientOptions, {float}Integers, RawCalls, Reply }} from \"../../client.ts\";\n\
         import {{ serviceClass }} from \"../../service.ts\";\n\n\
         const table = `{}`;\n\n{}",
        table::text(schema),
        constants::text(schema)
    );
    for structure in &schema.structures {
        let side = side(&structure.name, schema);
        let members = members(&structure.name, &structure.fields, side);
        push_interface(
            &mut text,
            &structure.name,
            &doc::line(&structure.doc),
            &members,
        );
    }
    for action in &schema.actions {
        push_action(&mut text, action);
    }
    push_class(&mut text, schema);
    let path = format!("js/generated/{service}/v{}.ts", version.replace('-', ""));
    Output { path, text }
}

/// The last member of every answer.
const REQUEST_ID: &str = "  /** The service's id of this request; quote it to its support. 请求编号，报障时提供 */\n  RequestId: string;\n";

fn push_action(text: &mut String, action: &Action) {
    let name = &action.name;
    let takes = format!("What {name} takes: {}", doc::line(&action.doc));
    let mut sent = members(name, &action.input, Side::Input);
    if sent.is_empty() {
        sent.push_str("  [parameter: string]: never;\n");
    }
    push_interface(text, &format!("{name}Request"), &takes, &sent);
    let answers = format!("What {name} answers: {}", doc::line(&action.doc));
    let answered = members(name, &action.output, Side::Output) + REQUEST_ID;
    push_interface(text, &format!("{name}Response"), &answers, &answered);
}

fn push_interface(text: &mut String, name: &str, summary: &str, members: &str) {
    let comment = doc::block("", &[summary.into()]);
    let _ = writeln!(text, "{comment}export interface {name} {{\n{members}}}\n");
}

fn members(owner: &str, fields: &[Field], side: Side) -> String {
    let member = |field| {
        let comment = doc::block("  ", &doc::field(owner, field));
        format!("{comment}{};\n", broken(&member(owner, field, side)))
    };
    fields.iter().map(member).collect()
}

/// A member on one line, or a union of a line for each of its types.
fn broken(member: &str) -> String {
    if member.len() + 3 <= 100 {
        return format!("  {member}");
    }
    match member.split_once(": ") {
        Some((name, union)) if !union.ends_with("[]") => {
            format!("  {name}:\n    | {}", union.replace(" | ", "\n    | "))
        }
        _ => format!("  {member}"),
    }
}

fn push_class(text: &mut String, schema: &Schema) {
    let Schema {
        class_name,
        service,
        version,
        ..
    } = schema;
    let names = &schema.service_name;
    let summary = format!(
        "{} {}, version {version}, at {}",
        names.en, names.zh, schema.endpoint
    );
    let comment = doc::block("", &[summary]);
    let _ = writeln!(
        text,
        "{comment}export interface {class_name}<Mode extends Integers = \"auto\"> {{"
    );
    for action in &schema.actions {
        let name = &action.name;
        let optional = if action.input.iter().any(|field| field.required) {
            ""
        } else {
            "?"
        };
        let _ = write!(
            text,
            "{}  {name}<Options extends [options?: CallOptions | undefined]>(\n    request{optional}: {name}Request,\n    \
             ...options: Options\n  ): Promise<Reply<{name}Response, Options[0], Mode>>;\n",
            doc::block("  ", &doc::action(action))
        );
    }
    let _ = write!(
        text,
        "\n  /** The same actions; each gives its answer with how it came. */\n  \
         readonly raw: RawCalls<{class_name}<Mode>>;\n\
         }}\n\n{comment}export const {class_name}: {{\n  \
         new <Mode extends Integers = \"auto\">(options: ClientOptions<Mode>): {class_name}<Mode>;\n\
         }} = /* @__PURE__ */ serviceClass({{\n  name: {class_name:?},\n  service: {service:?},\n  \
         version: {version:?},\n  table,\n  valued: {{{}}},\n}});\n",
        valued(schema)
    );
}

/// The members of each action that may be left out, but must not stand without a value.
fn valued(schema: &Schema) -> String {
    let of = |action: &Action| {
        let optional = action
            .input
            .iter()
            .filter(|field| field.non_empty && !field.required);
        let names: Vec<String> = optional.map(|field| format!("{:?}", field.name)).collect();
        (!names.is_empty()).then(|| format!(" {}: [{}] ", action.name, names.join(", ")))
    };
    let actions: Vec<String> = schema.actions.iter().filter_map(of).collect();
    actions.join(",")
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::{broken, file};

    #[test]
    fn a_file_has_its_parts() {
        let output = file(&sample());
        assert_eq!(output.path, "js/generated/toy/v20200102.ts");
        for part in [
            "// Generated by `cargo xtask generate` from schema/toy-2020-01-02.json; do not edit.\n",
            "const table = `1 toy 2020-01-02 R\nSPair\n",
            "export interface PutRequest {\n",
            "  /** How many. 数 */\n  Count: number | bigint;\n",
            "  RequestId: string;\n}\n",
            "export interface Toy<Mode extends Integers = \"auto\"> {\n",
            "): Promise<Reply<PutResponse, Options[0], Mode>>;\n\n  /** The same actions",
            "  readonly raw: RawCalls<Toy<Mode>>;\n}\n",
            "  table,\n  valued: {},\n});\n",
        ] {
            assert!(output.text.contains(part), "{part}");
        }
    }

    #[test]
    fn an_optional_member_may_be_asked_to_have_a_value() {
        let mut schema = sample();
        schema.actions[0].input[0].non_empty = true;
        assert!(
            file(&schema)
                .text
                .contains("  valued: { Put: [\"Place\"] },\n")
        );
    }

    #[test]
    fn a_fraction_is_not_an_integer() {
        let mut schema = sample();
        assert!(!file(&schema).text.contains("Float"));
        schema.actions[0].output[0].kind = "Float".into();
        let text = file(&schema).text;
        assert!(
            text.contains("ClientOptions, Float, Integers, RawCalls, Reply }")
                && text.contains("Data: Float[] | null;")
        );
    }

    #[test]
    fn an_action_without_parameters_takes_none() {
        let mut schema = sample();
        schema.actions[0].input.clear();
        let text = file(&schema).text;
        assert!(text.contains("PutRequest {\n  [parameter: string]: never;\n}\n"));
        assert!(text.contains("    request?: PutRequest,\n"));
    }

    #[test]
    fn a_long_union_is_broken() {
        let union = format!("Name: \"{}\" | \"b\"", "a".repeat(100));
        assert!(broken(&union).ends_with("\n    | \"b\""));
        assert_eq!(broken("Name: 1 | 2"), "  Name: 1 | 2");
    }
}
