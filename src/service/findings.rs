//! What is told of a payload or an answer, in which words, and how often.

use super::nearest::meant;
use super::path::Path;
use super::table::{Mark, Row, Type};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::text::join;

/// How many problems are told of one payload: a list of a million items may have one each.
const MOST: usize = 100;

/// The code of an integer beyond 2^53.
const WIDE: &str = "Wide";

pub(super) struct Findings<'w> {
    /// Whether an answer is read: then nothing is a problem.
    pub answered: bool,
    /// What keeps a payload from being sent.
    pub problems: Problems,
    /// What is doubtful; of an answer each field once, with its first place.
    pub warnings: Problems,
    /// How many problems and warnings of a payload there are.
    counts: [usize; 2],
    /// Of an answer, the cause of each warning, and in how many further places it was found.
    seen: Vec<(Cause<'w>, u64)>,
}

/// A kind of warning: of which field, or of unknown members together.
type Cause<'w> = (Option<&'w Row<'w>>, &'static str);

impl<'w> Findings<'w> {
    pub fn new(answered: bool) -> Self {
        Self {
            answered,
            problems: Problems::default(),
            warnings: Problems::default(),
            counts: [0; 2],
            seen: Vec::new(),
        }
    }

    /// Whether no more problems are told.
    fn is_full(&self) -> bool {
        self.counts[0] > MOST
    }

    /// An action that the service has withdrawn.
    pub fn withdrawn(&mut self) {
        let message = "has been withdrawn by the service; its documentation may name another";
        self.warning("action", "Deprecated", message);
    }

    pub fn twice(&mut self, at: Path<'_>) {
        self.problem(at, "Twice", &["is given twice"]);
    }

    /// A member that no field has; `left` are the fields that it may have meant.
    pub fn unknown(&mut self, at: Path<'_>, name: &str, left: &[&str]) {
        // What is not told need not be looked for.
        if !self.is_full() {
            self.problem(at, "Unknown", &meant("is not a parameter here", name, left));
        }
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
            Type::Structure | Type::None => "an object",
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
        self.tell(at, field, WIDE, &[message]);
    }

    /// A rule that a sent value does not keep.
    pub fn broken(&mut self, at: Path<'_>, code: &'static str, message: &str, only_warn: bool) {
        if only_warn {
            self.warning(&at.text(), code, message);
        } else {
            self.problem(at, code, &[message]);
        }
    }

    fn warning(&mut self, path: &str, code: &str, message: &str) {
        if self.counts[1] < MOST {
            self.counts[1] += 1;
            self.warnings.push(path, code, message);
        }
    }

    /// The warnings of an answer; those of `wide` integers only where such are given as numbers would not be.
    pub fn finish(self, wide: bool) -> Problems {
        let mut told = Problems::default();
        for ([path, code, message], (_, further)) in self.warnings.iter().zip(self.seen) {
            let mut message = String::from(message);
            if further > 0 {
                message.push_str("; the same in further places: ");
                push_decimal(&mut message, further, 1);
            }
            if wide || code != WIDE {
                told.push(path, code, &message);
            }
        }
        told
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
        let address = field.map(core::ptr::from_ref);
        for ((known, of), further) in &mut self.seen {
            if *of == code && known.map(core::ptr::from_ref) == address {
                *further += 1;
                return;
            }
        }
        self.seen.push(((field, code), 0));
        self.warnings.push(&at.text(), code, &join(message));
    }

    fn problem(&mut self, at: Path<'_>, code: &'static str, message: &[&str]) {
        if self.is_full() {
            return;
        }
        if self.counts[0] == MOST {
            let message = "has more problems than these";
            self.problems.push("payload", "Further", message);
        } else {
            self.problems.push(&at.text(), code, &join(message));
        }
        self.counts[0] += 1;
    }
}
