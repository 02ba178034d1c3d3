//! When a problem is worth a line in the log: pure.

use std::time::{Duration, Instant};

/// A problem that was over for less than this is the same one, come back.
const QUIET: Duration = Duration::from_mins(10);
/// Turns within that time that are logged: it began, it was over, it began again.
const TURNS: u32 = 3;

/// One problem of one channel, now and a while ago.
#[derive(Debug)]
pub(super) struct Lasting {
    /// Why it does not work; `None`: it works.
    why: Option<String>,
    turned_at: Instant,
    turns: u32,
}

/// What is to be logged of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// A line.
    Line,
    /// The last line for a while: it comes and goes.
    LastLine,
    /// Nothing.
    Nothing,
}

impl Lasting {
    pub(super) fn new(now: Instant) -> Self {
        Self { why: None, turned_at: now, turns: 0 }
    }

    /// Why it does not work now.
    pub(super) fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// Whether nothing is left to remember of it.
    pub(super) fn is_past(&self, now: Instant) -> bool {
        self.why.is_none() && now.duration_since(self.turned_at) >= QUIET
    }

    /// It does not work, or works again.
    pub(super) fn turn(&mut self, why: Option<&str>, now: Instant) -> Worth {
        if self.why.as_deref() == why {
            return Worth::Nothing;
        }
        if now.duration_since(self.turned_at) >= QUIET {
            self.turns = 0;
        }
        // Another reason for the same problem is news, and no turn.
        self.turns += u32::from(self.why.is_none() || why.is_none());
        self.why = why.map(str::to_owned);
        self.turned_at = now;
        match self.turns {
            ..TURNS => Worth::Line,
            TURNS => Worth::LastLine,
            _ => Worth::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_and_goes_is_logged_three_times_and_then_not_until_it_was_quiet() {
        let begun = Instant::now();
        let at = |minutes| begun + Duration::from_mins(minutes);
        let mut lasting = Lasting::new(begun);
        assert_eq!(lasting.turn(None, at(0)), Worth::Nothing);
        let turns = [Some("no"), None, Some("no"), None, Some("no"), None];
        let worth: Vec<Worth> = turns.iter().map(|why| lasting.turn(*why, at(1))).collect();
        let logged = [Worth::Line, Worth::Line, Worth::LastLine];
        assert_eq!(worth, [&logged[..], &[Worth::Nothing; 3]].concat());
        assert!(!lasting.is_past(at(5)));
        assert!(lasting.is_past(at(11)));
        assert_eq!(lasting.turn(Some("no"), at(11)), Worth::Line);
        assert_eq!(lasting.turn(Some("no"), at(12)), Worth::Nothing, "it lasts");
        assert_eq!(lasting.turn(Some("for another reason"), at(13)), Worth::Line);
    }
}
