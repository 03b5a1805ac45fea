//! Which requests are answered on the thread that takes the messages: those of a kind that has been quick. To go to
//! another thread and back takes longer than most answers do.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// An answer within this is quick: nobody notices that the next message waits so long.
const QUICK: Duration = Duration::from_millis(2);
/// After one that was not, so many must be quick before the next is awaited.
const WARY: u32 = 16;

/// How quick the answers to one kind of request have been.
#[derive(Debug)]
pub(super) struct Pace {
    /// How many more have to be quick.
    wary: AtomicU32,
}

/// The paces of what a person waits for.
#[derive(Debug, Default)]
pub(super) struct Paces {
    pub(super) completion: Pace,
    pub(super) documentation: Pace,
    pub(super) hover: Pace,
    pub(super) signature_help: Pace,
}

impl Default for Pace {
    /// Nothing is known of it.
    fn default() -> Self {
        Self { wary: AtomicU32::new(WARY) }
    }
}

impl Pace {
    pub(super) fn is_quick(&self) -> bool {
        self.wary.load(Ordering::Relaxed) == 0
    }

    /// Answers, and takes note of how long that takes.
    pub(super) fn timed<T>(&self, answer: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let answered = answer();
        self.note(started.elapsed());
        answered
    }

    fn note(&self, took: Duration) {
        let wary = self.wary.load(Ordering::Relaxed);
        self.wary.store(if took > QUICK { WARY } else { wary.saturating_sub(1) }, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_quick_after_enough_quick_answers_and_not_after_a_slow_one() {
        let pace = Pace::default();
        let quick = |count| (0..count).for_each(|_| pace.note(QUICK));
        assert!(!pace.is_quick());
        quick(WARY - 1);
        assert!(!pace.is_quick());
        quick(1);
        assert!(pace.is_quick());
        pace.note(QUICK * 2);
        quick(WARY - 1);
        assert!(!pace.is_quick());
        quick(5);
        assert!(pace.is_quick());
    }
}
