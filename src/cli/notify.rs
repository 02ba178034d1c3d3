//! Tells whoever has started the bot how it is: systemd (`Type=notify`), and a container's health check.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use refract_ledger::discord::Pulse;
use refract_ledger::ingest::{Ingest, Work};
use refract_ledger::platform;

/// Looks in the time in which one sign of life is expected.
const LOOKS: u32 = 4;
/// How old the file of `HEARTBEAT_FILE` may get.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// Tells that the bot runs. From now on whoever asked for it gets a sign of life every so often; a bot that
/// hangs is not vouched for, so that it can be started again.
pub(super) fn ready(ingest: Ingest, pulse: Pulse) {
    send("READY=1");
    let systemd = std::env::var("WATCHDOG_USEC").ok().and_then(|usec| usec.parse::<u64>().ok());
    if let Some(patience) = systemd.filter(|usec| *usec > 0).map(Duration::from_micros) {
        tokio::spawn(vouch(patience, (ingest.clone(), pulse.clone()), || send("WATCHDOG=1")));
    }
    let file = std::env::var_os("HEARTBEAT_FILE").filter(|path| !path.is_empty());
    if let Some(file) = file.map(PathBuf::from) {
        tokio::spawn(vouch(HEARTBEAT, (ingest, pulse), move || renew(&file)));
    }
}

/// Gives a sign of life several times in the time in which one is expected, unless something hangs.
async fn vouch(patience: Duration, (ingest, pulse): (Ingest, Pulse), give: impl Fn()) {
    let mut interval = tokio::time::interval(patience / LOOKS);
    let mut watchdog = Watchdog::default();
    loop {
        interval.tick().await;
        match watchdog.hangs(ingest.work(), pulse.is_alive()) {
            None => give(),
            Some(what) => tracing::warn!("{what} does not go on: no sign of life is given"),
        }
    }
}

/// Renews a file whose time of change is the sign of life; what it holds stays.
fn renew(file: &Path) {
    let opened = File::options().create(true).append(true).open(file);
    if let Err(error) = opened.and_then(|file| file.set_modified(SystemTime::now())) {
        tracing::warn!("could not renew HEARTBEAT_FILE {}: {error}", file.display());
    }
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
