//! The threads of a watched channel, listed over REST: what the gateway did not tell, and closed ones,
//! which it never tells.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;
use serenity::all::Route;

use super::{learn, news};
use crate::discord::bot::Bot;
use crate::discord::rest::seen_thread::SeenThread;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::ThreadNews;

/// The most that Discord lists at once.
const PAGE: usize = 100;
/// Pages of closed threads of one channel, at the most.
const PAGES: usize = 1_000;
/// Pages that are asked for one after the other; after these each waits its turn.
const SWIFT_PAGES: usize = 3;
const PAUSE: Duration = Duration::from_millis(250);
/// Open threads of a channel that are compared after an absence, at the most.
const RECENT: u32 = 1_000;

/// Notes the open threads of a channel.
///
/// # Errors
/// When Discord or the database cannot be asked.
pub(crate) async fn open(bot: &Bot, guild: GuildId, channel: ChannelId) -> anyhow::Result<()> {
    let route = Route::GuildThreadsActive { guild_id: guild.into() };
    let page = page(bot, route, Vec::new()).await.context("list the open threads")?;
    note(bot, channel, &page.threads).await?;
    Ok(())
}

/// Notes the threads of a channel that were closed since they were listed last. Gives them.
///
/// # Errors
/// When Discord or the database cannot be asked. Then they are listed again from the newest on.
pub(crate) async fn closed(bot: &Bot, channel: ChannelId) -> anyhow::Result<Vec<ThreadNews>> {
    let Some(watch) = bot.ledger.watch(channel).await? else { return Ok(Vec::new()) };
    let begins = watch.starts_after.and_then(MessageId::made_at);
    let known_until = bot.ledger.closed_threads_until(channel).await?;
    // What was closed before the history begins holds nothing of it.
    let until = begins.into_iter().chain(known_until).max().unwrap_or(DateTime::UNIX_EPOCH);
    let route = || Route::ChannelArchivedPublicThreads { channel_id: channel.into() };
    let (mut newest, mut found, mut before) = (until, Vec::new(), None);
    let mut seen_ids = BTreeSet::new();
    for count in 1..=PAGES {
        if count == PAGES {
            tracing::warn!(%channel, "there are more closed threads than the bot reads");
        }
        let params = before.map(|time: DateTime<Utc>| {
            ("before", time.to_rfc3339_opts(SecondsFormat::Micros, true))
        });
        let page = page(bot, route(), params.into_iter().collect()).await;
        let page = page.context("list the closed threads")?;
        found.extend(note(bot, channel, &page.threads).await?);
        let times = || page.threads.iter().filter_map(|seen| seen.closed_at);
        newest = newest.max(times().max().unwrap_or(newest));
        let oldest = times().min().filter(|oldest| page.has_more && *oldest >= until);
        let Some(oldest) = oldest else { break };
        // Several may have been closed at the same time; the page may have parted them.
        let is_news = page.threads.iter().filter(|seen| seen_ids.insert(seen.id)).count() > 0;
        before = Some(if is_news { oldest + TimeDelta::microseconds(1) } else { oldest });
        if count >= SWIFT_PAGES {
            tokio::time::sleep(PAUSE).await;
        }
    }
    bot.ledger.closed_threads_listed(channel, newest).await?;
    Ok(found)
}

/// Notes the closed private threads that the bot is in.
///
/// # Errors
/// When Discord or the database cannot be asked.
pub(crate) async fn closed_private(bot: &Bot, channel: ChannelId) -> anyhow::Result<()> {
    let route = || Route::ChannelJoinedPrivateThreads { channel_id: channel.into() };
    let mut before: Option<ChannelId> = None;
    for _ in 0..PAGES {
        let params = before.map(|id| ("before", id.to_string()));
        let page = page(bot, route(), params.into_iter().collect()).await;
        let page = page.context("list the private threads")?;
        note(bot, channel, &page.threads).await?;
        before = page.threads.iter().map(|seen| seen.id).min().filter(|_| page.has_more);
        if before.is_none() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// The threads of a channel in which something may have changed while the bot was away: the open ones of
/// the recent past, and those that were closed meanwhile.
///
/// # Errors
/// When the database cannot be asked.
pub(crate) async fn recent(
    bot: &Bot,
    channel: ChannelId,
    closed: &[ThreadNews],
) -> anyhow::Result<Vec<ChannelId>> {
    let days = TimeDelta::days(i64::from(bot.config.history.recent_days));
    let since = MessageId::at(bot.rest.clock().now() - days);
    let mut recent = bot.ledger.recent_threads(channel, since, RECENT).await?;
    let closed = closed.iter().filter(|thread| thread.last_message > since);
    recent.extend(closed.map(|thread| thread.thread_id));
    Ok(recent)
}

/// Remembers those of a page that belong to the channel, and notes them on disk. Gives them.
async fn note(
    bot: &Bot,
    channel: ChannelId,
    threads: &[SeenThread],
) -> anyhow::Result<Vec<ThreadNews>> {
    let here = threads.iter().filter(|seen| seen.parent == channel && learn(bot, seen));
    let news: Vec<ThreadNews> = here.filter_map(|seen| news(bot, seen)).collect();
    if !news.is_empty() {
        bot.ledger.note_threads(&news).await?;
    }
    Ok(news)
}

struct Page {
    threads: Vec<SeenThread>,
    has_more: bool,
}

async fn page(
    bot: &Bot,
    route: Route<'_>,
    mut params: Vec<(&'static str, String)>,
) -> anyhow::Result<Page> {
    if !matches!(route, Route::GuildThreadsActive { .. }) {
        params.push(("limit", PAGE.to_string()));
    }
    let answer = bot.rest.get_raw(route, params).await?;
    let threads = answer.get("threads").and_then(Value::as_array);
    let threads = threads.context("Discord sent something else than a list of threads")?;
    Ok(Page {
        threads: threads.iter().filter_map(SeenThread::from_json).collect(),
        has_more: answer.get("has_more").and_then(Value::as_bool).unwrap_or_default(),
    })
}
