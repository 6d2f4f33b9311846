//! The table's rows as types (schema/README.md has their format). The core reads the same text to check with it, and
//! shows no rows.

/// What one action takes or answers, and the structures of its service version.
#[derive(Debug, Default)]
pub struct Rows<'t> {
    /// In the table's order; empty where the action is not known.
    pub fields: Vec<Field<'t>>,
    /// As [`Kind::Structure`] counts them.
    pub structures: Vec<Vec<Field<'t>>>,
}

/// A field of an action or a structure.
#[derive(Debug)]
pub struct Field<'t> {
    pub name: &'t str,
    pub list: bool,
    pub kind: Kind,
    pub required: bool,
    pub nullable: bool,
    /// Joined by tabs.
    pub rules: &'t str,
}

/// A field's type, or that of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    String,
    Integer,
    Float,
    Boolean,
    Structure(usize),
}

impl<'t> Rows<'t> {
    /// Reads the rows of an action that begin with `tag`: `<` is what it takes, `>` what it answers. A line that is no
    /// row is passed over: the core refuses the whole table for it.
    pub fn of(table: &'t str, action: &str, tag: char) -> Self {
        let mut rows = Self::default();
        let mut inside = false;
        for line in table.lines() {
            let (head, rules) = line.split_once('\t').unwrap_or((line, ""));
            match head.chars().next() {
                Some('S') => rows.structures.push(Vec::new()),
                Some('A') => inside = head.get(2..) == Some(action),
                Some('.') => {
                    if let Some(structure) = rows.structures.last_mut() {
                        structure.extend(field(head, rules));
                    }
                }
                Some(first) if first == tag && inside => rows.fields.extend(field(head, rules)),
                _ => {}
            }
        }
        rows
    }
}

fn field<'t>(head: &'t str, rules: &'t str) -> Option<Field<'t>> {
    let (kind, name) = head.get(1..)?.split_once(' ')?;
    let item = kind.strip_prefix('[');
    let marked = item.unwrap_or(kind);
    let kind = marked.trim_end_matches(|mark: char| mark.is_ascii_punctuation());
    Some(Field {
        name,
        list: item.is_some(),
        kind: match kind {
            "s" => Kind::String,
            "i" | "u" => Kind::Integer,
            "f" => Kind::Float,
            "b" => Kind::Boolean,
            index => Kind::Structure(index.parse().ok()?),
        },
        required: marked.contains('!'),
        nullable: marked.contains('?'),
        rules,
    })
}

#[cfg(test)]
mod tests {
    use super::{Field, Kind, Rows};
    use crate::generated::TABLE;
    use proptest::prelude::*;

    const TOY: &str = "1 toy 2020-01-01 R\nGa-b\nSPair\n.s! Key\n.f? Value\nAwPut\t40\n<[12!+ Pairs\ti1..9\n<u Count\n\
                       >b? Late\nArShow\n>0!* Pair\n";

    #[test]
    fn rows_are_read() {
        let rows = Rows::of(TOY, "Put", '<');
        let [
            Field {
                name,
                list,
                kind,
                required,
                nullable,
                rules,
            },
            count,
        ] = &rows.fields[..]
        else {
            panic!("{rows:?}");
        };
        assert_eq!((*name, *list, *kind), ("Pairs", true, Kind::Structure(12)));
        assert_eq!((*required, *nullable, *rules), (true, false, "i1..9"));
        assert_eq!(
            (count.name, count.kind, count.required),
            ("Count", Kind::Integer, false)
        );
        let [structure] = &rows.structures[..] else {
            panic!("{rows:?}");
        };
        let (key, value) = (&structure[0], &structure[1]);
        assert_eq!((key.kind, value.kind), (Kind::String, Kind::Float));
        assert!(value.nullable && !key.nullable);
        assert_eq!(Rows::of(TOY, "Put", '>').fields[0].kind, Kind::Boolean);
        assert!(Rows::of(TOY, "Pu", '<').fields.is_empty());
    }

    #[test]
    fn each_row_of_the_service_is_read() {
        let actions = TABLE.lines().filter(|line| line.starts_with('A'));
        let names = actions.map(|line| line.split('\t').next().unwrap_or_default());
        let count = |tag| -> usize {
            let rows = names.clone().map(|name| Rows::of(TABLE, &name[2..], tag));
            rows.map(|rows| rows.fields.len()).sum()
        };
        for tag in ['<', '>'] {
            let lines = TABLE.lines().filter(|line| line.starts_with(tag));
            assert_eq!(count(tag), lines.count());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>(), at in 0..TOY.len(), byte in 0x20..0x7fu8) {
            let _ = Rows::of(&text, &text, '<');
            let mut bytes = TOY.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = Rows::of(&String::from_utf8_lossy(&bytes), "Put", '<');
        }
    }
}
