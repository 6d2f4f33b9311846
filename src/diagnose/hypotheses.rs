//! The mistakes that are tried, each as a change of the right recipe.

mod body;
mod form;
mod head;
mod key;
mod query;
mod scope;

use super::Trial;
use super::cause::{Cause, Finding};
use super::recipe::Recipe;

/// One mistake.
pub(super) struct Change<'a> {
    pub(super) cause: Cause,
    /// What to say if it is the one.
    pub(super) message: String,
    /// Whether it is common enough to be tried together with another one.
    pub(super) common: bool,
    /// Makes it.
    pub(super) apply: Box<dyn Fn(&mut Recipe) + 'a>,
}

impl<'a> Change<'a> {
    fn new(cause: Cause, message: impl Into<String>, apply: impl Fn(&mut Recipe) + 'a) -> Self {
        Self {
            cause,
            message: message.into(),
            common: true,
            apply: Box::new(apply),
        }
    }

    /// Only tried alone.
    fn rare(mut self) -> Self {
        self.common = false;
        self
    }

    /// The finding once it is proved.
    pub(super) fn finding(&self) -> Finding {
        self.cause.certain(self.message.as_str())
    }
}

/// All of them, those that explain most first.
pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let mut changes = key::changes(trial);
    changes.extend(head::changes(trial));
    changes.extend(body::changes(trial));
    changes.extend(query::changes(trial));
    changes.extend(scope::changes(trial));
    changes.extend(form::changes());
    changes
}

/// Drops what stands twice, and what was sent.
fn unique(values: &mut Vec<String>, sent: &str) {
    let mut seen = vec![sent.to_string()];
    values.retain(|value| {
        let new = !seen.contains(value);
        if new {
            seen.push(value.clone());
        }
        new
    });
}
