//! Looks at personal data in full: who took them is noted.

use crate::discord::bot::Bot;
use crate::ids::{GuildId, UserId};
use crate::ledger::Disclosure;

/// Notes what a person was shown. Orders can be looked at while the database cannot be written.
pub(crate) async fn note(bot: &Bot, guild: GuildId, user: UserId, what: Disclosure) {
    if let Err(error) = bot.ledger.note_disclosure(guild, user, what).await {
        tracing::warn!(%user, "could not note that somebody saw personal data: {error:#}");
    }
}
