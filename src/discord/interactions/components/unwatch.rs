//! The buttons that ask once more before a channel is watched no longer.

use std::time::Duration;

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateInteractionResponse,
    CreateInteractionResponseMessage,
};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::discord::rest::RestError;
use crate::discord::setup::{set_up, webhooks};
use crate::ids::{ChannelId, GuildId, UserId};

const UNWATCH: &str = "unwatch1";
const KEEP: &str = "keep";
const DELETE: &str = "delete";
const LONGEST_DELETION: Duration = Duration::from_secs(2);

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    user: UserId,
    channel: ChannelId,
    /// Whether the bot's own webhook goes, too.
    deletes: bool,
}

impl Choice {
    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split('|');
        if parts.next()? != UNWATCH {
            return None;
        }
        let (user, channel) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let deletes = match parts.next()? {
            KEEP => false,
            DELETE => true,
            _ => return None,
        };
        Some(Self { user, channel, deletes })
    }
}

/// The buttons, for the person who asked alone.
pub(crate) fn buttons(user: UserId, channel: ChannelId) -> Vec<CreateActionRow> {
    let button = |what: &str, label: &str, style: ButtonStyle| {
        CreateButton::new(format!("{UNWATCH}|{user}|{channel}|{what}")).label(label).style(style)
    };
    vec![CreateActionRow::Buttons(vec![
        button(KEEP, "Stop watching", ButtonStyle::Primary),
        button(DELETE, "Stop watching and delete my webhook", ButtonStyle::Danger),
    ])]
}

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

/// Does it, and says so in the place of the question.
pub(crate) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    choice: Choice,
) -> Result<CreateInteractionResponse, Error> {
    who.must(bot, Right::Admin)?;
    if choice.user != who.user {
        return Err(Error::User(
            "Somebody else was asked. Type /setup unwatch yourself.".to_owned(),
        ));
    }
    may_be(bot, who.guild, choice.channel)?;
    set_up::unwatch(bot, choice.channel).await?;
    let deleted = if choice.deletes { Some(delete(bot, choice.channel).await) } else { None };
    let text = render::setup::unwatched(choice.channel, deleted.as_ref());
    Ok(CreateInteractionResponse::UpdateMessage(
        CreateInteractionResponseMessage::new()
            .content(text)
            .components(Vec::new())
            .allowed_mentions(CreateAllowedMentions::new()),
    ))
}

/// Deletes the bot's own webhooks there; Discord waits three seconds for the answer to a button.
async fn delete(bot: &Bot, channel: ChannelId) -> Result<usize, RestError> {
    let deletion = webhooks::delete_own(bot, channel);
    let slow = |_| Err(RestError::Other(anyhow::anyhow!("Discord was too slow")));
    tokio::time::timeout(LONGEST_DELETION, deletion).await.unwrap_or_else(slow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_the_way_through_its_button() {
        let choice = Choice::parse("unwatch1|9|5|delete");
        let expected = Choice { user: UserId(9), channel: ChannelId(5), deletes: true };
        assert_eq!(choice, Some(expected));
        for garbage in ["unwatch1", "unwatch1|9|5|", "unwatch1|x|5|keep", "page1|9|5|keep"] {
            assert_eq!(Choice::parse(garbage), None, "{garbage}");
        }
    }
}
