//! The built program over its real stdin and stdout.

mod client;
mod completion;
mod documents;
mod imports;
mod lifecycle;
mod log;
mod pages;
mod profiles;
mod session;
mod story;
