//! Reactions, set and taken away from the keyboard.

use anyhow::bail;

use super::Stage;
use crate::ids::MessageId;
use crate::order::Status;

/// What Discord calls the emoji, between colons.
const NAMES: [(&str, &str); 8] = [
    ("white_check_mark", "✅"),
    ("hourglass_flowing_sand", "⏳"),
    ("package", "📦"),
    ("house", "🏠"),
    ("moneybag", "💰"),
    ("back", "🔙"),
    ("money_with_wings", "💸"),
    ("x", "❌"),
];

impl Stage {
    /// Adds or removes a reaction on an order's message, the latest one's if none is named, and
    /// waits until the bot has followed.
    pub(in crate::demo) async fn react(
        &self,
        emoji: &str,
        order: Option<&str>,
        add: bool,
    ) -> anyhow::Result<MessageId> {
        let emoji = &self.emoji(emoji)?;
        let message = self.message_of(order).await?;
        if !add && !self.has_reacted(message, emoji) {
            bail!("you have no {emoji} on this message");
        }
        let done = if add {
            self.sandbox.react(self.you, message, emoji)
        } else {
            self.sandbox.unreact(self.you, message, emoji)
        };
        done.map_err(|refusal| {
            anyhow::anyhow!("Discord refused the reaction: {}", refusal.message)
        })?;
        if add {
            self.sandbox.wait_for_bot_reaction(message, emoji).await;
        }
        self.settle().await?;
        Ok(message)
    }

    fn has_reacted(&self, message: MessageId, emoji: &str) -> bool {
        self.sandbox.look(|world| {
            let reactions = world.reactions(message);
            let mut reactions = reactions.iter().filter(|(shown, _)| *shown == emoji);
            reactions.any(|(_, users)| users.contains(&self.you))
        })
    }

    /// The emoji that is meant: itself, the word of its status, or its name between colons.
    fn emoji(&self, typed: &str) -> anyhow::Result<String> {
        let all = self.ledger.emoji();
        let word = typed.trim_matches(':').to_lowercase();
        let named = NAMES.iter().find(|(name, _)| *name == word).map(|(_, emoji)| *emoji);
        let of_word = || word.parse().ok().and_then(|status| all.emoji(status));
        let emoji = named.or_else(of_word).unwrap_or(typed);
        if all.status(emoji).is_none() {
            let offered = Status::ALL
                .into_iter()
                .filter_map(|status| Some(format!("{} {status}", all.emoji(status)?)));
            let offered: Vec<String> = offered.collect();
            bail!("{typed} is not the emoji of a status; type one of {}", offered.join(", "));
        }
        Ok(emoji.to_owned())
    }
}
