//! What was missed is fetched: a channel's history is read from its cursor on, through ingest.
//!
//! The cursor says up to where the history was read without a gap. Only reading the history moves
//! it, and only after the page is on disk: a live message may be the last one of ten that never
//! came. After every READY the recent part is compared as well ([`recent`]): edits, deletions and
//! reactions that happened while the bot was away come by no event.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::{Listing, Request};
use crate::discord::bot::problems::Topic;
use crate::discord::inbound::threads::is_thread_of_watch;
use crate::ids::ChannelId;
use crate::ledger;
use catch_up::CaughtUp;
use schedule::Schedule;

mod catch_up;
mod pages;
mod recent;
mod reconcile;
mod schedule;
pub(crate) mod sweep;
mod take;
mod thread_listings;
mod thread_queue;
pub(crate) mod threads;

/// Channels that are read at the same time, and that are compared.
const AT_ONCE: usize = 4;
/// A comparison that failed is tried again after this: what Discord answers oddly once may stay odd.
const AFTER_FAILURE: Backoff = Backoff::new(Duration::from_secs(15), Duration::from_mins(15));

/// Between two checks which channel is due.
const TICK: Duration = Duration::from_millis(500);

/// What became of one reading.
struct Done {
    channel: ChannelId,
    is_well: bool,
    /// Whether it was asked for that the recent part is compared.
    asked_to_reconcile: bool,
    /// What is to be compared now, if that was asked for.
    reconcile: Option<CaughtUp>,
}

/// Comparisons of the recent part. They take their time, and must not hold up the reading of what was
/// missed, in their own channel or in others.
#[derive(Default)]
struct Comparisons {
    waiting: VecDeque<(ChannelId, CaughtUp)>,
    busy: BTreeSet<ChannelId>,
    running: JoinSet<(ChannelId, bool)>,
    /// When those are made again that failed.
    again: BTreeMap<ChannelId, Backoff>,
}

impl Comparisons {
    /// A later request for a channel takes the place of one that waits.
    fn add(&mut self, channel: ChannelId, caught_up: CaughtUp) {
        self.waiting.retain(|(waiting, _)| *waiting != channel);
        self.waiting.push_back((channel, caught_up));
    }

    /// One has ended; gives after how long it is to be made again, if it is.
    fn ended(&mut self, channel: ChannelId, is_well: bool) -> Option<Duration> {
        self.busy.remove(&channel);
        if is_well {
            self.again.remove(&channel);
            return None;
        }
        Some(self.again.entry(channel).or_insert(AFTER_FAILURE).wait())
    }

    fn start(&mut self, bot: &Arc<Bot>) {
        while self.running.len() < AT_ONCE {
            let free = |(channel, _): &(ChannelId, CaughtUp)| !self.busy.contains(channel);
            let Some(index) = self.waiting.iter().position(free) else { return };
            let Some((channel, caught_up)) = self.waiting.remove(index) else { return };
            self.busy.insert(channel);
            self.running.spawn(reconcile(Arc::clone(bot), channel, caught_up));
        }
    }
}

/// Reads on where it is asked, and everywhere from time to time.
pub(crate) async fn run(bot: Arc<Bot>, mut requests: mpsc::Receiver<Request>) {
    let mut schedule = Schedule::default();
    let mut reading: JoinSet<Done> = JoinSet::new();
    let mut comparisons = Comparisons::default();
    let mut tick = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            request = requests.recv() => match request {
                Some(request) if is_thread_of_watch(&bot, request.channel) => {
                    bot.threads.read(request);
                }
                Some(request) => {
                    schedule.ask(request.channel, request.reconcile, Instant::now() + request.after);
                }
                None => return,
            },
            Some(done) = reading.join_next(), if !reading.is_empty() => {
                let done = ended(done);
                let Done { channel, is_well, asked_to_reconcile, .. } = done;
                schedule.done(channel, asked_to_reconcile, is_well, Instant::now());
                if is_well {
                    let why = if asked_to_reconcile { Listing::Absence } else { Listing::Round };
                    bot.threads.list(channel, why);
                }
                if let Some(caught_up) = done.reconcile {
                    comparisons.add(done.channel, caught_up);
                }
            }
            Some(done) = comparisons.running.join_next(), if !comparisons.running.is_empty() => {
                let (channel, is_well) = ended(done);
                if let Some(after) = comparisons.ended(channel, is_well) {
                    schedule.ask(channel, true, Instant::now() + after);
                }
            }
            _ = tick.tick() => {
                let busy = bot.backfill.take_busy();
                schedule.follow(&bot.watching.channels(), &busy, Instant::now());
            }
        }
        while reading.len() < AT_ONCE
            && let Some((channel, reconcile)) = schedule.next(Instant::now())
        {
            reading.spawn(read(Arc::clone(&bot), channel, reconcile));
        }
        comparisons.start(&bot);
    }
}

/// What a task has come to. It catches the crashes that are to be expected; with any other its worker crashes as
/// well, which ends the bot: its channel would look read for ever, and never be read.
fn ended<T>(done: Result<T, JoinError>) -> T {
    match done.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(crash)) => std::panic::resume_unwind(crash),
        // Nobody cancels a task whose end is waited for.
        Err(Err(cancelled)) => std::panic::resume_unwind(Box::new(cancelled)),
    }
}

async fn read(bot: Arc<Bot>, channel: ChannelId, reconciles: bool) -> Done {
    let place = (channel, Topic::History);
    let caught_up = well(&bot, place, catch_up::catch_up(&bot, channel)).await;
    let is_well = caught_up.is_some();
    let is_forum = bot.watching.get(channel).is_some_and(|watched| watched.is_forum);
    let is_read = caught_up.as_ref().is_some_and(Option::is_some);
    let is_well = is_well && (is_read || !reconciles);
    let reconcile = caught_up.flatten().filter(|_| reconciles && !is_forum);
    Done { channel, is_well, asked_to_reconcile: reconciles, reconcile }
}

async fn reconcile(bot: Arc<Bot>, channel: ChannelId, caught_up: CaughtUp) -> (ChannelId, bool) {
    let place = (channel, Topic::Comparison);
    let compared = well(&bot, place, recent::reconcile_channel(&bot, channel, &caught_up)).await;
    (channel, compared.is_some())
}

/// What a reading gives. `None`: it failed; that is logged once, and it is tried again.
async fn well<T>(
    bot: &Bot,
    (channel, topic): (ChannelId, Topic),
    reading: impl Future<Output = anyhow::Result<T>>,
) -> Option<T> {
    let why = match AssertUnwindSafe(reading).catch_unwind().await {
        Ok(Ok(given)) => {
            bot.problems.over(channel, topic);
            return Some(given);
        }
        Ok(Err(error)) => ledger::explain(&error).unwrap_or_else(|| format!("{error:#}")),
        Err(_) => "reading the history crashed; please report this".to_owned(),
    };
    bot.problems.report(channel, topic, why.trim_end_matches('.'));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crash_that_no_task_caught_is_not_passed_over() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { 7 });
        assert_eq!(ended(tasks.join_next().await.unwrap()), 7);
        tasks.spawn(async { panic!("a crash") });
        let crashed = tasks.join_next().await.unwrap();
        assert!(std::panic::catch_unwind(AssertUnwindSafe(|| ended(crashed))).is_err());
    }
}
