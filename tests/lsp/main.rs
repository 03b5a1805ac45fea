//! The built program over its real stdin and stdout.

mod client;
mod lifecycle;
mod session;
