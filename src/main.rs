//! `azapi-ls`: the server an editor starts, and the command line.
fn main() {}
