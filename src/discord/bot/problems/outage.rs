//! The connection to the gateway, when it is lost: told once, with since when, and when it is over.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// A connection that is made again sooner is nobody's concern: Discord asks for that several times a day.
const UNMENTIONED: TimeDelta = TimeDelta::seconds(30);
/// For so long `/health` shows an outage that is over.
const SHOWN: TimeDelta = TimeDelta::hours(24);

/// Whether the gateway is there.
#[derive(Debug, Default)]
pub(crate) struct Outage(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// When the connection was lost, and whether that was logged; `None`: it is there.
    lost: Option<(DateTime<Utc>, bool)>,
    /// The latest outage that was logged and is over.
    latest: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Outage {
    /// Notes that there is no connection. Logs it once, when it has been so for half a minute.
    pub(crate) fn lasts(&self) {
        if let Some(line) = self.lock().lasts(Utc::now()) {
            tracing::warn!("{line}");
        }
    }

    /// Time has passed: logs the outage that lasts, if one does and was not logged.
    pub(crate) fn still_lasts(&self) {
        let is_lost = self.lock().lost.is_some();
        if is_lost {
            self.lasts();
        }
    }

    /// Notes that there is a connection again, and logs that where its loss was logged.
    pub(crate) fn over(&self) {
        if let Some(line) = self.lock().over(Utc::now()) {
            tracing::info!("{line}");
        }
    }

    /// From when to when the latest outage lasted; `None`: there was none within a day.
    pub(crate) fn latest(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.lock().latest.filter(|(_, until)| Utc::now() - *until < SHOWN)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn lasts(&mut self, now: DateTime<Utc>) -> Option<String> {
        let (since, is_logged) = self.lost.get_or_insert((now, false));
        if *is_logged || now - *since < UNMENTIONED {
            return None;
        }
        *is_logged = true;
        Some(format!(
            "no connection to Discord's gateway since {}; trying again until it is back. Nothing is lost: \
             what is posted meanwhile is read from the history then",
            since.trunc_subsecs(0)
        ))
    }

    fn over(&mut self, now: DateTime<Utc>) -> Option<String> {
        let (since, is_logged) = self.lost.take()?;
        if !is_logged {
            return None;
        }
        self.latest = Some((since, now));
        let seconds = (now - since).num_seconds();
        Some(format!(
            "connected to Discord's gateway again, after {seconds} s without (since {})",
            since.trunc_subsecs(0)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn an_outage_is_logged_once_with_its_beginning_and_once_when_it_is_over() {
        let mut state = State::default();
        assert_eq!(state.lasts(at(0)), None);
        assert_eq!(state.lasts(at(29)), None);
        let line = state.lasts(at(31)).unwrap();
        assert!(
            line.starts_with("no connection to Discord's gateway since 2023-11-14 22:13:20 UTC;")
        );
        assert_eq!(state.lasts(at(600)), None, "it was logged");
        let line = state.over(at(601)).unwrap();
        assert!(
            line.contains("again, after 601 s without (since 2023-11-14 22:13:20 UTC)"),
            "{line}"
        );
        assert_eq!((state.over(at(602)), state.latest), (None, Some((at(0), at(601)))));
    }

    #[test]
    fn a_connection_that_is_soon_made_again_is_not_mentioned() {
        let mut state = State::default();
        assert_eq!(
            (state.lasts(at(0)), state.lasts(at(10)), state.over(at(11))),
            (None, None, None)
        );
        assert_eq!(state.latest, None);
        assert_eq!(state.lasts(at(40)), None, "that is another one");
    }
}
