//! Mistakes in putting the canonical request together.

use super::{Cause, Change};
use crate::diagnose::recipe::Rewrite;
use crate::tc3::Values;

/// What is said, and what becomes of the text.
const REWRITES: [(&str, Rewrite); 4] = [
    (
        "has no empty line between headers and signed headers",
        |text| {
            // The empty line is the last one: no later part is empty.
            match text.rsplit_once("\n\n") {
                Some((start, end)) => [start, end].join("\n"),
                None => text,
            }
        },
    ),
    ("ends with a line feed", |text| text + "\n"),
    ("has CR LF between its lines", |text| {
        text.replace('\n', "\r\n")
    }),
    ("has its lines joined without line feeds", |text| {
        text.replace('\n', "")
    }),
];

pub(super) fn changes<'a>() -> Vec<Change<'a>> {
    let mut changes: Vec<Change<'a>> = REWRITES
        .into_iter()
        .map(|(words, rewrite)| {
            let message = format!("The canonical request {words}.");
            Change::new(Cause::CanonicalForm, message, move |recipe| {
                recipe.rewrite = rewrite;
            })
        })
        .collect();
    changes.push(Change::new(
        Cause::CanonicalForm,
        "The payload's digest stands in the canonical request in capitals.",
        |recipe| recipe.payload.make_ascii_uppercase(),
    ));
    changes.push(Change::new(
        Cause::CanonicalForm,
        "The canonical request has a space after the colon of each header.",
        |recipe| {
            recipe.values = Values::AsSent;
            for (_, value) in &mut recipe.headers {
                *value = format!(" {}", value.trim_ascii().to_ascii_lowercase());
            }
        },
    ));
    changes
}
