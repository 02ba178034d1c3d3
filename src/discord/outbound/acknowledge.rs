//! The bot's own reactions: what the ledger wants shown on a message is put there, in the
//! background, at Discord's pace.
//!
//! The ledger is the outbox: what is not yet shown is found again after a crash, and nothing is
//! shown that is not on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use serenity::all::{LightMethod, Permissions, Route};

use crate::discord::bot::Bot;
use crate::discord::bot::permissions::permissions_of_bot;
use crate::discord::bot::problems::Topic;
use crate::discord::rest::RestError;
use crate::discord::rest::codes::{ARCHIVED, BLOCKED, UNKNOWN_EMOJI};
use crate::discord::rest::emoji_path::in_path;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::PendingReaction;

mod unverified;

pub(crate) use unverified::{cleared, reconcile_reactions};

/// Messages of one channel that are done in a row before the newest are looked for again.
const PER_CHANNEL: u32 = 4;
/// After a failure the channel rests this long; other channels go on.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(15);
/// The same where it is the database that fails: as soon as it can be written, people wait.
const REST_OF_DATABASE: Duration = Duration::from_secs(10);
/// All that a new reaction takes.
const TO_REACT: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::ADD_REACTIONS);
const MAY_NOT_REACT: &str = "the bot may not react here: give it View Channel, Read Message History \
    and Add Reactions in this channel";
/// The ledger is asked at least this often, for what failed before.
const INTERVAL: Duration = Duration::from_secs(30);

/// Works the outbox off for ever.
pub(crate) async fn run(bot: Arc<Bot>) {
    let mut resting: BTreeMap<ChannelId, tokio::time::Instant> = BTreeMap::new();
    loop {
        let now = tokio::time::Instant::now();
        resting.retain(|_, until| *until > now);
        let mut elsewhere: Vec<ChannelId> = resting.keys().copied().collect();
        elsewhere.extend(bot.watching.closed_watches());
        let due = match bot.ledger.pending_reactions_elsewhere(PER_CHANNEL, &elsewhere).await {
            Ok(pending) => by_channel(pending),
            Err(error) => {
                tracing::warn!("could not read the outbox of reactions: {error:#}");
                BTreeMap::new()
            }
        };
        if due.is_empty() {
            let rested = resting.values().min().map(|until| until.duration_since(now));
            tokio::select! {
                () = bot.ledger.acks().notified() => {}
                () = tokio::time::sleep(rested.unwrap_or(INTERVAL).min(INTERVAL)) => {}
            }
            continue;
        }
        let failed = join_all(due.into_iter().map(|(channel, pending)| {
            let bot = &bot;
            async move { work_off(bot, pending).await.err().map(|rest| (channel, rest)) }
        }))
        .await;
        let now = tokio::time::Instant::now();
        resting.extend(failed.into_iter().flatten().map(|(channel, rest)| (channel, now + rest)));
    }
}

fn by_channel(pending: Vec<PendingReaction>) -> BTreeMap<ChannelId, Vec<PendingReaction>> {
    let mut due: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for reaction in pending {
        due.entry(reaction.channel).or_default().push(reaction);
    }
    due
}

/// Puts up the pending reactions of one channel, one after the other, and notes them. An error
/// lets the channel rest for so long.
async fn work_off(bot: &Bot, pending: Vec<PendingReaction>) -> Result<(), Duration> {
    let mut shown = Vec::new();
    let mut ended = Ok(());
    for reaction in pending {
        match show_or_give_up(bot, &reaction).await {
            Ok(true) => shown.push(reaction),
            Ok(false) => {}
            Err(()) => {
                ended = Err(REST_AFTER_FAILURE);
                break;
            }
        }
    }
    // What is up and not noted is put up again, which changes nothing.
    if let Err(error) = bot.unverified.note(&bot.ledger, &shown).await {
        tracing::warn!("could not note which reactions were added: {error:#}");
        return Err(REST_OF_DATABASE);
    }
    ended
}

/// Reports a missing permission before the first reaction fails: the bot's permissions in a channel are
/// known by now, or changed.
pub(crate) fn check_permission_early(bot: &Bot, channel: ChannelId) {
    let Some(held) = permissions_of_bot(bot, channel) else { return };
    let channel = bot.watching.watch_of(channel).unwrap_or(channel);
    if held.contains(TO_REACT) {
        bot.problems.over(channel, Topic::Reactions);
    } else if held.view_channel() {
        bot.problems.report(channel, Topic::Reactions, MAY_NOT_REACT);
    }
}

/// Puts a reaction up, and says whether it is up; if it never can be, that is noted. An error lets the
/// channel rest.
async fn show_or_give_up(bot: &Bot, reaction: &PendingReaction) -> Result<bool, ()> {
    let (channel, message) = (reaction.channel, reaction.message);
    let watch = bot.watching.watch_of(channel).unwrap_or(channel);
    match show(bot, reaction).await {
        Ok(()) => {
            bot.problems.over(watch, Topic::Reactions);
            Ok(true)
        }
        // It was closed, and nobody has told: what is owed waits until it is open again.
        Err(RestError::Refused(_, ARCHIVED)) => {
            bot.watching.note_archived(channel);
            if let Err(error) = bot.ledger.note_archived(channel).await {
                tracing::warn!(%channel, "could not note that a thread is closed: {error:#}");
            }
            Err(())
        }
        // The fault of this message alone: gone, full of reactions, its author has blocked the bot.
        Err(
            error @ (RestError::NotFound(_)
            | RestError::Refused(..)
            | RestError::Forbidden(BLOCKED)),
        ) => {
            let possible = bot.unverified.of(message);
            let given_up = bot.ledger.give_up_reaction(reaction, &error.to_string()).await;
            let given_up = given_up.map_err(|error| {
                tracing::warn!(message_id = %message, "could not note that a reaction was given up: {error:#}");
            })?;
            // Where another one is wanted by now, what is possible beside it has still to go.
            if given_up {
                bot.unverified.resolve(message, &possible);
            }
            Ok(false)
        }
        Err(error @ RestError::Forbidden(_)) => {
            tracing::debug!(%channel, message_id = %message, "gave up adding a reaction: {error}");
            bot.problems.report(watch, Topic::Reactions, MAY_NOT_REACT);
            Err(())
        }
        Err(error) => {
            tracing::warn!(%channel, message_id = %message, "could not add a reaction yet: {error}");
            Err(())
        }
    }
}

/// The new one first, so that the message is never without an answer; then the old ones go.
async fn show(bot: &Bot, reaction: &PendingReaction) -> Result<(), RestError> {
    let place = (reaction.channel, reaction.message);
    let mut possible = bot.unverified.of(reaction.message);
    possible.extend(reaction.shown.clone().filter(|shown| !shown.is_empty()));
    if let Some(wanted) = &reaction.wanted {
        possible.remove(wanted);
        // Until it is noted: by then another one may be wanted, and this one has to go.
        bot.unverified.add(reaction.message, BTreeSet::from([wanted.clone()]));
        change(bot, LightMethod::Put, place, wanted).await?;
    }
    for old in &possible {
        match change(bot, LightMethod::Delete, place, old).await {
            // Somebody cleared it already.
            Ok(()) | Err(RestError::NotFound(_) | RestError::Refused(_, UNKNOWN_EMOJI)) => {}
            Err(error) => return Err(error),
        }
    }
    bot.unverified.resolve(reaction.message, &possible);
    Ok(())
}

async fn change(
    bot: &Bot,
    method: LightMethod,
    (channel, message): (ChannelId, MessageId),
    emoji: &str,
) -> Result<(), RestError> {
    let emoji = in_path(emoji);
    let route = Route::ChannelMessageReactionMe {
        channel_id: channel.into(),
        message_id: message.into(),
        reaction: &emoji,
    };
    bot.rest.send(method, route, None).await
}
