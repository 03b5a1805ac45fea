//! What is shown while a command works.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use schemas::package::Progress;

const WIDTH: usize = 40;

/// A bar on standard error; nothing where that is no terminal.
pub(crate) struct Bar {
    what: &'static str,
    shown: bool,
    /// Steps drawn so far, so that a step is drawn once whichever thread comes first.
    drawn: AtomicUsize,
}

impl Bar {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, shown: std::io::stderr().is_terminal(), drawn: AtomicUsize::new(0) }
    }

    pub(crate) fn set(&self, progress: Progress) {
        let step = (progress.done * WIDTH).checked_div(progress.of).unwrap_or(WIDTH);
        if self.shown && self.drawn.fetch_max(step, Ordering::Relaxed) < step {
            let (full, rest) = ("█".repeat(step), "░".repeat(WIDTH - step));
            let _ = write!(
                std::io::stderr(),
                "\r{} {full}{rest} {} of {}",
                self.what,
                progress.done,
                progress.of
            );
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// One line on standard error.
pub(crate) fn report(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// One line of a command's output.
pub(crate) fn print_line(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_stand_apart() {
        assert_eq!(super::grouped(7), "7");
        assert_eq!(super::grouped(100), "100");
        assert_eq!(super::grouped(1_262_912), "1,262,912");
    }
}
