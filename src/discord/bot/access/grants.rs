//! Whom Discord let use the commands: what the ledger could not note yet, and since when what it has noted holds.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::ids::{GuildId, RoleId, UserId};

/// Grants that wait to be noted, at the most.
const MOST: usize = 1_000;

/// What is known of grants beside the ledger: it may be busy, and what was taken back counts at once.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Those that wait to be noted, each with the roles that the member had.
    unwritten: HashMap<(GuildId, UserId), Vec<RoleId>>,
    /// When the session began: what was noted before holds no longer.
    since: Option<DateTime<Utc>>,
    /// When somebody changed who may use the commands of a guild.
    changed: HashMap<GuildId, DateTime<Utc>>,
}

impl Grants {
    /// Discord let the member use a command.
    pub(crate) fn add(&self, guild: GuildId, user: UserId, roles: Vec<RoleId>) {
        let mut known = self.known();
        if known.unwritten.len() < MOST {
            known.unwritten.insert((guild, user), roles);
        }
    }

    /// Whether a grant waits of a member who still has the roles of then.
    pub(crate) fn holds(&self, guild: GuildId, user: UserId, roles: &[RoleId]) -> bool {
        let known = self.known();
        let then = known.unwritten.get(&(guild, user));
        then.is_some_and(|then| then.iter().all(|role| roles.contains(role)))
    }

    /// Since when what the ledger has noted of the guild holds.
    pub(crate) fn since(&self, guild: GuildId) -> DateTime<Utc> {
        let known = self.known();
        let since = known.since.max(known.changed.get(&guild).copied());
        since.unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// The ledger has noted it.
    pub(crate) fn noted(&self, guild: GuildId, user: UserId) {
        self.known().unwritten.remove(&(guild, user));
    }

    /// The bot was away until this moment, and was not told what changed meanwhile.
    pub(crate) fn forget_all(&self, at: DateTime<Utc>) {
        *self.known() = Known { since: Some(at), ..Known::default() };
    }

    /// Somebody changed at this moment who may use the commands of the guild.
    pub(crate) fn forget(&self, guild: GuildId, at: DateTime<Utc>) {
        let mut known = self.known();
        known.unwritten.retain(|(place, _), _| *place != guild);
        known.changed.insert(guild, at);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_holds_with_its_roles_and_until_the_commands_change() {
        let (grants, guild, user) = (Grants::default(), GuildId(1), UserId(2));
        grants.add(guild, user, vec![RoleId(3)]);
        assert!(grants.holds(guild, user, &[RoleId(3), RoleId(4)]));
        assert!(!grants.holds(guild, user, &[RoleId(4)]), "a role was taken away");
        let now = Utc::now();
        grants.forget(GuildId(9), now);
        assert!(grants.holds(guild, user, &[RoleId(3)]));
        grants.forget(guild, now);
        assert!(!grants.holds(guild, user, &[RoleId(3)]));
        assert_eq!((grants.since(guild), grants.since(GuildId(5))), (now, DateTime::UNIX_EPOCH));
    }

    #[test]
    fn what_was_granted_before_an_absence_holds_no_longer() {
        let (grants, guild, user) = (Grants::default(), GuildId(1), UserId(2));
        grants.add(guild, user, Vec::new());
        let (before, back) = (DateTime::UNIX_EPOCH, Utc::now());
        grants.forget(guild, before);
        grants.forget_all(back);
        assert!(!grants.holds(guild, user, &[]));
        assert_eq!((grants.since(guild), grants.since(GuildId(5))), (back, back));
    }

    #[test]
    fn a_grant_waits_until_it_is_noted() {
        let (grants, guild, user) = (Grants::default(), GuildId(1), UserId(2));
        grants.add(guild, user, Vec::new());
        grants.noted(guild, UserId(3));
        assert!(grants.holds(guild, user, &[]));
        grants.noted(guild, user);
        assert!(!grants.holds(guild, user, &[]));
    }

    #[test]
    fn a_thousand_grants_wait_at_the_most() {
        let (grants, guild) = (Grants::default(), GuildId(1));
        for user in 1..=1_001 {
            grants.add(guild, UserId(user), Vec::new());
        }
        assert!(grants.holds(guild, UserId(1_000), &[]));
        assert!(!grants.holds(guild, UserId(1_001), &[]));
    }
}
