//! Text below every other layer: byte ranges, line/column positions, edits, close names.

mod closest;
mod edit;
mod edited;
mod position;

pub use closest::closest;
pub use edit::{EditError, TextEdit, apply_edits, minimal_edit};
pub use edited::EditedText;
pub use position::{Position, PositionEncoding, offset_of, position_of};
pub use rowan::{TextRange, TextSize};
