//! What the running bot knows of the boards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::discord::bot::per_guild::PerGuild;
use crate::ids::GuildId;
use crate::ledger::Open;

/// Every open order is read to say what is open: it is done no more often than this, however fast orders come.
const OPEN_FOR: Duration = Duration::from_mins(1);

/// What the running bot knows of the boards.
#[derive(Default)]
pub(crate) struct Boards {
    /// The message that each shows; `None`: it is not known. Whoever changes a board holds its entry.
    pub(crate) shown: PerGuild<Option<String>>,
    notes: Mutex<Notes>,
}

/// What the board's worker has to look at again, and when.
#[derive(Default)]
pub(crate) struct Notes {
    /// Guilds whose board's message may have been deleted or changed.
    pub(crate) recheck: BTreeSet<GuildId>,
    /// Guilds whose board is not tried before that time.
    pub(crate) resting: BTreeMap<GuildId, Instant>,
    /// What was open in a guild, and when it was looked up.
    open: BTreeMap<GuildId, (Instant, Open)>,
}

impl Boards {
    pub(crate) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all rests: what did not work may work now.
    pub(crate) fn end_rest(&self) {
        self.notes().resting.clear();
    }

    /// Whether nothing is tried for this guild now.
    pub(crate) fn rests(&self, guild: GuildId) -> bool {
        self.notes().resting.get(&guild).is_some_and(|until| *until > Instant::now())
    }

    /// What is open in a guild, if that was looked up a moment ago.
    pub(crate) fn open(&self, guild: GuildId, now: Instant) -> Option<Open> {
        self.notes()
            .open
            .get(&guild)
            .filter(|(at, _)| now < *at + OPEN_FOR)
            .map(|(_, open)| open.clone())
    }

    /// Keeps what is open in a guild for a moment.
    pub(crate) fn keep_open(&self, guild: GuildId, open: Open, now: Instant) {
        self.notes().open.insert(guild, (now, open));
    }

    /// Until the first that rests is tried again, or what is open is looked up again.
    pub(crate) fn rest_left(&self) -> Option<Duration> {
        let notes = self.notes();
        let now = Instant::now();
        let open = notes.open.values().map(|(at, _)| *at + OPEN_FOR);
        let ends = notes.resting.values().copied().chain(open).filter(|end| *end > now);
        ends.min().map(|end| end.duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_kept_for_a_moment() {
        let (boards, now) = (Boards::default(), Instant::now());
        assert_eq!(boards.rest_left(), None);
        boards.keep_open(GuildId(1), Open::default(), now);
        let after = |seconds| boards.open(GuildId(1), now + Duration::from_secs(seconds));
        assert_eq!((after(59), after(60)), (Some(Open::default()), None));
        assert_eq!(boards.open(GuildId(2), now), None);
        assert!(boards.rest_left().is_some_and(|left| left <= OPEN_FOR));
    }
}
