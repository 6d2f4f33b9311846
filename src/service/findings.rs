//! What is told of a payload or an answer, in which words, and how often.

use super::nearest::meant;
use super::path::Path;
use super::table::{Mark, Row, Type};
use crate::decimal::push_decimal;
use crate::errors::Problem;

/// How many problems are told of one payload: a list of a million items may have one each.
const MOST: usize = 100;

#[derive(Default)]
pub(super) struct Findings<'w> {
    /// Whether an answer is read: then nothing is a problem.
    pub answered: bool,
    /// What keeps a payload from being sent.
    pub problems: Vec<Problem>,
    /// What is doubtful; of an answer each field once, with its first place.
    pub warnings: Vec<Problem>,
    /// For each warning of an answer its field, and in how many further places it was found.
    seen: Vec<(Option<&'w Row<'w>>, u64)>,
}

impl<'w> Findings<'w> {
    pub fn new(answered: bool) -> Self {
        Self {
            answered,
            ..Self::default()
        }
    }

    /// Whether no more problems are told.
    pub fn is_full(&self) -> bool {
        self.problems.len() > MOST
    }

    pub fn twice(&mut self, at: Path<'_>) {
        self.problem(at, "Twice", &["is given twice"]);
    }

    /// A member that no field has; `left` are the fields that it may have meant.
    pub fn unknown<'n>(
        &mut self,
        at: Path<'_>,
        name: &str,
        left: &mut dyn Iterator<Item = &'n [u8]>,
    ) {
        let message = meant("is not a parameter here", name, left);
        self.problem(at, "Unknown", &message);
    }

    pub fn missing(&mut self, at: Path<'_>, field: &'w Row<'w>) {
        let message = if self.answered {
            "is missing, though it is promised"
        } else {
            "must be given"
        };
        self.tell(at, Some(field), "Missing", &[message]);
    }

    pub fn empty(&mut self, at: Path<'_>, field: &Row<'_>) {
        let advice = if field.is(Mark::Required) || field.list {
            ""
        } else {
            "; leave it out where none is meant"
        };
        self.problem(at, "Empty", &["must not be empty", advice]);
    }

    pub fn null(&mut self, at: Path<'_>, field: &'w Row<'w>) {
        let message = "is null, though it should have a value";
        self.tell(at, Some(field), "Type", &[message]);
    }

    /// A value of another type than the field's, or where it is one, than a `list`.
    pub fn mistyped(&mut self, at: Path<'_>, field: &'w Row<'w>, list: bool) {
        let should = match field.kind {
            _ if list => "a list",
            Type::Structure(_) | Type::None => "an object",
            Type::String => "a text",
            Type::Integer | Type::Unsigned => "an integer",
            Type::Float => "a number",
            Type::Boolean => "true or false",
        };
        let boolean = !list && field.kind == Type::Boolean;
        let message = match self.answered {
            false => ["must be ", should, "", ""],
            true if boolean => ["is not ", should, ", though it should be", ""],
            true => ["is not ", should, ", though it should be", " one"],
        };
        self.tell(at, Some(field), "Type", &message);
    }

    pub fn fraction(&mut self, at: Path<'_>, field: &'w Row<'w>) {
        let message = if self.answered {
            ["is a fraction, though it should be ", "an integer"]
        } else {
            ["must be ", "an integer"]
        };
        self.tell(at, Some(field), "Type", &message);
    }

    /// A number in a text's place.
    pub fn digits(&mut self, at: Path<'_>, field: &'w Row<'w>) {
        let message = "is a number, though it should be a text; its digits are given as a text";
        self.tell(at, Some(field), "Type", &[message]);
    }

    pub fn beyond_64_bits(&mut self, at: Path<'_>, unsigned: bool) {
        let span = if unsigned {
            "0 to 2^64 - 1"
        } else {
            "-2^63 to 2^63 - 1"
        };
        self.problem(at, "Range", &["must be an integer from ", span]);
    }

    /// An integer that a number cannot hold; `field` where the table knows it.
    pub fn wide(&mut self, at: Path<'_>, field: Option<&'w Row<'w>>) {
        let message =
            "is an integer beyond 2^53, where a number loses digits; it is given as a BigInt";
        self.tell(at, field, "Wide", &[message]);
    }

    /// A rule that a sent value does not keep.
    pub fn broken(&mut self, at: Path<'_>, code: &'static str, message: &str, only_warn: bool) {
        if !only_warn {
            self.problem(at, code, &[message]);
        } else if self.warnings.len() < MOST {
            let warning = Problem::new(&at.text(), code, message);
            self.warnings.push(warning);
        }
    }

    /// The warnings of an answer.
    pub fn finish(mut self) -> Vec<Problem> {
        for (warning, (_, further)) in self.warnings.iter_mut().zip(&self.seen) {
            if *further > 0 {
                warning.message.push_str("; the same in further places: ");
                push_decimal(&mut warning.message, *further, 1);
            }
        }
        self.warnings
    }

    fn tell(
        &mut self,
        at: Path<'_>,
        field: Option<&'w Row<'w>>,
        code: &'static str,
        message: &[&str],
    ) {
        if !self.answered {
            self.problem(at, code, message);
            return;
        }
        let address = |field: Option<&'w Row<'w>>| field.map(core::ptr::from_ref);
        let mut known = self.warnings.iter().zip(&mut self.seen);
        let same =
            known.find(|(warning, seen)| warning.code == code && address(seen.0) == address(field));
        if let Some((_, (_, further))) = same {
            *further += 1;
            return;
        }
        self.seen.push((field, 0));
        self.warnings
            .push(Problem::new(&at.text(), code, &joined(message)));
    }

    fn problem(&mut self, at: Path<'_>, code: &'static str, message: &[&str]) {
        if self.is_full() {
            return;
        }
        let problem = if self.problems.len() == MOST {
            Problem::new("payload", "Further", "has more problems than these")
        } else {
            Problem::new(&at.text(), code, &joined(message))
        };
        self.problems.push(problem);
    }
}

/// The parts of a message, which is made only where it is told.
pub(super) fn joined(parts: &[&str]) -> String {
    let mut message = String::new();
    for part in parts {
        message.push_str(part);
    }
    message
}
