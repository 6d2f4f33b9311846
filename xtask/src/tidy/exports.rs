//! What package.json promises to importers has a source in `js/`.

use super::tree::Tree;
use serde_json::Value;

const PACKAGE: &str = "package.json";

/// The targets of `exports` that nothing makes.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let text = tree.file(PACKAGE).map_or("", |file| &file.text);
    let package: Value = match serde_json::from_str(text) {
        Ok(package) => package,
        Err(why) => return vec![format!("{PACKAGE}: {why}; mend its JSON")],
    };
    let Some(exports) = package["exports"].as_object() else {
        return vec![format!(
            "{PACKAGE}: has no exports; name each public subpath there"
        )];
    };
    let mut failures = Vec::new();
    for (subpath, conditions) in exports {
        for target in targets(conditions) {
            match source(target) {
                Some(path) if tree.file(&path).is_some() => (),
                Some(path) => failures.push(format!(
                    "{PACKAGE}: exports {subpath} from {target}, but there is no {path}; write it or drop the subpath"
                )),
                None => failures.push(format!(
                    "{PACKAGE}: exports {subpath} from {target}, whose source is not known; teach xtask/src/tidy/exports.rs"
                )),
            }
        }
    }
    failures
}

/// The paths in an export, whatever its conditions.
fn targets(conditions: &Value) -> Vec<&str> {
    match conditions {
        Value::String(target) => vec![target],
        Value::Object(members) => members.values().flat_map(targets).collect(),
        _ => Vec::new(),
    }
}

/// The file in the repository from which a target is made. The trees of scripts/package/trees.mjs have the sources of
/// `dist/` itself.
fn source(target: &str) -> Option<String> {
    let path = target.strip_prefix("./")?;
    let Some(compiled) = path.strip_prefix("dist/") else {
        return Some(path.into());
    };
    if compiled == "wasm/*.wasm" {
        return Some("xtask/src/build/package.rs".into());
    }
    let of_tree = compiled
        .strip_prefix("bundled/")
        .or(compiled.strip_prefix("node/"))
        .or(compiled.strip_prefix("web/"));
    let compiled = of_tree.unwrap_or(compiled);
    let stem = compiled
        .strip_suffix(".d.ts")
        .or_else(|| compiled.strip_suffix(".js"))?;
    Some(format!("js/{stem}.ts"))
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::check;

    fn failures(exports: &str) -> usize {
        let package = format!("{{\"exports\": {exports}}}");
        check(&Tree::sample(&[
            ("package.json", &package),
            ("js/index.ts", ""),
        ]))
        .len()
    }

    #[test]
    fn each_target_has_a_source() {
        let index = r#"{"types": "./dist/index.d.ts", "default": "./dist/index.js"}"#;
        assert_eq!(
            failures(&format!(
                r#"{{".": {index}, "./package.json": "./package.json"}}"#
            )),
            0
        );
        assert_eq!(failures(r#"{"./node": "./dist/node/index.js"}"#), 0);
        assert_eq!(failures(r#"{"./gone": {"default": "./dist/gone.js"}}"#), 1);
        assert_eq!(
            failures(r#"{"./a": {"node": {"default": "./dist/a.wasm"}}}"#),
            1
        );
        assert_eq!(failures(r#"{"./a": "dist/index.js"}"#), 1);
    }

    #[test]
    fn a_package_without_exports_fails() {
        assert_eq!(failures("null"), 1);
        assert_eq!(check(&Tree::sample(&[])).len(), 1);
    }
}
