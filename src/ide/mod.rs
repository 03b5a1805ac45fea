//! One file per feature: plain data in, plain data out. No LSP type, no IO, no clock.
//!
//! Start at [`Workspace`], which a server or a command fills; [`Workspace::analysis`] gives the snapshot that
//! every feature is asked on.

mod analysis;
mod cache;
mod code_actions;
mod completion;
mod config;
pub mod diagnostics;
#[cfg(test)]
mod fixture;
mod hover;
pub(crate) mod reference;
mod request;
mod symbols;
mod workspace;

pub use crate::azapi::import::Import;
pub use analysis::{
    Analysis, Cancelled, CodeAction, CodeActionKind, CompletionItem, CompletionKind, Completions, Diagnostic,
    Related, Severity, SourceChange, TypeData,
};
pub use code_actions::import::block_text as import_block;
pub use config::{Config, ConfigProblem, Profile, SeveritySetting};
pub use hover::Hover;
pub use reference::{plain_text, type_line};
pub use symbols::{Symbol, SymbolKind};
pub use workspace::{ChangeError, FileId, FilePos, ModuleSource, SourceFile, Workspace};
