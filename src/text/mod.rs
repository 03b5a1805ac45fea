//! Text below every other layer: byte ranges, line/column positions, edits, close names.

mod closest;
mod edit;
mod edited;
mod position;

pub(crate) use closest::{closest, typing_errors};
pub use edit::apply_edits;
pub(crate) use edit::{EditError, TextEdit, minimal_edit};
pub(crate) use edited::EditedText;
pub(crate) use position::{Position, PositionEncoding, offset_of, position_of};
pub use rowan::{TextRange, TextSize};
