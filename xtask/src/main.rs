//! The project's own tasks.
mod build;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Err(e) = build::run(&args[1..]) {
        eprintln!("{e}");
        std::process::exit(1)
    }
}
