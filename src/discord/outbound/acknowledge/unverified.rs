//! Finds messages that carry other reactions of the bot than the ledger believes, and hands them to
//! [`crate::discord::bot::unverified_reactions`].

use std::collections::{BTreeMap, BTreeSet};

use crate::discord::bot::Bot;
use crate::discord::rest::seen_message::Seen;
use crate::ids::MessageId;
use crate::ledger::KnownReactions;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

/// Puts those messages of a page into the outbox again whose reactions of the bot are not the believed ones.
pub(crate) async fn reconcile_reactions(
    bot: &Bot,
    page: &[Seen],
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let shown = page.iter().map(|seen| (seen.id, own_answers(seen, bot.ledger.emoji())));
    let otherwise = shown.filter(|(id, own)| !own.iter().eq(known.shown.get(id)));
    bot.unverified.recheck(&bot.ledger, otherwise.collect()).await
}

/// Puts a message into the outbox again from which a moderator took all reactions, or all with one emoji.
pub(crate) async fn cleared(
    bot: &Bot,
    message: MessageId,
    emoji: Option<&str>,
) -> anyhow::Result<()> {
    let known = bot.ledger.known_reactions(&[message]).await?;
    let believed = known.shown.get(&message);
    let concerns = believed
        .is_some_and(|shown| emoji.is_none_or(|emoji| plain_emoji(emoji) == plain_emoji(shown)));
    if !concerns {
        return Ok(());
    }
    bot.unverified.recheck(&bot.ledger, BTreeMap::from([(message, BTreeSet::new())])).await
}

/// The answers that the bot itself shows on a message, as they are configured.
fn own_answers(seen: &Seen, emoji: &StatusEmoji) -> BTreeSet<String> {
    let is_shown = |answer: &&str| {
        seen.reactions.get(&plain_emoji(answer)).is_some_and(|reaction| reaction.own)
    };
    let statuses = Status::ALL.into_iter().filter_map(|status| emoji.emoji(status));
    let answers = statuses.chain([REJECTED_EMOJI, TEST_EMOJI]);
    answers.filter(is_shown).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::discord::rest::seen_message::seen;

    fn set(emoji: &[&str]) -> BTreeSet<String> {
        emoji.iter().map(|&emoji| emoji.to_owned()).collect()
    }

    #[test]
    fn the_bots_own_answers_are_told_from_what_others_put_there() {
        let reaction = |(emoji, count, me): (&str, u64, bool)| json!({"count": count, "me": me, "emoji": {"id": null, "name": emoji}});
        let shown = [("✅", 1, true), ("📦", 2, true), ("👍", 1, true), ("🏠", 1, false)];
        let message = json!({"id": "1", "reactions": shown.map(reaction)});
        let seen = seen(&message).expect("a message");
        assert_eq!(own_answers(&seen, &StatusEmoji::default()), set(&["✅", "📦"]));
    }
}
