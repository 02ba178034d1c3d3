//! How permissions add up: roles, then what a channel grants or takes.

use discord_ids::{ChannelId, GuildId, RoleId, UserId};

use super::state::World;
use crate::model::permission::{ADMINISTRATOR, EVERYONE, MANAGE_THREADS, VIEW_CHANNEL};
use crate::model::{PRIVATE_THREAD, Whom};

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
    /// everyone, then those for roles, then the member's own. In a thread they are those of its channel;
    /// a private one lets in its members and those that manage threads.
    pub fn permissions(&self, channel: ChannelId, user: UserId) -> u64 {
        let Some(place) = self.channels.get(&channel) else { return 0 };
        if let Some(thread) = &place.thread {
            let bits = self.permissions(thread.parent, user);
            let is_private = place.kind == PRIVATE_THREAD;
            let is_in = bits & MANAGE_THREADS != 0 || thread.members.contains(&user);
            return if is_private && !is_in { 0 } else { bits };
        }
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
    pub(crate) fn bot_may(&self, channel: ChannelId, bits: u64) -> bool {
        self.permissions(channel, self.bot) & bits == bits
    }
}
