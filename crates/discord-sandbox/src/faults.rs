//! What can go wrong with Discord, on demand.

use std::time::{Duration, Instant};

use crate::dispatch::Event;

/// What the sandbox does with requests instead of answering them as Discord would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This status with this JSON.
    Status(u16, String),
    /// This status with a page as Cloudflare shows it.
    Html(u16),
    /// The true one is elsewhere: 302 with this address.
    Redirect(String),
    /// No answer for so long, then the true one.
    Hang(Duration),
    /// Too many requests: come again after so long.
    TooMany {
        /// How long the bot has to wait.
        wait: Duration,
        /// Whether all routes are meant.
        global: bool,
    },
    /// Does what was asked, but answers 502: the answer got lost on its way.
    DoneButLost,
    /// The true answer, but the connection breaks in the middle of its body.
    BrokenOff,
}

/// Which requests a fault is for, how many of them, and what they get.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) left: usize,
    pub(crate) answer: Answer,
    /// Since when it is over, however many are left.
    pub(crate) until: Option<Instant>,
}

/// The faults that are switched on.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) rules: Vec<Rule>,
    pub(crate) no_hello: bool,
    /// The code with which new connections are closed at once.
    pub(crate) turns_away: Option<u16>,
    /// Until when no session may be begun.
    pub(crate) no_session_until: Option<Instant>,
    pub(crate) no_heartbeat_ack: bool,
    pub(crate) drop_events: bool,
    pub(crate) copies: usize,
    pub(crate) held: Option<Vec<Event>>,
}

impl Faults {
    /// What becomes of an event: itself, several of it, or nothing for now.
    pub(crate) fn pass(&mut self, event: Event) -> Vec<Event> {
        if self.drop_events {
            return Vec::new();
        }
        if let Some(held) = &mut self.held {
            held.push(event);
            return Vec::new();
        }
        vec![event; self.copies + 1]
    }

    /// How long no session may be begun any more, if none may.
    pub(crate) fn no_session_for(&self) -> Option<Duration> {
        let left = self.no_session_until?.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// The fault for a request, if there is one.
    pub(crate) fn answer(&mut self, method: &str, path: &str) -> Option<Answer> {
        let now = Instant::now();
        let rule = self.rules.iter_mut().find(|rule| {
            rule.left > 0
                && rule.until.is_none_or(|until| now < until)
                && (rule.method.is_empty() || rule.method == method)
                && path.contains(&rule.path)
        })?;
        rule.left -= 1;
        Some(match (&rule.answer, rule.until) {
            (Answer::TooMany { global, .. }, Some(until)) => {
                Answer::TooMany { wait: until.saturating_duration_since(now), global: *global }
            }
            (answer, _) => answer.clone(),
        })
    }
}
