//! The way to a member, such as `Data[2].OrderId`; it becomes a text only where something is to be said of it.

use crate::decimal::push_decimal;
use crate::json::unescape;

/// Steps from the outermost object, the last one first; names as they stand in JSON.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// As people read it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push(&mut text);
        text
    }

    fn push(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Member(parent, name) => {
                parent.push(text);
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&unescape(name));
            }
            Self::Item(parent, index) => {
                parent.push(text);
                text.push('[');
                push_decimal(text, *index as u64, 1);
                text.push(']');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn it_reads_from_the_outside() {
        let list = Path::Member(&Path::Root, "Data");
        let item = Path::Item(&list, 2);
        assert_eq!(Path::Member(&item, "OrderId").text(), "Data[2].OrderId");
        assert_eq!(Path::Root.text(), "");
    }
}
