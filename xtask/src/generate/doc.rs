//! The comments of actions and fields: English, then Chinese, then what else the schema knows.

use super::constants;
use super::schema::{Action, Bounds, Field, Limit, Rule, Texts, Unit, UnitBasis, Value};

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

/// What a field of the structure or action `owner` is.
pub(super) fn field(owner: &str, field: &Field) -> Vec<String> {
    let mut more = Vec::new();
    if let Some(unit) = field.unit {
        more.push(unit_line(unit, field.unit_basis));
    }
    if let Some(value) = &field.default {
        more.push(format!("Default: `{value}`. 默认：`{value}`"));
    }
    for (texts, en, zh) in [
        (&field.absent_means, "Left out", "不填"),
        (&field.required_when, "When", "条件"),
        (&field.wide, "May be beyond 2^53", "可能超过 2^53"),
    ] {
        if let Some(texts) = texts {
            more.push(format!("{en}: {}. {zh}：{}", texts.en, texts.zh));
        }
    }
    more.extend(field.limits.iter().map(limit));
    if field.sensitive {
        more.push("Sensitive: keep it out of logs. 敏感信息，勿写入日志".into());
    }
    if let Some(texts) = &field.note {
        more.push(format!("Note: {}. 注意：{}", texts.en, texts.zh));
    }
    if !field.values.is_empty() {
        let name = constants::type_name(owner, field);
        let (others, others_zh) = if field.values_open {
            (", among others", "（不限于）")
        } else {
            ("", "")
        };
        more.push(format!(
            "Values, named in `{name}`{others}: 取值{others_zh}："
        ));
        more.extend(field.values.iter().map(value));
    }
    if !field.special_values.is_empty() {
        more.push("Of special meaning: 特殊取值：".into());
        more.extend(field.special_values.iter().map(value));
    }
    for bit in &field.bits {
        more.push(format!("Bit 第 {} 位: {}. {}", bit.number, bit.en, bit.zh));
    }
    with_more(line(&field.doc), more)
}

fn value(value: &Value) -> String {
    format!("- `{}`: {}. {}", value.literal.plain(), value.en, value.zh)
}

/// A limit in a line; one that is only warned of says why.
fn limit(limit: &Limit) -> String {
    let counted = |bounds: &Bounds, en: &str, zh: &str| {
        let (span_en, span_zh) = span(*bounds);
        (format!("{span_en}{en}"), format!("{zh}{span_zh}"))
    };
    let (en, zh) = match &limit.rule {
        Rule::Range(bounds) => counted(bounds, "", "取值"),
        Rule::Items(bounds) => counted(bounds, " items", "项数"),
        Rule::Characters(bounds) => counted(bounds, " characters", "字符数"),
        Rule::Bytes(bounds) => counted(bounds, " bytes", "字节数"),
        Rule::LevelCharacters(bounds) => counted(bounds, " characters in each level", "每层字符数"),
        Rule::Joined(bounds) => counted(
            bounds,
            ", integers joined by commas",
            "以逗号相连的整数，各为",
        ),
        Rule::Dotted(parts) => {
            let (en, zh): (Vec<_>, Vec<_>) = parts.iter().map(|part| span(*part)).unzip();
            let en = format!("integers joined by full stops: {}", en.join(", "));
            (en, format!("以句点相连的整数，依次为{}", zh.join("、")))
        }
        Rule::Allowed(classes) => {
            let (en, zh): (Vec<_>, Vec<_>) = classes.iter().map(|class| class.names()).unzip();
            (
                format!("only {}", en.join(", ")),
                format!("只含{}", zh.join("、")),
            )
        }
        Rule::Forbidden(characters) => {
            let (en, zh): (Vec<_>, Vec<_>) = characters.chars().map(character).unzip();
            (
                format!("none of {}", en.join(", ")),
                format!("不含 {}", zh.join("、")),
            )
        }
    };
    let doubt = limit.only_warn.as_ref();
    let (why_en, why_zh) = doubt.map_or_else(Default::default, |why| {
        (
            format!("; only warned of: {}", why.en),
            format!("；仅提醒：{}", why.zh),
        )
    });
    format!("Limit: {en}{why_en}. 限制：{zh}{why_zh}")
}

/// A character as people call it, in English and Chinese.
fn character(char: char) -> (String, String) {
    let (en, zh) = match char {
        '\n' => ("line feed", "换行符"),
        '\r' => ("carriage return", "回车符"),
        '\t' => ("tab", "制表符"),
        '\u{8}' => ("backspace", "退格符"),
        other => return (format!("`{other}`"), format!("`{other}`")),
    };
    (en.into(), zh.into())
}

/// In English and Chinese.
fn span((min, max): Bounds) -> (String, String) {
    match (min, max) {
        (Some(min), Some(max)) if min == max => (format!("{min}"), format!("为 {min}")),
        (Some(min), Some(max)) => (format!("{min} to {max}"), format!(" {min} 至 {max}")),
        (Some(min), None) => (format!("at least {min}"), format!("至少 {min}")),
        (None, Some(max)) => (format!("at most {max}"), format!("至多 {max}")),
        (None, None) => ("any".into(), "不限".into()),
    }
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
    if action.skips_signature {
        more.push(
            "- Needs no credential: it is sent without a signature. 无需密钥，发送时不签名".into(),
        );
    }
    if let Some(note) = &action.note {
        more.push(format!("- Note: {}. 注意：{}", note.en, note.zh));
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
        Unit::Seconds => ("seconds", "秒"),
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
        let lines = field("Put", &schema.actions[0].input[0]);
        assert_eq!(
            lines,
            [
                "Where. 处",
                "",
                "Values, named in `PutPlace`, among others: 取值（不限于）：",
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
