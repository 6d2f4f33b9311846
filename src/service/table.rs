//! A service version's table, as it is read from its text.

use super::rule::Rule;
use crate::json::Kind;

/// What a service version offers; by default nothing that is known.
#[derive(Debug, Default)]
pub struct Table {
    pub(super) region_required: bool,
    /// The known ones; none where they are not known.
    pub(super) regions: Vec<String>,
    pub(super) structures: Vec<Vec<Field>>,
    actions: Vec<Action>,
}

/// The parameter that makes a call a dry run.
pub(super) const DRY_RUN: &str = "DryRun";

#[derive(Debug)]
pub(super) struct Action {
    pub name: String,
    pub idempotent: bool,
    pub withdrawn: bool,
    pub skips_signature: bool,
    pub input: Vec<Field>,
    pub output: Vec<Field>,
}

// Each mark of a row is a switch of its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub list: bool,
    pub kind: FieldKind,
    pub required: bool,
    pub nullable: bool,
    pub proof: bool,
    pub non_empty: bool,
    pub wide: bool,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    String,
    Integer { unsigned: bool },
    Float,
    Boolean,
    Structure(usize),
}

impl Field {
    /// What JSON has for it.
    fn json_kind(&self) -> Kind {
        match self.kind {
            _ if self.list => Kind::Array,
            FieldKind::String => Kind::String,
            FieldKind::Integer { .. } | FieldKind::Float => Kind::Float,
            FieldKind::Boolean => Kind::Boolean,
            FieldKind::Structure(_) => Kind::Object,
        }
    }
}

impl Table {
    /// Reads a table's text; `None` where it is not of the format.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut head = lines.next()?.split(' ');
        if head.next()? != "1" {
            return None;
        }
        let flags = head.nth(2)?;
        let mut table = Self {
            region_required: flags.contains('R'),
            regions: Vec::new(),
            structures: Vec::new(),
            actions: Vec::new(),
        };
        for line in lines.filter(|line| !line.is_empty()) {
            let (tag, row) = line.split_at_checked(1)?;
            match tag {
                "G" => table.regions = row.split(' ').map(String::from).collect(),
                "S" => table.structures.push(Vec::new()),
                "A" => {
                    let (class, rest) = row.split_at_checked(1)?;
                    let (name, flags) = rest.split_once('\t').unwrap_or((rest, ""));
                    table.actions.push(Action {
                        name: name.into(),
                        skips_signature: flags.contains('s'),
                        idempotent: class.eq_ignore_ascii_case("r"),
                        withdrawn: class.bytes().all(|letter| letter.is_ascii_uppercase()),
                        input: Vec::new(),
                        output: Vec::new(),
                    });
                }
                "." => table.structures.last_mut()?.push(field(row)?),
                "<" => table.actions.last_mut()?.input.push(field(row)?),
                ">" => table.actions.last_mut()?.output.push(field(row)?),
                _ => return None,
            }
        }
        let count = table.structures.len();
        let known = |field: &Field| match field.kind {
            FieldKind::Structure(index) => index < count,
            _ => true,
        };
        let fields = table.structures.iter().flatten();
        let in_actions = table
            .actions
            .iter()
            .flat_map(|a| a.input.iter().chain(&a.output));
        fields.chain(in_actions).all(known).then_some(table)
    }

    /// Whether the service version has an action.
    pub fn has_action(&self, action: &str) -> bool {
        self.action(action).is_some()
    }

    /// Whether an action only reads, so that repeating it changes nothing; `false` where it is not known.
    pub fn idempotent(&self, action: &str) -> bool {
        self.action(action).is_some_and(|action| action.idempotent)
    }

    /// Whether an action takes no key pair, and is sent without a signature.
    pub fn skips_signature(&self, action: &str) -> bool {
        self.action(action)
            .is_some_and(|action| action.skips_signature)
    }

    /// Whether an action has the parameter `DryRun`, so that the service itself checks without doing.
    pub fn takes_dry_run(&self, action: &str) -> bool {
        self.action(action)
            .is_some_and(|action| action.input.iter().any(|field| field.name == DRY_RUN))
    }

    /// The answer's fields that prove that an action was done: their names, and what kind of value each must have.
    pub fn proof<'a>(&'a self, action: &str) -> Vec<(&'a str, Kind)> {
        let fields = self.action(action).map_or(&[][..], |action| &action.output);
        let proof = fields.iter().filter(|field| field.proof);
        proof
            .map(|field| (field.name.as_str(), field.json_kind()))
            .collect()
    }

    pub(super) fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }
}

/// Reads `TYPE NAME` and the rules behind tabs.
fn field(row: &str) -> Option<Field> {
    let mut parts = row.split('\t');
    let (kind, name) = parts.next()?.split_once(' ')?;
    let list = kind.starts_with('[');
    let kind = kind.trim_start_matches('[');
    let marks = kind.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let kind = match kind.strip_suffix(marks)? {
        "s" => FieldKind::String,
        "i" => FieldKind::Integer { unsigned: false },
        "u" => FieldKind::Integer { unsigned: true },
        "f" => FieldKind::Float,
        "b" => FieldKind::Boolean,
        index => FieldKind::Structure(index.parse().ok()?),
    };
    Some(Field {
        name: name.into(),
        list,
        kind,
        required: marks.contains('!'),
        nullable: marks.contains('?'),
        proof: marks.contains('*'),
        non_empty: marks.contains('+'),
        wide: marks.contains('^'),
        rules: parts.map(Rule::parse).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, Table};
    use proptest::prelude::*;

    const TEXT: &str = "1 toy 2020-01-01 R\nGa-b c-d\nSPair\n.s! Key\n.i Value\t?v1|2\nArList\n>[0!* Pairs\n\
                        AwPut\n<0! Pair\n<[s? Tags\ti..9\tc1..\n>s!* Id\n>b Late\n>u^ Count\nAWOld\ts\nARShow\n";

    #[test]
    fn a_table_is_read() {
        let table = Table::parse(TEXT).expect("right");
        assert!(table.region_required);
        assert!(table.idempotent("List") && !table.idempotent("Put") && !table.idempotent("No"));
        assert_eq!(table.proof("Put"), [("Id", Kind::String)]);
        assert_eq!(table.proof("List"), [("Pairs", Kind::Array)]);
        assert!(table.proof("No").is_empty());
        assert_eq!(table.regions, ["a-b", "c-d"]);
        let put = table.action("Put").expect("Put");
        assert!(!put.withdrawn && put.output[2].wide && put.input[1].rules.len() == 2);
        let old = table.action("Old").expect("Old");
        assert!(old.withdrawn && !old.idempotent && table.idempotent("Show"));
        assert!(table.skips_signature("Old") && !table.skips_signature("Put"));
    }

    #[test]
    fn what_is_not_a_table_is_none() {
        for text in [
            "",
            "2 toy v R",
            "1 toy",
            "1 t v R\n.s Name",
            "1 t v R\nArX\n<7 Y",
            "1 t v R\n?",
            "1 t v R\nArX\n<s Y\tq",
        ] {
            assert!(Table::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>(), at in 0..TEXT.len(), byte in 0x20..0x7fu8) {
            let _ = Table::parse(&text);
            let mut bytes = TEXT.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = Table::parse(&String::from_utf8_lossy(&bytes));
        }
    }
}
