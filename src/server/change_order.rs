//! Changes that come out of order. Helix (seen in 25.01) hands each notification to a task of its own, and under
//! load a later one may be written first; the versions tell. What came too early is taken back, and done again
//! behind the one that was late.

use std::collections::VecDeque;

use ropey::Rope;
use tower_lsp::lsp_types as lsp;

use crate::text::EditError;

/// The most changes that are remembered; those of Helix overtake one another by a few at most.
const REMEMBERED: usize = 64;

/// One notification's, in their order.
pub(super) type Changes = Vec<lsp::TextDocumentContentChangeEvent>;

/// The last changes of one document.
#[derive(Debug, Default)]
pub(super) struct ChangeOrder {
    taken: VecDeque<Taken>,
}

#[derive(Debug)]
struct Taken {
    version: i32,
    before: Rope,
    changes: Changes,
}

impl ChangeOrder {
    /// Remembers a change of the text `now`. When it is late, the text after it and those that came too early, done
    /// again by `apply`, and the newest of their versions; `None` when it is the newest one, as it should be.
    /// `Err` when a change does not fit: what is remembered is then of no more use.
    pub(super) fn take(
        &mut self,
        version: i32,
        now: &Rope,
        changes: &Changes,
        apply: impl Fn(&Rope, &Changes) -> Result<Rope, EditError>,
    ) -> Result<Option<(Rope, i32)>, EditError> {
        let late = self.taken.iter().position(|taken| taken.version > version);
        let at = late.unwrap_or(self.taken.len());
        let before = self.taken.get(at).map_or(now, |later| &later.before).clone();
        self.taken.insert(at, Taken { version, before: before.clone(), changes: changes.clone() });
        let mut redone = None;
        if let Some(at) = late {
            let mut newest = (before, version);
            for taken in self.taken.iter_mut().skip(at) {
                taken.before = newest.0;
                newest = (apply(&taken.before, &taken.changes)?, taken.version);
            }
            redone = Some(newest);
        }
        if self.taken.len() > REMEMBERED {
            self.taken.pop_front();
        }
        Ok(redone)
    }
}
