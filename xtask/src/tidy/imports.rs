//! Which file of the shell may import which: glue through `core.ts` and `load/`, the package by its public subpaths.

use super::code::{after_word, without_comments};
use super::tree::{File, Tree};

/// Imports against the arrows, in `js/`, `www/` and `sandbox/hosts/`.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for file in tree
        .under(&["js/", "www/", "sandbox/hosts/"])
        .filter(|file| is_script(file))
    {
        for (specifier, line) in specifiers(&without_comments(&file.text)) {
            let Some(target) = resolve(&file.path, &specifier) else {
                continue; // a package, not a file
            };
            if let Some(advice) = advice(&file.path, &target) {
                failures.push(format!("{}:{line}: imports {target}; {advice}", file.path));
            }
        }
    }
    failures
}

/// What to do instead, where an import is against the arrows.
fn advice(from: &str, target: &str) -> Option<&'static str> {
    if from.starts_with("js/") {
        let may_load = from == "js/core.ts" || from.starts_with("js/load/");
        if target.starts_with("js/built/") && !may_load {
            return Some(
                "only js/core.ts and js/load/ import what is built; let one of them obtain it",
            );
        }
        if !target.starts_with("js/") {
            return Some("the package holds js/ only; move what is needed into js/");
        }
        return None;
    }
    let inside = target.starts_with("js/") || target.starts_with("dist/");
    inside.then_some("import the package as users do, by a subpath such as \"tc3-edge/signer\"")
}

/// Whether it is TypeScript or JavaScript.
fn is_script(file: &File) -> bool {
    ["ts", "tsx", "mjs", "js"].contains(&file.ending())
}

/// What follows `from`, `import` or `import(`, in quotes.
fn specifiers(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for word in ["from", "import"] {
        for (rest, line) in after_word(code, word) {
            let rest = rest.trim_start().trim_start_matches('(').trim_start();
            let Some(quote) = rest.chars().next().filter(|c| ['"', '\''].contains(c)) else {
                continue;
            };
            if let Some((specifier, _)) = rest[1..].split_once(quote) {
                found.push((specifier.to_string(), line));
            }
        }
    }
    found
}

/// The path that a relative specifier names; `None` for a package.
fn resolve(from: &str, specifier: &str) -> Option<String> {
    if !specifier.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => (),
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::{check, resolve, specifiers};

    fn count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn what_the_arrows_allow_passes() {
        assert_eq!(
            count(
                "js/load/client.ts",
                "import { base64 } from \"../built/client-module.ts\";"
            ),
            0
        );
        assert_eq!(
            count(
                "js/generated/a/v1.ts",
                "import { A } from \"../../client.ts\";"
            ),
            0
        );
        assert_eq!(
            count(
                "www/app/page.tsx",
                "import \"./page.css\";\nimport { sign } from \"tc3-edge/signer\";"
            ),
            0
        );
        assert_eq!(
            count(
                "sandbox/hosts/node.ts",
                "import { A } from \"../../build/sandbox.js\";"
            ),
            0
        );
        assert_eq!(
            count(
                "js/index.ts",
                "/**\n * import { a } from \"../www/a.ts\";\n */"
            ),
            0
        );
    }

    #[test]
    fn what_they_do_not_allow_fails() {
        assert_eq!(
            count(
                "js/index.ts",
                "const a = await import(\n  \"./built/explain.js\"\n);"
            ),
            1
        );
        assert_eq!(
            count(
                "js/client.ts",
                "import type {\n  A,\n} from '../sandbox/hosts/node.ts';"
            ),
            1
        );
        assert_eq!(count("js/client.test.ts", "import \"../tests/a.ts\";"), 1);
        assert_eq!(
            count(
                "www/app/page.tsx",
                "export { A } from \"../../js/client.ts\";"
            ),
            1
        );
        assert_eq!(
            count("sandbox/hosts/page.ts", "import \"../../dist/index.js\";"),
            1
        );
    }

    #[test]
    fn specifiers_are_read_and_resolved() {
        let found = specifiers("import a from 'b';\nArray.from(list); import(\"./c\")");
        assert_eq!(found, [("b".into(), 1), ("./c".into(), 2)]);
        assert_eq!(resolve("a/b/c.ts", "../d.ts").as_deref(), Some("a/d.ts"));
        assert_eq!(resolve("a/b.ts", "node:fs"), None);
    }
}
