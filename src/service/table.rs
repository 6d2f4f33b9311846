//! A service version's table: rows that point into its text, so that no name is copied.

use super::rule;
use crate::json::Kind;
use crate::split;
use core::ops::Range;

/// What a service version offers; by default nothing that is known.
#[derive(Debug, Default)]
pub struct Table<'t> {
    pub(super) region_required: bool,
    /// The known ones, joined by spaces; empty where they are not known.
    pub(super) regions: &'t str,
    /// The fields of all structures and actions.
    rows: Vec<Field<'t>>,
    structures: Vec<Range<usize>>,
    actions: Vec<Action<'t>>,
}

/// The parameter that makes a call a dry run.
pub(super) const DRY_RUN: &str = "DryRun";

#[derive(Debug)]
pub(super) struct Action<'t> {
    name: &'t str,
    /// `r` or `w`, in capitals where it is withdrawn.
    class: u8,
    flags: &'t str,
    input: Range<usize>,
    output: Range<usize>,
}

impl Action<'_> {
    pub fn withdrawn(&self) -> bool {
        self.class.is_ascii_uppercase()
    }
}

#[derive(Debug)]
pub(super) struct Field<'t> {
    pub name: &'t str,
    pub list: bool,
    pub kind: FieldKind,
    marks: u8,
    /// What a sent value must keep, joined by tabs; empty where there is nothing.
    pub rules: &'t str,
}

/// What a row says of its field beside its type.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Required = 1,
    Nullable = 2,
    Proof = 4,
    NonEmpty = 8,
    Wide = 16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    String,
    Integer { unsigned: bool },
    Float,
    Boolean,
    Structure(usize),
}

impl Field<'_> {
    /// Whether a row has a mark.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks & mark as u8 != 0
    }

    /// What JSON has for one of its values, as [`crate::json::Scanner::peek`] tells it.
    pub fn json_kind(&self, list: bool) -> Kind {
        match self.kind {
            _ if list => Kind::Array,
            FieldKind::String => Kind::String,
            FieldKind::Integer { .. } | FieldKind::Float => Kind::Float,
            FieldKind::Boolean => Kind::Boolean,
            FieldKind::Structure(_) => Kind::Object,
        }
    }
}

impl<'t> Table<'t> {
    /// Reads a table's text; `None` where it is not of the format.
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut lines = split::at(text, b'\n');
        let mut head = split::at(lines.next()?, b' ');
        if head.next()? != "1" {
            return None;
        }
        let flags = head.nth(2)?;
        let mut table = Self {
            region_required: flags.bytes().any(|flag| flag == b'R'),
            ..Self::default()
        };
        for line in lines {
            if !line.is_empty() {
                table.push(line)?;
            }
        }
        let known = |field: &Field<'_>| match field.kind {
            FieldKind::Structure(index) => index < table.structures.len(),
            _ => true,
        };
        table.rows.iter().all(known).then_some(table)
    }

    /// Reads one line behind the first.
    fn push(&mut self, line: &'t str) -> Option<()> {
        let (tag, row) = line.split_at_checked(1)?;
        let end = self.rows.len();
        let fields = match tag.as_bytes() {
            b"G" => {
                self.regions = row;
                return Some(());
            }
            b"S" => {
                self.structures.push(end..end);
                return Some(());
            }
            b"A" => {
                let (class, rest) = row.split_at_checked(1)?;
                let (name, flags) = split::once(rest, b'\t').unwrap_or((rest, ""));
                self.actions.push(Action {
                    name,
                    class: *class.as_bytes().first()?,
                    flags,
                    input: end..end,
                    output: end..end,
                });
                return Some(());
            }
            b"." => self.structures.last_mut()?,
            b"<" => &mut self.actions.last_mut()?.input,
            b">" => &mut self.actions.last_mut()?.output,
            _ => return None,
        };
        if fields.start == fields.end {
            fields.start = end;
        } else if fields.end != end {
            // The fields of another stand between.
            return None;
        }
        fields.end = end + 1;
        self.rows.push(field(row)?);
        Some(())
    }

    /// Whether the service version has an action.
    pub fn has_action(&self, action: &str) -> bool {
        self.action(action).is_some()
    }

    /// Whether an action only reads, so that repeating it changes nothing; `false` where it is not known.
    pub fn idempotent(&self, action: &str) -> bool {
        self.action(action)
            .is_some_and(|action| action.class.eq_ignore_ascii_case(&b'r'))
    }

    /// Whether an action takes no key pair, and is sent without a signature.
    pub fn skips_signature(&self, action: &str) -> bool {
        self.action(action)
            .is_some_and(|action| action.flags == "s")
    }

    /// Whether an action has the parameter `DryRun`, so that the service itself checks without doing.
    pub fn takes_dry_run(&self, action: &str) -> bool {
        let mut input = self.input(self.action(action)).iter();
        input.any(|field| field.name == DRY_RUN)
    }

    /// The answer's fields that prove that an action was done: their names, and what kind of value each must have.
    pub fn proof(&self, action: &str) -> Vec<(&'t str, Kind)> {
        let mut proof = Vec::new();
        for field in self.output(action) {
            if field.is(Mark::Proof) {
                proof.push((field.name, field.json_kind(field.list)));
            }
        }
        proof
    }

    pub(super) fn action(&self, name: &str) -> Option<&Action<'t>> {
        self.actions.iter().find(|action| action.name == name)
    }

    /// What an action takes; nothing where it is not known.
    pub(super) fn input(&self, action: Option<&Action<'t>>) -> &[Field<'t>] {
        self.fields(action.map(|action| &action.input))
    }

    /// What an action answers; nothing where it is not known.
    pub(super) fn output(&self, action: &str) -> &[Field<'t>] {
        self.fields(self.action(action).map(|action| &action.output))
    }

    pub(super) fn structure(&self, index: usize) -> &[Field<'t>] {
        self.fields(self.structures.get(index))
    }

    fn fields(&self, range: Option<&Range<usize>>) -> &[Field<'t>] {
        range
            .and_then(|range| self.rows.get(range.start..range.end))
            .unwrap_or_default()
    }
}

/// Reads `TYPE NAME` and the rules behind tabs.
fn field(row: &str) -> Option<Field<'_>> {
    let (kind, rest) = split::once(row, b' ')?;
    let (name, rules) = split::once(rest, b'\t').unwrap_or((rest, ""));
    let word = kind.strip_prefix('[').unwrap_or(kind).as_bytes();
    let end = word.iter().position(|byte| !byte.is_ascii_alphanumeric());
    let (word, marks) = word.split_at(end.unwrap_or(word.len()));
    Some(Field {
        name,
        list: kind.starts_with('['),
        kind: match word {
            b"s" => FieldKind::String,
            b"i" => FieldKind::Integer { unsigned: false },
            b"u" => FieldKind::Integer { unsigned: true },
            b"f" => FieldKind::Float,
            b"b" => FieldKind::Boolean,
            index => FieldKind::Structure(rule::number(index)?),
        },
        marks: marks.iter().fold(0, |marks, mark| marks | bit(*mark)),
        rules: rule::checked(rules)?,
    })
}

fn bit(mark: u8) -> u8 {
    match mark {
        b'!' => Mark::Required as u8,
        b'?' => Mark::Nullable as u8,
        b'*' => Mark::Proof as u8,
        b'+' => Mark::NonEmpty as u8,
        b'^' => Mark::Wide as u8,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Mark, Table};
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
        assert_eq!(table.regions, "a-b c-d");
        let put = table.action("Put").expect("Put");
        assert!(!put.withdrawn() && table.output("Put")[2].is(Mark::Wide));
        assert_eq!(table.input(Some(put))[1].rules, "i..9\tc1..");
        let old = table.action("Old").expect("Old");
        assert!(old.withdrawn() && !table.idempotent("Old") && table.idempotent("Show"));
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
            "1 t v R\nArX\n<s Y\n>s Z\n<s W",
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
