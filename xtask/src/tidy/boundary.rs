//! Where JavaScript may be named in Rust: at the boundary only.

use super::code::{after_word, without_comments};
use super::tree::Tree;

const BOUNDARY: [&str; 3] = ["src/wasm.rs", "src/wasm/", "sandbox/src/wasm.rs"];

/// `wasm_bindgen` outside of the boundary.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    let sources = tree
        .under(&["src/", "sandbox/src/"])
        .filter(|file| file.ending() == "rs");
    for file in sources.filter(|file| !BOUNDARY.iter().any(|place| file.path.starts_with(place))) {
        for (_, line) in after_word(&without_comments(&file.text), "wasm_bindgen") {
            failures.push(format!(
                "{}:{line}: wasm_bindgen belongs in {}; move the conversion there",
                file.path,
                BOUNDARY.join(", ")
            ));
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::check;

    #[test]
    fn only_the_boundary_may() {
        let text = "use wasm_bindgen::prelude::*;\n";
        for (path, failures) in [
            ("src/wasm.rs", 0),
            ("src/wasm/signer.rs", 0),
            ("sandbox/src/wasm.rs", 0),
            ("src/call.rs", 1),
            ("sandbox/src/lib.rs", 1),
        ] {
            assert_eq!(
                check(&Tree::sample(&[(path, text)])).len(),
                failures,
                "{path}"
            );
        }
    }

    #[test]
    fn a_sentence_about_it_is_no_use() {
        assert!(check(&Tree::sample(&[("src/lib.rs", "//! not `wasm_bindgen`\n")])).is_empty());
    }
}
