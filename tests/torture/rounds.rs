//! Rounds: the same few seeds in every run, and new ones for as long as is wanted.

use std::io::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use fastrand::Rng;

/// How long all subjects together go on.
const SECONDS: &str = "AZAPI_LS_TORTURE_SECONDS";
/// The one seed to play.
const SEED: &str = "AZAPI_LS_TORTURE_SEED";

/// What is tortured; one test each, so that the time can be shared out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    Edits,
    Encodings,
    Order,
    Cancellation,
    Framing,
    InputEnd,
    Disk,
    Hostile,
    /// The last one: it is counted by.
    Backpressure,
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is {text:?}; write a number")))
}

/// How long a long run is; `None` in a short one.
pub(crate) fn seconds() -> Option<u64> {
    number(SECONDS)
}

/// Whether this is a long run.
pub(crate) fn is_long() -> bool {
    seconds().is_some()
}

/// A subject's part of the time, when so many tests run at once.
fn share() -> Option<Duration> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = number("RUST_TEST_THREADS").map_or(threads, |threads| threads as usize);
    let subjects = Subject::Backpressure as usize + 1;
    let seconds = number(SECONDS)? as f64 * threads.min(subjects) as f64 / subjects as f64;
    Some(Duration::from_secs_f64(seconds))
}

/// Names the seed of a round that fails.
struct Playing(Subject, u64);

impl Drop for Playing {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The sizes of a long run are others.
            let long = if is_long() { format!("{SECONDS}=1 ") } else { String::new() };
            say(&format!("{:?} failed; play it again with {long}{SEED}={}", self.0, self.1));
        }
    }
}

/// Says something, whether or not the test passes.
pub(crate) fn say(text: &str) {
    // Nothing is lost where nobody listens.
    let _ = writeln!(std::io::stderr(), "torture: {text}");
}

/// The first seed of a long run, another one each time; all its subjects share it.
fn new_seeds() -> u64 {
    static FIRST: OnceLock<u64> = OnceLock::new();
    *FIRST.get_or_init(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        now * 1_000_000
    })
}

/// Plays the seeds from 0 to `few`, and in a long run more of them. `round` gives how many cases it had.
pub(crate) fn play(subject: Subject, few: u64, round: impl Fn(u64, &mut Rng) -> usize) {
    let started = Instant::now();
    let play = |seed: u64| {
        let playing = Playing(subject, seed);
        let cases = round(seed, &mut Rng::with_seed(seed));
        drop(playing);
        cases
    };
    if let Some(seed) = number(SEED) {
        play(seed);
        return;
    }
    let mut cases: usize = (0..few).map(play).sum();
    let mut rounds = few;
    if let Some(share) = share() {
        let first = new_seeds();
        for seed in first.. {
            if started.elapsed() >= share {
                break;
            }
            cases += play(seed);
            rounds += 1;
        }
        say(&format!("{subject:?}: {rounds} rounds, {cases} cases, new seeds from {first}"));
    }
}
