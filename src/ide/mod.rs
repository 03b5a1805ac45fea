//! One file per feature: plain data in, plain data out. No LSP type, no IO, no clock.
//!
//! Start at [`Workspace`], which a server or a command fills; [`Workspace::analysis`] gives the snapshot that
//! every feature is asked on.

mod analysis;
mod config;
mod workspace;

pub use analysis::{
    Analysis, Cancelled, CodeAction, CodeActionKind, CompletionItem, CompletionKind, Completions, Diagnostic,
    Hover, Related, Severity, SourceChange,
};
pub use config::{Config, ConfigProblem, Profile, SeveritySetting};
pub use workspace::{ChangeError, FileId, FilePos, ModuleSource, SourceFile, Workspace};
