//! A value for each guild, which one task at a time may hold: what is slow in one server holds up no other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::ids::GuildId;

/// A value for each guild. Guilds are few, so that none is ever dropped.
#[derive(Default)]
pub(crate) struct PerGuild<T> {
    values: Mutex<HashMap<GuildId, Arc<tokio::sync::Mutex<T>>>>,
}

impl<T: Default> PerGuild<T> {
    /// Waits until nobody else holds the guild's value, and holds it.
    pub(crate) async fn lock(&self, guild: GuildId) -> OwnedMutexGuard<T> {
        let value = Arc::clone(
            self.values.lock().unwrap_or_else(PoisonError::into_inner).entry(guild).or_default(),
        );
        value.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_guild_waits_for_itself_and_for_no_other() {
        let values = PerGuild::<u32>::default();
        let mut held = values.lock(GuildId(1)).await;
        *held = 7;
        assert!(values.lock(GuildId(1)).now_or_never().is_none(), "it is held");
        assert_eq!(values.lock(GuildId(2)).now_or_never().map(|value| *value), Some(0));
        drop(held);
        assert_eq!(*values.lock(GuildId(1)).await, 7);
    }
}
