//! Whom Discord let use the commands, as long as the ledger could not note it: their buttons work at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::ids::{GuildId, RoleId, UserId};

/// Grants that wait to be noted, at the most.
const MOST: usize = 1_000;

/// Grants that wait to be noted in the ledger, each with the roles that the member had.
#[derive(Debug, Default)]
pub(crate) struct UnwrittenGrants {
    waiting: Mutex<HashMap<(GuildId, UserId), Vec<RoleId>>>,
}

impl UnwrittenGrants {
    /// Discord let the member use a command.
    pub(crate) fn add(&self, guild: GuildId, user: UserId, roles: Vec<RoleId>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST {
            waiting.insert((guild, user), roles);
        }
    }

    /// Whether a grant waits of a member who still has the roles of then.
    pub(crate) fn holds(&self, guild: GuildId, user: UserId, roles: &[RoleId]) -> bool {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let then = waiting.get(&(guild, user));
        then.is_some_and(|then| then.iter().all(|role| roles.contains(role)))
    }

    /// The ledger has noted it.
    pub(crate) fn noted(&self, guild: GuildId, user: UserId) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&(guild, user));
    }

    /// The bot was away, and was not told what changed meanwhile.
    pub(crate) fn forget_all(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Somebody changed who may use the commands of the guild.
    pub(crate) fn forget(&self, guild: GuildId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(place, _), _| *place != guild);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_holds_with_its_roles_and_until_the_commands_change() {
        let (grants, guild, user) = (UnwrittenGrants::default(), GuildId(1), UserId(2));
        grants.add(guild, user, vec![RoleId(3)]);
        assert!(grants.holds(guild, user, &[RoleId(3), RoleId(4)]));
        assert!(!grants.holds(guild, user, &[RoleId(4)]), "a role was taken away");
        grants.forget(GuildId(9));
        assert!(grants.holds(guild, user, &[RoleId(3)]));
        grants.forget(guild);
        assert!(!grants.holds(guild, user, &[RoleId(3)]));
    }
}
