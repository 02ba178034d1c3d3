//! What the running bot knows of the boards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::discord::bot::per_guild::PerGuild;
use crate::ids::GuildId;

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

    /// Until the first that rests is tried again.
    pub(crate) fn rest_left(&self) -> Option<Duration> {
        let mut notes = self.notes();
        let now = Instant::now();
        notes.resting.retain(|_, until| *until > now);
        notes.resting.values().min().map(|until| until.duration_since(now))
    }
}
