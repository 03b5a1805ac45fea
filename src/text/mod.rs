//! Text below every other layer: byte ranges, line/column positions, edits, close names.

pub use rowan::{TextRange, TextSize};
