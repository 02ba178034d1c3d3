//! Messages on which something else may stand than the bot believes to show: a crash left a reaction
//! behind, a moderator took one away.
//!
//! The outbox looks at them itself, between its own changes: a page of the history may be older than
//! a change, and what it says of that message is no longer true.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serenity::all::{LightMethod, Route};

use super::super::bot::Bot;
use super::super::history::{self, Seen};
use super::super::rest::RestError;
use super::{UNKNOWN_EMOJI, change};
use crate::checkout::Status;
use crate::ids::{ChannelId, MessageId};
use crate::reactions::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

/// Messages that are looked at before the outbox goes on.
const AT_ONCE: usize = 8;

/// The messages that are to be looked at.
#[derive(Debug, Default)]
pub(in super::super) struct Rechecks {
    waiting: Mutex<BTreeSet<(ChannelId, MessageId)>>,
}

impl Rechecks {
    /// Has a message looked at soon.
    pub(in super::super) fn add(&self, bot: &Bot, channel: ChannelId, message: MessageId) {
        self.lock().insert((channel, message));
        bot.ledger.acks().notify_one();
    }

    fn some(&self, is_ready: impl Fn(ChannelId) -> bool) -> Vec<(ChannelId, MessageId)> {
        let waiting = self.lock();
        waiting.iter().filter(|(channel, _)| is_ready(*channel)).take(AT_ONCE).copied().collect()
    }

    fn done(&self, channel: ChannelId, message: MessageId) {
        self.lock().remove(&(channel, message));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<(ChannelId, MessageId)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks at some messages of channels that are ready. Gives whether there were any, and the channels
/// where it failed; their messages wait on.
pub(super) async fn some(
    bot: &Bot,
    is_ready: impl Fn(ChannelId) -> bool,
) -> (bool, BTreeSet<ChannelId>) {
    let due = bot.rechecks.some(is_ready);
    let mut failed = BTreeSet::new();
    for &(channel, message) in &due {
        if failed.contains(&channel) {
            continue;
        }
        match recheck(bot, channel, message).await {
            Ok(()) => bot.rechecks.done(channel, message),
            Err(error) => {
                tracing::debug!(%channel, %message, "what stands cannot be looked at: {error:#}");
                failed.insert(channel);
            }
        }
    }
    (!due.is_empty(), failed)
}

/// Brings what the ledger believes in line with what stands, and takes away what nobody wants.
async fn recheck(bot: &Bot, channel: ChannelId, message: MessageId) -> anyhow::Result<()> {
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    let json = match bot.rest.get_raw(route, Vec::new()).await {
        Ok(json) => json,
        // Nothing can be done on it; the outbox says so if it matters.
        Err(RestError::NotFound(_) | RestError::Forbidden(_) | RestError::Refused(..)) => {
            return Ok(());
        }
        Err(error) => {
            bot.heed(&error);
            return Err(error.into());
        }
    };
    let Some(seen) = history::seen(&json) else { return Ok(()) };
    let known = bot.ledger.known_reactions(&[message]).await?;
    let shown = known.shown.get(&message).map(String::as_str);
    let wanted = known.wanted.get(&message).map(String::as_str);
    let own = own_answers(&seen, bot.ledger.emoji());
    let truly = truly_shown(&own, shown, wanted);
    for left in own.iter().filter(|emoji| Some(**emoji) != truly && Some(**emoji) != wanted) {
        match change(bot, LightMethod::Delete, (channel, message), left).await {
            Ok(()) | Err(RestError::NotFound(_) | RestError::Refused(_, UNKNOWN_EMOJI)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if truly == shown {
        return Ok(());
    }
    bot.ledger.correct_shown(&[(message, truly.map(str::to_owned))]).await
}

/// Whether the bot shows something else on a message than it believes.
pub(in super::super) fn is_odd(
    seen: &Seen,
    emoji: &StatusEmoji,
    shown: Option<&str>,
    wanted: Option<&str>,
) -> bool {
    let own = own_answers(seen, emoji);
    truly_shown(&own, shown, wanted) != shown
        || own.iter().any(|emoji| Some(*emoji) != shown && Some(*emoji) != wanted)
}

/// The answers that the bot itself shows on a message, as they are configured.
fn own_answers<'a>(seen: &Seen, emoji: &'a StatusEmoji) -> Vec<&'a str> {
    let is_shown = |answer: &&str| {
        seen.reactions.get(&plain_emoji(answer)).is_some_and(|reaction| reaction.own)
    };
    let statuses = Status::ALL.into_iter().filter_map(|status| emoji.emoji(status));
    statuses.chain([REJECTED_EMOJI, TEST_EMOJI]).filter(is_shown).collect()
}

/// Which of the bot's answers counts as the one that it shows: the one that it believes to show if
/// that stands, else one that is to be replaced, else the wanted one.
fn truly_shown<'a>(
    own: &[&'a str],
    shown: Option<&'a str>,
    wanted: Option<&str>,
) -> Option<&'a str> {
    let believed = own.iter().find(|emoji| Some(**emoji) == shown);
    let replaceable = || own.iter().find(|emoji| Some(**emoji) != wanted);
    believed.or_else(replaceable).or(own.first()).copied()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seen(reactions: &[(&str, u64, bool)]) -> Seen {
        let reaction = |&(emoji, count, me): &(&str, u64, bool)| json!({"count": count, "me": me, "emoji": {"id": null, "name": emoji}});
        let reactions: Vec<_> = reactions.iter().map(reaction).collect();
        history::seen(&json!({"id": "1", "reactions": reactions})).expect("a message")
    }

    #[test]
    fn the_bots_own_answers_are_told_from_what_others_put_there() {
        let shown = seen(&[("✅", 1, true), ("📦", 2, true), ("👍", 1, true), ("🏠", 1, false)]);
        assert_eq!(own_answers(&shown, &StatusEmoji::default()), ["✅", "📦"]);
    }

    #[test]
    fn what_is_truly_shown_survives_a_crash_between_doing_and_noting() {
        // Put there and not noted, and another one is wanted by now: it has to go again.
        assert_eq!(truly_shown(&["📦"], Some("✅"), Some("✅")), Some("📦"));
        assert_eq!(truly_shown(&["📦"], Some("✅"), Some("📦")), Some("📦"));
        // In the middle of the change.
        assert_eq!(truly_shown(&["✅", "📦"], Some("✅"), Some("📦")), Some("✅"));
        // Cleared by somebody.
        assert_eq!(truly_shown(&[], Some("✅"), Some("✅")), None);
        assert_eq!(truly_shown(&[], None, Some("✅")), None);
    }

    #[test]
    fn only_what_is_not_as_believed_is_odd() {
        let table = StatusEmoji::default();
        let odd =
            |own: &[(&str, u64, bool)], shown, wanted| is_odd(&seen(own), &table, shown, wanted);
        assert!(!odd(&[("✅", 1, true)], Some("✅"), Some("✅")));
        assert!(!odd(&[("✅", 1, true), ("📦", 1, true)], Some("✅"), Some("📦")));
        assert!(!odd(&[], None, Some("✅")));
        assert!(odd(&[], Some("✅"), Some("✅")));
        assert!(odd(&[("📦", 1, true)], None, Some("✅")));
        assert!(odd(&[("✅", 1, true), ("📦", 1, true)], Some("✅"), Some("✅")));
    }
}
