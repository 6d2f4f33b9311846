//! A tree of names as JSON text, with the types of the table.

use super::tree::{Members, Node, refuse};
use crate::answer::Refusal;
use crate::rows::{Field, Kind, Rows};
use tc3_edge::json::Scanner;

/// Writes parameters.
pub struct Writer<'w> {
    rows: &'w Rows<'w>,
    strict: bool,
    pub text: String,
    /// Whether `True` or `False` was read, as the Python SDK writes them.
    pub capitals: bool,
}

impl<'w> Writer<'w> {
    pub fn new(rows: &'w Rows<'w>, strict: bool) -> Self {
        Self {
            rows,
            strict,
            text: String::new(),
            capitals: false,
        }
    }

    /// Appends an object.
    pub fn members(&mut self, members: &Members<'_>, fields: &[Field<'_>]) -> Result<(), Refusal> {
        self.text.push_str("{");
        for (at, (name, node)) in members.iter().enumerate() {
            self.comma(at);
            self.push_text(name);
            self.text.push_str(":");
            let field = fields.iter().find(|field| field.name == name);
            self.value(node, name, field, field.is_some_and(|field| field.list))?;
        }
        self.text.push_str("}");
        Ok(())
    }

    /// Appends the value of a field, or where that is no `list`, one of its items.
    fn value(
        &mut self,
        node: &Node<'_>,
        name: &str,
        field: Option<&Field<'_>>,
        list: bool,
    ) -> Result<(), Refusal> {
        let rows = self.rows;
        match (node, field) {
            (Node::Json(json), _) => self.text.push_str(json),
            (Node::Text(text), Some(field)) if !list => self.leaf(text, field.kind),
            (Node::Text(text), _) => self.push_text(text),
            (Node::Members(members), Some(field)) if list => self.items(members, name, field)?,
            (Node::Members(members), field) => {
                let fields = match field.map(|field| field.kind) {
                    Some(Kind::Structure(at)) => rows.structures.get(at),
                    _ => None,
                };
                self.members(members, fields.map_or(&[][..], Vec::as_slice))?;
            }
        }
        Ok(())
    }

    /// Appends a list, whose names are indices. They are only compared with how many there are, so that a huge one
    /// takes no room.
    fn items(
        &mut self,
        members: &Members<'_>,
        name: &str,
        field: &Field<'_>,
    ) -> Result<(), Refusal> {
        let mut items = Vec::with_capacity(members.len());
        for (step, node) in members {
            let index = index(step).ok_or_else(|| {
                refuse(
                    name,
                    &format!("is a list, and {step:?} is no index such as 0"),
                )
            })?;
            items.push((index, node));
        }
        // As names, 10 comes before 2.
        items.sort_unstable_by_key(|(index, _)| *index);
        self.text.push_str("[");
        for (at, (index, node)) in items.into_iter().enumerate() {
            if index != at {
                let what = format!("is a list with a gap: it has {index}, and not {at}");
                return Err(refuse(name, &what));
            }
            self.comma(at);
            self.value(node, name, Some(field), false)?;
        }
        self.text.push_str("]");
        Ok(())
    }

    /// Appends what a text means where it means something as this type, else the text itself.
    fn leaf(&mut self, text: &str, kind: Kind) {
        let meant = match (kind, text) {
            (Kind::Integer | Kind::Float, number) if is_number(number) => number,
            (Kind::Boolean, "true" | "false") => text,
            (Kind::Boolean, "True" | "False") if !self.strict => {
                self.capitals = true;
                if text == "True" { "true" } else { "false" }
            }
            _ => return self.push_text(text),
        };
        self.text.push_str(meant);
    }

    fn comma(&mut self, at: usize) {
        if at > 0 {
            self.text.push_str(",");
        }
    }

    fn push_text(&mut self, text: &str) {
        self.text
            .push_str(&serde_json::Value::from(text).to_string());
    }
}

/// One way to write each: digits, without zeros in front.
fn index(text: &str) -> Option<usize> {
    let index: usize = text.parse().ok()?;
    (index.to_string() == text).then_some(index)
}

/// Whether a text is, without anything around it, a number as JSON has it.
fn is_number(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && scanner.value().is_ok()
        && scanner.end().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{index, is_number};

    #[test]
    fn numbers_are_jsons() {
        for number in ["0", "-1", "3", "1.50", "1e9", "18446744073709551616"] {
            assert!(is_number(number), "{number}");
        }
        for text in [
            "",
            " 1",
            "1 ",
            "+1",
            "01",
            "1.",
            ".5",
            "0x1",
            "true",
            "1,2",
            "-",
            "\u{feff}1",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn an_index_is_written_in_one_way() {
        assert_eq!((index("0"), index("10")), (Some(0), Some(10)));
        for text in [
            "",
            "00",
            "01",
            "+1",
            "-1",
            "1 ",
            "x",
            "18446744073709551616",
        ] {
            assert_eq!(index(text), None, "{text}");
        }
    }
}
