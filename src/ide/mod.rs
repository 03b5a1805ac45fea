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
mod settings;
mod source_change;
mod symbols;
mod workspace;

pub use crate::azapi::import::Import;
pub use analysis::{Analysis, Cancelled, TypeData};
pub use code_actions::import::block_text as import_block;
pub use code_actions::{CodeAction, CodeActionKind};
pub use completion::{CompletionItem, CompletionKind, Completions};
pub use config::{Config, ConfigProblem, Origin, Profile, SeveritySetting};
pub use diagnostics::{Applicability, Diagnostic, Fix, Related, Severity};
pub use hover::Hover;
pub use reference::{plain_text, type_line};
pub use settings::{Data, Settings};
pub use source_change::SourceChange;
pub use symbols::{Symbol, SymbolKind};
pub use workspace::{ChangeError, FileId, FilePos, ModuleSource, SourceFile, Workspace};
