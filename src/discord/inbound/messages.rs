//! Messages of watched channels, on their way to the one door.

use std::time::Duration;

use serenity::all::Route;

use crate::discord::bot::Bot;
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::reading::Message;
use crate::verdict::{Incoming, Receipt, Via, trust};

/// Pauses between attempts to fetch a changed message; an hour in all.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LAST_PAUSE: Duration = Duration::from_mins(30);

/// Hands a live message to ingest, if its channel is watched and it is not the bot's own.
pub(crate) fn take(bot: &Bot, message: Message) {
    let Some(incoming) = incoming(bot, message, Via::Live) else { return };
    let (channel, edited) = (incoming.channel_id, incoming.message.edited_at.is_some());
    if bot.ingest.offer(incoming).is_err() {
        bot.alarms.overflow();
        bot.backfill.read_on_after_flood(channel, edited);
    } else {
        bot.backfill.stir(channel);
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
    Ok(receipt.inspect_err(|why| tracing::warn!(?why, "a fetched message was turned away")).ok())
}

/// Fetches a message that is only known to have changed, again and again while Discord cannot be
/// asked: nothing else would bring it.
pub(crate) async fn fetch_patiently(bot: &Bot, channel: ChannelId, message: MessageId) {
    if bot.watching.get(channel).is_none() {
        return;
    }
    let mut pause = FIRST_PAUSE;
    while let Err(error) = fetch(bot, channel, message).await {
        bot.heed(&error);
        tracing::warn!(%channel, %message, "a changed message cannot be read again yet: {error}");
        if matches!(error, RestError::Unauthorized | RestError::Forbidden(_)) || pause > LAST_PAUSE
        {
            return;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
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
    if message.is_of_webhook() && via == Via::Live && bot.alarms.content(message.is_blank()) {
        // What was hidden is read again.
        bot.backfill.compare(channel_id);
    }
    if let Some(guild) = message.guild_id.filter(|_| watched.guild_id.is_none()) {
        bot.watching.belongs(channel_id, guild);
        bot.backfill.read_on(channel_id);
    }
    let trust = trust::judge(&message, &watched.webhook_ids);
    if trust.is_ok() {
        bot.first_messages.look(&watched, channel_id, &message);
    }
    // History pages carry no guild; the gateway has told it with the guild's channels.
    let guild_id = message.guild_id.or(watched.guild_id).unwrap_or(GuildId(0));
    Some(Incoming { message, id, channel_id, guild_id, via, trust })
}
