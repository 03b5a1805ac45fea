//! Where diagnostics lead to: the page of their code.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tower_lsp::lsp_types as lsp;

use super::session::Session;
use super::uri::uri_of;
use crate::ide::{Config, Pages};
use crate::project;

/// The written pages: asked for by the first diagnostic that leads to one, and written while nobody waits.
#[derive(Debug, Default)]
pub(super) struct WrittenPages {
    wanted: AtomicBool,
    asked: AtomicBool,
    /// Their folder; `None` where they cannot be written.
    folder: OnceLock<Option<PathBuf>>,
}

impl WrittenPages {
    /// What a diagnostic of the code leads to, as far as there is something.
    pub(super) fn link(&self, code: &str, config: &Config) -> Option<lsp::CodeDescription> {
        let href = match &config.pages {
            Pages::Off => return None,
            Pages::At(start) => lsp::Url::parse(&format!("{start}{code}")).ok()?,
            Pages::Written => match self.folder.get() {
                Some(folder) => uri_of(&folder.as_ref()?.join(project::pages::file_name(code)))?,
                None => {
                    self.wanted.store(true, Ordering::Relaxed);
                    return None;
                }
            },
        };
        Some(lsp::CodeDescription { href })
    }

    /// Whether it is known if they can be written.
    pub(super) fn is_known(&self) -> bool {
        self.folder.get().is_some()
    }

    /// Whether to write them now: once, after a diagnostic has asked for it.
    fn is_time(&self) -> bool {
        self.wanted.load(Ordering::Relaxed) && !self.asked.swap(true, Ordering::Relaxed)
    }
}

impl Session {
    /// Writes the pages that diagnostics have asked for, and gives the diagnostics their links.
    pub(super) fn write_wanted_pages(self: &Arc<Self>) {
        let pages = Arc::clone(&self.state().pages);
        if !pages.is_time() {
            return;
        }
        let session = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            let written = project::pages::write();
            if let Err(error) = &written {
                tracing::warn!("diagnostics lead to no pages: {error}");
            }
            let is_there = written.is_ok();
            // Nobody else sets it.
            let _ = pages.folder.set(written.ok());
            if is_there {
                session.all_changed(&session.state());
            }
        });
    }
}
