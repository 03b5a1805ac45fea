//! Maintainer commands: `cargo xtask --help`.
fn main() {}
