//! Describes a type, a property, a value, an argument or a function once, for all that show it: hovers, the
//! documentation of completion items, `show` and `types`.
//!
//! `describe` (type data), `argument` and `data_plane` (the provider's blocks and types) make a [`Described`], plain data that the
//! renderings draw from: `markdown` with `plain` behind it for clients without Markdown, `text` for a terminal,
//! `json` in the form that scripts rely on. A rendering is a file here; a new kind of thing is a function
//! that describes it, and a `Subject` where it has something that no other has.

mod argument;
mod constraint;
mod data_plane;
mod describe;
pub(crate) mod json;
pub(crate) mod markdown;
mod model;
mod plain;
mod prose;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod type_line;

pub(crate) use argument::{argument, block, nested_block, told};
pub(crate) use constraint::literals;
pub(crate) use data_plane::data_plane_type;
pub(crate) use describe::{
    Body, NamedVersion, data_line, deploys_to, documentation, function, in_short, key, member, names,
    property, resource_type, selecting_names, value,
};
pub(crate) use model::{Described, ListKind, Note};
pub(crate) use plain::plain_text;
pub use type_line::type_line;
