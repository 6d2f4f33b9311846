//! The project's own tasks: each is a file of this crate, run by `cargo xtask <task>`.

mod build;
mod functions;
mod generate;
mod size;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "usage: cargo xtask <task>

  build [--route rustup|debian]  make the modules (build/) and the package (dist/)
  functions                      list what is left in signer.wasm, and refuse formatting and panics
  generate [--check]             write what is made from schema/, or only compare it
  tidy                           test the conventions of ARCHITECTURE.md
  size                           print the sizes of build/*.wasm";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = args.split_first() else {
        eprintln!("{HELP}");
        return ExitCode::FAILURE;
    };
    let done = enter_root().and_then(|()| match task.as_str() {
        "build" => build::run(rest),
        "functions" => functions::run(rest),
        "generate" => generate::run(rest),
        "tidy" => tidy::run(rest),
        "size" => size::run(rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no task {task}\n\n{HELP}")),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Every path in this crate is relative to the repository's root, wherever the task was called from.
fn enter_root() -> Result<(), String> {
    let Ok(crate_folder) = std::env::var("CARGO_MANIFEST_DIR") else {
        return Ok(()); // not run by cargo: then from the root
    };
    let root = Path::new(&crate_folder).join("..");
    std::env::set_current_dir(&root).map_err(|why| format!("{}: {why}", root.display()))
}
