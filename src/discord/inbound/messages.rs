//! Messages of watched channels, on their way to the one door.

use std::time::Duration;

use serenity::all::Route;

use super::{attachments, threads};
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
pub(crate) async fn take(bot: &Bot, message: Message) {
    if let Some((channel, id)) = looks_empty(bot, &message) {
        threads::message_came(bot, channel, id);
        return fetch_patiently(bot, channel, id).await;
    }
    let Some(incoming) = incoming(bot, message, Via::Live) else { return };
    let (channel, id) = (incoming.channel_id, incoming.id);
    let edited = incoming.message.edited_at.is_some();
    threads::message_came(bot, channel, id);
    let is_taken = if attachments::are_awaited(&incoming) {
        take_with_files(bot, incoming).await
    } else {
        bot.ingest.offer(incoming).is_ok()
    };
    if !is_taken {
        bot.log_once.overflow();
        bot.backfill.read_on_after_flood(channel, edited);
    }
}

/// A webhook's message without text or embeds, and where. serenity leaves out the components that take their
/// place: over REST they are there. If they are not, the content is hidden from the bot; as long as that is
/// known, asking is of no use.
fn looks_empty(bot: &Bot, message: &Message) -> Option<(ChannelId, MessageId)> {
    let is_empty = message.content.is_empty()
        && message.embeds.is_empty()
        && message.attachments.is_empty()
        && !message.hides_embeds;
    let is_hidden = bot.log_once.content_warning().is_some();
    let channel =
        message.channel_id.filter(|_| is_empty && message.is_of_webhook() && !is_hidden)?;
    bot.watching.watch_of(channel)?;
    Some((channel, message.id?))
}

/// Fetches the files of a live message, and hands it in. Says whether it was taken. A copy with a later edit
/// may come first: then that one counts.
async fn take_with_files(bot: &Bot, mut incoming: Incoming) -> bool {
    let Some(_place) = bot.fetching.place() else { return false };
    let (guild, channel, id) = (incoming.guild_id, incoming.channel_id, incoming.id);
    let waiting = bot.fetching.begin(id);
    attachments::fetch(bot, &mut incoming.message).await;
    let is_taken = bot.ingest.submit(incoming).await.is_ok();
    if waiting.end()
        && is_taken
        && let Err(error) = bot.ledger.set_deleted(guild, channel, &[id]).await
    {
        tracing::error!("could not note a deleted message; the history will show it: {error:#}");
        bot.backfill.reconcile(channel);
    }
    is_taken
}

/// Fetches a message and returns when it is on disk. `None`: it is gone, or not for us.
///
/// # Errors
/// When Discord cannot be asked.
pub(crate) async fn fetch(
    bot: &Bot,
    channel: ChannelId,
    message: MessageId,
    via: Via,
) -> Result<Option<Receipt>, RestError> {
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    let json = match bot.rest.get_raw(route, Vec::new()).await {
        Ok(json) => json,
        Err(RestError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(mut incoming) = incoming(bot, Message::from_json(&json), via) else {
        return Ok(None);
    };
    if attachments::are_awaited(&incoming) {
        attachments::fetch(bot, &mut incoming.message).await;
    }
    if incoming.message.is_blank() {
        // What is hidden from the bot takes the place of nothing that was read.
        incoming.via = Via::Live;
    }
    let receipt = bot.ingest.submit(incoming).await;
    Ok(receipt
        .inspect_err(|why| tracing::warn!(?why, "a message of the history was not taken"))
        .ok())
}

/// Fetches a message that is only known to have changed, again and again while Discord cannot be
/// asked: nothing else would bring it. Where too many wait for that, the recent part of the channel is
/// compared instead.
pub(crate) async fn fetch_patiently(bot: &Bot, channel: ChannelId, message: MessageId) {
    if bot.watching.watch_of(channel).is_none() {
        return;
    }
    let Ok(_place) = bot.refetches.try_acquire() else { return bot.backfill.reconcile(channel) };
    let mut pauses = PAUSE.take(PAUSES);
    while let Err(error) = fetch(bot, channel, message, Via::Live).await {
        tracing::warn!(%channel, message_id = %message, "could not read an edited message again yet: {error}");
        let is_final = matches!(error, RestError::Unauthorized | RestError::Forbidden(_));
        let Some(pause) = pauses.next().filter(|_| !is_final) else { return };
        tokio::time::sleep(pause).await;
    }
}

/// A message of a watched channel with the judgement of its source.
pub(crate) fn incoming(bot: &Bot, message: Message, via: Via) -> Option<Incoming> {
    let channel_id = message.channel_id?;
    let (watch, watched) = bot.watching.reading(channel_id)?;
    let id = message.id?;
    if message.author.id == Some(bot.own_id()) {
        return None;
    }
    if message.is_of_webhook() && via == Via::Live && bot.log_once.content(message.is_blank()) {
        // What was hidden is read again.
        bot.backfill.reconcile(channel_id);
    }
    if let Some(guild) = message.guild_id.filter(|_| watched.guild_id.is_none()) {
        bot.watching.belongs(watch, guild);
        bot.backfill.read_on(watch);
    }
    let trust = trust::judge(&message, &watched.webhook_ids);
    if trust.is_ok() {
        bot.first_messages.look((watch, &watched), channel_id, &message);
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
