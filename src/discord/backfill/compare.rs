//! The reactions that stand on the messages of a page, compared with those that the ledger knows.
//!
//! The history tells how many people stand behind an emoji, not who. Only where the number is another
//! one than expected Discord is asked for the people: a channel where nothing happened costs nothing.

use std::collections::BTreeSet;

use serenity::all::{LightMethod, Route};

use super::super::bot::Bot;
use super::super::history::{Page, Seen};
use super::super::reactions::Comparison;
use crate::ids::{ChannelId, MessageId};
use crate::ledger::KnownReactions;
use crate::reactions::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

/// Reads the reactions again that are not as expected; returns when their marks are on disk. Gives
/// how many differed.
pub(super) async fn reactions(bot: &Bot, channel: ChannelId, page: &Page) -> anyhow::Result<u64> {
    let Some(guild) = bot.watching.get(channel).and_then(|watched| watched.guild_id) else {
        return Ok(0);
    };
    let ids: Vec<MessageId> = page.messages.iter().map(|seen| seen.id).collect();
    let known = bot.ledger.known_reactions(&ids).await?;
    let mut differing = 0;
    for seen in &page.messages {
        for emoji in unexpected(seen, &known, bot.ledger.emoji()) {
            let spellings =
                seen.reactions.get(&emoji).map(|reaction| reaction.spellings.clone());
            let spellings = spellings.unwrap_or_default();
            let comparison = Comparison { guild, channel, message: seen.id, emoji, spellings };
            bot.reactions.compare(comparison).await?;
            differing += 1;
        }
    }
    own_reactions(bot, channel, page, &known).await?;
    Ok(differing)
}

/// The emoji of statuses behind which not as many people stand as expected.
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

/// Brings the bot's own reactions in line: what somebody took away is put back, what a crash left
/// behind goes.
async fn own_reactions(
    bot: &Bot,
    channel: ChannelId,
    page: &Page,
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let gone: Vec<MessageId> = page
        .messages
        .iter()
        .filter(|seen| known.shown.get(&seen.id).is_some_and(|emoji| !is_own(seen, emoji)))
        .map(|seen| seen.id)
        .collect();
    if !gone.is_empty() {
        bot.ledger.own_reactions_gone(&gone).await?;
    }
    for seen in &page.messages {
        for spelling in left_behind(seen, known, bot.ledger.emoji()) {
            let route = Route::ChannelMessageReactionMe {
                channel_id: channel.into(),
                message_id: seen.id.into(),
                reaction: spelling,
            };
            // Of no consequence if it fails: the next comparison finds it again.
            bot.rest.send(LightMethod::Delete, route, None).await.ok();
        }
    }
    Ok(())
}

fn is_own(seen: &Seen, emoji: &str) -> bool {
    seen.reactions.get(emoji).is_some_and(|reaction| reaction.own)
}

/// The bot's own reactions that answer for nothing any more.
fn left_behind<'a>(
    seen: &'a Seen,
    known: &KnownReactions,
    emoji: &StatusEmoji,
) -> impl Iterator<Item = &'a str> {
    let answers = [REJECTED_EMOJI, TEST_EMOJI].map(plain_emoji);
    let meant = [known.shown.get(&seen.id).cloned(), known.wanted.get(&seen.id).cloned()];
    let left: Vec<&str> = seen
        .reactions
        .iter()
        .filter(|(name, reaction)| {
            reaction.own
                && !meant.contains(&Some((*name).clone()))
                && (emoji.status(name).is_some() || answers.contains(name))
        })
        .flat_map(|(_, reaction)| reaction.spellings.iter().map(String::as_str))
        .collect();
    left.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::super::history::SeenReaction;
    use super::*;
    use crate::checkout::Message;

    const ID: MessageId = MessageId(1);

    fn seen(reactions: &[(&str, u64, bool)]) -> Seen {
        let reactions = reactions.iter().map(|&(emoji, others, own)| {
            let spellings = vec![emoji.to_owned()];
            (emoji.to_owned(), SeenReaction { others, own, spellings })
        });
        Seen { id: ID, message: Message::default(), reactions: reactions.collect() }
    }

    fn known(people: &[(&str, u64)], own: Option<&str>) -> KnownReactions {
        let people = people.iter().map(|&(emoji, count)| ((ID, emoji.to_owned()), count));
        let own: Vec<_> = own.iter().map(|emoji| (ID, (*emoji).to_owned())).collect();
        KnownReactions {
            people: people.collect(),
            shown: own.iter().cloned().collect(),
            wanted: own.into_iter().collect(),
        }
    }

    fn differing(seen: &Seen, known: &KnownReactions) -> Vec<String> {
        unexpected(seen, known, &StatusEmoji::default()).into_iter().collect()
    }

    #[test]
    fn what_is_as_expected_is_not_asked_for() {
        let seen = seen(&[("📦", 2, false), ("✅", 0, true), ("👍", 9, false)]);
        assert!(differing(&seen, &known(&[("📦", 2)], Some("✅"))).is_empty());
    }

    #[test]
    fn more_fewer_and_vanished_reactions_differ() {
        let shown = seen(&[("📦", 1, false), ("🏠", 1, false)]);
        let known = known(&[("📦", 2), ("💰", 1)], None);
        assert_eq!(differing(&shown, &known), ["🏠", "💰", "📦"]);
        assert_eq!(differing(&seen(&[]), &known), ["💰", "📦"]);
    }

    #[test]
    fn only_the_bots_own_answers_are_taken_away() {
        let shown = seen(&[("✅", 0, true), ("📦", 1, true), ("👍", 0, true), ("🏠", 1, false)]);
        let known = known(&[], Some("✅"));
        let left: Vec<_> = left_behind(&shown, &known, &StatusEmoji::default()).collect();
        assert_eq!(left, ["📦"]);
    }
}
