//! Who may do what: pure decisions over roles and permissions.

use serenity::all::{Guild, GuildChannel, Member, Permissions};

use super::Bot;
use crate::config::Access;
use crate::ids::{ChannelId, GuildId, RoleId};

/// What a person wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// Look at orders and logs.
    View,
    /// Set an order's status.
    Mark,
    /// Change the set-up, and what was read.
    Admin,
}

/// Whether somebody with these roles and these permissions in the channel has the right.
pub(crate) fn allows(
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
        Right::Mark => has(permissions, Permissions::MANAGE_MESSAGES),
        Right::Admin => has(permissions, Permissions::MANAGE_GUILD),
    }
}

/// Whether a member may set a status in a channel; bots never may. `None`: permissions decide, and the
/// gateway has not told of the guild, or it is unavailable for now.
pub(crate) fn may_mark(
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

/// Whether somebody may look through a part of a message. Discord asks nobody's permission for those:
/// anyone who sees a public card could press it. Without `view_roles` it takes what the commands take
/// in a plain server, or a role that may do more than look, or that Discord was seen to let the
/// person use a command.
pub(crate) fn may_press(
    access: &Access,
    roles: &[RoleId],
    permissions: Permissions,
    let_in: bool,
) -> bool {
    if !access.view_roles.is_empty() {
        return allows(access, Right::View, roles, permissions);
    }
    let mut stronger = access.mark_roles.iter().chain(&access.admin_roles);
    may_by_default(permissions) || let_in || stronger.any(|role| roles.contains(role))
}

/// Whether Discord lets somebody use the commands who has these permissions, where nobody has set it
/// otherwise.
pub(crate) fn may_by_default(permissions: Permissions) -> bool {
    has(permissions, Permissions::MANAGE_MESSAGES)
}

fn has(permissions: Permissions, wanted: Permissions) -> bool {
    permissions.administrator() || permissions.contains(wanted)
}

/// The permissions that a member has in a channel, by what the gateway told of the guild; in a thread
/// those of the channel that it belongs to. In a channel that is not known nothing is granted.
pub(crate) fn permissions_in(guild: &Guild, channel: ChannelId, member: &Member) -> Permissions {
    place(guild, channel)
        .map_or_else(Permissions::empty, |channel| guild.user_permissions_in(channel, member))
}

fn place(guild: &Guild, channel: ChannelId) -> Option<&GuildChannel> {
    let channel = serenity::all::ChannelId::from(channel);
    let thread = guild.threads.iter().find(|thread| thread.id == channel);
    let channel = thread.and_then(|thread| thread.parent_id).unwrap_or(channel);
    guild.channels.get(&channel)
}

/// The bot's own permissions in a watched channel, by what the gateway told; `None` where it has not
/// told enough.
pub(crate) fn permissions_of_bot(bot: &Bot, channel: ChannelId) -> Option<Permissions> {
    permissions_of_bot_in(bot, bot.watching.get(channel)?.guild_id?, channel)
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
    place(&guild, channel)?;
    Some(permissions_in(&guild, channel, member))
}

/// The guild of any channel, by what the gateway told.
pub(crate) fn guild_of(bot: &Bot, channel: ChannelId) -> Option<GuildId> {
    if let Some(watched) = bot.watching.get(channel) {
        return watched.guild_id;
    }
    let cache = bot.cache()?;
    let mut guilds = cache.guilds().into_iter();
    let holds = |guild: &serenity::all::GuildId| {
        cache.guild(*guild).is_some_and(|guild| place(&guild, channel).is_some())
    };
    guilds.find(holds).map(GuildId::from)
}

/// A member's roles, as ours.
pub(crate) fn roles(member: &Member) -> Vec<RoleId> {
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
    fn a_thread_takes_the_permissions_of_its_channel() {
        let guild = serde_json::json!({"id": "1", "name": "Resellers", "owner_id": "2",
            "default_message_notifications": 0, "explicit_content_filter": 0, "features": [],
            "mfa_level": 0, "preferred_locale": "en-US", "premium_tier": 0,
            "system_channel_flags": 0, "verification_level": 0, "nsfw_level": 0,
            "premium_progress_bar_enabled": false, "emojis": [], "stickers": [], "large": false,
            "member_count": 1, "members": [], "voice_states": [], "presences": [],
            "stage_instances": [], "guild_scheduled_events": [],
            "joined_at": "2026-01-01T00:00:00Z",
            "roles": [{"id": "1", "name": "@everyone", "color": 0,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false, "position": 0,
                "permissions": "1024", "managed": false, "mentionable": false}],
            "channels": [{"id": "10", "guild_id": "1", "type": 0, "name": "checkouts",
                "position": 0,
                "permission_overwrites": [{"id": "3", "type": 1, "allow": "8192", "deny": "0"}]}],
            "threads": [{"id": "11", "guild_id": "1", "type": 11, "name": "thread",
                "position": 0, "parent_id": "10", "permission_overwrites": []}]});
        let guild: Guild = serde_json::from_value(guild).unwrap();
        let member = serde_json::json!({"user": {"id": "3", "username": "staff"}, "guild_id": "1",
            "roles": [], "deaf": false, "mute": false, "flags": 0});
        let member: Member = serde_json::from_value(member).unwrap();
        let may = |channel| permissions_in(&guild, ChannelId(channel), &member);
        assert!(may(10).manage_messages() && may(11).manage_messages());
        assert!(may(12).is_empty());
    }

    #[test]
    fn an_administrator_has_what_no_role_decides() {
        let access = Access::default();
        for right in [Right::View, Right::Mark, Right::Admin] {
            assert!(allows(&access, right, &[], Permissions::ADMINISTRATOR), "{right:?}");
        }
    }

    #[test]
    fn a_button_takes_what_a_command_takes() {
        let pressed = |access: &Access, roles: &[RoleId], permissions, let_in| {
            may_press(access, roles, permissions, let_in)
        };
        let open = Access::default();
        assert!(!pressed(&open, &[STAFF], Permissions::SEND_MESSAGES, false));
        assert!(pressed(&open, &[], Permissions::MANAGE_MESSAGES, false));
        assert!(pressed(&open, &[], Permissions::empty(), true));
        let markers = Access { mark_roles: vec![STAFF], ..Access::default() };
        assert!(pressed(&markers, &[STAFF], Permissions::empty(), false));
        assert!(!pressed(&staff_only(), &[], Permissions::all(), true));
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
