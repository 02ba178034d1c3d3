//! The recent part of a channel, compared with the ledger: what was edited, deleted or reacted to
//! while the bot was away comes by no event.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::Route;

use super::catch_up::CaughtUp;
use super::reconcile;
use super::take::{Marks, take_in};
use crate::config::History;
use crate::count::count;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::Sweep;
use crate::discord::inbound::history::{self, Page};
use crate::discord::inbound::threads;
use crate::discord::rest::RestError;
use crate::discord::rest::codes::UNKNOWN_MESSAGE;
use crate::ids::{ChannelId, MessageId};

/// Where the newest pages show that nothing was missed, the older ones are read later and without
/// haste.
const SWIFT_PAGES: usize = 2;
const LONG_PAUSE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_secs(3);
/// Messages of a page that seem to be gone and are asked for one by one.
const FEW: usize = 5;
/// A bound for any channel and any configuration.
const MOST_PAGES: usize = 10_000;

/// Compares from the newest message back, as far as the configuration says.
pub(crate) async fn reconcile_channel(
    bot: &Bot,
    channel: ChannelId,
    caught_up: &CaughtUp,
) -> anyhow::Result<()> {
    let starts_after = caught_up.starts_after;
    let began_at = bot.rest.clock().now();
    let mut before = MessageId::NEWEST;
    let (mut seen, mut changes, mut expected, mut doubt) = (0, 0, Vec::new(), None);
    for pages in 1..=MOST_PAGES {
        let asked_at = Utc::now();
        let mut page = history::before(bot, channel, before).await?;
        if page.hidden_from().is_some() {
            // What to do about it is logged once, for the live messages.
            anyhow::bail!(
                "Discord hides the content of messages, so what changed was not looked for"
            );
        }
        let is_last = !page.is_full || page.first().is_none_or(|first| first <= starts_after);
        page.messages.retain(|seen| seen.id > starts_after);
        let from = if is_last { starts_after } else { page.first().unwrap_or(starts_after) };
        let vanished = note_vanished(bot, channel, &page, (from, before), asked_at).await?;
        seen += page.messages.len();
        // What one message lacks does not keep the others from being compared.
        let taken = take_in(bot, channel, page, Marks::EachLogged).await?;
        changes += vanished.noted + taken.changes;
        doubt = doubt.or(vanished.doubt).or(taken.doubt);
        expected.extend(taken.expected);
        if is_last || is_enough(bot.config.history, seen, from, began_at) {
            break;
        }
        before = from;
        if pages >= SWIFT_PAGES && changes == 0 {
            let pause = if pages == SWIFT_PAGES { LONG_PAUSE } else { PAUSE };
            tokio::time::sleep(pause).await;
        }
    }
    let older = reconcile::uncompared(bot, channel).await?;
    changes += older.differing;
    doubt = doubt.or(older.doubt);
    let hurry = changes + caught_up.found > 0;
    // Of threads there may be a thousand: without haste they would be asked for hours.
    if hurry || !threads::is_thread_of_watch(bot, channel) {
        bot.backfill.sweep(Sweep { channel, comparisons: expected, hurry });
    }
    if changes > 0 {
        let changes = count(changes, "change", "changes");
        tracing::info!(%channel, "found {changes} made while the bot was offline");
    }
    match doubt {
        None => Ok(()),
        Some(why) => Err(anyhow::anyhow!(
            "not all of the recent history could be compared; trying again: {why}"
        )),
    }
}

/// Whether both the days and the number of messages are reached that are compared.
fn is_enough(history: History, seen: usize, oldest: MessageId, now: DateTime<Utc>) -> bool {
    let days = TimeDelta::days(i64::from(history.recent_days));
    seen >= history.recent_messages as usize && oldest < MessageId::at(now - days)
}

/// Notes the messages of this part that the ledger knows and that are not there any more.
async fn note_vanished(
    bot: &Bot,
    channel: ChannelId,
    page: &Page,
    part: (MessageId, MessageId),
    asked_at: DateTime<Utc>,
) -> anyhow::Result<Vanished> {
    let mut vanished = bot.ledger.messages_between(channel, part, asked_at).await?;
    vanished.retain(|id| page.messages.binary_search_by_key(id, |seen| seen.id).is_err());
    let (Some(&newest), Some(guild)) = (vanished.first(), bot.watching.guild(channel)) else {
        return Ok(Vanished::default());
    };
    // Questions more, so that no odd page buries messages: of both ends, and of each where they are few.
    let oldest = vanished.last().copied().unwrap_or(newest);
    let few = vanished.iter().copied().take(FEW);
    let (mut gone, mut doubt) = (Vec::new(), None);
    for message in few.chain([newest, oldest]).collect::<BTreeSet<_>>() {
        match why_not_gone(bot, channel, message).await {
            None => gone.push(message),
            Some(why) => doubt = Some(why),
        }
    }
    // Where one of them is not proved to be gone, the others that were not asked for are not either.
    let gone = if doubt.is_some() { gone } else { vanished };
    if !gone.is_empty() {
        bot.ledger.set_deleted(guild, channel, &gone).await?;
    }
    Ok(Vanished { noted: gone.len() as u64, doubt })
}

/// What became of the messages that a page does not show.
#[derive(Default)]
struct Vanished {
    /// That are gone.
    noted: u64,
    /// Why others may not be.
    doubt: Option<String>,
}

/// Why a message that is not in the history is not known to be gone. `None`: Discord says that it is.
async fn why_not_gone(bot: &Bot, channel: ChannelId, message: MessageId) -> Option<String> {
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    match bot.rest.get_raw(route, Vec::new()).await {
        Ok(_) => Some(format!("message {message} is in the channel, but not in its history")),
        Err(RestError::NotFound(UNKNOWN_MESSAGE)) => None,
        Err(error) => Some(format!("whether message {message} is gone is not known: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_or_messages_whichever_is_more() {
        let history = History::default();
        let now = Utc::now();
        let days_ago = |days| MessageId::at(now - TimeDelta::days(days));
        assert!(is_enough(history, 1_000, days_ago(8), now));
        assert!(!is_enough(history, 900, days_ago(30), now));
        assert!(!is_enough(history, 5_000, days_ago(6), now));
    }
}
