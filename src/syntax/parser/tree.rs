//! Building the tree, with an eye on its height.

use super::super::kind::{Hcl, SyntaxKind};
use super::Parser;
use rowan::{Checkpoint, Language};

/// Most nodes above each other inside the file's body; what is deeper goes flat into an `ERROR`.
pub const MAX_DEPTH: usize = 200;

/// A place where a node may begin.
#[derive(Clone, Copy)]
pub(in crate::syntax) struct Start(Checkpoint);

/// A finished node which a following operator may take in.
#[derive(Clone, Copy)]
pub(in crate::syntax) struct Done {
    pub(super) start: Start,
    /// Nodes above each other in it.
    pub(super) height: usize,
}

impl Parser<'_> {
    pub(in crate::syntax) fn start(&mut self, kind: SyntaxKind) {
        self.skip_trivia();
        self.start_before_trivia(kind);
    }

    /// Begins a node with the blanks and comments that come next in it.
    pub(in crate::syntax) fn start_before_trivia(&mut self, kind: SyntaxKind) {
        self.builder.start_node(raw(kind));
        self.open.push(0);
    }

    /// A place to begin a node at later.
    pub(in crate::syntax) fn here(&mut self) -> Start {
        self.skip_trivia();
        Start(self.builder.checkpoint())
    }

    /// Begins a node at `start`, with only tokens behind it.
    pub(in crate::syntax) fn start_at(&mut self, start: Start, kind: SyntaxKind) {
        self.builder.start_node_at(start.0, raw(kind));
        self.open.push(0);
    }

    /// Begins a node around `done`.
    pub(in crate::syntax) fn wrap(&mut self, done: Done, kind: SyntaxKind) {
        self.builder.start_node_at(done.start.0, raw(kind));
        self.open.push(done.height);
    }

    pub(in crate::syntax) fn finish(&mut self) -> usize {
        self.builder.finish_node();
        let height = self.open.pop().unwrap_or(0) + 1;
        if let Some(outer) = self.open.last_mut() {
            *outer = height.max(*outer);
        }
        height
    }

    /// Ends the node begun at `start`, which an operator may take in.
    pub(in crate::syntax) fn finish_at(&mut self, start: Start) -> Done {
        Done { start, height: self.finish() }
    }

    pub(in crate::syntax) fn finish_wrap(&mut self, done: Done) -> Done {
        self.finish_at(done.start)
    }

    /// Whether another node over one of this height would make the tree too deep.
    pub(in crate::syntax) fn is_too_deep(&self, done: Option<Done>) -> bool {
        // Some nodes (a key in an item in an object) come without being asked for.
        self.open.len() + done.map_or(0, |done| done.height) + 5 > MAX_DEPTH
    }
}

pub(super) fn raw(kind: SyntaxKind) -> rowan::SyntaxKind {
    Hcl::kind_to_raw(kind)
}
