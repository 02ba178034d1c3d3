//! What was missed is fetched: a channel's history is read from its cursor on, through ingest.
//!
//! The cursor says up to where the history was read without a hole. Only reading the history moves
//! it, and only after the page is on disk: a live message may be the last one of ten that never
//! came. So that a restart finds little to read, the history is read on while the bot runs, too.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::Route;
use tokio::sync::mpsc;

use super::bot::Bot;
use super::messages;
use super::rest::RestError;
use crate::checkout::Message;
use crate::config::Backfill;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::Via;

/// The most that Discord gives at once.
const PAGE: usize = 100;
/// How often the history of every channel is read on.
const INTERVAL: Duration = Duration::from_mins(5);
/// Requests that wait; one more for a channel that waits already is of no use.
const QUEUE: usize = 1_024;

/// The entrance for requests. Clones share the queue.
#[derive(Clone)]
pub(super) struct BackfillRequests {
    queue: mpsc::Sender<ChannelId>,
}

impl BackfillRequests {
    pub(super) fn new() -> (Self, mpsc::Receiver<ChannelId>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        (Self { queue }, requests)
    }

    /// Asks for a channel's history to be read on, soon.
    pub(super) fn read_on(&self, channel: ChannelId) {
        // A full queue names the channel already, or the next interval does.
        self.queue.try_send(channel).ok();
    }
}

/// Reads on where it is asked, and everywhere from time to time.
pub(super) async fn run(bot: Arc<Bot>, mut requests: mpsc::Receiver<ChannelId>) {
    let mut interval = tokio::time::interval(INTERVAL);
    interval.tick().await;
    loop {
        let mut channels = Vec::new();
        tokio::select! {
            _ = interval.tick() => channels = bot.watching.channels(),
            request = requests.recv() => match request {
                Some(channel) => channels.push(channel),
                None => return,
            },
        }
        while let Ok(channel) = requests.try_recv() {
            channels.push(channel);
        }
        channels.sort_unstable();
        channels.dedup();
        for channel in channels {
            if let Err(error) = catch_up(&bot, channel).await {
                tracing::warn!(%channel, "the history could not be read on: {error:#}");
            }
        }
    }
}

/// Reads a channel's history from its cursor to its end.
async fn catch_up(bot: &Bot, channel: ChannelId) -> anyhow::Result<()> {
    // Until the gateway has told which guild the channel belongs to, its orders have no home.
    let Some(watched) = bot.watching.get(channel).filter(|watched| watched.guild_id.is_some())
    else {
        return Ok(());
    };
    let mut after = match cursor(bot, channel).await? {
        Some(cursor) => cursor,
        None => beginning(watched.backfill, Utc::now()),
    };
    let mut read = 0_usize;
    loop {
        let page = page(bot, channel, after).await?;
        let Some(last) = page.iter().filter_map(|message| message.id).max() else { break };
        let size = page.len();
        let incoming = page
            .into_iter()
            .filter_map(|message| messages::incoming(bot, message, Via::Backfill))
            .collect();
        let receipts = bot.ingest.submit_all(incoming).await;
        let receipts = receipts.map_err(|why| anyhow::anyhow!("ingest turned it away: {why:?}"))?;
        bot.ledger.move_cursor(channel, last).await.context("move the cursor")?;
        read += receipts.iter().filter(|receipt| !receipt.known).count();
        after = last;
        if size < PAGE {
            break;
        }
        tracing::info!(%channel, read, "reading the history");
    }
    if read > 0 {
        tracing::info!(%channel, "{read} messages were fetched from the history");
    }
    Ok(())
}

async fn cursor(bot: &Bot, channel: ChannelId) -> anyhow::Result<Option<MessageId>> {
    let watches = bot.ledger.watches().await.context("read the cursor")?;
    Ok(watches.into_iter().find(|watch| watch.channel_id == channel).and_then(|watch| watch.cursor))
}

/// The messages after one, oldest first. Each is read leniently: one odd message does not cost its page.
async fn page(bot: &Bot, channel: ChannelId, after: MessageId) -> anyhow::Result<Vec<Message>> {
    let route = Route::ChannelMessages { channel_id: channel.into() };
    let params = vec![("limit", PAGE.to_string()), ("after", after.to_string())];
    let page = match bot.rest.get_raw(route, params).await {
        Ok(page) => page,
        Err(error) => {
            bot.heed(&error);
            if let RestError::Forbidden(_) | RestError::NotFound(_) = error {
                anyhow::bail!(
                    "{error}; give the bot View Channel and Read Message History there, \
                    or take the channel out of config.toml"
                );
            }
            return Err(error.into());
        }
    };
    let page = page.as_array().context("Discord's page of messages is no list")?;
    let mut messages: Vec<Message> = page.iter().map(Message::from_json).collect();
    messages.retain(|message| message.id.is_some_and(|id| id > after));
    messages.sort_by_key(|message| message.id);
    Ok(messages)
}

/// Where a channel's history begins to matter.
fn beginning(backfill: Backfill, now: DateTime<Utc>) -> MessageId {
    match backfill {
        Backfill::All => MessageId(0),
        Backfill::None => MessageId::at(now),
        Backfill::Days(days) => MessageId::at(now - TimeDelta::days(i64::from(days))),
    }
}
