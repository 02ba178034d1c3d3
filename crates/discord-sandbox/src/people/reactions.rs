//! The emoji that people put below messages, and those that they see there.

use std::time::Duration;

use discord_ids::{MessageId, UserId};

use crate::limits::Refusal;
use crate::model::Emoji;
use crate::sandbox::Sandbox;
use crate::world::World;

/// How long people wait for a bot before they call it broken.
const PATIENCE: Duration = Duration::from_mins(1);

impl Sandbox {
    /// Puts an emoji (`📦`, or `name:id`) below a message.
    pub fn react(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.react(user, message, Emoji::parse(emoji), false))
    }

    /// Puts an emoji below a message as a burst ("super reaction").
    pub fn burst(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.react(user, message, Emoji::parse(emoji), true))
    }

    /// Takes an emoji away again.
    pub fn unreact(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.unreact(user, message, &Emoji::parse(emoji)))
    }

    /// Takes all reactions of a message away.
    pub fn clear_reactions(&self, message: MessageId) -> Result<(), Refusal> {
        self.discord.with(|world| world.clear_reactions(message, None))
    }

    /// Takes all reactions with one emoji away.
    pub fn clear_emoji(&self, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.clear_reactions(message, Some(&Emoji::parse(emoji))))
    }

    /// The reactions of a message: each emoji with whom it is from.
    pub fn reactions(&self, message: MessageId) -> Vec<(String, Vec<UserId>)> {
        self.look(|world| world.reactions(message))
    }

    /// The emoji that the bot itself has below a message.
    pub fn bot_reactions(&self, message: MessageId) -> Vec<String> {
        let bot = self.bot();
        let all = self.reactions(message).into_iter();
        all.filter(|(_, users)| users.contains(&bot)).map(|(emoji, _)| emoji).collect()
    }

    /// Waits until the bot's own emoji below a message are exactly this one; false when they are not
    /// within a minute.
    pub async fn wait_for_bot_reaction(&self, message: MessageId, emoji: &str) -> bool {
        let bot = self.bot();
        self.wait_until(
            |world| {
                let all = world.reactions(message);
                let mut own = all.iter().filter(|(_, users)| users.contains(&bot));
                own.next().is_some_and(|(shown, _)| shown == emoji) && own.next().is_none()
            },
            PATIENCE,
        )
        .await
    }

    /// Waits until anyone has put this emoji below a message; false when nobody does within
    /// a minute.
    pub async fn wait_for_reaction(&self, message: MessageId, emoji: &str) -> bool {
        let there =
            |world: &World| world.reactions(message).iter().any(|(shown, _)| shown == emoji);
        self.wait_until(there, PATIENCE).await
    }
}
