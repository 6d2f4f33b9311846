//! The npm package: the modules inlined, and TypeScript compiled to `dist/`.

use super::{ARTEFACTS, Glue, command};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Writes `js/built/` and `dist/`.
pub(super) fn emit() -> Result<(), String> {
    let fail = |path: &str, why: std::io::Error| format!("{path}: {why}");
    for folder in ["js/built", "dist"] {
        if Path::new(folder).exists() {
            fs::remove_dir_all(folder).map_err(|why| fail(folder, why))?;
        }
    }
    fs::create_dir_all("js/built").map_err(|why| fail("js/built", why))?;
    let shipped = ARTEFACTS
        .iter()
        .filter(|artefact| artefact.name != "sandbox");
    for artefact in shipped.clone() {
        let name = artefact.name;
        let module = format!("build/{name}.wasm");
        let bytes = fs::read(&module).map_err(|why| fail(&module, why))?;
        let source = format!(
            "/** Made by `cargo xtask build` from {module}; never committed. */\n\
             export const base64: string =\n  \"{}\";\n",
            BASE64_STANDARD.encode(bytes)
        );
        let path = format!("js/built/{name}-module.ts");
        fs::write(&path, source).map_err(|why| fail(&path, why))?;
        if artefact.glue == Glue::Generated {
            for ending in ["js", "d.ts"] {
                let from = format!("build/{name}.{ending}");
                let to = format!("js/built/{name}.{ending}");
                fs::copy(&from, to).map_err(|why| fail(&from, why))?;
            }
        }
    }
    command(Command::new("node_modules/.bin/tsc").args(["-p", "tsconfig.json"]))?;
    // The compiler emits what it compiled; the glue is JavaScript already.
    for artefact in shipped.filter(|artefact| artefact.glue == Glue::Generated) {
        for ending in ["js", "d.ts"] {
            let from = format!("js/built/{}.{ending}", artefact.name);
            let to = from.replacen("js/", "dist/", 1);
            fs::copy(&from, to).map_err(|why| fail(&from, why))?;
        }
    }
    Ok(())
}
