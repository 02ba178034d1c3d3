//! Tells systemd how the bot is, where systemd has started it (`Type=notify`).

use std::time::Duration;

use refract_ledger::discord::Pulse;
use refract_ledger::ingest::{Ingest, Work};
use refract_ledger::platform;

/// Looks in the time in which systemd expects one word.
const LOOKS: u32 = 4;

/// Tells that the bot runs. From now on, if systemd asked for that, it is told every so often that the bot
/// still works; a bot that hangs is not vouched for, and is started again.
pub(super) fn ready(ingest: Ingest, pulse: Pulse) {
    send("READY=1");
    let asked = std::env::var("WATCHDOG_USEC").ok().and_then(|usec| usec.parse::<u64>().ok());
    let Some(patience) = asked.filter(|usec| *usec > 0).map(Duration::from_micros) else { return };
    tokio::spawn(async move {
        let mut interval = tokio::time::interval(patience / LOOKS);
        let mut watchdog = Watchdog::default();
        loop {
            interval.tick().await;
            match watchdog.hangs(ingest.work(), pulse.is_alive()) {
                None => send("WATCHDOG=1"),
                Some(what) => {
                    tracing::warn!("{what} does not go on: systemd gets no sign of life");
                }
            }
        }
    });
}

/// Whether the bot does what it is there for. A database that cannot be written, or a Discord that cannot be
/// reached, is no reason to start it again.
#[derive(Default)]
struct Watchdog {
    steps: u64,
}

impl Watchdog {
    /// What hangs, by what was done since the last look.
    fn hangs(&mut self, work: Work, is_connecting: bool) -> Option<&'static str> {
        let went_on = work.is_idle || work.steps != self.steps;
        self.steps = work.steps;
        match (went_on && !work.has_ended, is_connecting) {
            (false, _) => Some("the writer"),
            (true, false) => Some("the connection to Discord"),
            (true, true) => None,
        }
    }
}

/// Tells that the bot is about to end.
pub(super) fn stopping() {
    send("STOPPING=1");
}

fn send(state: &str) {
    if let Err(error) = platform::notify(state) {
        tracing::warn!("could not tell systemd {state}: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_goes_on_is_vouched_for() {
        let work = |steps, is_idle| Work { steps, is_idle, has_ended: false };
        let mut watchdog = Watchdog::default();
        assert_eq!(watchdog.hangs(work(0, true), true), None, "there is nothing to do");
        assert_eq!(watchdog.hangs(work(7, false), true), None, "it writes");
        assert_eq!(watchdog.hangs(work(7, false), true), Some("the writer"));
        assert_eq!(watchdog.hangs(work(8, false), true), None, "it goes on");
        assert_eq!(watchdog.hangs(work(9, false), false), Some("the connection to Discord"));
        let ended = Work { has_ended: true, ..work(9, true) };
        assert_eq!(watchdog.hangs(ended, true), Some("the writer"));
    }
}
