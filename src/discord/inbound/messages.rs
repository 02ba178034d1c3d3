//! Messages of watched channels, on their way to the one door.

use std::time::Duration;

use serenity::all::Route;

use crate::backoff::Backoff;
use crate::discord::bot::Bot;
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::reading::Message;
use crate::verdict::{Incoming, Receipt, Via, trust};

/// Pauses between attempts to fetch a changed message: [`PAUSES`] of them take 43 minutes.
const PAUSE: Backoff = Backoff::new(Duration::from_secs(5), Duration::from_mins(30));
const PAUSES: usize = 9;

/// Hands a live message to ingest, if its channel is watched and it is not the bot's own.
pub(crate) fn take(bot: &Bot, message: Message) {
    let Some(incoming) = incoming(bot, message, Via::Live) else { return };
    let (channel, edited) = (incoming.channel_id, incoming.message.edited_at.is_some());
    if bot.ingest.offer(incoming).is_err() {
        bot.log_once.overflow();
        bot.backfill.read_on_after_flood(channel, edited);
    } else {
        bot.backfill.message_came(channel);
    }
}

/// Fetches a message and returns when it is on disk. `None`: it is gone, or not for us.
///
/// # Errors
/// When Discord cannot be asked.
pub(crate) async fn fetch(
    bot: &Bot,
    channel: ChannelId,
    message: MessageId,
) -> Result<Option<Receipt>, RestError> {
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    let json = match bot.rest.get_raw(route, Vec::new()).await {
        Ok(json) => json,
        Err(RestError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(incoming) = incoming(bot, Message::from_json(&json), Via::Live) else {
        return Ok(None);
    };
    let receipt = bot.ingest.submit(incoming).await;
    Ok(receipt
        .inspect_err(|why| tracing::warn!(?why, "a message of the history was not taken"))
        .ok())
}

/// Fetches a message that is only known to have changed, again and again while Discord cannot be
/// asked: nothing else would bring it. Where too many wait for that, the recent part of the channel is
/// compared instead.
pub(crate) async fn fetch_patiently(bot: &Bot, channel: ChannelId, message: MessageId) {
    if bot.watching.get(channel).is_none() {
        return;
    }
    let Ok(_place) = bot.refetches.try_acquire() else { return bot.backfill.reconcile(channel) };
    let mut pauses = PAUSE.take(PAUSES);
    while let Err(error) = fetch(bot, channel, message).await {
        tracing::warn!(%channel, message_id = %message, "could not read an edited message again yet: {error}");
        let is_final = matches!(error, RestError::Unauthorized | RestError::Forbidden(_));
        let Some(pause) = pauses.next().filter(|_| !is_final) else { return };
        tokio::time::sleep(pause).await;
    }
}

/// A message of a watched channel with the judgement of its source.
pub(crate) fn incoming(bot: &Bot, message: Message, via: Via) -> Option<Incoming> {
    let channel_id = message.channel_id?;
    let watched = bot.watching.get(channel_id)?;
    let id = message.id?;
    if message.author.id == Some(bot.own_id()) {
        return None;
    }
    if message.is_of_webhook() && via == Via::Live && bot.log_once.content(message.is_blank()) {
        // What was hidden is read again.
        bot.backfill.reconcile(channel_id);
    }
    if let Some(guild) = message.guild_id.filter(|_| watched.guild_id.is_none()) {
        bot.watching.belongs(channel_id, guild);
        bot.backfill.read_on(channel_id);
    }
    let trust = trust::judge(&message, &watched.webhook_ids);
    if trust.is_ok() {
        bot.first_messages.look(&watched, channel_id, &message);
    }
    // History pages carry no guild; the gateway has sent it with the guild's channels.
    let guild_id = message.guild_id.or(watched.guild_id).unwrap_or(GuildId(0));
    Some(Incoming { message, id, channel_id, guild_id, via, trust })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::discord::bot::state::REFETCHES;
    use crate::discord::bot::state::tests::TestBot;

    #[tokio::test]
    async fn edits_that_cannot_be_fetched_wait_in_bounds_and_the_next_is_compared() {
        let channel = ChannelId(5);
        let TestBot { bot, mut requests, .. } = TestBot::watching(channel).await;
        let bot = Arc::new(bot);
        let mut waiting = tokio::task::JoinSet::new();
        for message in 1..=REFETCHES {
            let bot = Arc::clone(&bot);
            let message = MessageId(i64::try_from(message).unwrap());
            waiting.spawn(async move { fetch_patiently(&bot, channel, message).await });
        }
        let all_wait = async {
            while bot.refetches.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), all_wait).await.expect("a bound");
        assert!(requests.try_recv().is_err(), "all of them wait");
        fetch_patiently(&bot, channel, MessageId(i64::MAX)).await;
        assert!(requests.try_recv().expect("a request").reconcile);
    }
}
