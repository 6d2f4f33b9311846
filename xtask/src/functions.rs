//! `cargo xtask functions`: what is left in the signer's module, which has no room for formatting and panics.

use std::fs;

/// What the official build leaves out, and what each would drag in.
const REFUSED: [&str; 5] = [
    "core::fmt",
    "alloc::fmt",
    "core::panicking",
    "std::panicking",
    "core::num::fmt",
];

/// Prints a line for each function of `build/signer.functions`, and fails where one of them is refused.
pub fn run(args: &[String]) -> Result<(), String> {
    if !args.is_empty() {
        return Err("usage: cargo xtask functions".into());
    }
    let list = fs::read_to_string("build/signer.functions")
        .map_err(|why| format!("build/signer.functions: {why}; run `cargo xtask build` first"))?;
    print!("{list}");
    let found = refused(&list);
    if found.is_empty() {
        println!(
            "{} functions, none of which formats or panics",
            list.lines().count()
        );
        return Ok(());
    }
    Err(format!(
        "signer.wasm holds what weighs much and should never run; keep it off the signer's way:\n{}",
        found.join("\n")
    ))
}

fn refused(list: &str) -> Vec<&str> {
    let is = |line: &&str| REFUSED.iter().any(|part| line.contains(part));
    list.lines().filter(is).collect()
}

/// Function names as people read them, sorted; from wasm-opt's `index:name` lines.
pub fn readable(map: &str) -> String {
    let names = map.lines().filter_map(|line| line.split_once(':'));
    let mut list: Vec<String> = names
        .map(|(_, name)| format!("{:#}\n", rustc_demangle::demangle(name)))
        .collect();
    list.sort();
    list.concat()
}

#[cfg(test)]
mod tests {
    use super::{readable, refused};

    #[test]
    fn names_are_made_readable() {
        assert_eq!(
            readable("0:sign\n1:_ZN4core3fmt5write17h0123456789abcdefE\n"),
            "core::fmt::write\nsign\n"
        );
    }

    #[test]
    fn formatting_and_panics_are_refused() {
        assert_eq!(
            refused("core::fmt::write\nsign\n<core::fmt::Formatter>::pad\n").len(),
            2
        );
        assert_eq!(refused("core::panicking::panic_fmt\n").len(), 1);
        assert!(refused("sign\ntc3_edge::tc3::sign\n").is_empty());
    }
}
