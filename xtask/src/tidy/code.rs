//! Source without its comments, so that a rule is not broken by a sentence about it.

/// Blanks comment lines and what follows `//` on others; line numbers stay.
pub(super) fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| code_of(line).to_string() + "\n")
        .collect()
}

fn code_of(line: &str) -> &str {
    let start = line.trim_start();
    if start.starts_with("/*") || start.starts_with("* ") || start == "*" || start.starts_with("*/")
    {
        return "";
    }
    // The slashes of a URL begin no comment.
    let comment = line
        .match_indices("//")
        .find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// Every place where `word` stands as a word of its own: the text that follows it, and its line's number.
pub(super) fn after_word<'a>(
    text: &'a str,
    word: &'a str,
) -> impl Iterator<Item = (&'a str, usize)> {
    text.match_indices(word).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let alone = before.is_none_or(|c| !is_identifier(c));
        alone.then(|| (&text[at + word.len()..], line_number(text, at)))
    })
}

/// The identifier at the start of a text.
pub(super) fn identifier(text: &str) -> &str {
    let end = text.find(|c| !is_identifier(c)).unwrap_or(text.len());
    &text[..end]
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_number(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{after_word, identifier, without_comments};

    #[test]
    fn comments_are_blanked() {
        let text = "//! doc\nlet a = \"https://b\"; // why\n/**\n * more\n */\n*pointer = 1;";
        assert_eq!(
            without_comments(text),
            "\nlet a = \"https://b\"; \n\n\n\n*pointer = 1;\n"
        );
    }

    #[test]
    fn a_word_stands_alone() {
        let found: Vec<_> = after_word("a_from b\nfrom c", "from").collect();
        assert_eq!(found, [(" c", 2)]);
    }

    #[test]
    fn an_identifier_ends() {
        assert_eq!(identifier("tc3::sign"), "tc3");
        assert_eq!(identifier("{a}"), "");
    }
}
