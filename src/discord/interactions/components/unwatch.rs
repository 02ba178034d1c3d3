//! The buttons that ask once more before a channel is watched no longer.

use std::time::Duration;

use serenity::all::{ComponentInteraction, Context};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render;
use crate::discord::render::custom_id::Unwatch;
use crate::discord::rest::RestError;
use crate::discord::setup::{set_up, webhooks};
use crate::ids::{ChannelId, GuildId};

const LONGEST_DELETION: Duration = Duration::from_secs(2);

/// Fails with a sentence unless the channel is one of this guild that was set up in Discord.
pub(crate) fn may_be(bot: &Bot, guild: GuildId, channel: ChannelId) -> Result<(), Error> {
    match bot.watching.get(channel).filter(|watched| watched.guild_id == Some(guild)) {
        None => Err(Error::User(render::setup::not_watched(channel))),
        Some(watched) if watched.is_configured => {
            Err(Error::User(render::setup::configured(channel)))
        }
        Some(_) => Ok(()),
    }
}

/// Stops watching the channel, and confirms it in the place of the question.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    asked: Unwatch,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let Unwatch { user, channel, deletes } = asked;
    who.require_to_be(user, "This was started by somebody else. Run `/setup unwatch` yourself.")?;
    may_be(bot, who.guild, channel)?;
    let work = move || async move {
        set_up::unwatch(bot, channel).await?;
        // Another thread of its channel may be posted to by the same webhook.
        let is_needed = bot.watching.shares_webhooks(who.guild, channel);
        let deleted = if deletes && !is_needed { Some(delete(bot, channel).await) } else { None };
        let text = render::setup::unwatched(channel, deleted.as_ref());
        Ok(reply::changed().content(text).components(Vec::new()))
    };
    Change::of_part(bot, &context.http, pressed).perform(work).await;
    Ok(())
}

/// Deletes the bot's own webhooks there; nobody waits longer for the confirmation.
async fn delete(bot: &Bot, channel: ChannelId) -> Result<usize, RestError> {
    let deletion = webhooks::delete_own(bot, bot.watching.home(channel));
    let slow = |_| Err(RestError::Other(anyhow::anyhow!("Discord was too slow")));
    tokio::time::timeout(LONGEST_DELETION, deletion).await.unwrap_or_else(slow)
}
