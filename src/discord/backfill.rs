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

use futures::FutureExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::bot::Bot;
use crate::ids::ChannelId;
use schedule::Schedule;
use sweep::Sweep;

mod catch_up;
mod compare;
mod recent;
mod schedule;
pub(super) mod sweep;
mod take;

/// Requests that wait; the regular rounds bring what does not fit.
const QUEUE: usize = 1_024;
/// Channels that are read at the same time.
const AT_ONCE: usize = 4;
/// A flood is given this long to pass.
const FLOOD: Duration = Duration::from_secs(2);
/// How often it is looked which channel is due.
const TICK: Duration = Duration::from_millis(500);

/// The entrance for requests. Clones share the queue.
#[derive(Clone)]
pub(super) struct BackfillRequests {
    queue: mpsc::Sender<Request>,
    sweeps: mpsc::Sender<Sweep>,
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
    pub(super) fn new() -> (Self, mpsc::Receiver<Request>, mpsc::Receiver<Sweep>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        let (sweeps, swept) = mpsc::channel(sweep::QUEUE);
        (Self { queue, sweeps, stirred: Arc::default() }, requests, swept)
    }

    fn sweep(&self, sweep: Sweep) {
        // What does not fit is compared after the next connection.
        self.sweeps.try_send(sweep).ok();
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
        let caught_up = catch_up::catch_up(&bot, channel).await?;
        if let Some(caught_up) = caught_up.filter(|_| compared) {
            recent::compare(&bot, channel, &caught_up).await?;
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
