//! People set an order's status by reacting to its message.
//!
//! Reaction events carry no time and come in any order, so one event alone does not tell what
//! stands. A lone event is believed at once. When an addition and a removal of the same reaction meet
//! within [`recent::WINDOW`], Discord is asked which of the two stands. Where the history shows other
//! reactions than the ledger knows, Discord is asked for the people behind them ([`compare`]).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;

use super::messages;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::{Comparison, ReactionChange, ReactionQueues};
use crate::discord::rest::RestError;
use crate::discord::rest::emoji_path::in_path;
use crate::ids::{MessageId, UserId};
use crate::ledger::{self, MarkRequest, MarkSource, MarkTarget, Marked, UnmarkRequest};
use compare::Comparing;
use recent::{Change, Recent};

mod compare;
mod people;
mod recent;

/// The first wait for a database that cannot be written; it doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Applies the changes one after the other, so that none overtakes another; comparisons when no
/// change waits.
pub(crate) async fn run(bot: Arc<Bot>, mut queues: ReactionQueues) {
    let mut recent = Recent::default();
    let mut comparing = Comparing::default();
    loop {
        tokio::select! {
            biased;
            change = queues.changes.recv() => {
                let Some(change) = change else { return };
                let applied = apply_patiently(&bot, &mut recent, &mut comparing, &change);
                if AssertUnwindSafe(applied).catch_unwind().await.is_err() {
                    tracing::error!(message = %change.message, "a reaction broke off: please report it");
                    bot.backfill.compare(change.channel);
                }
            }
            Some((comparison, done)) = queues.comparisons.recv() => {
                let compared = AssertUnwindSafe(comparing.compare(&bot, &comparison));
                let compared = compared.catch_unwind().await.unwrap_or_else(|_| {
                    anyhow::bail!("comparing reactions broke off: please report it")
                });
                // Whoever asked may have gone: the marks stand all the same.
                done.send(compared).ok();
            }
        }
    }
}

/// Applies a change, again and again while the database cannot be written: nothing else brings it.
async fn apply_patiently(
    bot: &Bot,
    recent: &mut Recent,
    comparing: &mut Comparing,
    change: &ReactionChange,
) {
    let mut wait = FIRST_WAIT;
    // Judged once: the next attempt would find the change among those that were seen already.
    let mut stands = None;
    while let Err(error) = apply(bot, recent, comparing, change, &mut stands).await {
        if !ledger::passes(&error) {
            tracing::warn!(message = %change.message, "a reaction could not be applied: {error:#}");
            return bot.backfill.compare(change.channel);
        }
        tracing::debug!(message = %change.message, "a reaction waits for the database: {error:#}");
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn apply(
    bot: &Bot,
    recent: &mut Recent,
    comparing: &mut Comparing,
    change: &ReactionChange,
    judged: &mut Option<bool>,
) -> anyhow::Result<()> {
    if !concerns_orders(bot, change).await? {
        return Ok(());
    }
    make_known(bot, change).await?;
    let Some((user, emoji)) = change.user.zip(change.emoji.as_deref()) else {
        return clear(bot, recent, comparing, change).await;
    };
    let stands = match *judged {
        Some(stands) => stands,
        None => *judged.insert(judge(bot, recent, change, user, emoji).await),
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

/// Whether the reaction stands, as far as is known.
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
            bot.heed(&error);
            tracing::warn!(
                "Discord cannot say which reactions stand, the last event counts: {error}"
            );
            bot.backfill.compare(change.channel);
            change.added
        }
    }
}

/// All reactions of a message were cleared, or all with one emoji. One that was seen a moment ago may
/// have been added after that: then Discord is asked who stands behind it.
async fn clear(
    bot: &Bot,
    recent: &mut Recent,
    comparing: &mut Comparing,
    change: &ReactionChange,
) -> anyhow::Result<()> {
    let doubtful = recent.cleared(change.message, change.emoji.as_deref());
    unmark(bot, change).await?;
    for emoji in doubtful {
        let ReactionChange { guild, channel, message, .. } = *change;
        let spellings = vec![in_path(&emoji)];
        let comparison = Comparison { guild, channel, message, emoji, spellings };
        comparing.compare(bot, &comparison).await?;
    }
    Ok(())
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
            status.handle,
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
    let people = people::behind(bot, change.channel, change.message, &in_path(emoji)).await?;
    Ok(people.people.iter().any(|reacted| UserId::from(reacted.id) == user))
}
