//! What holds for each source file alone: it is short, and its first line says what it is.

use super::tree::{File, Tree};
use crate::generate::HEADER;

const SOURCES: [&str; 7] = [
    "src/",
    "sandbox/src/",
    "xtask/src/",
    "js/",
    "www/",
    "scripts/",
    "tests/",
];

const MOST_LINES: usize = 500;

/// Files that are too long to have one subject.
pub(super) fn lengths(tree: &Tree) -> Vec<String> {
    let data = |file: &File| {
        let is = |part| file.path.contains(part);
        is("/fixtures/") || is("/vectors/") || is("package-lock.json")
    };
    let written = tree
        .under(&SOURCES)
        .filter(|file| !file.generated() && !data(file));
    let too_long = written.filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > MOST_LINES).then(|| {
            let path = &file.path;
            format!("{path}: {lines} lines, above {MOST_LINES}; split it by its subjects")
        })
    });
    too_long.collect()
}

/// Files that do not begin with a sentence about themselves, or, if generated, with where they come from.
pub(super) fn heads(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for file in &tree.files {
        let starts: &[&str] = match file.ending() {
            "rs" => &["//!"],
            "ts" | "tsx" | "mjs" => &["/**", "//"],
            _ => continue,
        };
        let (path, head) = (&file.path, first_line(&file.text));
        if !starts.iter().any(|start| head.starts_with(start)) {
            let expected = starts.join(" or ");
            failures.push(format!(
                "{path}: begin it with {expected} and one sentence: what it is, and what it is not"
            ));
        } else if file.generated() && !head.contains(HEADER) {
            failures.push(format!(
                "{path}: its first line does not say `{HEADER}…`; generate it, or move it elsewhere"
            ));
        }
    }
    failures
}

/// The first line, after the one that tells the system how to run the file.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().skip_while(|line| line.starts_with("#!/"));
    lines.next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::{HEADER, heads, lengths};

    fn failures(path: &str, text: &str) -> usize {
        heads(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn a_long_file_fails_unless_it_is_data_or_generated() {
        let text = "line\n".repeat(501);
        for (path, failures) in [
            ("src/call.rs", 1),
            ("scripts/start.mjs", 1),
            ("src/errors/generated.rs", 0),
            ("js/generated/a/v1.ts", 0),
            ("tests/vectors/a.json", 0),
            ("schema/errors.json", 0),
        ] {
            assert_eq!(
                lengths(&Tree::sample(&[(path, &text)])).len(),
                failures,
                "{path}"
            );
        }
        assert!(lengths(&Tree::sample(&[("src/call.rs", &"line\n".repeat(500))])).is_empty());
    }

    #[test]
    fn a_file_begins_with_what_it_is() {
        assert_eq!(failures("src/a.rs", "//! A.\n"), 0);
        assert_eq!(failures("js/a.ts", "/** A. */\n"), 0);
        assert_eq!(failures("cli/a.mjs", "#!/usr/bin/env node\n// A.\n"), 0);
        assert_eq!(failures("src/a.rs", "use b;\n"), 1);
        assert_eq!(failures("src/a.rs", "// A.\n"), 1);
        assert_eq!(failures("www/a.tsx", "import \"b\";\n"), 1);
        assert_eq!(failures("js/a.ts", ""), 1);
    }

    #[test]
    fn a_generated_file_names_its_source() {
        assert_eq!(
            failures(
                "js/generated/a.ts",
                &format!("// {HEADER}schema/a.json; do not edit.\n")
            ),
            0
        );
        assert_eq!(failures("js/generated/a.ts", "// By hand.\n"), 1);
        assert_eq!(failures("src/errors/generated.rs", "//! placeholder\n"), 1);
    }
}
