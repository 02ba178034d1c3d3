//! The threads of watched channels: found, read from their cursors on, and compared after an absence.
//!
//! There may be thousands. So only those are read whose last message is beyond their cursor, a few at
//! once, the newest first, and comparisons wait until nothing else is due. One that cannot be read holds
//! up no other.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::thread_listings::{Due, ThreadListings};
use super::thread_queue::{Ended, ThreadQueue};
use super::{catch_up, recent};
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::{Listing, ThreadRequest};
use crate::discord::bot::problems::Topic;
use crate::discord::inbound::history::{Unreadable, Why};
use crate::discord::inbound::threads;
use crate::discord::inbound::threads::lists;
use crate::ids::ChannelId;
use crate::ledger;

/// Threads that are read at the same time, and channels whose threads are listed.
const AT_ONCE: usize = 4;
/// From the beginning of one reading to the next.
const TURN: Duration = Duration::from_millis(200);
/// What events told is noted, and with it the cursors follow, this often.
const NOTED: Duration = Duration::from_secs(20);
/// The ledger is asked at least this often which threads are behind.
const LOOKED: Duration = Duration::from_mins(1);
/// Threads that are taken from the ledger at once.
const TAKEN: u32 = 256;
const FORBIDDEN: &str = "a thread here cannot be read: the bot is not in it, or lost its permissions; \
    mention the bot in the thread to let it in, or give it Manage Threads";

/// What a task has come to.
enum Done {
    Read { thread: ChannelId, reconcile: bool, ended: Ended },
    Listed { due: Due, recent: Option<Vec<ChannelId>> },
}

struct Worker {
    bot: Arc<Bot>,
    queue: ThreadQueue,
    listings: ThreadListings,
    reading: JoinSet<Done>,
    listing: JoinSet<Done>,
    /// Threads that may not be read, and the channels they belong to: said once for each channel.
    forbidden: BTreeMap<ChannelId, ChannelId>,
    noted_at: Option<Instant>,
    looked_at: Option<Instant>,
}

/// Reads for ever.
pub(crate) async fn run(bot: Arc<Bot>, mut requests: mpsc::Receiver<ThreadRequest>) {
    let mut worker = Worker {
        bot,
        queue: ThreadQueue::default(),
        listings: ThreadListings::default(),
        reading: JoinSet::new(),
        listing: JoinSet::new(),
        forbidden: BTreeMap::new(),
        noted_at: Some(Instant::now()),
        looked_at: None,
    };
    let mut turn = tokio::time::interval(TURN);
    loop {
        tokio::select! {
            request = requests.recv() => match request {
                Some(request) => worker.take(request),
                None => return,
            },
            Some(done) = worker.reading.join_next(), if !worker.reading.is_empty() => {
                worker.done(super::ended(done));
            }
            Some(done) = worker.listing.join_next(), if !worker.listing.is_empty() => {
                worker.done(super::ended(done));
            }
            _ = turn.tick() => worker.turn().await,
        }
    }
}

impl Worker {
    fn take(&mut self, request: ThreadRequest) {
        let now = Instant::now();
        match request {
            ThreadRequest::List(channel, why) => self.listings.ask(channel, why, now),
            ThreadRequest::Read(request) => {
                self.queue.ask(request.channel, request.reconcile, now + request.after);
                // It may be so new that the ledger does not know it.
                self.noted_at = None;
            }
            ThreadRequest::NoteSoon => self.noted_at = None,
            ThreadRequest::TryAgain => {
                self.queue.end_rests();
                self.looked_at = None;
            }
        }
    }

    fn done(&mut self, done: Done) {
        let now = Instant::now();
        match done {
            Done::Read { thread, reconcile, ended } => {
                self.queue.done(thread, reconcile, ended, now);
                self.report(thread, ended);
            }
            Done::Listed { due, recent } => {
                self.listings.done(due, recent.is_some(), now);
                self.queue.reconcile(recent.unwrap_or_default());
                self.looked_at = None;
            }
        }
    }

    /// Says once of a channel that some of its threads may not be read, and once that all may.
    fn report(&mut self, thread: ChannelId, ended: Ended) {
        let watch = self.bot.watching.watch_of(thread);
        if let Some(watch) = watch.filter(|_| ended == Ended::Forbidden) {
            self.forbidden.insert(thread, watch);
            self.bot.problems.report(watch, Topic::Threads, FORBIDDEN);
        } else if ended == Ended::Well
            && let Some(watch) = self.forbidden.remove(&thread)
            && !self.forbidden.values().any(|other| *other == watch)
        {
            self.bot.problems.over(watch, Topic::Threads);
        }
    }

    async fn turn(&mut self) {
        let now = Instant::now();
        if self.noted_at.is_none_or(|at| now >= at + NOTED) {
            self.noted_at = Some(now);
            self.note_news().await;
        }
        if self.looked_at.is_none_or(|at| now >= at + LOOKED) {
            self.look(now).await;
        }
        if self.reading.len() < AT_ONCE
            && let Some((thread, reconcile)) = self.queue.next(now)
        {
            self.reading.spawn(read(Arc::clone(&self.bot), thread, reconcile));
            if self.queue.is_caught_up() {
                // There may be more than were taken at once.
                self.looked_at = self.looked_at.filter(|_| reconcile);
            }
        }
        if self.listing.len() < AT_ONCE
            && let Some(due) = self.listings.next(now)
        {
            self.listing.spawn(list(Arc::clone(&self.bot), due));
        }
    }

    async fn note_news(&mut self) {
        let news = self.bot.threads.take_news();
        if news.is_empty() {
            return;
        }
        if let Err(error) = self.bot.ledger.note_threads(&news).await {
            tracing::warn!("could not note what Discord said of threads; trying again: {error:#}");
            for news in news {
                self.bot.threads.note(news);
            }
        }
        self.looked_at = None;
    }

    async fn look(&mut self, now: Instant) {
        let aside = self.queue.set_aside(now);
        let watched = self.bot.watching.channels();
        match self.bot.ledger.threads_behind(&watched, TAKEN, &aside).await {
            Ok(behind) => {
                self.queue.set_behind(behind);
                self.looked_at = Some(now);
            }
            Err(error) => tracing::warn!("could not read which threads are behind: {error:#}"),
        }
    }
}

/// Reads a thread on, and compares its recent part if that is asked for.
async fn read(bot: Arc<Bot>, thread: ChannelId, reconcile: bool) -> Done {
    let reading = async {
        let Some(caught_up) = catch_up::catch_up_thread(&bot, thread).await? else {
            return Ok(Ended::Failed);
        };
        if reconcile {
            recent::reconcile_channel(&bot, thread, &caught_up).await?;
        }
        anyhow::Ok(Ended::Well)
    };
    let ended = match AssertUnwindSafe(reading).catch_unwind().await {
        Ok(Ok(ended)) => ended,
        Ok(Err(error)) => match error.downcast_ref::<Unreadable>().map(|unreadable| unreadable.why)
        {
            Some(Why::Gone) => {
                threads::gone(&bot, thread).await;
                Ended::Well
            }
            Some(Why::Forbidden) => Ended::Forbidden,
            _ => {
                let why = ledger::explain(&error).unwrap_or_else(|| format!("{error:#}"));
                tracing::warn!(%thread, "could not read a thread yet: {why}");
                Ended::Failed
            }
        },
        Err(_) => {
            tracing::error!(%thread, "reading a thread crashed; please report this");
            Ended::Failed
        }
    };
    Done::Read { thread, reconcile, ended }
}

/// Lists the threads of a channel. Gives those that are to be compared.
async fn list(bot: Arc<Bot>, due: Due) -> Done {
    let recent = match AssertUnwindSafe(listed(&bot, due)).catch_unwind().await {
        Ok(Ok(recent)) => Some(recent),
        Ok(Err(error)) => {
            let why = format!("the threads cannot be listed; trying again: {error:#}");
            bot.problems.report(due.channel, Topic::ThreadList, &why);
            None
        }
        Err(_) => {
            let why = "listing the threads crashed; please report this";
            bot.problems.report(due.channel, Topic::ThreadList, why);
            None
        }
    };
    if recent.is_some() {
        bot.problems.over(due.channel, Topic::ThreadList);
    }
    Done::Listed { due, recent }
}

async fn listed(bot: &Bot, due: Due) -> anyhow::Result<Vec<ChannelId>> {
    let Due { channel, why, private } = due;
    let watched = bot.watching.get(channel);
    let Some(guild) = watched.and_then(|watched| watched.guild_id) else { return Ok(Vec::new()) };
    // A thread that is watched itself has none.
    if bot.watching.home(channel) != channel {
        return Ok(Vec::new());
    }
    lists::open(bot, guild, channel).await?;
    if why != Listing::Absence {
        return Ok(Vec::new());
    }
    let is_first_contact = bot.ledger.closed_threads_until(channel).await?.is_none();
    let closed = lists::closed(bot, channel).await?;
    if private || is_first_contact {
        lists::closed_private(bot, channel).await?;
    }
    let recent = lists::recent(bot, channel, &closed).await?;
    let mut known = BTreeSet::new();
    Ok(recent.into_iter().filter(|thread| known.insert(*thread)).collect())
}
