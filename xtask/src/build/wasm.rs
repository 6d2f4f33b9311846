//! From rustc's module to the shipped one: wasm-bindgen, wasm-opt, and the form in which it is loaded.

use super::{Artefact, Glue, command};
use std::fs;
use std::path::Path;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// wasm-bindgen's only import that a module with our own glue may have; it sets up a table that it never uses.
/// tests/node/package.test.ts knows the whole list.
const UNUSED_IMPORT: &str = "__wbindgen_init_externref_table";

/// What wasm-opt is told.
const OPTIONS: [&str; 3] = ["-O3", "--strip-debug", "--strip-producers"];

/// Writes `build/<name>.wasm`, and what JavaScript imports of it.
pub(super) fn finish(artefact: &Artefact, compiled: &Path) -> Result<(), String> {
    let name = artefact.name;
    let folder = format!("target/bindgen/{name}");
    let done = format!("{folder}/compiled.wasm");
    let module = format!("build/{name}.wasm");
    let read = |path: &Path| fs::read(path).map_err(|why| format!("{}: {why}", path.display()));
    let binaryen = fs::read("node_modules/binaryen/package.json").map_err(|why| why.to_string())?;
    let input = [read(compiled)?, binaryen, OPTIONS.concat().into()].concat();
    // Most changes leave most modules as they were, and wasm-opt is what takes the time.
    if Path::new(&module).exists() && read(Path::new(&done)).is_ok_and(|before| before == input) {
        return Ok(());
    }
    let fail = |why: &dyn std::fmt::Display| format!("wasm-bindgen: {why}");
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)
        .map_err(|why| fail(&why))?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .reset_state_function(artefact.glue == Glue::Generated)
        .generate(&folder)
        .map_err(|why| fail(&why))?;

    fs::create_dir_all("build").map_err(|why| format!("build/: {why}"))?;
    command(
        Command::new("node_modules/.bin/wasm-opt")
            .args(OPTIONS)
            .args(["-o", &module])
            .arg(format!("{folder}/{name}_bg.wasm")),
    )?;

    let glue = fs::read_to_string(format!("{folder}/{name}.js")).map_err(|why| why.to_string())?;
    match artefact.glue {
        Glue::Own => only_numbers_cross(&glue)?,
        Glue::Generated => {
            for ending in ["js", "d.ts"] {
                let from = format!("{folder}/{name}.{ending}");
                fs::copy(&from, format!("build/{name}.{ending}"))
                    .map_err(|why| format!("{from}: {why}"))?;
            }
        }
    }
    fs::write(&done, input).map_err(|why| format!("{done}: {why}"))
}

/// js/core.ts brings `host.random` alone, so a module that asks for another import could not be instantiated.
fn only_numbers_cross(glue: &str) -> Result<(), String> {
    let imports = glue
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("__wb"));
    let asked = imports.filter_map(|line| line.split_once(": function").map(|(name, _)| name));
    match asked.into_iter().find(|name| *name != UNUSED_IMPORT) {
        Some(name) => Err(format!(
            "the module imports {name}: let numbers and bytes cross only, or give it generated glue"
        )),
        None => Ok(()),
    }
}
