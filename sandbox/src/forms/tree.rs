//! What flat names such as `A.0.B` mean: values within each other, before they have types.

use crate::answer::Refusal;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many parts a name may have: all that is done with a tree goes down its levels, and no parameter has as many.
const MAX_LEVELS: usize = 32;

/// How many characters of a name are told.
const MAX_TOLD: usize = 60;

/// Values by the next part of their names.
pub type Members<'a> = BTreeMap<String, Node<'a>>;

/// What a name stands for.
#[derive(Debug)]
pub enum Node<'a> {
    /// A text whose type the table knows.
    Text(Cow<'a, str>),
    /// A value that has its types: JSON text, which was checked.
    Json(&'a str),
    /// The beginning of other names. Whether it is a list, the table knows.
    Members(Members<'a>),
}

/// Adds the value of a flat name. Each has a place of its own.
pub fn insert<'a>(members: &mut Members<'a>, name: &str, value: Node<'a>) -> Result<(), Refusal> {
    let (mut place, mut path) = (members, name);
    for _ in 0..MAX_LEVELS {
        let (step, rest) = match path.split_once('.') {
            Some((step, rest)) => (step, Some(rest)),
            None => (path, None),
        };
        if step.is_empty() {
            return Err(refuse(name, "has an empty part"));
        }
        let Some(rest) = rest else {
            return insert_last(place, name, step, value);
        };
        let within = place.entry(step.into());
        let Node::Members(inner) = within.or_insert_with(|| Node::Members(Members::new())) else {
            return Err(refuse(name, BOTH));
        };
        (place, path) = (inner, rest);
    }
    Err(refuse(name, "has more than 32 levels"))
}

/// Adds the value of a name that is one part, whatever stands in it.
pub fn insert_whole<'a>(
    members: &mut Members<'a>,
    name: &str,
    value: Node<'a>,
) -> Result<(), Refusal> {
    insert_last(members, name, name, value)
}

const BOTH: &str = "begins with a name that has a value too: it cannot be both";

fn insert_last<'a>(
    members: &mut Members<'a>,
    name: &str,
    step: &str,
    value: Node<'a>,
) -> Result<(), Refusal> {
    match members.insert(step.into(), value) {
        None => Ok(()),
        Some(Node::Members(_)) => Err(refuse(
            name,
            "has a value, and begins other names: it cannot be both",
        )),
        Some(_) => Err(refuse(name, "is given twice")),
    }
}

/// A refusal of a name, of which so much is told that the cause behind it stays in the message.
pub fn refuse(name: &str, what: &str) -> Refusal {
    let told: String = name.chars().take(MAX_TOLD).collect();
    Refusal::new("InvalidParameter", format!("{told:?} {what}"))
}
