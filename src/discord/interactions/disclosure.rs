//! What is noted of a look: who saw personal data in full, and which order a public reply shows.

use std::sync::Arc;

use serenity::all::{Http, Message};
use tokio::time::Instant;

use super::sending::patiently;
use crate::discord::bot::Bot;
use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::Disclosure;

/// Notes in the background what a person was shown: nobody waits for it.
pub(crate) fn note(bot: &Bot, guild: GuildId, user: UserId, what: Disclosure) {
    let ledger = bot.ledger.clone();
    bot.afterwards.write("note that somebody saw personal data", move || {
        let (ledger, what) = (ledger.clone(), what.clone());
        async move { ledger.note_disclosure(guild, user, what).await }
    });
}

/// Remembers in the background which order a public reply shows: a reaction on it marks the order.
pub(crate) fn remember_card(bot: &Bot, guild: GuildId, card: &Message, order: OrderId) {
    let (ledger, id, channel) = (bot.ledger.clone(), card.id.into(), card.channel_id.into());
    bot.afterwards.write("remember which order a reply shows", move || {
        let ledger = ledger.clone();
        async move { ledger.remember_card(id, channel, guild, &[order]).await }
    });
}

/// The same of the first answer to an interaction: what it is, Discord has to be asked, for which nobody waits.
pub(crate) fn remember_first(
    bot: &Bot,
    guild: GuildId,
    (http, token): (&Arc<Http>, &str),
    order: OrderId,
) {
    let (ledger, http, token) = (bot.ledger.clone(), Arc::clone(http), token.to_owned());
    bot.afterwards.write("remember which order a reply shows", move || {
        let (ledger, http, token) = (ledger.clone(), Arc::clone(&http), token.clone());
        async move {
            let shown = || http.get_original_interaction_response(&token);
            let card = patiently(Instant::now(), shown).await?;
            ledger.remember_card(card.id.into(), card.channel_id.into(), guild, &[order]).await
        }
    });
}
