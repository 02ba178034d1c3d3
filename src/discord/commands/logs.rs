//! `/logs`: what became of each message, and why.

use super::super::bot::Context;
use super::super::error::Error;
use super::super::render;
use crate::ids::MessageId;
use crate::ledger::{DeliveryFilter, Outcome};

/// Messages that are shown when nothing else is asked.
const DEFAULT_LIMIT: u32 = 10;

/// What became of a message, as the option's choices.
#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum OutcomeChoice {
    #[name = "stored"]
    Stored,
    #[name = "updated"]
    Updated,
    #[name = "unchanged"]
    Unchanged,
    #[name = "rejected"]
    Rejected,
    #[name = "declined"]
    Declined,
    #[name = "test"]
    Test,
    #[name = "ignored"]
    Ignored,
    #[name = "untrusted"]
    Untrusted,
}

impl From<OutcomeChoice> for Outcome {
    fn from(choice: OutcomeChoice) -> Self {
        match choice {
            OutcomeChoice::Stored => Self::Stored,
            OutcomeChoice::Updated => Self::Updated,
            OutcomeChoice::Unchanged => Self::Unchanged,
            OutcomeChoice::Rejected => Self::Rejected,
            OutcomeChoice::Declined => Self::Declined,
            OutcomeChoice::Test => Self::Test,
            OutcomeChoice::Ignored => Self::Ignored,
            OutcomeChoice::Untrusted => Self::Untrusted,
        }
    }
}

/// Messages, and what became of them
#[poise::command(
    slash_command,
    guild_only,
    subcommands("recent", "show"),
    subcommand_required,
    default_member_permissions = "MANAGE_MESSAGES"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(super) async fn logs(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// The latest messages and what became of them
#[poise::command(slash_command, guild_only)]
async fn recent(
    context: Context<'_>,
    #[description = "How many messages (10)"]
    #[min = 1]
    #[max = 25]
    limit: Option<u32>,
    #[description = "Only this outcome"] outcome: Option<OutcomeChoice>,
) -> Result<(), Error> {
    let bot = context.data();
    let filter = DeliveryFilter {
        guild: super::guild(context)?,
        outcome: outcome.map(Into::into),
        limit: limit.unwrap_or(DEFAULT_LIMIT),
        before: None,
    };
    let deliveries = bot.ledger.deliveries(&filter).await?;
    let alarm = bot.alarms.is_content_hidden().then_some(super::super::alarm::CONTENT_HIDDEN);
    super::reply(context, render::delivery::list(&deliveries, filter.outcome, alarm)).await
}

/// One message: what was read in it, and why it ended as it did
#[poise::command(slash_command, guild_only)]
async fn show(
    context: Context<'_>,
    #[description = "The message's link or id"]
    #[max_length = 200]
    message: String,
) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let id = message_id(&message).ok_or_else(|| {
        Error::User(
            "That is no link or id of a message. Right-click the message and choose Copy Message \
             Link."
                .to_owned(),
        )
    })?;
    let detail = bot.ledger.delivery(guild, id).await?.ok_or_else(|| {
        Error::User(format!(
            "Message {id} is not in the log: it was posted in a channel that is not watched, or \
             while the bot was away."
        ))
    })?;
    super::reply(context, render::delivery::card(&detail, super::audience(context))).await
}

/// The id at the end of a message's link, or the id itself.
fn message_id(typed: &str) -> Option<MessageId> {
    let typed = typed.trim().trim_matches(['<', '>']);
    typed.rsplit(['/', '-']).next()?.parse().ok().filter(|id: &MessageId| id.0 > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_named_by_link_or_id() {
        let id = Some(MessageId(1_300_000_000_000_000_001));
        assert_eq!(message_id("1300000000000000001"), id);
        assert_eq!(message_id("https://discord.com/channels/1/2/1300000000000000001 "), id);
        assert_eq!(message_id("2-1300000000000000001"), id);
        assert_eq!(message_id("hello"), None);
        assert_eq!(message_id(""), None);
    }
}
