//! A service version's table: rows that point into its text, so that no name is copied.

use super::rule;
use crate::json::Kind;
use crate::text::{Split, holds, split};
use core::ops::Range;
use core::sync::atomic::{AtomicUsize, Ordering};
use tc3_edge_glance::{Field, Kind as Glanced};

/// What a service version offers; by default nothing that is known.
#[derive(Debug, Default)]
pub struct Table<'t> {
    pub(super) region_required: bool,
    /// The known ones, joined by spaces; empty where they are not known.
    pub(super) regions: &'t str,
    /// As they stand in the text: behind a structure or an action its fields.
    rows: Vec<Row<'t>>,
    /// The row of the action that was found last: a call asks for its own several times.
    last: AtomicUsize,
    /// The rows as [`tc3_edge_glance`] looks at answers.
    pub(super) glance: Vec<Field<'t>>,
}

/// The parameter that makes a call a dry run.
pub(super) const DRY_RUN: &str = "DryRun";

/// A structure, an action, or a field of the one that stands before it.
#[derive(Debug)]
pub(super) struct Row<'t> {
    /// `S`, `A`, or of a field `.`, `<` or `>`.
    tag: u8,
    /// A structure's own has none.
    pub name: &'t str,
    pub list: bool,
    pub kind: Type,
    /// The place of the structure's row.
    pub structure: usize,
    marks: u8,
    /// What a sent value must keep, joined by tabs; of an action `s` where it skips the signature, and its rate limit.
    pub rules: &'t str,
}

/// What a row says beside its type.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Required = 1,
    Nullable = 2,
    Proof = 4,
    NonEmpty = 8,
    Wide = 16,
    Idempotent = 32,
    Withdrawn = 64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Of a row that is no field.
    None,
    String,
    Integer,
    Unsigned,
    Float,
    Boolean,
    Structure,
}

impl Row<'_> {
    /// Whether a row has a mark.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks & mark as u8 != 0
    }

    /// What JSON has for the field, or for one of a list's items, as [`crate::json::Scanner::peek`] tells it.
    pub fn json_kind(&self, list: bool) -> Kind {
        match self.kind {
            _ if list => Kind::Array,
            Type::String => Kind::String,
            Type::Integer | Type::Unsigned | Type::Float => Kind::Float,
            Type::Boolean => Kind::Boolean,
            Type::Structure | Type::None => Kind::Object,
        }
    }
}

impl<'t> Table<'t> {
    /// Reads a table's text; `None` where it is not of the format.
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut table = Self::default();
        let mut lines = split(text, b'\n');
        let mut head = split(lines.next()?, b' ');
        if head.next()? != "1" {
            return None;
        }
        table.region_required = holds(head.nth(2)?, b'R');
        let mut structures = Vec::new();
        let mut before = 0;
        for line in lines {
            match line.as_bytes().first() {
                None => {}
                Some(b'G') => table.regions = line.get(1..)?,
                Some(tag) => {
                    if *tag == b'S' {
                        structures.push(table.rows.len());
                    }
                    table.rows.push(row(line, *tag, before)?);
                    before = *tag;
                }
            }
        }
        for row in &mut table.rows {
            if row.kind == Type::Structure {
                row.structure = *structures.get(row.structure)?;
            }
        }
        table.glance = table.rows.iter().map(|row| table.field(row)).collect();
        Some(table)
    }

    /// Whether the service version has an action.
    pub fn has_action(&self, action: &str) -> bool {
        self.place(action).is_some()
    }

    /// Whether an action only reads, so that repeating it changes nothing; `false` where it is not known.
    pub fn idempotent(&self, action: &str) -> bool {
        self.place(action)
            .is_some_and(|at| self.is(at, Mark::Idempotent))
    }

    /// Whether an action takes no key pair, and is sent without a signature.
    pub fn skips_signature(&self, action: &str) -> bool {
        self.action_rules(action).next() == Some("s")
    }

    /// How often an action may be sent in a second, in decimal digits; empty where it is not known.
    pub fn per_second(&self, action: &str) -> &'t str {
        let last = self.action_rules(action).last().unwrap_or_default();
        if last == "s" { "" } else { last }
    }

    /// Whether the action whose row stands there has the parameter `DryRun`, so that the service itself checks without doing.
    pub fn takes_dry_run(&self, place: Option<usize>) -> bool {
        find(self.fields(place, b'<'), DRY_RUN).is_some()
    }

    /// The answer's fields that prove that an action was done: their names, and what kind of value each must have.
    pub fn proof(&self, action: &str) -> Vec<(&'t str, Kind)> {
        let mut proof = Vec::new();
        for field in self.fields(self.place(action), b'>') {
            if field.is(Mark::Proof) {
                proof.push((field.name, field.json_kind(field.list)));
            }
        }
        proof
    }

    /// The place of an action's row, by which it is found at once.
    #[inline(never)]
    pub fn place(&self, name: &str) -> Option<usize> {
        let is = |row: &Row<'_>| row.tag == b'A' && row.name == name;
        let last = self.last.load(Ordering::Relaxed);
        if self.rows.get(last).is_some_and(is) {
            return Some(last);
        }
        for (at, row) in self.rows.iter().enumerate() {
            if is(row) {
                self.last.store(at, Ordering::Relaxed);
                return Some(at);
            }
        }
        None
    }

    fn action_rules(&self, name: &str) -> Split<'t> {
        let rules = self.place(name).map_or("", |at| self.rows[at].rules);
        split(rules, b'\t')
    }

    pub(super) fn is(&self, at: usize, mark: Mark) -> bool {
        self.rows[at].is(mark)
    }

    /// The fields behind a row: `.` of a structure, `<` what an action takes, `>` what it answers.
    pub(super) fn fields(&self, at: Option<usize>, tag: u8) -> &[Row<'t>] {
        &self.rows[self.places(at, tag)]
    }

    /// Where they stand.
    #[inline(never)]
    pub(super) fn places(&self, at: Option<usize>, tag: u8) -> Range<usize> {
        let has = |at: usize, tag: u8| self.rows.get(at).is_some_and(|row| row.tag == tag);
        let mut start = at.map_or(self.rows.len(), |at| at + 1);
        while tag == b'>' && has(start, b'<') {
            start += 1;
        }
        let mut end = start;
        while has(end, tag) {
            end += 1;
        }
        start..end
    }

    /// A row as the look at an answer takes it.
    #[allow(clippy::cast_possible_truncation)]
    fn field(&self, row: &Row<'t>) -> Field<'t> {
        let proves = row.tag == b'>' && row.is(Mark::Proof);
        let kind = match row.kind {
            Type::String if proves && !row.list => Glanced::FilledText,
            Type::String => Glanced::Text,
            Type::Integer | Type::Unsigned => Glanced::Integer,
            Type::Float => Glanced::Number,
            Type::Boolean => Glanced::Boolean,
            Type::Structure | Type::None => {
                let places = self.places(Some(row.structure), b'.');
                Glanced::Structure(places.start as u32, places.end as u32)
            }
        };
        Field {
            name: row.name,
            kind,
            list: row.list,
            nullable: row.is(Mark::Nullable) && !proves,
            required: row.is(Mark::Required) || proves,
        }
    }
}

/// The place of a name among fields.
pub(super) fn find(fields: &[Row<'_>], name: &str) -> Option<usize> {
    for (at, field) in fields.iter().enumerate() {
        if field.name == name {
            return Some(at);
        }
    }
    None
}

/// Reads a row; `before` is the tag of the row before it.
fn row(line: &str, tag: u8, before: u8) -> Option<Row<'_>> {
    let mut parts = split(line, b'\t');
    let mut words = split(parts.next()?, b' ');
    let first = words.next()?;
    let mut row = Row {
        tag,
        name: "",
        list: false,
        kind: Type::None,
        structure: 0,
        marks: 0,
        rules: parts.rest().unwrap_or_default(),
    };
    match (tag, before) {
        (b'S', _) => return Some(row),
        (b'A', _) => {
            row.marks = match first.as_bytes().get(1)? {
                b'r' => Mark::Idempotent as u8,
                b'R' => Mark::Idempotent as u8 | Mark::Withdrawn as u8,
                b'W' => Mark::Withdrawn as u8,
                _ => 0,
            };
            row.name = first.get(2..)?;
            return Some(row);
        }
        (b'.', b'S' | b'.') | (b'<', b'A' | b'<') | (b'>', b'A' | b'<' | b'>') => {}
        _ => return None,
    }
    for byte in first.bytes().skip(1) {
        let mark = match byte {
            b'!' => Mark::Required,
            b'?' => Mark::Nullable,
            b'*' => Mark::Proof,
            b'+' => Mark::NonEmpty,
            b'^' => Mark::Wide,
            _ => {
                row.kind = match byte {
                    b'[' => {
                        row.list = true;
                        continue;
                    }
                    b's' => Type::String,
                    b'i' => Type::Integer,
                    b'u' => Type::Unsigned,
                    b'f' => Type::Float,
                    b'b' => Type::Boolean,
                    b'0'..=b'9' if row.structure < 1000 => {
                        row.structure = row.structure * 10 + usize::from(byte - b'0');
                        Type::Structure
                    }
                    _ => return None,
                };
                continue;
            }
        };
        row.marks |= mark as u8;
    }
    row.name = words.next()?;
    (row.kind != Type::None && rule::are_known(row.rules)).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Mark, Table, Type};
    use proptest::prelude::*;

    const TEXT: &str = "1 toy 2020-01-01 R\nGa-b c-d\nSPair\n.s! Key\n.i Value\t?v1|2\nArList\n>[0!* Pairs\n\
                        AwPut\n<0! Pair\n<[s? Tags\ti..9\tc1..\n>s!* Id\n>b Late\n>u^ Count\nAWOld\ts\t40\nARShow\n";

    #[test]
    fn a_table_is_read() {
        let table = Table::parse(TEXT).expect("right");
        assert!(table.region_required);
        assert!(table.idempotent("List") && !table.idempotent("Put") && !table.idempotent("No"));
        assert_eq!(table.proof("Put"), [("Id", Kind::String)]);
        assert_eq!(table.proof("List"), [("Pairs", Kind::Array)]);
        assert!(table.proof("No").is_empty());
        assert_eq!(table.regions, "a-b c-d");
        let put = table.place("Put");
        assert!(table.fields(put, b'>')[2].is(Mark::Wide));
        assert_eq!(table.fields(put, b'<')[1].rules, "i..9\tc1..");
        let pair = &table.fields(put, b'<')[0];
        assert_eq!((pair.kind, pair.structure), (Type::Structure, 0));
        let old = table.place("Old").expect("Old");
        assert!(table.is(old, Mark::Withdrawn) && !table.idempotent("Old"));
        assert!(!put.is_some_and(|put| table.is(put, Mark::Withdrawn)) && table.idempotent("Show"));
        assert!(table.skips_signature("Old") && !table.skips_signature("Put"));
        let limits = ["Old", "Put", "None"].map(|action| table.per_second(action));
        assert_eq!(limits, ["40", "", ""]);
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
