//! From rustc's module to the shipped one: wasm-bindgen, wasm-opt, and the form in which it is loaded.

use super::{Artefact, Glue, command};
use crate::functions::readable;
use std::fs;
use std::path::Path;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-opt is told.
const OPTIONS: [&str; 5] = [
    "-Oz",
    "--symbolmap",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

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
    fs::create_dir_all("build").map_err(|why| format!("build/: {why}"))?;
    fs::create_dir_all(&folder).map_err(|why| format!("{folder}: {why}"))?;
    let linked = match artefact.glue {
        Glue::Own => compiled.to_string_lossy().into_owned(),
        Glue::Generated => generate_glue(name, compiled, &folder)?,
    };
    let map = command(
        Command::new("node_modules/.bin/wasm-opt")
            .args(OPTIONS)
            .args(["-o", &module, &linked]),
    )?;
    let functions = format!("build/{name}.functions");
    fs::write(&functions, readable(&map)).map_err(|why| format!("{functions}: {why}"))?;
    fs::write(&done, input).map_err(|why| format!("{done}: {why}"))
}

/// Writes `build/<name>.js` and its types, and gives the path of the module that they belong to.
fn generate_glue(name: &str, compiled: &Path, folder: &str) -> Result<String, String> {
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
        .reset_state_function(true)
        .generate(folder)
        .map_err(|why| fail(&why))?;
    let read = |file: String| fs::read_to_string(&file).map_err(|why| format!("{file}: {why}"));
    let write =
        |file: String, text: &str| fs::write(&file, text).map_err(|why| format!("{file}: {why}"));
    let glue = read(format!("{folder}/{name}.js"))?;
    // Edge runtimes have instances that are no `WebAssembly.Instance`.
    let asked = "instance instanceof WebAssembly.Instance";
    if !glue.contains(asked) {
        return Err(format!("wasm-bindgen's glue no longer says `{asked}`"));
    }
    write(
        format!("build/{name}.js"),
        &glue.replace(asked, "!(\"instance\" in instance)"),
    )?;
    write(
        format!("build/{name}.d.ts"),
        &read(format!("{folder}/{name}.d.ts"))?,
    )?;
    Ok(format!("{folder}/{name}_bg.wasm"))
}
