//! The reactions on the messages of a page, compared with those that the ledger knows.
//!
//! The history shows how many people are behind an emoji, not who. Only where the number is another
//! one than expected Discord is asked for the people: a channel where nothing happened costs nothing.

use std::collections::BTreeSet;

use super::take::Marks;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::Comparison;
use crate::discord::inbound::history::Page;
use crate::discord::outbound::acknowledge;
use crate::discord::rest::RestError;
use crate::discord::rest::seen_message::Seen;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::{KnownReactions, Uncompared};
use crate::order::StatusEmoji;

/// Messages that may fail one after the other before the rest waits, too: then it is no message's fault.
const FAILURES_IN_A_ROW: usize = 3;

/// What comparing the reactions of a page has shown.
#[derive(Default)]
pub(crate) struct Compared {
    /// Emoji behind which there were not as many people as expected.
    pub(crate) differing: u64,
    /// Marks that were set by that.
    pub(crate) marks: u64,
    /// Those that were as expected: other people may be behind them by now.
    pub(crate) expected: Vec<Comparison>,
    /// Why some could not be compared.
    pub(crate) doubt: Option<String>,
}

/// Reads the reactions again that are not as expected; returns when their marks are on disk.
///
/// # Errors
/// When the database cannot be asked, or Discord not at all. What it does not answer for one message costs
/// the others nothing.
pub(crate) async fn reactions(
    bot: &Bot,
    channel: ChannelId,
    page: &Page,
    marks: Marks,
) -> anyhow::Result<Compared> {
    let mut compared = Compared::default();
    let Some(guild) = bot.watching.guild(channel) else { return Ok(compared) };
    let ids: Vec<MessageId> = page.messages.iter().map(|seen| seen.id).collect();
    let known = bot.ledger.known_reactions(&ids).await?;
    let emoji = bot.ledger.emoji();
    let mut failed = BTreeSet::new();
    for seen in &page.messages {
        let comparison = |name: &String| {
            let shown = seen.reactions.get(name);
            let spellings = shown.map(|shown| shown.spellings.clone()).unwrap_or_default();
            let is_counted = marks == Marks::Counted;
            let (message, emoji) = (seen.id, name.clone());
            Comparison { guild, channel, message, emoji, spellings, is_counted }
        };
        let unexpected = unexpected(seen, &known, emoji);
        for name in &unexpected {
            match bot.reactions.reconcile(comparison(name)).await {
                Ok(marks) => {
                    failed.clear();
                    compared.differing += 1;
                    compared.marks += marks;
                }
                Err(error) if is_its_own(&error, &mut failed, seen.id) => {
                    let Comparison { message, emoji, spellings, .. } = comparison(name);
                    let kept = Uncompared { message, emoji, spellings };
                    bot.ledger.note_uncompared(channel, &kept).await?;
                    compared.doubt.get_or_insert(unread(seen.id, &error));
                }
                Err(error) => return Err(error),
            }
        }
        let of_people = seen.reactions.iter().filter(|(name, reaction)| {
            reaction.others > 0 && emoji.status(name).is_some() && !unexpected.contains(*name)
        });
        compared.expected.extend(of_people.map(|(name, _)| comparison(name)));
    }
    acknowledge::reconcile_reactions(bot, &page.messages, &known).await?;
    Ok(compared)
}

/// Asks again for what Discord did not tell before, of messages of any age. Gives why it still does not.
///
/// # Errors
/// When the database cannot be asked. What Discord does not answer for one message costs the others nothing, and is
/// given up after a day or more.
pub(crate) async fn uncompared(bot: &Bot, channel: ChannelId) -> anyhow::Result<Compared> {
    let mut compared = Compared::default();
    let Some(guild) = bot.watching.guild(channel) else { return Ok(compared) };
    let mut failed = BTreeSet::new();
    for kept in bot.ledger.uncompared(channel).await? {
        let Uncompared { message, emoji, spellings } = kept.clone();
        let comparison =
            Comparison { guild, channel, message, emoji, spellings, is_counted: false };
        match bot.reactions.reconcile(comparison).await {
            Ok(marks) => {
                failed.clear();
                compared.differing += u64::from(marks > 0);
                bot.ledger.note_compared(channel, &kept).await?;
            }
            Err(error) if error.is::<RestError>() => {
                if bot.ledger.note_attempt(channel, &kept).await? {
                    tracing::warn!(%channel, message_id = %message, "gave up reading who reacted: {error:#}");
                } else {
                    compared.doubt.get_or_insert(unread(message, &error));
                }
                if !is_its_own(&error, &mut failed, message) {
                    break;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(compared)
}

/// Whether it is this message's fault alone that it failed: Discord refuses it, or few before it had no answer.
fn is_its_own(error: &anyhow::Error, failed: &mut BTreeSet<MessageId>, message: MessageId) -> bool {
    match error.downcast_ref::<RestError>() {
        Some(RestError::Forbidden(_) | RestError::NotFound(_) | RestError::Refused(..)) => true,
        Some(RestError::Unauthorized | RestError::Other(_)) => {
            failed.insert(message);
            failed.len() < FAILURES_IN_A_ROW
        }
        None => false,
    }
}

fn unread(message: MessageId, error: &anyhow::Error) -> String {
    format!("the reactions on message {message} cannot be read: {error}")
}

/// The emoji of statuses behind which there are not as many people as expected.
fn unexpected(seen: &Seen, known: &KnownReactions, emoji: &StatusEmoji) -> BTreeSet<String> {
    let expected = |emoji: &String| known.people.get(&(seen.id, emoji.clone())).copied();
    let shown = seen.reactions.iter().filter(|(name, _)| emoji.status(name).is_some());
    let differs = shown
        .filter(|(name, reaction)| reaction.others != expected(name).unwrap_or_default())
        .map(|(name, _)| name.clone());
    let vanished = known
        .people
        .keys()
        .filter(|(id, name)| *id == seen.id && !seen.reactions.contains_key(name))
        .map(|(_, name)| name.clone());
    differs.chain(vanished).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::rest::seen_message::SeenReaction;
    use crate::reading::Message;

    const ID: MessageId = MessageId(1);

    fn seen(reactions: &[(&str, u64, bool)]) -> Seen {
        let reactions = reactions.iter().map(|&(emoji, others, own)| {
            let spellings = vec![emoji.to_owned()];
            (emoji.to_owned(), SeenReaction { others, own, spellings })
        });
        let reactions = reactions.collect();
        Seen { id: ID, message: Message::default(), reactions, is_settled: false }
    }

    fn known(people: &[(&str, u64)]) -> KnownReactions {
        let people = people.iter().map(|&(emoji, count)| ((ID, emoji.to_owned()), count));
        KnownReactions { people: people.collect(), ..KnownReactions::default() }
    }

    fn differing(seen: &Seen, known: &KnownReactions) -> Vec<String> {
        unexpected(seen, known, &StatusEmoji::default()).into_iter().collect()
    }

    #[test]
    fn what_is_as_expected_is_not_asked_for() {
        let seen = seen(&[("📦", 2, false), ("✅", 0, true), ("👍", 9, false)]);
        assert!(differing(&seen, &known(&[("📦", 2)])).is_empty());
    }

    #[test]
    fn more_fewer_and_vanished_reactions_differ() {
        let shown = seen(&[("📦", 1, false), ("🏠", 1, false)]);
        let known = known(&[("📦", 2), ("💰", 1)]);
        assert_eq!(differing(&shown, &known), ["🏠", "💰", "📦"]);
        assert_eq!(differing(&seen(&[]), &known), ["💰", "📦"]);
    }

    #[test]
    fn refusals_are_no_outage_however_many_there_are() {
        let mut failed = BTreeSet::new();
        let refused = RestError::Refused(400, 50_035).into();
        assert!((1..9).all(|message| is_its_own(&refused, &mut failed, MessageId(message))));
        let odd = RestError::Other(anyhow::anyhow!("an odd page")).into();
        // Several emoji of one message are one failure.
        let mut own = |message| is_its_own(&odd, &mut failed, MessageId(message));
        assert_eq!([1, 1, 1, 2, 3].map(&mut own), [true, true, true, true, false]);
        assert!(!is_its_own(&anyhow::anyhow!("the disk is full"), &mut failed, MessageId(4)));
    }
}
