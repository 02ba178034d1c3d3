//! Who may do what: pure decisions over roles and permissions.

use serenity::all::{Guild, Member, Permissions};

use super::bot::Bot;
use crate::config::Access;
use crate::ids::{ChannelId, GuildId, RoleId};

/// What a person wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    /// Look at orders and logs.
    View,
    /// Set an order's status.
    Mark,
    /// Change the set-up, and what was read.
    Admin,
}

/// Whether somebody with these roles and these permissions in the channel has the right.
pub(super) fn allows(
    access: &Access,
    right: Right,
    roles: &[RoleId],
    permissions: Permissions,
) -> bool {
    let listed = match right {
        Right::View => &access.view_roles,
        Right::Mark => &access.mark_roles,
        Right::Admin => &access.admin_roles,
    };
    if !listed.is_empty() {
        return roles.iter().any(|role| listed.contains(role));
    }
    match right {
        // Discord itself has decided by then: the command's own permissions.
        Right::View => true,
        Right::Mark => permissions.manage_messages(),
        Right::Admin => permissions.manage_guild(),
    }
}

/// Whether a member may set a status in a channel; bots never may. `None`: permissions decide, and the
/// gateway has not told of the guild, or it is unavailable for now.
pub(super) fn may_mark(
    bot: &Bot,
    (guild, channel): (GuildId, ChannelId),
    member: &Member,
) -> Option<bool> {
    if member.user.bot {
        return Some(false);
    }
    let access = &bot.config.access;
    let cache = bot.cache();
    let guild = cache.as_ref().and_then(|cache| cache.guild(serenity::all::GuildId::from(guild)));
    if guild.is_none() && access.mark_roles.is_empty() {
        return None;
    }
    let permissions =
        guild.map_or_else(Permissions::empty, |guild| permissions_in(&guild, channel, member));
    Some(allows(access, Right::Mark, &roles(member), permissions))
}

/// The permissions that a member has in a channel, by what the gateway told of the guild; in a thread
/// those of its channel. In a channel that is not known nothing is granted.
pub(super) fn permissions_in(guild: &Guild, channel: ChannelId, member: &Member) -> Permissions {
    let thread = guild.threads.iter().find(|thread| ChannelId::from(thread.id) == channel);
    let place = thread.and_then(|thread| thread.parent_id).unwrap_or(channel.into());
    guild
        .channels
        .get(&place)
        .map_or_else(Permissions::empty, |channel| guild.user_permissions_in(channel, member))
}

/// The bot's own permissions in a watched channel, by what the gateway told; `None` where it has not
/// told enough.
pub(super) fn permissions_of_bot(bot: &Bot, channel: ChannelId) -> Option<Permissions> {
    permissions_of_bot_in(bot, bot.watching.get(channel)?.guild_id?, channel)
}

/// The guild of any channel, by what the gateway told.
pub(super) fn guild_of(bot: &Bot, channel: ChannelId) -> Option<GuildId> {
    if let Some(watched) = bot.watching.get(channel) {
        return watched.guild_id;
    }
    let (cache, channel) = (bot.cache()?, channel.into());
    let mut guilds = cache.guilds().into_iter();
    let holds = |guild: &serenity::all::GuildId| {
        cache.guild(*guild).is_some_and(|guild| guild.channels.contains_key(&channel))
    };
    guilds.find(holds).map(GuildId::from)
}

/// The same in any channel of a guild.
pub(super) fn permissions_of_bot_in(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
) -> Option<Permissions> {
    let cache = bot.cache()?;
    let guild = cache.guild(serenity::all::GuildId::from(guild))?;
    let member = guild.members.get(&bot.own_id().into())?;
    guild.channels.get(&channel.into())?;
    Some(permissions_in(&guild, channel, member))
}

/// A member's roles, as ours.
pub(super) fn roles(member: &Member) -> Vec<RoleId> {
    member.roles.iter().map(|role| RoleId(i64::try_from(role.get()).unwrap_or(i64::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const STAFF: RoleId = RoleId(7);

    fn staff_only() -> Access {
        Access { view_roles: vec![STAFF], mark_roles: vec![STAFF], admin_roles: vec![STAFF] }
    }

    #[test]
    fn without_roles_set_marking_takes_manage_messages() {
        let access = Access::default();
        assert!(allows(&access, Right::Mark, &[], Permissions::MANAGE_MESSAGES));
        assert!(!allows(&access, Right::Mark, &[], Permissions::SEND_MESSAGES));
        assert!(allows(&access, Right::View, &[], Permissions::empty()));
        assert!(allows(&access, Right::Admin, &[], Permissions::MANAGE_GUILD));
        assert!(!allows(&access, Right::Admin, &[], Permissions::MANAGE_MESSAGES));
    }

    #[test]
    fn roles_that_are_set_are_the_only_key() {
        let access = staff_only();
        for right in [Right::View, Right::Mark, Right::Admin] {
            assert!(allows(&access, right, &[STAFF], Permissions::empty()), "{right:?}");
            assert!(!allows(&access, right, &[RoleId(8)], Permissions::all()), "{right:?}");
        }
    }

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
