//! One file per feature: plain data in, plain data out. No LSP type, no IO, no clock.
//!
//! Start at [`Workspace`], which a server or a command fills; [`Workspace::analysis`] gives the snapshot that
//! every feature works on.

mod analysis;
mod cache;
mod called;
mod code_actions;
mod completion;
mod config;
#[cfg(test)]
mod cost_tests;
pub(crate) mod diagnostics;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod function_tests;
mod hover;
#[cfg(test)]
mod one_value_tests;
#[cfg(test)]
mod override_tests;
pub(crate) mod page;
mod program;
pub(crate) mod reference;
mod request;
mod settings;
mod signature_help;
mod source_change;
mod symbols;
mod tested;
pub(crate) mod type_search;
#[cfg(test)]
mod variable_file_tests;
mod workspace;

pub(crate) use crate::azapi::import::{Import, NoImport};
pub use analysis::Analysis;
pub(crate) use called::{Installed, InstalledModule, normal as normal_path};
pub(crate) use code_actions::import::block_text as import_block;
pub(crate) use code_actions::import::{ImportChoice, ImportDeed};
pub(crate) use code_actions::{CodeAction, CodeActionKind};
pub(crate) use completion::{
    CompletionItem, CompletionKind, Completions, Topic, plain_text as plain_of_snippet,
};
#[cfg(test)]
pub(crate) use config::Origin;
pub use config::{Config, Pages, Profile};
pub(crate) use config::{ConfigProblem, SeveritySetting};
#[cfg(test)]
pub(crate) use diagnostics::Fix;
pub use diagnostics::{Diagnostic, Severity};
pub(crate) use diagnostics::{FileDiagnostics, More, Related, safe_fixes};
pub(crate) use hover::Hover;
pub(crate) use reference::plain_text;
pub use reference::type_line;
pub(crate) use settings::{Data, Settings};
pub use signature_help::Signature;
pub(crate) use source_change::SourceChange;
pub use symbols::Symbol;
pub(crate) use symbols::SymbolKind;
pub use workspace::{FileId, FilePos, Workspace};
pub(crate) use workspace::{ModuleSource, SourceFile};
