//! What was missed is fetched: a channel's history is read from its cursor on, through ingest.
//!
//! The cursor says up to where the history was read without a hole. Only reading the history moves
//! it, and only after the page is on disk: a live message may be the last one of ten that never
//! came. After every READY the recent part is compared as well ([`recent`]): edits, deletions and
//! reactions that happened while the bot was away come by no event.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::bot::Bot;
use super::history::{self, Page};
use super::messages;
use super::watching::Watched;
use crate::config::Backfill;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::{Via, Watch};
use schedule::Schedule;

mod compare;
mod recent;
mod schedule;

/// Requests that wait; the regular rounds bring what does not fit.
const QUEUE: usize = 1_024;
/// Channels that are read at the same time.
const AT_ONCE: usize = 4;
/// A flood is given this long to pass.
const FLOOD: Duration = Duration::from_secs(2);
/// How often it is looked which channel is due.
const TICK: Duration = Duration::from_millis(500);
/// A message that is found in the history and was posted before the connection was made, or this long
/// ago, was missed; the event of a newer one may be on its way.
const MISSED_AFTER: TimeDelta = TimeDelta::seconds(10);
/// Long reading tells of itself this often.
const PROGRESS: Duration = Duration::from_secs(10);

/// The entrance for requests. Clones share the queue.
#[derive(Clone)]
pub(super) struct BackfillRequests {
    queue: mpsc::Sender<Request>,
    /// Where live messages came since it was looked last.
    stirred: Arc<Mutex<BTreeSet<ChannelId>>>,
}

/// A channel to be read on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    channel: ChannelId,
    after: Duration,
    /// Whether its recent part is to be compared, too.
    compare: bool,
}

impl BackfillRequests {
    pub(super) fn new() -> (Self, mpsc::Receiver<Request>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        (Self { queue, stirred: Arc::default() }, requests)
    }

    /// Asks for a channel's history to be read on, at once.
    pub(super) fn read_on(&self, channel: ChannelId) {
        self.ask(Request { channel, after: Duration::ZERO, compare: false });
    }

    /// Asks for that when the flood is over which is more than can be stored. An edit that was turned
    /// away may be of an old message: then the recent part is compared, too.
    pub(super) fn read_on_after_flood(&self, channel: ChannelId, compare: bool) {
        self.ask(Request { channel, after: FLOOD, compare });
    }

    /// Asks for that, and for its recent part to be compared: the bot was away.
    pub(super) fn compare(&self, channel: ChannelId) {
        self.ask(Request { channel, after: Duration::ZERO, compare: true });
    }

    fn ask(&self, request: Request) {
        // A full queue names the channel already, or the next round does.
        self.queue.try_send(request).ok();
    }

    /// Notes that a live message came: the cursor is to follow soon, so that little has to be read
    /// after a crash.
    pub(super) fn stir(&self, channel: ChannelId) {
        self.stirred.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
    }

    fn take_stirred(&self) -> BTreeSet<ChannelId> {
        std::mem::take(&mut *self.stirred.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What became of one reading.
#[derive(Debug, Clone, Copy)]
struct Done {
    channel: ChannelId,
    compared: bool,
    is_well: bool,
}

/// Reads on where it is asked, and everywhere from time to time.
pub(super) async fn run(bot: Arc<Bot>, mut requests: mpsc::Receiver<Request>) {
    let mut schedule = Schedule::default();
    let mut running: JoinSet<Done> = JoinSet::new();
    let mut tick = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            request = requests.recv() => match request {
                Some(request) => {
                    schedule.ask(request.channel, request.compare, Instant::now() + request.after);
                }
                None => return,
            },
            Some(done) = running.join_next(), if !running.is_empty() => {
                if let Ok(done) = done {
                    schedule.done(done.channel, done.compared, done.is_well, Instant::now());
                }
            }
            _ = tick.tick() => {
                let stirred = bot.backfill.take_stirred();
                schedule.follow(&bot.watching.channels(), &stirred, Instant::now());
            }
        }
        while running.len() < AT_ONCE
            && let Some((channel, compare)) = schedule.next(Instant::now())
        {
            running.spawn(read(Arc::clone(&bot), channel, compare));
        }
    }
}

async fn read(bot: Arc<Bot>, channel: ChannelId, compared: bool) -> Done {
    let reading = async {
        let caught_up = catch_up(&bot, channel).await?;
        if let Some(starts_after) = caught_up.filter(|_| compared) {
            recent::compare(&bot, channel, starts_after).await?;
        }
        anyhow::Ok(())
    };
    let is_well = match AssertUnwindSafe(reading).catch_unwind().await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            // What Discord refuses was said by then, once for the channel.
            tracing::debug!(%channel, "the history could not be read on: {error:#}");
            false
        }
        Err(_) => {
            tracing::error!(%channel, "reading the history broke off: please report it");
            false
        }
    };
    Done { channel, compared, is_well }
}

/// Reads a channel's history from its cursor to its end, and gives where it begins. `None`: it cannot
/// be read to its end yet.
async fn catch_up(bot: &Bot, channel: ChannelId) -> anyhow::Result<Option<MessageId>> {
    // Until the gateway has told which guild the channel belongs to, its orders have no home.
    let watched = bot.watching.get(channel);
    let Some((watched, guild)) =
        watched.and_then(|watched| watched.guild_id.map(|id| (watched, id)))
    else {
        return Ok(None);
    };
    bot.ledger.add_watch(channel, guild, &watched.webhook_ids).await?;
    let Some(watch) = bot.ledger.watch(channel).await? else { return Ok(None) };
    let (starts_after, cursor) = begin(bot, &watch, &watched).await?;
    let mut page = history::after(bot, channel, cursor).await?;
    let mut progress = Progress::new(&watch);
    while let Some(last) = page.last() {
        if let Some(hidden) = page.hidden_from() {
            // What is hidden now is read when Discord shows it: the cursor stays before it.
            take_in(bot, channel, page).await?;
            bot.ledger.move_cursor(channel, MessageId(hidden.0 - 1)).await?;
            bot.alarms.content(true);
            return Ok(None);
        }
        let is_full = page.is_full;
        // The next page is on its way while this one is written.
        let next = async {
            if is_full { history::after(bot, channel, last).await.map(Some) } else { Ok(None) }
        };
        let (taken, next) = tokio::join!(take_new(bot, channel, page), next);
        progress.add(taken?, last);
        bot.ledger.move_cursor(channel, last).await.context("move the cursor")?;
        match next? {
            Some(next) => page = next,
            None => break,
        }
    }
    bot.ledger.caught_up(channel, progress.missed).await?;
    progress.end();
    Ok(Some(starts_after))
}

/// Where the channel's history begins, and from where on it is to be read.
async fn begin(
    bot: &Bot,
    watch: &Watch,
    watched: &Watched,
) -> anyhow::Result<(MessageId, MessageId)> {
    let wanted = beginning(watched.backfill, Utc::now());
    if let Some(known) = known_place(watch, wanted) {
        return Ok(known);
    }
    bot.ledger.begin_history(watch.channel_id, wanted).await?;
    Ok((wanted, wanted))
}

/// Where the history begins and how far it is read. `None`: it has not begun, or more of the past is
/// wanted now than was then.
fn known_place(watch: &Watch, wanted: MessageId) -> Option<(MessageId, MessageId)> {
    // A database of version 1 knows only the cursor: everything before it was read or passed over.
    let starts_after = watch.starts_after.or(watch.cursor.map(|_| wanted))?;
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

/// What a page brought.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    messages: u64,
    /// That were not known, and too old to be on their way.
    missed: u64,
    /// New messages, edits, reactions and deletions that no event had told.
    changes: u64,
}

/// Puts on disk what is not there yet. What came live since the cursor moved last needs no second
/// reading.
async fn take_new(bot: &Bot, channel: ChannelId, mut page: Page) -> anyhow::Result<Taken> {
    let copies: Vec<_> =
        page.messages.iter().map(|seen| (seen.id, seen.message.edited_at)).collect();
    let settled = bot.ledger.settled(&copies).await?;
    for seen in page.messages.iter_mut().filter(|seen| settled.contains(&seen.id)) {
        seen.is_settled = true;
    }
    take_in(bot, channel, page).await
}

/// Puts a page on disk, with the reactions that stand on its messages.
async fn take_in(bot: &Bot, channel: ChannelId, page: Page) -> anyhow::Result<Taken> {
    let incoming = page.messages.iter().filter(|seen| !seen.is_settled).filter_map(|seen| {
        let mut message = seen.message.clone();
        message.channel_id = Some(channel);
        messages::incoming(bot, message, Via::Backfill)
    });
    let shows =
        |seen: &history::Seen| seen.message.webhook_id.is_some() && !seen.message.is_blank();
    if page.messages.iter().any(shows) {
        bot.alarms.content(false);
    }
    let receipts = bot.ingest.submit_all(incoming.collect()).await;
    let receipts = receipts.map_err(|why| anyhow::anyhow!("ingest turned it away: {why:?}"))?;
    let late = Utc::now() - MISSED_AFTER;
    let on_its_way = MessageId::at(bot.ready_at().map_or(late, |ready| ready.max(late)));
    let new = receipts.iter().filter(|receipt| !receipt.known);
    let missed = new.clone().filter(|receipt| receipt.message_id < on_its_way).count() as u64;
    let changes = new.count() as u64 + compare::reactions(bot, channel, &page).await?;
    Ok(Taken { messages: page.messages.len() as u64, missed, changes })
}

/// How a reading goes on, for the log.
struct Progress {
    channel: ChannelId,
    /// What the first contact brings was not missed.
    is_first_contact: bool,
    messages: u64,
    missed: u64,
    told_at: Instant,
}

impl Progress {
    fn new(watch: &Watch) -> Self {
        let is_first_contact = watch.caught_up_at.is_none();
        let (channel, told_at) = (watch.channel_id, Instant::now());
        Self { channel, is_first_contact, messages: 0, missed: 0, told_at }
    }

    fn add(&mut self, taken: Taken, last: MessageId) {
        self.messages += taken.messages;
        if !self.is_first_contact {
            self.missed += taken.missed;
        }
        if self.told_at.elapsed() >= PROGRESS {
            self.told_at = Instant::now();
            let day = crate::ledger::made_at(last).map(|time| time.date_naive());
            let day = day.map(tracing::field::display);
            let (channel, messages) = (self.channel, self.messages);
            tracing::info!(%channel, day, "reading the history, {messages} messages so far");
        }
    }

    fn end(&self) {
        let Self { channel, is_first_contact, messages, missed, .. } = *self;
        if is_first_contact {
            tracing::info!(%channel, "the history is read: {messages} messages");
        } else if missed > 0 {
            tracing::info!(%channel, "{missed} missed messages were fetched from the history");
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
            last_hole: None,
            board_channel_id: None,
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
