//! Runs a target: what it has kept, then damaged inputs, each from a seed of its own. A failure is made small and said
//! with its seed.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Mutex, Once};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::choices::Choices;
use crate::damage::minimised;

/// Something that reads input.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Names the folder of what it has kept, under `tests/data/fuzz`.
    pub name: &'static str,
    /// What to begin with, beside what is kept.
    pub samples: fn() -> Vec<Vec<u8>>,
    /// Makes an input of them.
    pub damage: fn(&mut Choices, &[Vec<u8>]) -> Vec<u8>,
    /// Panics where the input is not read as promised.
    pub check: fn(&[u8]),
    /// How many inputs are made when no time is given.
    pub cases: u64,
}

/// Bytes of stack, as many as the server gives to a request.
const STACK: usize = 8 << 20;
/// How often a failing input is tried smaller.
const TRIES: usize = 3_000;
/// Kilobytes of memory that a process may take in all.
const MOST_MEMORY: u64 = 1 << 20;

thread_local! {
    /// Where the panics of a watched thread go, instead of to stderr.
    static WATCHED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panics of threads that nobody watches, which are the threads that targets start.
static ELSEWHERE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What threads that a target started have panicked with since the last call.
pub fn panics_elsewhere() -> Vec<String> {
    std::mem::take(&mut *ELSEWHERE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let watched = WATCHED.with_borrow_mut(|watched| match watched {
                Some(said) => {
                    *said = info.to_string();
                    true
                }
                None => false,
            });
            let name = thread::current().name().unwrap_or_default().to_owned();
            if watched {
            } else if ["tokio", "read", "write", "serve"].iter().any(|start| name.starts_with(start)) {
                ELSEWHERE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(info.to_string());
            } else {
                usual(info);
            }
        }));
    });
}

/// What the check of an input panics with.
fn failure(target: &Target, input: &[u8]) -> Option<String> {
    WATCHED.set(Some(String::new()));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| (target.check)(input)));
    let said = WATCHED.take().unwrap_or_default();
    outcome.is_err().then_some(said)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The inputs that a target has kept, by their names.
pub fn kept(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("tests/data/fuzz").join(name);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = entries.filter_map(|it| Some((it.file_name().into_string().ok()?, fs::read(it.path()).ok()?)));
    let mut found: Vec<_> = read.collect();
    found.sort();
    found
}

fn number(variable: &str) -> Option<u64> {
    let value = env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} is no number: {value}")))
}

/// Runs a target. `AZAPI_LS_FUZZ_SECONDS` gives it a time in place of its number of cases, and then its first seed is
/// new each time; `AZAPI_LS_FUZZ_SEED` gives the first seed.
///
/// # Panics
///
/// At the first input that fails, with the seed and the smallest input that fails.
pub fn run(target: Target) {
    watch_panics();
    let work = thread::Builder::new().name(target.name.to_owned()).stack_size(STACK);
    let work = work.spawn(move || found(&target)).expect("a thread");
    if let Err(failure) = work.join().expect("the driver itself holds") {
        panic!("{failure}");
    }
}

/// The first failure.
fn found(target: &Target) -> Result<(), String> {
    let kept = kept(target.name);
    if kept.is_empty() {
        return Err(format!("nothing is kept for {}", target.name));
    }
    for (name, input) in &kept {
        if let Some(said) = failure(target, input) {
            return Err(format!("tests/data/fuzz/{}/{name}: {}", target.name, shown(target, input, &said)));
        }
    }
    let mut samples: Vec<Vec<u8>> = kept.into_iter().map(|(_, input)| input).collect();
    samples.extend((target.samples)());
    let time = number("AZAPI_LS_FUZZ_SECONDS").map(Duration::from_secs);
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs() << 24);
    let first = number("AZAPI_LS_FUZZ_SEED").unwrap_or_else(|| time.map_or(0, |_| now()));
    let begun = Instant::now();
    let mut slowest = (Duration::ZERO, first);
    let mut count = 0;
    while time.map_or(count < target.cases, |time| begun.elapsed() < time) {
        let seed = first.wrapping_add(count);
        let input = (target.damage)(&mut Choices::new(seed), &samples);
        if time.is_some() {
            // What ends the process says no seed.
            let _ = fs::write(env::temp_dir().join(format!("azapi-ls-fuzz-{}", target.name)), &input);
        }
        let started = Instant::now();
        if let Some(said) = failure(target, &input) {
            let shown = shown(target, &input, &said);
            return Err(format!("{}, AZAPI_LS_FUZZ_SEED={seed} (case {count}): {shown}", target.name));
        }
        slowest = slowest.max((started.elapsed(), seed));
        count += 1;
    }
    let memory = peak_memory();
    if memory.is_some_and(|memory| memory > MOST_MEMORY) {
        return Err(format!("{}: {memory:?} kB of memory after {count} cases from {first}", target.name));
    }
    report(target, count, first, begun.elapsed(), slowest, memory);
    Ok(())
}

#[expect(clippy::print_stderr, reason = "what a long run is for")]
fn report(
    target: &Target,
    count: u64,
    first: u64,
    time: Duration,
    slowest: (Duration, u64),
    memory: Option<u64>,
) {
    let Target { name, .. } = target;
    let (longest, seed) = slowest;
    eprintln!(
        "{name}: {count} cases from seed {first} in {time:.1?}; slowest {longest:.1?} (seed {seed}); peak {memory:?} kB"
    );
}

/// What an input fails with, and the smallest that fails likewise.
fn shown(target: &Target, input: &[u8], said: &str) -> String {
    let place = |said: &str| said.lines().next().unwrap_or_default().to_owned();
    let first = place(said);
    let smallest =
        minimised(input, TRIES, |input| failure(target, input).is_some_and(|it| place(&it) == first));
    // One that hangs on time or chance does not fail again.
    let again = failure(target, &smallest);
    let said = again.unwrap_or_else(|| format!("{said}\n(it did not fail again)"));
    let mut as_text = String::new();
    for chunk in smallest.utf8_chunks() {
        as_text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| as_text.push_str(&format!("\\x{byte:02x}")));
    }
    format!("{said}\n--- {} bytes, escaped: {as_text:?}\n{as_text}\n---", smallest.len())
}

/// Kilobytes that the process has taken at most, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_said_with_its_seed_and_made_small() {
        let target = Target {
            name: "parser",
            samples: Vec::new,
            damage: |choices, _| format!("{} bad {}", choices.number(), choices.number()).into_bytes(),
            check: |input| assert!(!input.windows(3).any(|it| it == b"bad"), "it is bad"),
            cases: 1,
        };
        watch_panics();
        let said = thread::spawn(move || found(&target)).join().unwrap().unwrap_err();
        assert!(said.contains("SEED=0") && said.contains("it is bad") && said.contains("\nbad\n"), "{said}");
    }
}
