//! Work that several threads share.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
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
    // Asking the system means reading files on Linux.
    static AVAILABLE: OnceLock<usize> = OnceLock::new();
    let available = || thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST);
    if SHARES.get() { 1 } else { *AVAILABLE.get_or_init(available) }
}

/// Prepares the memory of this thread for some work. The GNU C library lets the heap of a thread grow page by page, with
/// a call of the system for each, during which other threads wait for pages of theirs: an eighth of what opening a large
/// document took. A heap that was large once has its pages in hand.
pub(crate) fn prepare_memory() {
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        // Larger ones are given pages of their own. None of these is touched.
        let blocks: [Vec<u8>; 8] = std::array::from_fn(|_| Vec::with_capacity(120 << 10));
        std::hint::black_box(&blocks);
    }
}

/// Does all of the work on this thread.
#[cfg(test)]
pub(crate) fn unshared<R>(work: impl FnOnce() -> R) -> R {
    let outer = SHARES.replace(true);
    let result = work();
    SHARES.set(outer);
    result
}

/// The parts of some work that no thread has taken yet.
pub(crate) struct Parts<'p, P> {
    all: &'p [P],
    next: AtomicUsize,
}

impl<'p, P> Parts<'p, P> {
    /// The next one, and the how-manieth it is.
    pub(crate) fn take(&self) -> Option<(usize, &'p P)> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        Some((at, self.all.get(at)?))
    }
}

/// Lets so many threads take parts until there are none; what each of them made, in no order.
pub(crate) fn by_thread<P: Sync, R: Send + Sync>(
    parts: &[P],
    threads: usize,
    work: impl Fn(&Parts<'_, P>) -> R + Sync,
) -> Vec<R> {
    let parts = Parts { all: parts, next: AtomicUsize::new(0) };
    let threads = threads.clamp(1, parts.all.len().max(1));
    let results: Vec<OnceLock<R>> = (0..threads).map(|_| OnceLock::new()).collect();
    let run = |result: &OnceLock<R>| {
        let outer = SHARES.replace(true);
        // Nobody else has this place.
        let _ = result.set(work(&parts));
        SHARES.set(outer);
    };
    let (own, others) = results.split_first().unzip();
    thread::scope(|scope| {
        let spawn = |result| {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                prepare_memory();
                run(result);
            })
        };
        // With fewer threads it takes longer, no more.
        let started: Vec<_> = others.into_iter().flatten().filter_map(|result| spawn(result).ok()).collect();
        own.into_iter().for_each(run);
        // With glibc a thread that is let go just as it ends may take the whole process with it.
        for thread in started {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
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
    let done = by_thread(parts, threads, |parts| {
        std::iter::from_fn(|| parts.take()).map(|(at, part)| (at, work(part))).collect::<Vec<_>>()
    });
    sorted(done.into_iter().flatten())
}

/// Without their numbers, in the order of these.
pub(crate) fn sorted<R>(numbered: impl Iterator<Item = (usize, R)>) -> Vec<R> {
    let mut all: Vec<(usize, R)> = numbered.collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
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
