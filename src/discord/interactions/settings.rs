//! What people see of a server's settings, and of a change of them.

use poise::CreateReply;
use serenity::all::CreateEmbed;

use super::error::Error;
use super::reply;
use crate::config::SettingGroup;
use crate::discord::bot::Bot;
use crate::discord::render::rows;
use crate::discord::render::setup::settings::{self, Held};
use crate::discord::setup::settings::Changed;
use crate::ids::GuildId;

/// The settings of a group, as they are.
pub(super) fn shown(bot: &Bot, guild: GuildId, group: SettingGroup) -> CreateEmbed {
    held(bot, guild, |held| settings::group(group, held))
}

/// All settings of a server, as they are.
pub(super) fn all(bot: &Bot, guild: GuildId) -> CreateEmbed {
    held(bot, guild, settings::all)
}

fn held<T>(bot: &Bot, guild: GuildId, show: impl FnOnce(&Held<'_>) -> T) -> T {
    let (settings, configured) = (bot.settings(guild), bot.configured(guild));
    let (here, now) = (bot.settings.here(guild), bot.rest.clock().now());
    show(&Held { settings: &settings, configured: &configured, here: &here, now })
}

/// The reply to a change, with the button that takes it back.
pub(super) fn replied(
    bot: &Bot,
    guild: GuildId,
    changed: Changed,
    done: &str,
) -> Result<CreateReply, Error> {
    match changed {
        Changed::Done(reverse) => {
            let embed = shown(bot, guild, reverse.group);
            let (changed_at, count) = (reverse.changed_at, reverse.count);
            Ok(reply::ephemeral()
                .content(done)
                .embed(embed)
                .components(rows::undo_settings(changed_at, count)))
        }
        Changed::Unseen(channel) => Err(Error::User(settings::unseen(channel))),
        Changed::Lacks(channel, missing) => {
            Err(Error::User(settings::may_not_post(channel, &missing)))
        }
        Changed::Since => Err(Error::User(settings::CHANGED_SINCE.to_owned())),
    }
}
