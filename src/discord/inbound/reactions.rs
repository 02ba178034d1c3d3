//! People set an order's status by reacting to its message.
//!
//! Reaction events carry no time and come in any order, so one event alone does not prove whether the
//! reaction is there. A lone event is believed at once. When an addition and a removal of the same reaction
//! meet within [`recent::WINDOW`], Discord is asked which of the two is true. Where the history shows other
//! reactions than the ledger knows, Discord is asked for the people behind them ([`reconcile`]).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;

use super::messages;
use crate::backoff::Backoff;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::{Comparison, ReactionChange, ReactionQueues};
use crate::discord::rest::RestError;
use crate::discord::rest::emoji_path::in_path;
use crate::ids::{MessageId, UserId};
use crate::ledger::{self, MarkRequest, MarkSource, MarkTarget, Marked, UnmarkRequest};
use crate::verdict::Via;
use recent::{Change, Recent};
use reconcile::Reconciling;

mod people;
mod recent;
mod reconcile;

/// Waits for a database that cannot be written.
const WAITS: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(5));

/// Applies the changes one after the other, so that none overtakes another; comparisons when no
/// change waits.
pub(crate) async fn run(bot: Arc<Bot>, mut queues: ReactionQueues) {
    let mut recent = Recent::default();
    let mut reconciling = Reconciling::default();
    loop {
        tokio::select! {
            biased;
            change = queues.changes.recv() => {
                let Some(change) = change else { return };
                let applied = apply_patiently(&bot, &mut recent, &mut reconciling, &change);
                if AssertUnwindSafe(applied).catch_unwind().await.is_err() {
                    tracing::error!(message_id = %change.message, "handling a reaction crashed; please report this");
                    bot.backfill.reconcile(change.channel);
                }
            }
            change = queues.overflow.next() => {
                let compared = AssertUnwindSafe(compare(&bot, &mut reconciling, &change));
                // What fails here is found by the comparison of the channel, or logged by it.
                if !matches!(compared.catch_unwind().await, Ok(Ok(()))) {
                    bot.backfill.reconcile(change.channel);
                }
            }
            Some((comparison, done)) = queues.comparisons.recv() => {
                let compared = AssertUnwindSafe(reconciling.reconcile(&bot, &comparison));
                let compared = compared.catch_unwind().await.unwrap_or_else(|_| {
                    anyhow::bail!("comparing reactions broke off: please report it")
                });
                // Whoever asked may have gone: the marks are on disk all the same.
                done.send(compared).ok();
            }
        }
    }
}

/// Applies a change, again and again while the database cannot be written: nothing else brings it.
async fn apply_patiently(
    bot: &Bot,
    recent: &mut Recent,
    reconciling: &mut Reconciling,
    change: &ReactionChange,
) {
    let mut waits = WAITS;
    // Judged once: the next attempt would find the change among those that were seen already.
    let mut stands = None;
    while let Err(error) = apply(bot, recent, reconciling, change, &mut stands).await {
        if !ledger::passes(&error) {
            tracing::warn!(message_id = %change.message, "could not apply a reaction: {error:#}");
            return bot.backfill.reconcile(change.channel);
        }
        tracing::debug!(message_id = %change.message, "a reaction is waiting for the database: {error:#}");
        tokio::time::sleep(waits.wait()).await;
    }
}

async fn apply(
    bot: &Bot,
    recent: &mut Recent,
    reconciling: &mut Reconciling,
    change: &ReactionChange,
    judged: &mut Option<bool>,
) -> anyhow::Result<()> {
    if !concerns_orders(bot, change).await? {
        return Ok(());
    }
    make_known(bot, change).await?;
    let Some((user, emoji)) = change.user.zip(change.emoji.as_deref()) else {
        return clear(bot, recent, reconciling, change).await;
    };
    let stands = match *judged {
        Some(stands) => stands,
        None => *judged.insert(judge(bot, recent, change, user, emoji).await),
    };
    match (stands, change.added) {
        (true, true) if change.allowed => mark(bot, change, user, emoji).await,
        (true, true) if bot.watching.watch_of(change.channel).is_some() => {
            bot.ledger.note_not_allowed(change.message, user, emoji).await
        }
        // It was set again after this removal: that event brings who set it, and the right to.
        (true, _) => Ok(()),
        (false, _) => unmark(bot, change).await,
    }
}

/// Whether the reaction is there, as far as is known.
async fn judge(
    bot: &Bot,
    recent: &mut Recent,
    change: &ReactionChange,
    user: UserId,
    emoji: &str,
) -> bool {
    let what = if change.added { Change::Added } else { Change::Removed };
    if !recent.contradicts(&(change.message, user, emoji.to_owned()), what) {
        return change.added;
    }
    match stands(bot, change, user, emoji).await {
        Ok(stands) => stands,
        Err(error) => {
            tracing::warn!(
                "could not ask Discord which reactions are there; the last event counts: {error}"
            );
            bot.backfill.reconcile(change.channel);
            change.added
        }
    }
}

/// All reactions of a message were cleared, or all with one emoji. One that was seen a moment ago may
/// have been added after that: then Discord is asked who is behind it.
async fn clear(
    bot: &Bot,
    recent: &mut Recent,
    reconciling: &mut Reconciling,
    change: &ReactionChange,
) -> anyhow::Result<()> {
    let doubtful = recent.cleared(change.message, change.emoji.as_deref());
    unmark(bot, change).await?;
    for emoji in doubtful {
        let spellings = vec![in_path(&emoji)];
        reconciling.reconcile(bot, &comparison(change, emoji, spellings)).await?;
    }
    Ok(())
}

/// Asks Discord who is behind an emoji of which more changed than could wait.
async fn compare(
    bot: &Bot,
    reconciling: &mut Reconciling,
    change: &ReactionChange,
) -> anyhow::Result<()> {
    let Some(emoji) = change.emoji.clone() else { return Ok(()) };
    if !concerns_orders(bot, change).await? {
        return Ok(());
    }
    make_known(bot, change).await?;
    reconciling.reconcile(bot, &comparison(change, emoji, Vec::new())).await?;
    Ok(())
}

/// The comparison of one emoji of the message.
fn comparison(change: &ReactionChange, emoji: String, spellings: Vec<String>) -> Comparison {
    let ReactionChange { guild, channel, message, .. } = *change;
    Comparison { guild, channel, message, emoji, spellings, is_counted: false }
}

/// Whether the message may be about an order: people put the same emoji on anything.
async fn concerns_orders(bot: &Bot, change: &ReactionChange) -> anyhow::Result<bool> {
    Ok(change.on_own_message
        || bot.watching.watch_of(change.channel).is_some()
        || !bot.ledger.orders_of_message(change.message).await?.is_empty())
}

/// Reads the message first, if the ledger does not have it yet.
async fn make_known(bot: &Bot, change: &ReactionChange) -> anyhow::Result<()> {
    let known = bot.ledger.delivery(change.guild, change.message).await?.is_some();
    if known || bot.watching.watch_of(change.channel).is_none() {
        return Ok(());
    }
    match messages::fetch(bot, change.channel, change.message, Via::Live).await {
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(message_id = %change.message, "could not read a message with a reaction: {error}");
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
    log_changes(change.message, change.user, &bot.ledger.mark(request).await?);
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
    log_changes(change.message, change.user, &bot.ledger.unmark(request).await?);
    Ok(())
}

fn log_changes(message: MessageId, user: Option<UserId>, marked: &Marked) {
    for status in &marked.changes {
        tracing::info!(
            message_id = %message,
            user = user.map(tracing::field::display),
            "{}: {} → {}",
            status.handle,
            status.before,
            status.after
        );
    }
}

/// Asks Discord whether the user's reaction is on the message.
async fn stands(
    bot: &Bot,
    change: &ReactionChange,
    user: UserId,
    emoji: &str,
) -> Result<bool, RestError> {
    let people = people::behind(bot, change.channel, change.message, &in_path(emoji)).await?;
    Ok(people.people.iter().any(|reacted| UserId::from(reacted.id) == user))
}
