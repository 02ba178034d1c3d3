//! Reading a channel's history from its cursor to its end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use tokio::time::Instant;

use super::take::{Taken, take_new};
use crate::config::Backfill;
use crate::count::count;
use crate::discord::bot::Bot;
use crate::discord::bot::watching::Watched;
use crate::discord::inbound::history::{self, Page};
use crate::ids::{ChannelId, MessageId};
use crate::ledger::Watch;

/// Pages of one channel that are fetched, read and written at the same time.
const IN_FLIGHT: usize = 3;
/// Between two log lines about a long reading.
const PROGRESS: Duration = Duration::from_secs(10);

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
    let mut progress = Progress::new(&watch);
    let steps = history::pages_after(bot, channel, cursor)
        .map(|page| {
            // In a task of its own: a step that nobody polls while the cursor moves would keep the
            // ledger's writer, for which the cursor waits.
            let bot = Arc::clone(bot);
            let step = tokio::spawn(async move { step(&bot, channel, page?).await });
            async { step.await.context("wait for a page of the history")? }
        })
        .buffered(IN_FLIGHT)
        .ready_chunks(IN_FLIGHT);
    let mut steps = pin!(steps);
    while let Some(steps) = steps.next().await {
        let (steps, failure) = until_failure(steps);
        for step in &steps {
            progress.add(&step.taken, step.reached);
        }
        let Some(last) = steps.last() else { return failure.map_or(Ok(None), Err) };
        bot.ledger.move_cursor(channel, last.reached).await.context("move the cursor")?;
        if let Some(failure) = failure {
            return Err(failure);
        }
        if last.is_hidden {
            bot.log_once.content(true);
            return Ok(None);
        }
    }
    bot.ledger.caught_up(channel, progress.missed).await?;
    progress.end();
    Ok(Some(CaughtUp { starts_after, found: progress.changes }))
}

/// A history that is read to its end.
pub(crate) struct CaughtUp {
    /// Where it begins.
    pub(crate) starts_after: MessageId,
    /// What was news in it.
    pub(crate) found: u64,
}

/// A page that is on disk.
struct Step {
    taken: Taken,
    /// How far the history is read with it.
    reached: MessageId,
    is_hidden: bool,
}

/// Puts a page on disk. What is hidden now is read when Discord shows it: the cursor is to stay
/// before it.
async fn step(bot: &Bot, channel: ChannelId, page: Page) -> anyhow::Result<Step> {
    let last = page.last().context("an empty page reached ingest")?;
    let hidden = page.hidden_from();
    let reached = hidden.map_or(last, |hidden| MessageId(hidden.0 - 1));
    let taken = take_new(bot, channel, page).await?;
    Ok(Step { taken, reached, is_hidden: hidden.is_some() })
}

/// The steps before the first failure, and the failure: what comes after it waits for another time,
/// or the cursor would pass a gap.
fn until_failure<T, E>(steps: Vec<Result<T, E>>) -> (Vec<T>, Option<E>) {
    let mut done = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Ok(step) => done.push(step),
            Err(failure) => return (done, Some(failure)),
        }
    }
    (done, None)
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

/// How a reading goes on, for the log.
struct Progress {
    channel: ChannelId,
    /// What the first contact brings was not missed.
    is_first_contact: bool,
    messages: u64,
    missed: u64,
    changes: u64,
    logged_at: Instant,
}

impl Progress {
    fn new(watch: &Watch) -> Self {
        let is_first_contact = watch.caught_up_at.is_none();
        let (channel, logged_at) = (watch.channel_id, Instant::now());
        Self { channel, is_first_contact, messages: 0, missed: 0, changes: 0, logged_at }
    }

    fn add(&mut self, taken: &Taken, last: MessageId) {
        self.messages += taken.messages;
        self.changes += taken.changes;
        if !self.is_first_contact {
            self.missed += taken.missed;
        }
        if self.logged_at.elapsed() >= PROGRESS {
            self.logged_at = Instant::now();
            let day = last.made_at().map(|time| time.date_naive());
            let day = day.map(tracing::field::display);
            let (channel, messages) = (self.channel, self.messages);
            let messages = count(messages, "message", "messages");
            tracing::info!(%channel, day, "reading the history: {messages} so far");
        }
    }

    fn end(&self) {
        let Self { channel, is_first_contact, messages, missed, .. } = *self;
        if is_first_contact {
            let messages = count(messages, "message", "messages");
            tracing::info!(%channel, "read the whole history: {messages}");
        } else if missed > 0 {
            let missed = count(missed, "missed message", "missed messages");
            tracing::info!(%channel, "found {missed} in the history");
        }
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
    fn nothing_after_a_failure_counts() {
        assert_eq!(until_failure(vec![Ok(1), Err("cut"), Ok(3)]), (vec![1], Some("cut")));
        assert_eq!(until_failure::<_, ()>(vec![Ok(1), Ok(2)]), (vec![1, 2], None));
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
