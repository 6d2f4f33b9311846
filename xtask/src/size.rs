//! `cargo xtask size`: what each module and each table weighs, as it is and as servers send it.

use crate::generate::tables;
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;

/// Prints a row for each `build/*.wasm`, then one for each service version's table.
pub fn run(args: &[String]) -> Result<(), String> {
    if !args.is_empty() {
        return Err("usage: cargo xtask size".into());
    }
    let entries = fs::read_dir("build")
        .map_err(|why| format!("build/: {why}; run `cargo xtask build` first"))?;
    let mut paths: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "wasm"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err("build/ holds no .wasm; run `cargo xtask build` first".into());
    }
    println!("{:<28} {:>9} {:>9}", "module", "bytes", "gzip -9");
    for path in paths {
        let bytes = fs::read(&path).map_err(|why| format!("{}: {why}", path.display()))?;
        row(
            &path.file_name().unwrap_or_default().to_string_lossy(),
            &bytes,
        )?;
    }
    for (name, table) in tables("schema")? {
        row(&format!("{name}, its table"), table.as_bytes())?;
    }
    Ok(())
}

fn row(name: &str, bytes: &[u8]) -> Result<(), String> {
    println!("{name:<28} {:>9} {:>9}", bytes.len(), gzip(bytes)?);
    Ok(())
}

/// The length of the bytes after `gzip -9`.
fn gzip(bytes: &[u8]) -> Result<usize, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written
        .map(|packed| packed.len())
        .map_err(|why| format!("gzip: {why}"))
}

#[cfg(test)]
mod tests {
    use super::{gzip, tables};

    #[test]
    fn repetition_is_packed() {
        assert!(gzip(&[7; 10_000]).is_ok_and(|length| length < 100));
    }

    #[test]
    fn a_table_is_small() {
        for (name, table) in tables("../schema").expect("tables") {
            let length = gzip(table.as_bytes()).expect("packed");
            assert!(length <= 8 * 1024, "{name}: {length}");
        }
    }
}
