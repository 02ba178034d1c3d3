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

/// The permissions that a member has in a channel, by what the gateway told of the guild. In a
/// channel that is not known nothing is granted.
pub(super) fn permissions_in(guild: &Guild, channel: ChannelId, member: &Member) -> Permissions {
    guild
        .channels
        .get(&channel.into())
        .map_or_else(Permissions::empty, |channel| guild.user_permissions_in(channel, member))
}

/// The bot's own permissions in a watched channel, by what the gateway told; `None` where it has not
/// told enough.
pub(super) fn permissions_of_bot(bot: &Bot, channel: ChannelId) -> Option<Permissions> {
    bot_permissions_in(bot, bot.watching.get(channel)?.guild_id?, channel)
}

/// The guild that a channel belongs to, by what the gateway told.
pub(super) fn guild_of(bot: &Bot, channel: ChannelId) -> Option<GuildId> {
    let cache = bot.cache()?;
    let holds = |guild: &serenity::all::GuildId| {
        cache.guild(guild).is_some_and(|guild| guild.channels.contains_key(&channel.into()))
    };
    cache.guilds().into_iter().find(holds).map(GuildId::from)
}

/// The same in any channel of a guild.
pub(super) fn bot_permissions_in(
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
}
