//! People set an order's status by reacting to its message.
//!
//! Reaction events carry no time and come in any order, so one event alone does not tell what
//! stands. A lone event is believed at once. When an addition and a removal of the same reaction meet
//! within [`recent::WINDOW`], Discord is asked which of the two stands. Where the history shows other
//! reactions than the ledger knows, Discord is asked for the people behind them ([`compare`]).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use anyhow::Context as _;
use futures::FutureExt as _;
use serenity::all::{ReactionType, Route, User};
use tokio::sync::{mpsc, oneshot};

use super::bot::Bot;
use super::messages;
use super::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::ledger::{MarkRequest, MarkSource, MarkTarget, Marked, UnmarkRequest};
use compare::Comparing;
use recent::{Change, Recent};

mod compare;
mod recent;

pub(super) use compare::Comparison;

/// Changes that wait while one of them asks Discord.
const QUEUE: usize = 4_096;
/// Users that Discord gives in one page.
const PAGE: u64 = 100;
/// Pages of users that are read to see who reacted.
const PAGES: usize = 10;
/// Discord's kinds of reactions.
const PLAIN: u8 = 0;
const BURST: u8 = 1;

/// One reaction that was added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReactionChange {
    pub(super) guild: GuildId,
    pub(super) channel: ChannelId,
    pub(super) message: MessageId,
    /// Absent: everybody's reactions were cleared.
    pub(super) user: Option<UserId>,
    /// As `[reactions]` names it. Absent: all emoji were cleared.
    pub(super) emoji: Option<String>,
    pub(super) added: bool,
    /// Whether the person may set a status; of no meaning for removals.
    pub(super) heard: bool,
    /// Whether the bot itself wrote the message: it may be an order's card.
    pub(super) on_own_message: bool,
}

/// The entrance for reaction changes. Clones share the queues.
#[derive(Clone)]
pub(super) struct ReactionChanges {
    queue: mpsc::Sender<ReactionChange>,
    comparisons: mpsc::Sender<(Comparison, oneshot::Sender<anyhow::Result<()>>)>,
}

/// The other end of [`ReactionChanges`].
pub(super) struct ReactionQueues {
    changes: mpsc::Receiver<ReactionChange>,
    comparisons: mpsc::Receiver<(Comparison, oneshot::Sender<anyhow::Result<()>>)>,
}

impl ReactionChanges {
    pub(super) fn new() -> (Self, ReactionQueues) {
        let (queue, changes) = mpsc::channel(QUEUE);
        let (comparisons, compared) = mpsc::channel(1);
        (Self { queue, comparisons }, ReactionQueues { changes, comparisons: compared })
    }

    /// Brings the marks behind one emoji of a message in line with what stands there now; returns
    /// when they are on disk.
    pub(super) async fn compare(&self, comparison: Comparison) -> anyhow::Result<()> {
        let (done, is_done) = oneshot::channel();
        self.comparisons.send((comparison, done)).await.context("the bot stops")?;
        is_done.await.context("the bot stops")?
    }

    /// Hands a change in; waits while the queue is full.
    pub(super) async fn take(&self, change: ReactionChange) {
        // It only fails when the bot stops.
        self.queue.send(change).await.ok();
    }
}

/// The form in which `[reactions]` and the ledger know an emoji: itself, or `<:name:id>`.
pub(super) fn name(emoji: &ReactionType) -> String {
    emoji.to_string()
}

/// The form in which an emoji stands in Discord's paths.
pub(super) fn in_path(emoji: &str) -> String {
    ReactionType::try_from(emoji).map_or_else(|_| emoji.to_owned(), |emoji| emoji.as_data())
}

/// Applies the changes one after the other, so that none overtakes another; comparisons when no
/// change waits.
pub(super) async fn run(bot: Arc<Bot>, mut queues: ReactionQueues) {
    let mut recent = Recent::default();
    let mut comparing = Comparing::default();
    loop {
        tokio::select! {
            biased;
            change = queues.changes.recv() => {
                let Some(change) = change else { return };
                let applied = AssertUnwindSafe(apply(&bot, &mut recent, &change)).catch_unwind();
                match applied.await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => {
                        tracing::warn!(message = %change.message, "a reaction could not be applied: {error:#}");
                        bot.backfill.compare(change.channel);
                    }
                    Err(_) => {
                        tracing::error!(message = %change.message, "a reaction broke off: please report it");
                        bot.backfill.compare(change.channel);
                    }
                }
            }
            Some((comparison, done)) = queues.comparisons.recv() => {
                // Whoever asked may have gone: the marks stand all the same.
                done.send(comparing.compare(&bot, &comparison).await).ok();
            }
        }
    }
}

async fn apply(bot: &Bot, recent: &mut Recent, change: &ReactionChange) -> anyhow::Result<()> {
    if change.added && !concerns_orders(bot, change).await? {
        return Ok(());
    }
    make_known(bot, change).await?;
    let Some((user, emoji)) = change.user.zip(change.emoji.as_deref()) else {
        return unmark(bot, change).await;
    };
    let what = if change.added { Change::Added } else { Change::Removed };
    let stands = if recent.contradicts(&(change.message, user, emoji.to_owned()), what) {
        match stands(bot, change, user, emoji).await {
            Ok(stands) => stands,
            Err(error) => {
                bot.heed(&error);
                tracing::warn!(
                    "Discord cannot say which reactions stand, the last event counts: {error}"
                );
                change.added
            }
        }
    } else {
        change.added
    };
    match (stands, change.added) {
        (true, true) if change.heard => mark(bot, change, user, emoji).await,
        (true, true) if bot.watching.get(change.channel).is_some() => {
            bot.ledger.note_unheard(change.message, user, emoji).await
        }
        // It was set again after this removal: that event brings who set it, and the right to.
        (true, _) => Ok(()),
        (false, _) => unmark(bot, change).await,
    }
}

/// Whether the message may speak of an order: the same emoji stand below anything that people write.
async fn concerns_orders(bot: &Bot, change: &ReactionChange) -> anyhow::Result<bool> {
    Ok(change.on_own_message
        || bot.watching.get(change.channel).is_some()
        || !bot.ledger.orders_of_message(change.message).await?.is_empty())
}

/// Reads the message first, if the ledger does not have it yet.
async fn make_known(bot: &Bot, change: &ReactionChange) -> anyhow::Result<()> {
    let known = bot.ledger.delivery(change.guild, change.message).await?.is_some();
    if known || bot.watching.get(change.channel).is_none() {
        return Ok(());
    }
    match messages::fetch(bot, change.channel, change.message).await {
        Ok(_) => {}
        Err(error) => {
            bot.heed(&error);
            tracing::warn!(message = %change.message, "a reacted message cannot be read: {error}");
        }
    }
    Ok(())
}

async fn mark(bot: &Bot, change: &ReactionChange, user: UserId, emoji: &str) -> anyhow::Result<()> {
    let Some(status) = bot.ledger.emoji().status(emoji) else { return Ok(()) };
    let request = MarkRequest {
        guild: change.guild,
        target: MarkTarget::Message(change.message),
        user,
        status,
        emoji: Some(emoji.to_owned()),
        source: MarkSource::Reaction,
        at: Some(chrono::Utc::now()),
    };
    tell(change.message, change.user, &bot.ledger.mark(request).await?);
    Ok(())
}

async fn unmark(bot: &Bot, change: &ReactionChange) -> anyhow::Result<()> {
    let request = UnmarkRequest {
        guild: change.guild,
        target: MarkTarget::Message(change.message),
        user: change.user,
        emoji: change.emoji.clone(),
        source: MarkSource::Reaction,
    };
    tell(change.message, change.user, &bot.ledger.unmark(request).await?);
    Ok(())
}

fn tell(message: MessageId, user: Option<UserId>, marked: &Marked) {
    for status in &marked.changes {
        tracing::info!(
            %message,
            user = user.map(tracing::field::display),
            "{} is {} now, it was {}",
            status.order_number,
            status.after,
            status.before
        );
    }
}

/// Asks Discord whether the user's reaction stands on the message.
async fn stands(
    bot: &Bot,
    change: &ReactionChange,
    user: UserId,
    emoji: &str,
) -> Result<bool, RestError> {
    let people = people(bot, change.channel, change.message, &in_path(emoji), true).await?;
    Ok(people.iter().any(|reacted| UserId::from(reacted.id) == user))
}

/// Asks Discord who stands behind an emoji, named as in its paths: plain reactions and bursts.
async fn people(
    bot: &Bot,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
    has_bursts: bool,
) -> Result<Vec<User>, RestError> {
    let route = Route::ChannelMessageReactionEmoji {
        channel_id: channel.into(),
        message_id: message.into(),
        reaction: emoji,
    };
    let mut people: Vec<User> = Vec::new();
    for kind in [PLAIN, BURST].into_iter().take(1 + usize::from(has_bursts)) {
        let mut after = 0;
        for _ in 0..PAGES {
            let params = vec![
                ("limit", PAGE.to_string()),
                ("after", after.to_string()),
                ("type", kind.to_string()),
            ];
            let page: Vec<User> = match bot.rest.get(route, params).await {
                Ok(page) => page,
                // Nobody: neither the emoji nor perhaps the message is there any more.
                Err(RestError::NotFound(_)) => break,
                Err(error) => return Err(error),
            };
            let is_full = page.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
            let last = page.iter().map(|user| user.id.get()).max();
            people.extend(page);
            match last {
                Some(last) if is_full => after = last,
                _ => break,
            }
        }
    }
    Ok(people)
}
