//! Work that several threads share.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much as the thread that a program starts with usually has: expressions in expressions take some.
const STACK: usize = 8 << 20;
/// More threads than this are no use to what takes milliseconds.
const MOST: usize = 8;

thread_local! {
    /// Whether this thread is one of several that share some work: its parts are not shared out again.
    static SHARES: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// How many threads may share some work.
pub(crate) fn threads() -> usize {
    if SHARES.get() { 1 } else { thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST) }
}

/// Does all of the work on this thread.
#[cfg(test)]
pub(crate) fn unshared<R>(work: impl FnOnce() -> R) -> R {
    let outer = SHARES.replace(true);
    let result = work();
    SHARES.set(outer);
    result
}

/// Does the work of each part, so many at a time; the results are in the order of the parts.
pub(crate) fn in_order<P: Sync, R: Send + Sync>(
    parts: &[P],
    threads: usize,
    work: impl Fn(&P) -> R + Sync,
) -> Vec<R> {
    if threads < 2 || parts.len() < 2 {
        return parts.iter().map(work).collect();
    }
    let results: Vec<OnceLock<R>> = parts.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let run = || {
        let outer = SHARES.replace(true);
        while let Some((part, result)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            parts.get(at).zip(results.get(at))
        } {
            // Nobody else has this place.
            let _ = result.set(work(part));
        }
        SHARES.set(outer);
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(parts.len()) {
            // With fewer threads it takes longer, no more.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        }
        run();
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_parts_and_work_is_not_shared_out_twice() {
        let parts: Vec<usize> = (0..100).collect();
        let found = in_order(&parts, 4, |part| (part * 2, threads()));
        assert!(found.iter().enumerate().all(|(at, (double, _))| *double == at * 2));
        assert!(found.iter().all(|(_, threads)| *threads == 1));
        assert_eq!(in_order(&[1, 2], 1, |part| part + 1), [2, 3]);
    }
}
