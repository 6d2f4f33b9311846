//! `cargo xtask tidy`: the conventions of ARCHITECTURE.md as tests. Each failure names the file and what to do.

mod arrows;
mod boundary;
mod code;
mod exports;
mod files;
mod folders;
mod imports;
mod places;
mod tree;

use crate::generate;
use tree::Tree;

/// A convention: the failures that it finds.
type Rule = fn(&Tree) -> Vec<String>;

const RULES: [(&str, Rule); 9] = [
    ("modules of the core import along the arrows", arrows::core),
    (
        "the sandbox uses the core's steps, not their order",
        arrows::sandbox,
    ),
    ("wasm_bindgen stays at the boundary", boundary::check),
    ("the shell imports along the arrows", imports::check),
    ("files are short", files::lengths),
    ("files begin with what they are", files::heads),
    (
        "nothing names a place outside the repository",
        places::check,
    ),
    ("ARCHITECTURE.md names each folder", folders::check),
    ("each export has its source", exports::check),
];

/// Tests every convention, and whether the generated files are current.
pub fn run(args: &[String]) -> Result<(), String> {
    if !args.is_empty() {
        return Err("usage: cargo xtask tidy".into());
    }
    let tree = Tree::of_repository()?;
    let mut failures: Vec<String> = Vec::new();
    for (convention, rule) in RULES {
        report(convention, rule(&tree), &mut failures);
    }
    let stale = generate::check().err().unwrap_or_default();
    report("generated files are current", stale, &mut failures);
    match failures.len() {
        0 => Ok(()),
        count => Err(format!("\n{}\n\n{count} to mend", failures.join("\n"))),
    }
}

fn report(convention: &str, found: Vec<String>, failures: &mut Vec<String>) {
    let mark = if found.is_empty() { "ok  " } else { "FAIL" };
    println!("  {mark} {convention}");
    failures.extend(found);
}
