//! Discord's permission bits, as far as this bot meets them, and how they add up.

use discord_ids::{ChannelId, GuildId, RoleId, UserId};

use super::state::World;

/// Put a new emoji below a message.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// Everything, everywhere.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Change a server's settings.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// See a channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write into a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete and pin what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Have embeds shown.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping everyone.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Use emoji of other servers.
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
/// List, make and delete webhooks.
pub const MANAGE_WEBHOOKS: u64 = 1 << 29;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;

/// What the invitation of the bot asks for, and no more.
pub const INVITATION: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | MANAGE_WEBHOOKS;

/// What a new server lets everyone do.
pub const EVERYONE: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS;

/// Whom an overwrite of a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// All that have the role.
    Role(RoleId),
    /// One member.
    Member(UserId),
}

/// What a channel grants or takes beyond the roles.
#[derive(Debug, Clone, Copy)]
pub struct Overwrite {
    /// For whom it is.
    pub whom: Whom,
    /// The bits it grants.
    pub allow: u64,
    /// The bits it takes.
    pub deny: u64,
}

impl World {
    /// The permissions of a member over the whole guild; none when it is not a member.
    pub fn guild_permissions(&self, guild: GuildId, user: UserId) -> u64 {
        let Some((guild, member)) =
            self.guilds.get(&guild).and_then(|g| Some((g, g.members.get(&user)?)))
        else {
            return 0;
        };
        let everyone = RoleId(guild.id.0);
        let bits = (member.roles.iter().chain([&everyone]))
            .filter_map(|role| guild.roles.get(role))
            .fold(0, |bits, role| bits | role.permissions);
        let all = guild.owner == user || bits & ADMINISTRATOR != 0;
        if all { u64::MAX >> 14 } else { bits }
    }

    /// The permissions of a user in a channel, with the channel's overwrites: first those for
    /// everyone, then those for roles, then the member's own.
    pub fn permissions(&self, channel: ChannelId, user: UserId) -> u64 {
        let Some(place) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = place.guild else {
            return if place.recipients.contains(&user) { EVERYONE } else { 0 };
        };
        let bits = self.guild_permissions(guild, user);
        let Some(member) = self.guilds.get(&guild).and_then(|g| g.members.get(&user)) else {
            return 0;
        };
        if bits & ADMINISTRATOR != 0 {
            return bits;
        }
        let everyone = RoleId(guild.0);
        let layer = |bits: u64, wanted: &dyn Fn(Whom) -> bool| {
            let chosen = place.overwrites.iter().filter(|overwrite| wanted(overwrite.whom));
            let (allow, deny) =
                chosen.fold((0, 0), |(allow, deny), o| (allow | o.allow, deny | o.deny));
            (bits & !deny) | allow
        };
        let bits = layer(bits, &|whom| whom == Whom::Role(everyone));
        let bits = layer(
            bits,
            &|whom| matches!(whom, Whom::Role(role) if role != everyone && member.roles.contains(&role)),
        );
        let bits = layer(bits, &|whom| whom == Whom::Member(user));
        if bits & VIEW_CHANNEL == 0 { 0 } else { bits }
    }

    /// Whether the bot has all these permissions in the channel.
    pub(super) fn bot_may(&self, channel: ChannelId, bits: u64) -> bool {
        self.permissions(channel, self.bot) & bits == bits
    }
}
