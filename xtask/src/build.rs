//! `cargo xtask build`: the artefacts (`build/`, `js/built/`) and the package (`dist/`).

mod inline;
mod package;
mod route;
mod wasm;

use route::Route;
use std::process::Command;
use std::time::Instant;

/// One wasm module: a crate with cargo features.
struct Artefact {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    glue: Glue,
}

/// What stands between a module and JavaScript.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glue {
    /// js/core.ts: the module exchanges numbers and bytes only.
    Own,
    /// What wasm-bindgen makes, since objects cross.
    Generated,
}

const ARTEFACTS: [Artefact; 9] = [
    Artefact {
        name: "signer",
        package: "tc3-edge",
        features: &["signer"],
        glue: Glue::Own,
    },
    Artefact {
        name: "inspect",
        package: "tc3-edge",
        features: &["inspect"],
        glue: Glue::Own,
    },
    Artefact {
        name: "client",
        package: "tc3-edge",
        features: &["client"],
        glue: Glue::Own,
    },
    Artefact {
        name: "legacy",
        package: "tc3-edge",
        features: &["legacy"],
        glue: Glue::Own,
    },
    Artefact {
        name: "refund",
        package: "tc3-edge",
        features: &["refund"],
        glue: Glue::Own,
    },
    Artefact {
        name: "web",
        package: "tc3-edge",
        features: &["web"],
        glue: Glue::Generated,
    },
    Artefact {
        name: "explain",
        package: "tc3-edge",
        features: &["explain"],
        glue: Glue::Generated,
    },
    Artefact {
        name: "diagnose",
        package: "tc3-edge",
        features: &["diagnose"],
        glue: Glue::Generated,
    },
    Artefact {
        name: "sandbox",
        package: "tc3-edge-sandbox",
        features: &[],
        glue: Glue::Generated,
    },
];

/// Builds everything by the route that `--route` names (`rustup`, the default, or `debian`).
pub fn run(args: &[String]) -> Result<(), String> {
    let route = match args {
        [] => Route::Rustup,
        [flag, name] if flag == "--route" => Route::parse(name)?,
        _ => return Err("usage: cargo xtask build [--route rustup|debian]".into()),
    };
    for artefact in &ARTEFACTS {
        step(&format!("{}.wasm", artefact.name), || {
            let compiled = route.compile(artefact)?;
            wasm::finish(artefact, &compiled)
        })?;
    }
    step("dist", package::emit)?;
    step("sandbox hosts", || {
        let compile = ["-p", "sandbox/tsconfig.json"];
        command(Command::new("node_modules/.bin/tsc").args(compile)).map(drop)
    })
}

fn step(name: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let start = Instant::now();
    work().map_err(|why| format!("{name}: {why}"))?;
    println!("  {name:<14} {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// Runs a command and gives what it printed; it is shown only where it fails.
fn command(command: &mut std::process::Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|why| format!("{} could not be started: {why}", program(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "{} failed:\n{}{}",
        program(command),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}

fn program(command: &std::process::Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
