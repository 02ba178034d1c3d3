//! `/logs`: what became of each message, and why.

pub(in crate::discord::interactions) mod why_missing;

use super::options::choices::OutcomeWord;
use crate::discord::bot::access::Right;
use crate::discord::inbound::retry::{self as try_again, Again};
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render;
use crate::discord::render::custom_id::LogPage;
use crate::ids::MessageId;

/// The reply to a text that names no message.
pub(crate) const NO_MESSAGE: &str = "That is not a message link or id. Right-click the message and \
    choose Copy Message Link.";

/// Show messages, and what happened to them
#[poise::command(
    slash_command,
    guild_only,
    subcommands("recent", "show", "retry"),
    subcommand_required,
    default_member_permissions = "MANAGE_MESSAGES"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(crate) async fn logs(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// List the latest messages, and what happened to them
#[poise::command(slash_command, guild_only)]
async fn recent(
    context: Context<'_>,
    #[description = "How many messages per page (10)"]
    #[min = 1]
    #[max = 25]
    limit: Option<u32>,
    #[description = "Only this outcome"] outcome: Option<OutcomeWord>,
) -> Result<(), Error> {
    let (user, limit) = (context.author().id.into(), super::page_size(limit));
    let page = LogPage { user, limit, outcome: outcome.map(|word| word.0), behind: None };
    let (embed, rows) = page.show(context.data(), super::guild(context)?).await?;
    reply::send(context, reply::configured(context).embed(embed).components(rows)).await
}

/// Show why a message did or did not become an order
#[poise::command(slash_command, guild_only)]
async fn show(
    context: Context<'_>,
    #[description = "The message's link or id"]
    #[max_length = 200]
    message: String,
) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let id = message_id(&message).ok_or_else(|| Error::User(NO_MESSAGE.to_owned()))?;
    match bot.ledger.delivery(guild, id).await? {
        Some(detail) => super::send_delivery(context, &detail).await,
        None => Err(why_missing::why(bot, guild, why_missing::channel(&message), id).await?),
    }
}

/// Try messages again that could not be stored
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn retry(context: Context<'_>) -> Result<(), Error> {
    let guild = super::guild(context)?;
    let (bot, audience) = (context.data(), reply::audience(context));
    let work = move || async move {
        let again = try_again::all(bot, guild).await?;
        let retried: Vec<_> = again.iter().map(Again::retried).collect();
        Ok(reply::to(audience).embed(render::delivery::read_again(&retried)))
    };
    Change::of_command(context, audience)?.perform(work).await;
    Ok(())
}

/// The id at the end of a message's link, or the id itself.
pub(crate) fn message_id(typed: &str) -> Option<MessageId> {
    let typed = typed.trim().trim_matches(['<', '>']).trim_end_matches('/');
    // A link ends in /channel/message, what Shift and Copy ID give in channel-message.
    let id = match typed.rsplit_once(['/', '-']) {
        Some((before, id)) if before.ends_with(|last: char| last.is_ascii_digit()) => id,
        Some(_) => return None,
        None => typed,
    };
    id.parse().ok().filter(|id: &MessageId| id.0 > 0)
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
        assert_eq!(message_id("https://discord.com/channels/1/2/1300000000000000001/"), id);
        assert_eq!(message_id("-1"), None);
        assert_eq!(message_id("hello"), None);
        assert_eq!(message_id(""), None);
    }
}
