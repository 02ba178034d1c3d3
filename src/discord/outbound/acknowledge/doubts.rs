//! Messages on which something else may stand than the bot believes to show: a crash left a reaction
//! behind, a moderator took one away.
//!
//! What a page of the history shows may be older than the outbox's last change. So it is not believed
//! either: the message is put into the outbox again, and with the next change goes all that may stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::discord::bot::Bot;
use crate::discord::rest::seen_message::Seen;
use crate::ids::MessageId;
use crate::ledger::KnownReactions;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

/// Compares what the history shows of the bot's own reactions with what the ledger believes.
pub(crate) async fn compare(
    bot: &Bot,
    page: &[Seen],
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let shown = page.iter().map(|seen| (seen.id, own_answers(seen, bot.ledger.emoji())));
    let otherwise = shown.filter(|(id, standing)| !standing.iter().eq(known.shown.get(id)));
    bot.doubts.raise(&bot.ledger, otherwise.collect()).await
}

/// A moderator took all reactions away, or all with one emoji.
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
    bot.doubts.raise(&bot.ledger, BTreeMap::from([(message, BTreeSet::new())])).await
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
