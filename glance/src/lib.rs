//! One look at an answer's bytes: whether anything is to be said of it.
//!
//! It finds nothing out but that there is nothing to find: that an answer is a success as it was promised, without an integer
//! that a JavaScript number would spoil. Whatever is wrong, rare or doubtful is left to the core, which reads in all steps.
//! A text that is no JSON may pass: whoever was told that an answer is clean has the platform parse it, which finds that.
//!
//! It is a crate of its own so that it is compiled for speed, and the core for size.

mod bytes;
mod look;

pub use look::is_clean;

/// A field of an answer, or of a structure in it.
#[derive(Clone, Debug)]
pub struct Field<'t> {
    /// Its name; one with an escape is never found.
    pub name: &'t str,
    /// What its value is, or each of a list's items.
    pub kind: Kind,
    /// Whether it is a list.
    pub list: bool,
    /// Whether null may stand there.
    pub nullable: bool,
    /// Whether it has to be there.
    pub required: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// One that may not be empty.
    FilledText,
    /// A number without fraction and exponent.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An object; its fields stand from one place to another.
    Structure(u32, u32),
}
