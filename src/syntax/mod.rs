//! The lossless tree of HCL: every byte of the text is in it, whatever the text is.
//!
//! [`parse`] never fails and gives tree and errors; [`Parse::reparse`] does the same for an edited
//! text and keeps the nodes of the top-level items that the edit did not touch. All else sees the
//! tree through [`ast`] and [`walk`]. How broken text is read stands in `grammar/recovery.rs`.

pub mod ast;
mod error;
mod grammar;
mod kind;
mod lexer;
pub(crate) mod literal;
mod parse;
mod parser;
pub(crate) mod walk;

pub use error::SyntaxError;
pub(crate) use grammar::recovery::is_identifier;
pub use kind::{Hcl, SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};
pub use parse::{Edit, Parse, parse};
pub use parser::MAX_DEPTH;
