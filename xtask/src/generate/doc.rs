//! The comments of actions and fields: English, then Chinese, then what else the schema knows.

use super::schema::{Action, Field, Literal, Texts, Unit, UnitBasis};

/// A comment block of these lines, each line of it indented.
pub(super) fn block(indent: &str, lines: &[String]) -> String {
    let safe: Vec<String> = lines
        .iter()
        .map(|line| line.replace("*/", "*\\/"))
        .collect();
    match &safe[..] {
        [line] if indent.len() + line.chars().count() + 7 <= 100 => {
            format!("{indent}/** {line} */\n")
        }
        _ => {
            let rows = safe
                .iter()
                .map(|line| format!("{indent} * {line}").trim_end().to_string() + "\n");
            format!("{indent}/**\n{}{indent} */\n", rows.collect::<String>())
        }
    }
}

/// Both languages in one line.
pub(super) fn line(texts: &Texts) -> String {
    format!("{}. {}", texts.en, texts.zh)
}

/// What a field is.
pub(super) fn field(field: &Field) -> Vec<String> {
    let mut more = Vec::new();
    if let Some(unit) = field.unit {
        more.push(unit_line(unit, field.unit_basis));
    }
    if let Some(texts) = &field.absent_means {
        more.push(format!("Left out: {}. 不填：{}", texts.en, texts.zh));
    }
    if field.sensitive {
        more.push("Sensitive: keep it out of logs. 敏感信息，勿写入日志".into());
    }
    if let Some(texts) = &field.note {
        more.push(format!("Note: {}. 注意：{}", texts.en, texts.zh));
    }
    if !field.values.is_empty() {
        let list = if field.values_open {
            "Values, among others: 取值（不限于）："
        } else {
            "Values: 取值："
        };
        more.push(list.into());
        more.extend(field.values.iter().map(|value| {
            let shown = match &value.literal {
                Literal::Integer(number) => number.to_string(),
                Literal::Text(text) => text.clone(),
            };
            format!("- `{shown}`: {}. {}", value.en, value.zh)
        }));
    }
    with_more(line(&field.doc), more)
}

/// What an action does.
pub(super) fn action(action: &Action) -> Vec<String> {
    let mut more: Vec<String> = action
        .remarks
        .iter()
        .map(|remark| format!("- {}", line(remark)))
        .collect();
    let (en, zh) = if action.idempotent {
        ("Safe to repeat", "可以重复调用")
    } else {
        ("Not safe to repeat", "不可随意重复调用")
    };
    let because = &action.idempotent_because;
    more.push(format!("- {en}: {}. {zh}：{}", because.en, because.zh));
    if let Some(limit) = &action.rate_limit {
        let count = limit.per_second;
        more.push(format!(
            "- At most {count} calls a second. 每秒至多 {count} 次"
        ));
    }
    if action.deprecated {
        more.push("@deprecated The service has withdrawn it. 该接口已弃用".into());
    }
    with_more(line(&action.doc), more)
}

fn with_more(first: String, more: Vec<String>) -> Vec<String> {
    let mut lines = vec![first];
    if !more.is_empty() {
        lines.push(String::new());
        lines.extend(more);
    }
    lines
}

fn unit_line(unit: Unit, basis: Option<UnitBasis>) -> String {
    let (en, zh) = match unit {
        Unit::UnixSeconds => ("seconds since 1970-01-01 UTC", "Unix 秒"),
        Unit::Minutes => ("minutes", "分钟"),
        Unit::Bytes => ("bytes", "字节"),
        Unit::Percent => ("percent", "百分比"),
        Unit::Fen => ("fen, 0.01 CNY", "分，即 0.01 元"),
    };
    if basis == Some(UnitBasis::Inferred) {
        format!("Unit: {en}, inferred from examples. 单位：{zh}（据示例推断）")
    } else {
        format!("Unit: {en}. 单位：{zh}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::sample;
    use super::{action, block, field};

    #[test]
    fn a_short_line_stands_alone() {
        assert_eq!(block("  ", &["Key. 键".into()]), "  /** Key. 键 */\n");
        let long = "x".repeat(100);
        assert_eq!(
            block("", std::slice::from_ref(&long)),
            format!("/**\n * {long}\n */\n")
        );
    }

    #[test]
    fn a_text_cannot_end_the_comment() {
        assert_eq!(block("", &["a */ b".into()]), "/** a *\\/ b */\n");
    }

    #[test]
    fn values_and_reasons_are_listed() {
        let schema = sample();
        let lines = field(&schema.actions[0].input[0]);
        assert_eq!(
            lines,
            [
                "Where. 处",
                "",
                "Values, among others: 取值（不限于）：",
                "- `a`: A. 甲"
            ]
        );
        let lines = action(&schema.actions[0]);
        assert_eq!(
            lines[2],
            "- Not safe to repeat: it puts again. 不可随意重复调用：会再放"
        );
    }
}
