//! What a person has asked of the bot, and how far its answer is.

use std::time::Instant;

use discord_ids::{ChannelId, GuildId, MessageId, UserId};
use serde_json::Value;

/// What kind of interaction it is: the `type` that Discord gives it.
pub(crate) mod kind {
    pub(crate) const COMMAND: u64 = 2;
    pub(crate) const COMPONENT: u64 = 3;
    pub(crate) const AUTOCOMPLETE: u64 = 4;
    pub(crate) const MODAL: u64 = 5;
}

/// How far the bot's answer is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    /// Nothing yet.
    Waiting,
    /// "The bot is thinking ...": the answer will follow.
    Thinking {
        /// Whether only the asker will see it.
        ephemeral: bool,
    },
    /// Acknowledged without a sign: the message may be changed later.
    Updating,
    /// The message of the component was changed.
    Updated,
    /// Answered with a message.
    Answered,
    /// Answered with choices for an option.
    Choices(Vec<Value>),
    /// Answered with a form to fill in.
    Modal(Value),
}

/// One interaction.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    pub(crate) id: i64,
    pub(crate) token: String,
    pub(crate) kind: u64,
    pub(crate) user: UserId,
    pub(crate) channel: ChannelId,
    pub(crate) guild: Option<GuildId>,
    /// The whole name of the command, for the line above the answer.
    pub(crate) name: String,
    /// The message with the component.
    pub(crate) message: Option<MessageId>,
    pub(crate) began: Instant,
    /// Taken for older than it is.
    pub(crate) expired: bool,
    /// The first answer.
    pub(crate) acknowledged: Option<Instant>,
    /// The last change of the answer.
    pub(crate) finished: Option<Instant>,
    pub(crate) stage: Stage,
    pub(crate) original: Option<MessageId>,
    pub(crate) follow_ups: Vec<MessageId>,
    /// As the bot is told of it.
    pub(crate) body: Value,
}

impl Interaction {
    /// Whether the person has something to see, or never will have more.
    pub(crate) fn is_settled(&self) -> bool {
        !matches!(self.stage, Stage::Waiting | Stage::Thinking { .. })
    }
}
