//! Threads of watched channels, and posts of watched forums: what is posted in them is read as the
//! channel's.
//!
//! The gateway tells of the open ones with each guild and of what happens to them; closed ones are
//! [`lists`]. Each has a cursor of its own; `backfill::threads` reads those whose last message is beyond it.

use serenity::all::{GuildChannel, Route};

use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::{Listing, Request};
use crate::discord::rest::seen_thread::SeenThread;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::ThreadNews;

pub(crate) mod lists;

/// Whether what is posted in this place is read. A thread that no event has told of yet is looked up in
/// what the gateway knows; events come in any order.
pub(crate) fn is_read(bot: &Bot, guild: Option<GuildId>, place: ChannelId) -> bool {
    bot.watching.watch_of(place).is_some() || guild.is_some_and(|guild| adopt(bot, guild, place))
}

/// Takes a thread over from what the gateway knows. Says whether it is read.
fn adopt(bot: &Bot, guild: GuildId, place: ChannelId) -> bool {
    if bot.watching.of_guild(guild).is_empty() {
        return false;
    }
    let id = serenity::all::ChannelId::from(place);
    let Some(cache) = bot.cache() else { return false };
    let Some(known) = cache.guild(serenity::all::GuildId::from(guild)) else { return false };
    if known.channels.contains_key(&id) {
        return false;
    }
    let thread = known.threads.iter().find(|thread| thread.id == id);
    thread.and_then(SeenThread::from_channel).is_some_and(|seen| learn(bot, &seen))
}

/// A webhook posted in a place that is no known channel and no known thread: an event got lost. The
/// watched channels of the guild are asked for their threads.
pub(crate) fn look_for(bot: &Bot, guild: GuildId, place: ChannelId) {
    let id = serenity::all::ChannelId::from(place);
    let is_known = bot.cache().and_then(|cache| {
        let guild = cache.guild(serenity::all::GuildId::from(guild))?;
        let is_thread = guild.threads.iter().any(|thread| thread.id == id);
        Some(is_thread || guild.channels.contains_key(&id))
    });
    if is_known == Some(false) {
        for channel in bot.watching.of_guild(guild) {
            bot.threads.list(channel, Listing::Unknown);
        }
    }
}

/// Remembers where a thread belongs. Says whether what is posted in it is read.
fn learn(bot: &Bot, seen: &SeenThread) -> bool {
    bot.watching.note_thread(seen.id, seen.parent, seen.archived)
}

/// What the ledger is told of a thread. `None`: it is none of a watched channel, or watched itself.
fn news(bot: &Bot, seen: &SeenThread) -> Option<ThreadNews> {
    let channel_id = bot.watching.watch_of(seen.id).filter(|watch| *watch != seen.id)?;
    let SeenThread { id: thread_id, last_message, archived, .. } = *seen;
    Some(ThreadNews { thread_id, channel_id, last_message, archived })
}

/// The gateway tells of a thread with its guild: it is open.
pub(crate) fn listed(bot: &Bot, thread: &GuildChannel) {
    if let Some(seen) = SeenThread::from_channel(thread) {
        learn(bot, &seen);
    }
}

/// A thread was begun, or the bot was let into one.
pub(crate) fn created(bot: &Bot, seen: &SeenThread) {
    let was_known = bot.watching.home(seen.id) != seen.id;
    changed(bot, seen);
    if was_known {
        // It may be readable now.
        membership_changed(bot, seen.id);
    }
}

/// A thread was closed, opened, or changed otherwise.
pub(crate) fn changed(bot: &Bot, seen: &SeenThread) {
    let was_archived = bot.watching.is_archived(seen.id);
    if !learn(bot, seen) {
        return;
    }
    match news(bot, seen) {
        Some(news) => bot.threads.note(news),
        // It is watched itself: something about it may work now that did not.
        None => bot.try_again([seen.id]),
    }
    if was_archived && !seen.archived {
        // What is owed there can be shown now.
        bot.threads.note_soon();
        bot.ledger.acks().notify_one();
    }
}

/// Asks Discord about watched channels of which their guild has not told: closed threads.
pub(crate) async fn locate(bot: &Bot, channels: &[ChannelId]) {
    for channel in channels {
        let route = Route::Channel { channel_id: (*channel).into() };
        let answer = bot.rest.get_raw(route, Vec::new()).await;
        // Of one that is deleted or hidden reading its history tells.
        let seen = answer.ok().as_ref().and_then(SeenThread::from_json);
        if let Some((seen, guild)) = seen.and_then(|seen| Some((seen, seen.guild?))) {
            learn(bot, &seen);
            bot.watching.belongs(*channel, guild);
        }
        bot.backfill.reconcile(*channel);
    }
}

/// A message was posted in a thread of a watched channel, or in the channel itself.
pub(crate) fn message_came(bot: &Bot, place: ChannelId, message: MessageId) {
    match bot.watching.watch_of(place) {
        Some(channel_id) if channel_id != place => bot.threads.note(ThreadNews {
            thread_id: place,
            channel_id,
            last_message: message,
            archived: false,
        }),
        _ => bot.backfill.message_came(place),
    }
}

/// A thread was deleted; its orders stay.
pub(crate) async fn deleted(bot: &Bot, thread: ChannelId) {
    match bot.watching.watch_of(thread) {
        // Reading on tells what became of it.
        Some(watch) if watch == thread => bot.backfill.read_on(thread),
        Some(_) => gone(bot, thread).await,
        None => {}
    }
}

/// Notes that a thread of a watched channel is there no more.
pub(crate) async fn gone(bot: &Bot, thread: ChannelId) {
    tracing::info!(%thread, "the thread was deleted; its orders stay");
    if let Err(error) = bot.ledger.thread_gone(thread).await {
        tracing::warn!(%thread, "could not note that a thread was deleted: {error:#}");
    }
}

/// The bot was taken out of a thread, or let in: reading it tells whether it may.
pub(crate) fn membership_changed(bot: &Bot, thread: ChannelId) {
    if bot.watching.watch_of(thread).is_some_and(|watch| watch != thread) {
        bot.threads.read(Request::now(thread));
    }
}

/// The bot has come to see channels, and with them their threads.
pub(crate) fn synced(bot: &Bot, threads: &[SeenThread]) {
    let mut channels: Vec<ChannelId> = Vec::new();
    for seen in threads.iter().filter(|seen| learn(bot, seen)) {
        channels.extend(news(bot, seen).map(|news| news.channel_id));
    }
    channels.sort_unstable();
    channels.dedup();
    for channel in channels {
        bot.threads.list(channel, Listing::Absence);
    }
}

/// Brings what is asked of a place to whom it concerns: a thread is read by its own worker.
pub(crate) fn is_thread_of_watch(bot: &Bot, place: ChannelId) -> bool {
    bot.watching.watch_of(place).is_some_and(|watch| watch != place)
}
