//! How much work and memory evaluation may take.

use std::cell::Cell;

use crate::terraform::module::Module;

/// Expressions in each other, through references too, are followed so deep; each level takes a few kilobytes of stack.
const DEPTH: u32 = 200;

/// Expressions looked at for one question, and for all questions to a module: so many, and so many for each byte of
/// the module's text.
const QUESTION_STEPS: u64 = 100_000;
const MODULE_STEPS: u64 = 500_000;
const STEPS_PER_BYTE: u64 = 16;
/// The same for elements and items of values made.
const QUESTION_NODES: u64 = 200_000;
const MODULE_NODES: u64 = 1_000_000;
const NODES_PER_BYTE: u64 = 16;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    steps: Allowance,
    nodes: Allowance,
    asking: Cell<bool>,
    depth: Cell<u32>,
    used_up: Cell<bool>,
    /// Counts how often something was cut off; see [`Budget::cuts`].
    cuts: Cell<u64>,
}

#[derive(Debug)]
struct Allowance {
    question: Cell<u64>,
    module: Cell<u64>,
    spent: Cell<u64>,
}

impl Allowance {
    fn new(module: u64) -> Self {
        Self { question: Cell::new(0), module: Cell::new(module), spent: Cell::new(0) }
    }

    fn take(&self, count: u64) -> bool {
        let (question, module) = (self.question.get(), self.module.get());
        let fits = count <= question && count <= module;
        if fits {
            self.question.set(question - count);
            self.module.set(module - count);
            self.spent.set(self.spent.get() + count);
        }
        fits
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Allowance::new(MODULE_STEPS),
            nodes: Allowance::new(MODULE_NODES),
            asking: Cell::new(false),
            depth: Cell::new(0),
            used_up: Cell::new(false),
            cuts: Cell::new(0),
        }
    }
}

impl Budget {
    /// More, for a module's text.
    pub(super) fn allow_for(&self, module: &Module) {
        let bytes = module.files().iter().map(|file| u64::from(u32::from(file.text_len()))).sum::<u64>();
        self.steps.module.set(self.steps.module.get() + bytes * STEPS_PER_BYTE);
        self.nodes.module.set(self.nodes.module.get() + bytes * NODES_PER_BYTE);
    }

    /// Runs one question with an allowance of its own; within another question, with that one's.
    pub(super) fn ask<R>(&self, question: impl FnOnce() -> R) -> R {
        if self.asking.replace(true) {
            return question();
        }
        self.steps.question.set(QUESTION_STEPS);
        self.nodes.question.set(QUESTION_NODES);
        let answer = question();
        self.asking.set(false);
        answer
    }

    /// Looks at one more expression, inside the one that is being looked at; `None` when it must not be.
    pub(super) fn within<R>(&self, look: impl FnOnce() -> R) -> Option<R> {
        let depth = self.depth.get();
        if depth >= DEPTH {
            self.cut();
            return None;
        }
        if !self.step() {
            return None;
        }
        self.depth.set(depth + 1);
        let found = look();
        self.depth.set(depth);
        Some(found)
    }

    /// One more step; false when it must not be made.
    pub(super) fn step(&self) -> bool {
        self.steps(1)
    }

    pub(super) fn steps(&self, count: usize) -> bool {
        let fits = self.steps.take(count as u64);
        self.use_up(fits)
    }

    /// So many more elements or items; false when they must not be made.
    pub(super) fn nodes(&self, count: usize) -> bool {
        let fits = self.nodes.take(count as u64);
        self.use_up(fits)
    }

    fn use_up(&self, fits: bool) -> bool {
        if !fits {
            self.used_up.set(true);
            self.cut();
        }
        fits
    }

    pub(super) fn cut(&self) {
        self.cuts.set(self.cuts.get() + 1);
    }

    /// Changes whenever something is cut off: a definition during which it did is not remembered, since it may be
    /// known when it is asked for from elsewhere.
    pub(super) fn cuts(&self) -> u64 {
        self.cuts.get()
    }

    pub(super) fn is_used_up(&self) -> bool {
        self.used_up.get()
    }

    #[cfg(test)]
    pub(super) fn spent(&self) -> (u64, u64) {
        (self.steps.spent.get(), self.nodes.spent.get())
    }
}
