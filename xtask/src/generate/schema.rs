//! The members of a schema file, as schema/README.md states them; a member that is not known is an error.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::{fmt, fs};

/// One version of one service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Schema {
    pub format: u32,
    pub service: String,
    pub service_name: Texts,
    pub version: String,
    pub endpoint: String,
    pub region_required: bool,
    #[serde(default)]
    pub regions: Vec<String>,
    pub class_name: String,
    pub structures: Vec<Structure>,
    pub actions: Vec<Action>,
}

/// The same in two languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub en: String,
    pub zh: String,
}

impl Texts {
    /// Whether both are there, without a full stop.
    pub fn is_whole(&self) -> bool {
        let whole = |text: &str| !text.is_empty() && !text.ends_with(['.', '。']);
        whole(&self.en) && whole(&self.zh)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Structure {
    pub name: String,
    pub doc: Texts,
    pub fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Action {
    pub name: String,
    pub doc: Texts,
    pub group: String,
    #[serde(default)]
    pub deprecated: bool,
    #[serde(default)]
    pub skips_signature: bool,
    pub idempotent: bool,
    pub idempotent_because: Texts,
    pub rate_limit: Option<RateLimit>,
    #[serde(default)]
    pub remarks: Vec<Texts>,
    pub note: Option<Texts>,
    pub error_codes: Vec<String>,
    pub input: Vec<Field>,
    pub output: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct RateLimit {
    pub per_second: u32,
}

// Each of them is a switch of its own in the format.
#[allow(clippy::struct_excessive_bools)]
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Field {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub unsigned: bool,
    #[serde(default)]
    pub list: bool,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub nullable: bool,
    #[serde(default)]
    pub proof: bool,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub non_empty: bool,
    pub wide: Option<Texts>,
    pub doc: Texts,
    pub unit: Option<Unit>,
    pub unit_basis: Option<UnitBasis>,
    pub default: Option<Literal>,
    pub absent_means: Option<Texts>,
    pub required_when: Option<Texts>,
    #[serde(default)]
    pub limits: Vec<Limit>,
    pub values_name: Option<String>,
    #[serde(default)]
    pub values: Vec<Value>,
    #[serde(default)]
    pub values_open: bool,
    #[serde(default)]
    pub special_values: Vec<Value>,
    #[serde(default)]
    pub bits: Vec<Bit>,
    pub note: Option<Texts>,
}

/// One documented limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Limit {
    #[serde(flatten)]
    pub rule: Rule,
    pub only_warn: Option<Texts>,
}

/// From the first to the second, either of which may be open.
pub(super) type Bounds = (Option<i64>, Option<i64>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Rule {
    Range(Bounds),
    Items(Bounds),
    Characters(Bounds),
    Bytes(Bounds),
    LevelCharacters(Bounds),
    Joined(Bounds),
    Dotted(Vec<Bounds>),
    Allowed(Vec<Class>),
    Forbidden(String),
}

/// A class of characters.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Class {
    Letters,
    Digits,
    Chinese,
    Underscore,
}

impl Class {
    /// In English and Chinese.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Letters => ("English letters", "英文字母"),
            Self::Digits => ("digits", "数字"),
            Self::Chinese => ("Chinese characters", "汉字"),
            Self::Underscore => ("underscores", "下划线"),
        }
    }

    /// In the table.
    pub fn letter(self) -> char {
        match self {
            Self::Letters => 'l',
            Self::Digits => 'd',
            Self::Chinese => 'c',
            Self::Underscore => 'u',
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bit {
    #[serde(rename = "bit")]
    pub number: u8,
    pub en: String,
    pub zh: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Unit {
    UnixSeconds,
    Minutes,
    Seconds,
    Bytes,
    Percent,
    Fen,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum UnitBasis {
    Stated,
    Inferred,
}

#[derive(Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Value {
    #[serde(rename = "value")]
    pub literal: Literal,
    pub name: Option<String>,
    pub en: String,
    pub zh: String,
}

#[derive(Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Literal {
    Integer(i64),
    Text(String),
}

impl Literal {
    /// As it is sent in a text.
    pub fn plain(&self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl fmt::Display for Literal {
    /// As JavaScript writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
        }
    }
}

/// One code of schema/errors.json; its origin and category are for people.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ErrorCode {
    pub en: String,
    pub zh: String,
    pub retryable: bool,
    pub not_executed: NotExecuted,
    pub remedy_en: String,
    pub remedy_zh: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum NotExecuted {
    Always,
    Certain,
    Likely,
    Unknown,
}

/// Reads a file of `schema/`.
pub(super) fn read<T: DeserializeOwned>(path: &str) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|why| format!("{path}: {why}"))?;
    serde_json::from_str(&text)
        .map_err(|why| format!("{path}: {why}; schema/README.md states the members"))
}

#[cfg(test)]
pub(super) fn sample() -> Schema {
    let text = r#"{
        "format": 1, "service": "toy", "serviceName": { "en": "Toy", "zh": "玩具" },
        "version": "2020-01-02", "endpoint": "toy.tencentcloudapi.com", "regionRequired": true,
        "className": "Toy",
        "structures": [{ "name": "Pair", "doc": { "en": "A pair", "zh": "一对" }, "fields": [
            { "name": "Key", "type": "String", "required": true, "doc": { "en": "Key", "zh": "键" } },
            { "name": "State", "type": "Integer", "doc": { "en": "State", "zh": "状态" },
              "values": [{ "value": 1, "name": "On", "en": "on", "zh": "开" }] }] }],
        "actions": [{ "name": "Put", "doc": { "en": "Puts", "zh": "放" }, "group": "things", "idempotent": false,
            "idempotentBecause": { "en": "it puts again", "zh": "会再放" }, "errorCodes": ["Busy"],
            "input": [
                { "name": "Place", "type": "String", "list": true, "doc": { "en": "Where", "zh": "处" },
                  "values": [{ "value": "a", "en": "A", "zh": "甲" }], "valuesOpen": true },
                { "name": "Count", "type": "Integer", "required": true, "doc": { "en": "How many", "zh": "数" } }],
            "output": [
                { "name": "Data", "type": "Pair", "list": true, "required": true, "nullable": true,
                  "proof": true, "doc": { "en": "Pairs", "zh": "各对" } }] }]
    }"#;
    serde_json::from_str(text).expect("a schema")
}
