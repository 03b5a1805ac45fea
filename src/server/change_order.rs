//! Changes that come out of order. Helix (seen in 25.01) hands each notification to a task of its own, and under
//! load a later one may be written first; the versions tell. What came too early is taken back, and done again
//! behind the one that was late.

use std::collections::VecDeque;

use ropey::Rope;
use tower_lsp::lsp_types as lsp;

/// So many changes are remembered; those of Helix overtake one another by a few at most.
const REMEMBERED: usize = 64;

type Changes = Vec<lsp::TextDocumentContentChangeEvent>;

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

/// What is to be done for a change that was late.
#[derive(Debug)]
pub(super) struct Redo {
    /// The text as it was before everything that is done again.
    pub(super) base: Rope,
    /// By their versions, the late one first.
    pub(super) changes: Vec<Changes>,
    /// The newest of all.
    pub(super) version: i32,
}

impl ChangeOrder {
    /// Remembers a change of the text `now`. `None` when it is the newest one, as it should be.
    pub(super) fn take(&mut self, version: i32, now: &Rope, changes: &Changes) -> Option<Redo> {
        let late = self.taken.iter().position(|taken| taken.version > version);
        let at = late.unwrap_or(self.taken.len());
        let before = self.taken.get(at).map_or(now, |later| &later.before).clone();
        self.taken.insert(at, Taken { version, before: before.clone(), changes: changes.clone() });
        let redo = late.map(|at| Redo {
            base: before,
            changes: self.taken.iter().skip(at).map(|taken| taken.changes.clone()).collect(),
            version: self.taken.back().map_or(version, |newest| newest.version),
        });
        if self.taken.len() > REMEMBERED {
            self.taken.pop_front();
        }
        redo
    }

    /// The texts between the changes of a redo, in its order, the first being its base.
    pub(super) fn redone(&mut self, between: Vec<Rope>) {
        let from = self.taken.len().saturating_sub(between.len());
        for (taken, before) in self.taken.iter_mut().skip(from).zip(between) {
            taken.before = before;
        }
    }
}
