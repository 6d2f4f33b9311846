//! The one walk over JSON text along a table's fields: of a payload, which is refused where it is wrong, and of an
//! answer, which is only read.

use super::findings::Findings;
use super::integer::has_64_bits;
use super::path::Path;
use super::rule::{Rule, Sent};
use super::table::{Mark, Row, Table, Type, find};
use crate::decimal::push_decimal;
use crate::json::{Error, Kind, Scanner, is_escaped, unescape};
use crate::text::split;

pub(super) struct Walk<'w> {
    pub table: &'w Table<'w>,
    pub scanner: Scanner<'w>,
    pub findings: Findings<'w>,
    /// Of each object on the way down, which of its fields stand there.
    given: Vec<bool>,
    /// Where an answer's numbers are of another kind than the table says.
    pub texts: Vec<usize>,
    pub floats: Vec<usize>,
}

impl<'w> Walk<'w> {
    pub fn new(table: &'w Table<'w>, text: &'w str, answered: bool) -> Self {
        Self {
            table,
            scanner: Scanner::new(text),
            findings: Findings::new(answered),
            given: Vec::new(),
            texts: Vec::new(),
            floats: Vec::new(),
        }
    }

    /// Passes an object.
    pub fn members(&mut self, at: Path<'_>, fields: &'w [Row<'w>]) -> Result<(), Error> {
        let first = self.given.len();
        self.given.resize(first + fields.len(), false);
        let mut unknown = Vec::new();
        let mut more = self.scanner.open(b'{')?;
        while more {
            let key = self.scanner.raw_key()?;
            let member = Path::Member(&at, key);
            match find_key(fields, key) {
                Some(index) => {
                    let field = &fields[index];
                    let twice = core::mem::replace(&mut self.given[first + index], true);
                    if twice && !self.findings.answered {
                        self.findings.twice(member);
                    }
                    self.value(member, field, field.list)?;
                }
                None if self.findings.answered => self.untyped(member)?,
                None => {
                    self.scanner.value()?;
                    unknown.push(key);
                }
            }
            more = self.scanner.next(b'}')?;
        }
        let given = &self.given[first..];
        if !unknown.is_empty() {
            // A member that stands there already is not the one that was meant.
            let mut left = Vec::new();
            for (field, given) in fields.iter().zip(given) {
                if !given {
                    left.push(field.name);
                }
            }
            for key in unknown {
                self.findings
                    .unknown(Path::Member(&at, key), &unescape(key), &left);
            }
        }
        for (field, given) in fields.iter().zip(given) {
            if field.is(Mark::Required) && !given {
                self.findings.missing(Path::Member(&at, field.name), field);
            }
        }
        self.given.truncate(first);
        Ok(())
    }

    /// Passes a field's value, or where it is no `list`, one of a list's items.
    fn value(&mut self, at: Path<'_>, field: &'w Row<'w>, list: bool) -> Result<(), Error> {
        let answered = self.findings.answered;
        let kind = self.scanner.peek()?;
        let nullable = field.is(Mark::Nullable);
        // A list that is sent may be null, its items may not.
        if kind == Kind::Null && (answered || (nullable && list == field.list)) {
            self.scanner.value()?;
            if !nullable {
                self.findings.null(at, field);
            }
            return Ok(());
        }
        let offset = self.scanner.offset();
        if kind != field.json_kind(list) {
            if answered && !list && field.kind == Type::String && kind == Kind::Float {
                self.scanner.value()?;
                self.texts.push(offset);
                self.findings.digits(at, field);
                return Ok(());
            }
            if !answered {
                self.scanner.value()?;
            }
            self.findings.mistyped(at, field, list);
            return if answered { self.untyped(at) } else { Ok(()) };
        }
        if list {
            let count = self.items(at, Some(field))?;
            if !answered {
                let mut digits = String::new();
                push_decimal(&mut digits, count as u64, 1);
                self.hold(at, field, count == 0, Sent::Items, &digits);
            }
            return Ok(());
        }
        if field.kind == Type::Structure {
            let table = self.table;
            return self.members(at, table.fields(Some(field.structure), b'.'));
        }
        let (kind, raw) = self.scanner.raw_value()?;
        match (field.kind, kind) {
            (Type::String, _) if !answered => {
                let text = raw.get(1..raw.len() - 1).unwrap_or_default();
                if text.is_empty() || !field.rules.is_empty() {
                    self.hold(at, field, text.is_empty(), Sent::Text, &unescape(text));
                }
            }
            (Type::Integer | Type::Unsigned, Kind::Integer | Kind::Wide) if !answered => {
                let unsigned = field.kind == Type::Unsigned;
                if has_64_bits(raw, unsigned) {
                    self.hold(at, field, false, Sent::Integer, raw);
                } else {
                    self.findings.beyond_64_bits(at, unsigned);
                }
            }
            (Type::Integer | Type::Unsigned, Kind::Float) => self.findings.fraction(at, field),
            (_, Kind::Wide) if answered && !field.is(Mark::Wide) => {
                self.findings.wide(at, Some(field));
            }
            (Type::Float, Kind::Integer | Kind::Wide) if answered => self.floats.push(offset),
            _ => {}
        }
        Ok(())
    }

    /// Passes what the table does not know, or knows otherwise; only integers beyond 2^53 are told.
    fn untyped(&mut self, at: Path<'_>) -> Result<(), Error> {
        match self.scanner.peek()? {
            Kind::Object => self.members(at, &[]),
            Kind::Array => self.items(at, None).map(|_| ()),
            _ => {
                if self.scanner.value()? == Kind::Wide {
                    self.findings.wide(at, None);
                }
                Ok(())
            }
        }
    }

    /// Passes a list's items, and gives their number.
    fn items(&mut self, at: Path<'_>, field: Option<&'w Row<'w>>) -> Result<usize, Error> {
        let mut count = 0;
        let mut more = self.scanner.open(b'[')?;
        while more {
            let item = Path::Item(&at, count);
            match field {
                Some(field) => self.value(item, field, false)?,
                None => self.untyped(item)?,
            }
            count += 1;
            more = self.scanner.next(b']')?;
        }
        Ok(count)
    }

    /// Holds what is sent against the field's rules.
    fn hold(&mut self, at: Path<'_>, field: &Row<'_>, empty: bool, sent: Sent, text: &str) {
        if empty && field.is(Mark::NonEmpty) {
            self.findings.empty(at, field);
            return;
        }
        for rule in split(field.rules, b'\t').filter_map(Rule::read) {
            if let Some((code, message)) = rule.problem(sent, text) {
                self.findings.broken(at, code, &message, rule.only_warn);
            }
        }
    }
}

/// The place of the field of a name that stands in JSON.
fn find_key(fields: &[Row<'_>], key: &str) -> Option<usize> {
    if is_escaped(key) {
        find(fields, &unescape(key))
    } else {
        find(fields, key)
    }
}
