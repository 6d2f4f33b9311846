//! The npm package: TypeScript compiled to `dist/`, and the modules in each form in which they are loaded.

use super::{ARTEFACTS, Glue, command, inline};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a page without a bundler needs, and nobody else.
const ONLY_IN_WEB: [&str; 2] = ["dist/web.js", "dist/load/fetched.js"];

/// The trees that need neither a bundler nor package.json, each with the platform that it is for and the scripts that are for
/// others.
const TREES: [(&str, &str, &[&str]); 2] = [
    (
        "node",
        "node",
        &[
            "dist/load/inline.js",
            "dist/web.js",
            "dist/load/fetched.js",
            "dist/machine.js",
            "dist/platform/once.js",
            "dist/platform/unknown.js",
            "dist/refund/durable-object.js",
            "dist/refund/page.js",
        ],
    ),
    (
        "web",
        "unknown",
        &[
            "dist/load/inline.js",
            "dist/machine.js",
            "dist/platform/once.js",
            "dist/platform/node.js",
            "dist/refund/durable-object.js",
            "dist/refund/file.js",
            "dist/refund/holder.js",
            "dist/refund/lock-file.js",
        ],
    ),
];

/// Writes `js/built/` and `dist/`.
pub(super) fn emit() -> Result<(), String> {
    for folder in ["js/built", "dist"] {
        if Path::new(folder).exists() {
            fs::remove_dir_all(folder).map_err(|why| format!("{folder}: {why}"))?;
        }
    }
    let shipped = || {
        ARTEFACTS
            .iter()
            .filter(|artefact| artefact.name != "sandbox")
    };
    let glue = || shipped().filter(|artefact| artefact.glue == Glue::Generated);
    for artefact in glue() {
        for ending in ["js", "d.ts"] {
            let name = format!("{}.{ending}", artefact.name);
            copy(&format!("build/{name}"), &format!("js/built/{name}"))?;
        }
    }
    command(Command::new("node_modules/.bin/tsc").args(["-p", "tsconfig.json"]))?;
    // The compiler emits what it compiled; the glue is JavaScript already.
    for artefact in glue() {
        for ending in ["js", "d.ts"] {
            let name = format!("{}.{ending}", artefact.name);
            copy(&format!("build/{name}"), &format!("dist/built/{name}"))?;
        }
    }
    for script in scripts("dist")? {
        for (tree, platform, others) in TREES {
            if !others.contains(&script.as_str()) {
                stand_alone(
                    &script,
                    &script.replacen("dist/", &format!("dist/{tree}/"), 1),
                    platform,
                )?;
            }
        }
    }
    for script in ONLY_IN_WEB {
        fs::remove_file(script).map_err(|why| format!("{script}: {why}"))?;
    }
    for artefact in shipped() {
        emit_module(artefact.name)?;
    }
    Ok(())
}

/// A module, and what loads it: inlined (everywhere), as a file that Workers and edge runtimes import, and in the trees
/// that need neither a bundler nor package.json: read in Node, fetched in a page.
fn emit_module(name: &str) -> Result<(), String> {
    let file = format!("build/{name}.wasm");
    let bytes = fs::read(&file).map_err(|why| format!("{file}: {why}"))?;
    copy(&file, &format!("dist/wasm/{name}.wasm"))?;
    let text = inline::encode(&bytes);
    for (folder, code) in [
        (
            "module/inline",
            format!(
                "import {{ decode }} from \"../../load/inline.js\";\n\n\
                 export {{ advise }} from \"../../load/advice.js\";\n\nconst TEXT =\n  \"{text}\";\n\n\
                 export const load = () => decode(TEXT);\n"
            ),
        ),
        (
            "module/workerd",
            imported(&format!("../../wasm/{name}.wasm")),
        ),
        (
            "module/edge-light",
            imported(&format!("../../wasm/{name}.wasm?module")),
        ),
        (
            "node/module",
            format!(
                "import {{ readFileSync }} from \"node:fs\";\n\n\
                 export {{ advise }} from \"../load/advice.js\";\n\n\
                 export const load = () => new Uint8Array(readFileSync(new URL(\"../../wasm/{name}.wasm\", import.meta.url)));\n"
            ),
        ),
        (
            "web/module",
            format!(
                "import {{ fetched }} from \"../load/fetched.js\";\n\n\
                 export {{ advise }} from \"../load/advice.js\";\n\n\
                 export const load = () => fetched(new URL(\"../../wasm/{name}.wasm\", import.meta.url), \"{name}.wasm\");\n"
            ),
        ),
    ] {
        write(
            &format!("dist/{folder}/{name}.js"),
            &format!("/** Made by `cargo xtask build` from {file}. */\n\n{code}"),
        )?;
    }
    Ok(())
}

/// It is compiled already: nothing is known of what could go wrong.
fn imported(path: &str) -> String {
    format!(
        "import module from \"{path}\";\n\nexport const load = () => module;\nexport const advise = undefined;\n"
    )
}

/// The same script for a tree in which each module is loaded in one way, so that package.json need not choose. What it
/// imports when first asked is imported at once: a service worker may not do it later, and only the module is large.
/// Who asks for the platform stands at the top of `dist`.
fn stand_alone(from: &str, to: &str, platform: &str) -> Result<(), String> {
    let code = fs::read_to_string(from).map_err(|why| format!("{from}: {why}"))?;
    let mut imports = Vec::new();
    let code = replaced(&code, "import(\"", "\")", |path| {
        let name = format!("module{}", imports.len());
        imports.push(format!("import * as {name} from \"{path}\";\n"));
        name
    })?;
    let code = imports.concat() + &code;
    let chosen = replaced(&code, "\"#module/", "\"", |name| {
        format!("\"../module/{name}.js\"")
    })?;
    let chosen = chosen.replace("\"#platform\"", &format!("\"./platform/{platform}.js\""));
    write(to, &chosen)
}

/// The code with something else in place of each text between two others, and of these.
fn replaced(
    code: &str,
    open: &str,
    close: &str,
    mut make: impl FnMut(&str) -> String,
) -> Result<String, String> {
    let mut whole = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once(open) {
        let (text, after) = after
            .split_once(close)
            .ok_or_else(|| format!("{open} without its end"))?;
        whole.push_str(before);
        whole.push_str(&make(text));
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}

/// The paths of all scripts but the services' references, which need no module.
fn scripts(folder: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|why| format!("{folder}: {why}"))?;
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(scripts(&path)?);
        } else if is_script(&path) && !path.ends_with("-reference.js") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_script(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "js")
}

fn copy(from: &str, to: &str) -> Result<(), String> {
    let bytes = fs::read(from).map_err(|why| format!("{from}: {why}"))?;
    make_folder_of(to)?;
    fs::write(to, bytes).map_err(|why| format!("{to}: {why}"))
}

fn write(path: &str, text: &str) -> Result<(), String> {
    make_folder_of(path)?;
    fs::write(path, text).map_err(|why| format!("{path}: {why}"))
}

fn make_folder_of(path: &str) -> Result<(), String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|why| format!("{}: {why}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn what_stands_between_is_replaced() {
        let made = replaced("a(x)b(y)c", "(", ")", |text| format!("[{text}]"));
        assert_eq!(made.as_deref(), Ok("a[x]b[y]c"));
        assert!(replaced("a(x", "(", ")", str::to_string).is_err());
    }
}
