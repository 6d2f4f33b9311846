//! The npm package: TypeScript compiled to `dist/`, and the modules in each form in which they are loaded.

use super::{ARTEFACTS, Glue, command, inline};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a page without a bundler needs, and nobody else.
const ONLY_IN_WEB: [&str; 2] = ["dist/web.js", "dist/load/fetched.js"];

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
    for artefact in shipped() {
        emit_module(artefact.name)?;
    }
    command(Command::new("node").arg("scripts/package/trees.mjs"))?;
    for script in ONLY_IN_WEB {
        fs::remove_file(script).map_err(|why| format!("{script}: {why}"))?;
    }
    Ok(())
}

/// A module, and what loads it: inlined, or as a file that Workers and edge runtimes import.
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
