//! Reading a history from its cursor to its end.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::pages::{Place, Progress, read_pages};
use crate::config::Backfill;
use crate::discord::bot::Bot;
use crate::discord::bot::watching::Watched;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::Watch;

/// Reads a channel's history from its cursor to its end. `None`: it cannot
/// be read to its end yet.
pub(crate) async fn catch_up(
    bot: &Arc<Bot>,
    channel: ChannelId,
) -> anyhow::Result<Option<CaughtUp>> {
    // Until the gateway has sent the guild of the channel, its orders have no home.
    let watched = bot.watching.get(channel);
    let Some((watched, guild)) =
        watched.and_then(|watched| watched.guild_id.map(|id| (watched, id)))
    else {
        return Ok(None);
    };
    if watched.is_configured {
        bot.ledger.add_watch(channel, guild, &watched.webhook_ids).await?;
    }
    let Some(watch) = bot.ledger.watch(channel).await? else { return Ok(None) };
    let (starts_after, cursor) = begin(bot, &watch, &watched).await?;
    let mut progress = Progress::new(channel, watch.caught_up_at.is_none());
    // A forum has no messages of its own: all that is posted in it stands in its posts.
    let has_messages = !watched.is_forum;
    if has_messages && !read_pages(bot, Place::Channel(channel), cursor, &mut progress).await? {
        return Ok(None);
    }
    bot.ledger.caught_up(channel, progress.missed).await?;
    progress.end();
    if progress.is_doubtful {
        bot.backfill.reconcile(channel);
    }
    Ok(Some(CaughtUp { starts_after, found: progress.changes }))
}

/// Reads the history of a thread of a watched channel in the same way.
pub(crate) async fn catch_up_thread(
    bot: &Arc<Bot>,
    thread: ChannelId,
) -> anyhow::Result<Option<CaughtUp>> {
    let Some(known) = bot.ledger.thread(thread).await? else { return Ok(None) };
    let mut progress = Progress::new(thread, known.caught_up_at.is_none());
    if !read_pages(bot, Place::Thread(thread), known.cursor, &mut progress).await? {
        return Ok(None);
    }
    // The last message that was told of before the pages were read may be deleted by now.
    bot.ledger.thread_caught_up(thread, known.last_message).await?;
    progress.end();
    if progress.is_doubtful {
        bot.backfill.reconcile(thread);
    }
    Ok(Some(CaughtUp { starts_after: known.starts_after, found: progress.changes }))
}

/// A history that is read to its end.
pub(crate) struct CaughtUp {
    /// Where it begins.
    pub(crate) starts_after: MessageId,
    /// What was news in it.
    pub(crate) found: u64,
}

/// Where the channel's history begins, and from where on it is to be read.
async fn begin(
    bot: &Bot,
    watch: &Watch,
    watched: &Watched,
) -> anyhow::Result<(MessageId, MessageId)> {
    let wanted = beginning(watched.backfill, bot.rest.clock().now());
    if let Some(known) = known_place(watch, wanted) {
        if watch.starts_after.is_none() {
            bot.ledger.note_beginning(watch.channel_id, known.0).await?;
        }
        return Ok(known);
    }
    bot.ledger.begin_history(watch.channel_id, wanted).await?;
    Ok((wanted, wanted))
}

/// Where the history begins and how far it is read. `None`: it has not begun, or more of the past is
/// wanted now than was then.
fn known_place(watch: &Watch, wanted: MessageId) -> Option<(MessageId, MessageId)> {
    // A database of version 1 knows only the cursor: everything before it was read or passed over.
    let starts_after = watch.starts_after.or(watch.cursor.map(|cursor| cursor.min(wanted)))?;
    (starts_after <= wanted).then(|| (starts_after, watch.cursor.unwrap_or(starts_after)))
}

/// Where a channel's history begins to matter.
fn beginning(backfill: Backfill, now: DateTime<Utc>) -> MessageId {
    match backfill {
        Backfill::All => MessageId(0),
        Backfill::None => MessageId::at(now),
        Backfill::Days(days) => MessageId::at(now - TimeDelta::days(i64::from(days))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::GuildId;

    fn watch(starts_after: Option<i64>, cursor: Option<i64>) -> Watch {
        Watch {
            channel_id: ChannelId(1),
            guild_id: GuildId(1),
            webhook_ids: Vec::new(),
            cursor: cursor.map(MessageId),
            starts_after: starts_after.map(MessageId),
            caught_up_at: None,
            last_gap: None,
            set_up: None,
        }
    }

    fn place(starts_after: Option<i64>, cursor: Option<i64>, wanted: i64) -> Option<(i64, i64)> {
        let place = known_place(&watch(starts_after, cursor), MessageId(wanted));
        place.map(|(from, cursor)| (from.0, cursor.0))
    }

    #[test]
    fn history_is_read_on_from_the_cursor_wherever_now_is() {
        assert_eq!(place(Some(5), Some(9), 20), Some((5, 9)));
        assert_eq!(place(Some(5), None, 20), Some((5, 5)));
        assert_eq!(place(None, Some(9), 0), Some((0, 9)));
    }

    #[test]
    fn history_begins_at_the_first_contact_and_when_more_of_it_is_wanted() {
        assert_eq!(place(None, None, 7), None);
        assert_eq!(place(Some(5), Some(9), 0), None);
    }
}
