//! People set an order's status by reacting to its message.
//!
//! Reaction events carry no time and come in any order, so one event alone does not tell what
//! stands. A lone event is believed at once. When an addition and a removal of the same reaction meet
//! within [`recent::WINDOW`], Discord is asked which of the two stands.

use std::sync::Arc;

use serenity::all::{ReactionType, Route, User};
use tokio::sync::mpsc;

use super::bot::Bot;
use super::messages;
use super::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::ledger::{MarkRequest, MarkSource, MarkTarget, Marked, UnmarkRequest};
use recent::{Change, Recent};

mod recent;

/// Changes that wait while one of them asks Discord.
const QUEUE: usize = 4_096;
/// Users that Discord gives in one page.
const PAGE: u64 = 100;
/// Pages of users that are read to see who reacted.
const PAGES: usize = 10;

/// One reaction that was added or removed, by a person who may mark where it was added.
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
}

/// The entrance for reaction changes. Clones share the queue.
#[derive(Clone)]
pub(super) struct ReactionChanges {
    queue: mpsc::Sender<ReactionChange>,
}

impl ReactionChanges {
    pub(super) fn new() -> (Self, mpsc::Receiver<ReactionChange>) {
        let (queue, changes) = mpsc::channel(QUEUE);
        (Self { queue }, changes)
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

/// Applies the changes one after the other, so that none overtakes another.
pub(super) async fn run(bot: Arc<Bot>, mut changes: mpsc::Receiver<ReactionChange>) {
    let mut recent = Recent::default();
    while let Some(change) = changes.recv().await {
        if let Err(error) = apply(&bot, &mut recent, &change).await {
            tracing::warn!(message = %change.message, "a reaction could not be applied: {error:#}");
        }
    }
}

async fn apply(bot: &Bot, recent: &mut Recent, change: &ReactionChange) -> anyhow::Result<()> {
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
        (true, true) => mark(bot, change, user, emoji).await,
        // It was set again after this removal: that event brings who set it, and the right to.
        (true, false) => Ok(()),
        (false, _) => unmark(bot, change).await,
    }
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
    tell(change, &bot.ledger.mark(request).await?);
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
    tell(change, &bot.ledger.unmark(request).await?);
    Ok(())
}

fn tell(change: &ReactionChange, marked: &Marked) {
    for status in &marked.changes {
        tracing::info!(
            message = %change.message,
            user = change.user.map(tracing::field::display),
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
    let emoji = in_path(emoji);
    let route = Route::ChannelMessageReactionEmoji {
        channel_id: change.channel.into(),
        message_id: change.message.into(),
        reaction: &emoji,
    };
    let mut after = 0;
    for _ in 0..PAGES {
        let params = vec![("limit", PAGE.to_string()), ("after", after.to_string())];
        let users: Vec<User> = match bot.rest.get(route, params).await {
            Ok(users) => users,
            Err(RestError::NotFound(_)) => return Ok(false),
            Err(error) => return Err(error),
        };
        if users.iter().any(|reacted| UserId::from(reacted.id) == user) {
            return Ok(true);
        }
        match users.iter().map(|reacted| reacted.id.get()).max() {
            Some(last) if users.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX) => {
                after = last;
            }
            _ => return Ok(false),
        }
    }
    Ok(false)
}
