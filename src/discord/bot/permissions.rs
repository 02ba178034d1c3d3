//! Permissions in a channel, by the guild as the gateway has sent it.

use serenity::all::{Guild, GuildChannel, Member, Permissions};

use super::Bot;
use super::access::{Right, allows, roles};
use crate::ids::{ChannelId, GuildId};

/// Whether a member may set a status in a channel; bots never may. `None`: permissions decide, and the
/// gateway has not sent the guild, or it is unavailable for now.
pub(crate) fn may_mark(
    bot: &Bot,
    (guild, channel): (GuildId, ChannelId),
    member: &Member,
) -> Option<bool> {
    if member.user.bot {
        return Some(false);
    }
    let access = &bot.config.access;
    // Of a closed thread the gateway tells nothing.
    let home = bot.watching.home(channel);
    let cache = bot.cache();
    let cached = cache.as_ref().and_then(|cache| cache.guild(serenity::all::GuildId::from(guild)));
    if cached.is_none() && access.mark_roles.is_empty() {
        return None;
    }
    let permissions =
        cached.map_or_else(Permissions::empty, |guild| permissions_in(&guild, home, member));
    Some(allows(access, Right::Mark, &roles(guild, member), permissions))
}

/// The permissions that a member has in a channel; in a thread those of the channel that it belongs to. In
/// a channel that is not known nothing is granted.
fn permissions_in(guild: &Guild, channel: ChannelId, member: &Member) -> Permissions {
    place(guild, channel)
        .map_or_else(Permissions::empty, |channel| guild.user_permissions_in(channel, member))
}

fn place(guild: &Guild, channel: ChannelId) -> Option<&GuildChannel> {
    let channel = serenity::all::ChannelId::from(channel);
    let thread = guild.threads.iter().find(|thread| thread.id == channel);
    let channel = thread.and_then(|thread| thread.parent_id).unwrap_or(channel);
    guild.channels.get(&channel)
}

/// The bot's own permissions in a watched channel, or in a thread of one; `None` where the gateway has
/// not sent enough.
pub(crate) fn permissions_of_bot(bot: &Bot, channel: ChannelId) -> Option<Permissions> {
    permissions_of_bot_in(bot, bot.watching.guild(channel)?, channel)
}

/// The same in any channel of a guild.
pub(crate) fn permissions_of_bot_in(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
) -> Option<Permissions> {
    let cache = bot.cache()?;
    let guild = cache.guild(serenity::all::GuildId::from(guild))?;
    let member = guild.members.get(&bot.own_id().into())?;
    let home = bot.watching.home(channel);
    place(&guild, home)?;
    Some(permissions_in(&guild, home, member))
}

/// The guild of any channel; `None` where the gateway has not sent it.
pub(crate) fn guild_of(bot: &Bot, channel: ChannelId) -> Option<GuildId> {
    if let Some((_, watched)) = bot.watching.reading(channel) {
        return watched.guild_id;
    }
    let cache = bot.cache()?;
    let mut guilds = cache.guilds().into_iter();
    let holds = |guild: &serenity::all::GuildId| {
        cache.guild(*guild).is_some_and(|guild| place(&guild, channel).is_some())
    };
    guilds.find(holds).map(GuildId::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A guild with one channel, a thread of it, and a moderator.
    fn guild() -> (Guild, Member) {
        let role = |id: &str, permissions: &str| {
            json!({"id": id, "name": "role", "color": 0, "colors": {"primary_color": 0},
            "hoist": false, "position": 0, "permissions": permissions, "managed": false,
            "mentionable": false})
        };
        let channel = |id: &str, kind: u8, parent: Option<&str>| {
            json!({"id": id, "type": kind, "name": "place", "guild_id": "2", "parent_id": parent,
            "position": 0, "permission_overwrites": []})
        };
        let guild = json!({"id": "2", "name": "Server", "owner_id": "9",
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
            "preferred_locale": "en-US", "premium_tier": 0, "system_channel_flags": 0,
            "verification_level": 0, "nsfw_level": 0, "premium_progress_bar_enabled": false,
            "roles": [role("2", "1024"), role("7", "8192")], "emojis": [], "stickers": [],
            "features": [], "large": false, "member_count": 1, "members": [], "presences": [],
            "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
            "joined_at": "2026-01-01T00:00:00Z", "channels": [channel("5", 0, None)],
            "threads": [channel("6", 11, Some("5"))]});
        let member = json!({"user": {"id": "8", "username": "clerk"}, "roles": ["7"],
            "deaf": false, "mute": false, "flags": 0, "guild_id": "2"});
        let guild = serde_json::from_value(guild).expect("a guild");
        (guild, serde_json::from_value(member).expect("a member"))
    }

    #[test]
    fn in_a_thread_the_permissions_of_its_channel_count() {
        let (guild, clerk) = guild();
        for place in [5, 6] {
            let permissions = permissions_in(&guild, ChannelId(place), &clerk);
            assert!(permissions.manage_messages(), "{place}");
        }
        assert_eq!(permissions_in(&guild, ChannelId(7), &clerk), Permissions::empty());
    }
}
