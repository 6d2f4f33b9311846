//! Which module of the core may use which, as ARCHITECTURE.md draws it.

use super::code::{after_word, identifier, without_comments};
use super::tree::Tree;

/// What every step of a call may use.
const LEAVES: [&str; 6] = ["errors", "secret", "json", "text", "decimal", "hex"];

/// The modules that stand right under `src/`, and what each may use; the steps, `call` and `diagnose` may use the leaves too.
const ARROWS: [(&str, &[&str]); 17] = [
    (
        "wasm",
        &[
            "call", "service", "request", "tc3", "response", "policy", "explain", "diagnose",
            "legacy", "refund",
        ],
    ),
    ("call", &["service", "request", "tc3", "response", "policy"]),
    ("legacy", &["request"]),
    ("service", &[]),
    ("request", &[]),
    ("tc3", &[]),
    ("response", &[]),
    ("policy", &[]),
    ("refund", &[]),
    ("explain", &["errors"]),
    ("diagnose", &["request", "tc3"]),
    ("errors", &["text"]),
    ("secret", &[]),
    ("json", &["text"]),
    ("text", &[]),
    ("decimal", &[]),
    ("hex", &[]),
];

/// The modules that may not use every leaf: explain, errors and json have their arrow above, other leaves use nothing.
const WITHOUT_LEAVES: [&str; 7] = [
    "explain", "errors", "secret", "json", "text", "decimal", "hex",
];

/// What the sandbox may not use: it judges by the steps, and must not share their order with the client.
const NOT_FOR_SANDBOX: [&str; 7] = [
    "call", "response", "policy", "explain", "diagnose", "legacy", "wasm",
];

/// The arrows between the core's modules.
pub(super) fn core(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for file in tree.under(&["src/"]).filter(|file| file.ending() == "rs") {
        let module = module_of(&file.path);
        if module == "lib" {
            continue;
        }
        let path = &file.path;
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            failures.push(format!(
                "{path}: give the module {module} its arrows in xtask/src/tidy/arrows.rs"
            ));
            continue;
        };
        let code = without_comments(&file.text);
        for (used, line) in used_of(&code, "crate::") {
            let leaf = LEAVES.contains(&used) && !WITHOUT_LEAVES.contains(&module);
            if used != module && !leaf && !allowed.contains(&used) {
                failures.push(format!(
                    "{path}:{line}: {module} may not use {used}; let call or wasm bring them together, as ARCHITECTURE.md draws it"
                ));
            }
        }
        for line in climbs(path, &code) {
            failures.push(format!(
                "{path}:{line}: super:: reaches the crate's root here; write crate:: instead"
            ));
        }
    }
    failures
}

/// The arrows from the sandbox to the core.
pub(super) fn sandbox(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for file in tree
        .under(&["sandbox/src/"])
        .filter(|file| file.ending() == "rs")
    {
        for (used, line) in used_of(&without_comments(&file.text), "tc3_edge::") {
            if NOT_FOR_SANDBOX.contains(&used) {
                failures.push(format!(
                    "{}:{line}: the sandbox may not use {used}; use tc3, service, request or the leaves",
                    file.path
                ));
            }
        }
    }
    failures
}

/// `src/tc3/key.rs` is of `tc3`.
fn module_of(path: &str) -> &str {
    identifier(path.strip_prefix("src/").unwrap_or(path))
}

/// The modules that a source names right after a root such as `crate::`, groups included.
fn used_of<'a>(code: &'a str, root: &'a str) -> Vec<(&'a str, usize)> {
    let mut used = Vec::new();
    for (rest, line) in after_word(code, root) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(members(group).into_iter().map(|name| (name, line))),
            None => used.push((identifier(rest), line)),
        }
    }
    used
}

/// The first names of a group's members: `a` and `c` of `a::{b}, c}`.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.push(identifier(group[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => (),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The lines on which a chain of `super::` reaches the crate's root, where the arrows could not be seen.
fn climbs(path: &str, code: &str) -> Vec<usize> {
    let depth = path.matches('/').count();
    let mut inline = 0;
    let mut lines = Vec::new();
    for (index, line) in code.lines().enumerate() {
        // The formatter puts an inline module's braces at the start of lines.
        if line.ends_with('{') && !line.starts_with(' ') && line.contains("mod ") {
            inline = 1;
        } else if line == "}" {
            inline = 0;
        }
        let mut longest = 0;
        while line.contains(&"super::".repeat(longest + 1)) {
            longest += 1;
        }
        if longest >= depth + inline {
            lines.push(index + 1);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::{core, members, sandbox};

    fn count(path: &str, text: &str) -> usize {
        core(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn what_the_arrows_allow_passes() {
        assert_eq!(
            count(
                "src/wasm/client.rs",
                "use crate::call;\nuse crate::wasm::module;\n"
            ),
            0
        );
        assert_eq!(
            count("src/call.rs", "use crate::{tc3::{self, Key}, errors};\n"),
            0
        );
        assert_eq!(
            count(
                "src/tc3/key.rs",
                "use crate::secret::Secret;\nuse super::scope;\n"
            ),
            0
        );
        assert_eq!(
            count(
                "src/tc3.rs",
                "// not crate::call\nmod tests {\n    use super::key;\n}\n"
            ),
            0
        );
        assert_eq!(count("src/lib.rs", "pub use crate::call;\n"), 0);
    }

    #[test]
    fn what_they_do_not_allow_fails() {
        assert_eq!(count("src/tc3/key.rs", "use crate::request::Head;\n"), 1);
        assert_eq!(
            count(
                "src/service.rs",
                "use crate::{\n    errors,\n    tc3::Key,\n};\n"
            ),
            1
        );
        assert_eq!(
            count("src/json.rs", "fn a() { crate::errors::row(\"\") }\n"),
            1
        );
        assert_eq!(count("src/errors.rs", "use crate::secret::Secret;\n"), 1);
        assert_eq!(count("src/explain.rs", "use crate::json;\n"), 1);
        assert_eq!(count("src/call.rs", "use crate::wasm;\n"), 1);
        assert_eq!(count("src/novel.rs", ""), 1);
    }

    #[test]
    fn the_root_is_not_reached_by_super() {
        assert_eq!(count("src/request.rs", "use super::tc3;\n"), 1);
        assert_eq!(count("src/request/check.rs", "use super::super::tc3;\n"), 1);
        assert_eq!(
            count(
                "src/request.rs",
                "mod tests {\n    use super::super::tc3;\n}\n"
            ),
            1
        );
    }

    #[test]
    fn a_group_is_read() {
        assert_eq!(members("a::{b, c}, d as e,\n    f}; g"), ["a", "d", "f"]);
    }

    #[test]
    fn the_sandbox_does_not_use_call() {
        let found = |text| sandbox(&Tree::sample(&[("sandbox/src/checks.rs", text)])).len();
        assert_eq!(found("use tc3_edge::call::prepare;\n"), 1);
        assert_eq!(found("use tc3_edge::{tc3, response};\n"), 1);
        assert_eq!(found("use tc3_edge::tc3::verify;\n"), 0);
    }
}
