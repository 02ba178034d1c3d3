//! How far a long command is: a line that is written over in a terminal, and one every few seconds in a log.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use refract_ledger::count::grouped;

/// How often the line in a terminal is written over.
const IN_TERMINAL: Duration = Duration::from_millis(200);
/// How often a log gets a line.
const IN_LOG: Duration = Duration::from_secs(5);
/// Before that nobody can tell how long it takes.
const FIRST_GUESS: Duration = Duration::from_secs(1);
/// Puts what comes next in the place of a line of a terminal.
const OVER: &str = "\r\u{1b}[K";

/// Tells on stderr how far a command is.
pub(crate) struct Progress {
    what: &'static str,
    units: &'static str,
    began: Instant,
    last: Instant,
    is_terminal: bool,
}

impl Progress {
    /// For a command of this name, which goes through such things: `messages`, `orders`.
    pub(crate) fn new(what: &'static str, units: &'static str) -> Self {
        let began = Instant::now();
        let is_terminal = std::io::stderr().is_terminal();
        Self { what, units, began, last: began, is_terminal }
    }

    /// So many are done, and of all the work this share, from 0 to 1.
    pub(crate) fn show(&mut self, done: u64, share: f64) {
        self.tell(|this| line((this.what, this.units), done, share, this.began.elapsed()));
    }

    /// What is being done instead of going through things.
    pub(crate) fn say(&mut self, what: &str) {
        self.tell(|_| what.to_owned());
    }

    fn tell(&mut self, line: impl Fn(&Self) -> String) {
        let every = if self.is_terminal { IN_TERMINAL } else { IN_LOG };
        if self.last.elapsed() < every {
            return;
        }
        self.last = Instant::now();
        let line = line(self);
        let mut stderr = std::io::stderr().lock();
        // Progress that cannot be told must not stop the work.
        let _ = if self.is_terminal {
            write!(stderr, "{OVER}{line}").and_then(|()| stderr.flush())
        } else {
            writeln!(stderr, "{line}")
        };
    }
}

/// So much of the whole, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a percentage is shown")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Takes the line away, for what is written next or for good.
pub(crate) fn clear() {
    if std::io::stderr().is_terminal() {
        // As above.
        let _ = std::io::stderr().write_all(OVER.as_bytes());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.last > self.began {
            clear();
        }
    }
}

fn line((what, units): (&str, &str), done: u64, share: f64, elapsed: Duration) -> String {
    let share = share.clamp(0.0, 1.0);
    let rate = u128::from(done) * 1000 / elapsed.as_millis().max(1);
    let mut line = format!(
        "{what}: {:.0} %, {} {units}, {} a second",
        share * 100.0,
        grouped(done),
        grouped(rate)
    );
    if share > 0.0 && share < 1.0 && elapsed >= FIRST_GUESS {
        let left = elapsed.mul_f64((1.0 - share) / share);
        line = format!("{line}, {} left", lasting(left));
    }
    line
}

/// `1 h 05 min`, `2 min 05 s`, `32 s`
fn lasting(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_far_how_fast_and_how_long_yet() {
        let said = |done, share, seconds| {
            line(("import", "messages"), done, share, Duration::from_secs(seconds))
        };
        assert_eq!(
            said(90_000, 0.45, 30),
            "import: 45 %, 90,000 messages, 3,000 a second, 36 s left"
        );
        assert_eq!(said(5, 0.0, 5), "import: 0 %, 5 messages, 1 a second");
        assert_eq!(
            said(1_000_000, 0.5, 125),
            "import: 50 %, 1,000,000 messages, 8,000 a second, 2 min 05 s left"
        );
        assert_eq!(lasting(Duration::from_mins(65)), "1 h 05 min");
    }
}
