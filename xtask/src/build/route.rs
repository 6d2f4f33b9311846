//! The two ways from Rust to wasm32. Their compilers differ, so their target folders do too.

use super::{Artefact, command};
use std::path::PathBuf;
use std::process::Command;

/// The target, as rustc names it.
const TARGET: &str = "wasm32-unknown-unknown";

/// A way to compile for wasm32.
#[derive(Clone, Copy)]
pub enum Route {
    /// rustup's toolchain with its wasm32 target: for development.
    Rustup,
    /// Debian's compiler, with the standard library built along and no panic machinery: the official build.
    Debian,
}

impl Route {
    /// Reads a name.
    pub fn parse(name: &str) -> Result<Self, String> {
        match name {
            "rustup" => Ok(Self::Rustup),
            "debian" => Ok(Self::Debian),
            _ => Err(format!(
                "there is no route {name}; there are rustup and debian"
            )),
        }
    }

    /// Compiles an artefact and gives the module's path.
    pub(super) fn compile(self, artefact: &Artefact) -> Result<PathBuf, String> {
        let (mut cargo, folder) = match self {
            Self::Rustup => (rustup(), "target/wasm-rustup"),
            Self::Debian => (debian()?, "target/wasm-debian"),
        };
        cargo
            .args(["build", "--release", "--lib", "--target", TARGET])
            .args(["--target-dir", folder, "--package", artefact.package])
            .args(["--features", &artefact.features.join(",")]);
        command(&mut cargo)?;
        let file = format!("{}.wasm", artefact.package.replace('-', "_"));
        Ok([folder, TARGET, "release", &file].iter().collect())
    }
}

fn rustup() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Ctarget-feature=+simd128",
    );
    cargo
}

fn debian() -> Result<Command, String> {
    let mut cargo = Command::new("/usr/bin/cargo");
    // Else the compiler of the toolchain that runs this task would be taken.
    for name in [
        "RUSTUP_TOOLCHAIN",
        "RUSTC",
        "RUSTDOC",
        "CARGO",
        "CARGO_BUILD_RUSTC",
    ] {
        cargo.env_remove(name);
    }
    let path = std::env::var("PATH").unwrap_or_default();
    cargo
        .env("PATH", format!("/usr/bin:{path}"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "-Zunstable-options -Cpanic=immediate-abort -Ctarget-feature=+simd128",
        )
        .args(["-Zbuild-std=std", "-Zpanic-immediate-abort"])
        .args(["--config", "profile.release.panic='immediate-abort'"]);
    Ok(cargo)
}

/// The newest `wasm-ld-NN` of Debian's lld packages.
fn linker() -> Result<PathBuf, String> {
    let version = |path: &PathBuf| -> Option<u32> {
        path.file_name()?
            .to_str()?
            .strip_prefix("wasm-ld-")?
            .parse()
            .ok()
    };
    let files = std::fs::read_dir("/usr/bin").map_err(|why| format!("/usr/bin: {why}"))?;
    files
        .filter_map(|file| file.ok().map(|file| file.path()))
        .filter(|path| version(path).is_some())
        .max_by_key(version)
        .ok_or_else(|| "no wasm-ld-NN in /usr/bin: install Debian's newest lld-NN".into())
}
