//! Problems as they cross the boundary.

use crate::text::{Split, push_value, split};

/// What keeps an input from being sent, or what is doubtful in it or in an answer, in one text as it crosses the boundary:
/// of each problem its path, a member's such as `Data[2].OrderId`; its code, `Missing`, `Empty`, `Unknown`, `Twice`,
/// `Type`, `Value`, `Range`, `Length`, `Format`, `TooLarge`, `UnknownAction`, `NotAnObject` or `Further`, of a warning also
/// `Deprecated` or `Wide`; and what it is and what to do, for a person. It holds no value of a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(String);

impl Problems {
    /// A single one.
    pub fn one(path: &str, code: &str, message: &str) -> Self {
        let mut problems = Self::default();
        problems.push(path, code, message);
        problems
    }

    /// Adds one. What the input wrote into it cannot shift the others: a NUL in it is replaced.
    #[inline(never)]
    pub fn push(&mut self, path: &str, code: &str, message: &str) {
        self.push_clean(if path.is_empty() { "\"\"" } else { path });
        self.push_clean(code);
        self.push_clean(message);
    }

    #[inline(never)]
    fn push_clean(&mut self, text: &str) {
        let mut before = if self.0.is_empty() { "" } else { "\0" };
        for part in split(text, 0) {
            self.0.push_str(before);
            self.0.push_str(part);
            before = "\u{fffd}";
        }
    }

    /// Adds one with the code `Value`, which most have.
    #[inline(never)]
    pub fn value(&mut self, path: &str, message: &str) {
        self.push(path, "Value", message);
    }

    /// Adds those that another part found.
    pub fn append(&mut self, others: &Self) {
        if !others.is_empty() {
            push_value(&mut self.0, &others.0);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Path, code and message of each.
    pub fn iter(&self) -> Iter<'_> {
        Iter(split(&self.0, 0))
    }

    /// The values, as they cross.
    pub fn as_text(&self) -> &str {
        &self.0
    }

    /// The same.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = [&'a str; 3];
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Path, code and message of each problem.
#[derive(Clone, Debug)]
pub struct Iter<'a>(Split<'a>);

impl<'a> Iterator for Iter<'a> {
    type Item = [&'a str; 3];

    fn next(&mut self) -> Option<Self::Item> {
        Some([self.0.next()?, self.0.next()?, self.0.next()?])
    }
}

#[cfg(test)]
mod tests {
    use super::Problems;

    #[test]
    fn no_value_shifts_another() {
        let mut problems = Problems::default();
        problems.push("", "Value", "a");
        problems.value("b\0c", "\0");
        let found: Vec<_> = problems.iter().collect();
        let expected = [["\"\"", "Value", "a"], ["b\u{fffd}c", "Value", "\u{fffd}"]];
        assert_eq!(found, expected);
        let mut twice = problems.clone();
        twice.append(&Problems::default());
        twice.append(&problems);
        assert_eq!(twice.iter().count(), 4);
        assert_eq!(Problems::default().iter().count(), 0);
    }
}
