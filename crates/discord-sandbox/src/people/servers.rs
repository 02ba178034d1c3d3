//! Servers, channels, roles, members, webhooks: made, changed, taken away.

mod threads;

use discord_ids::{ChannelId, GuildId, RoleId, UserId, WebhookId};
use serde_json::json;

use crate::dispatch::Event;
use crate::model::{Grant, Overwrite, Role, Webhook, Whom};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// A new server with an owner; the bot is invited with what it asks for.
    pub fn add_guild(&self, name: &str) -> GuildId {
        self.discord.with(|world| world.add_guild(name))
    }

    /// Who owns the server, and may do everything in it.
    pub fn owner(&self, guild: GuildId) -> UserId {
        self.look(|world| world.guilds.get(&guild).map(|guild| guild.owner)).unwrap_or_default()
    }

    /// Throws the bot out of a server.
    pub fn remove_bot(&self, guild: GuildId) {
        self.discord.with(|world| world.remove_bot(guild));
    }

    /// Invites the bot again.
    pub fn invite_bot(&self, guild: GuildId) {
        self.discord.with(|world| world.invite_bot(guild));
    }

    /// Begins or ends an outage of a server.
    pub fn set_available(&self, guild: GuildId, available: bool) {
        self.discord.with(|world| world.set_available(guild, available));
    }

    /// A new text channel.
    pub fn add_channel(&self, guild: GuildId, name: &str) -> ChannelId {
        self.discord.with(|world| world.add_channel(guild, name))
    }

    /// A new channel of another kind, by Discord's `type`: 2 voice, 5 announcements, 15 a forum.
    pub fn add_channel_of_kind(&self, guild: GuildId, name: &str, kind: u64) -> ChannelId {
        self.discord.with(|world| world.add_channel_of_kind(guild, name, kind))
    }

    /// The conversation of the bot with a person.
    pub fn direct_channel(&self, person: UserId) -> ChannelId {
        self.discord.with(|world| world.direct_channel(person))
    }

    /// Gives a channel another name.
    pub fn rename_channel(&self, channel: ChannelId, name: &str) {
        self.discord.with(|world| world.rename_channel(channel, name));
    }

    /// Deletes a channel with its messages, webhooks and threads; or one thread.
    pub fn remove_channel(&self, channel: ChannelId) {
        self.discord.with(|world| world.remove_channel(channel));
    }

    /// A new role with these permissions.
    pub fn add_role(&self, guild: GuildId, name: &str, permissions: u64) -> RoleId {
        self.discord.with(|world| {
            let id = RoleId(world.snowflakes.next());
            world.set_role(guild, &Role { id, name: name.to_owned(), permissions });
            id
        })
    }

    /// Changes what a role lets its members do. The role of everyone has the guild's id.
    pub fn set_role(&self, guild: GuildId, role: RoleId, permissions: u64) {
        self.discord.with(|world| {
            let known = world.guilds.get(&guild).and_then(|guild| guild.roles.get(&role)).cloned();
            if let Some(role) = known {
                world.set_role(guild, &Role { permissions, ..role });
            }
        });
    }

    /// Deletes a role.
    pub fn remove_role(&self, guild: GuildId, role: RoleId) {
        self.discord.with(|world| world.remove_role(guild, role));
    }

    /// A new person in a guild.
    pub fn add_member(&self, guild: GuildId, name: &str, roles: &[RoleId]) -> UserId {
        self.discord.with(|world| {
            let user = world.add_user(name, false);
            world.set_member(guild, user, roles);
            user
        })
    }

    /// Another bot in a guild.
    pub fn add_other_bot(&self, guild: GuildId, name: &str) -> UserId {
        self.discord.with(|world| {
            let user = world.add_user(name, true);
            world.set_member(guild, user, &[]);
            user
        })
    }

    /// Lets a person into one more guild, or changes the roles that it has there.
    pub fn set_member(&self, guild: GuildId, user: UserId, roles: &[RoleId]) {
        self.discord.with(|world| world.set_member(guild, user, roles));
    }

    /// A member leaves.
    pub fn remove_member(&self, guild: GuildId, user: UserId) {
        self.discord.with(|world| world.remove_member(guild, user));
    }

    /// An emoji of the guild's own, as `name:id`.
    pub fn add_emoji(&self, guild: GuildId, name: &str) -> String {
        self.discord.with(|world| {
            let id = world.snowflakes.next();
            if let Some(guild) = world.guilds.get_mut(&guild) {
                guild.emojis.insert(id, name.to_owned());
            }
            format!("{name}:{id}")
        })
    }

    /// Grants and takes permissions of a role in a channel, in place of what was set before.
    pub fn set_role_overwrite(&self, channel: ChannelId, role: RoleId, allow: u64, deny: u64) {
        let overwrite = Overwrite { whom: Whom::Role(role), allow, deny };
        self.discord.with(|world| world.set_overwrite(channel, overwrite));
    }

    /// Grants and takes permissions of a member in a channel, in place of what was set before.
    pub fn set_member_overwrite(&self, channel: ChannelId, user: UserId, allow: u64, deny: u64) {
        let overwrite = Overwrite { whom: Whom::Member(user), allow, deny };
        self.discord.with(|world| world.set_overwrite(channel, overwrite));
    }

    /// Grants and takes permissions of the bot in a channel, in place of what was set before.
    pub fn set_bot_permissions(&self, channel: ChannelId, allow: u64, deny: u64) {
        self.set_member_overwrite(channel, self.bot(), allow, deny);
    }

    /// A new webhook, as a person makes it in the channel's settings.
    pub fn add_webhook(&self, channel: ChannelId, name: &str) -> Webhook {
        self.discord.with(|world| world.add_webhook(channel, name, false))
    }

    /// Gives a webhook another name.
    pub fn rename_webhook(&self, webhook: WebhookId, name: &str) {
        self.discord.with(|world| {
            if let Some(webhook) = world.webhooks.get_mut(&webhook) {
                name.clone_into(&mut webhook.name);
                let channel = webhook.channel;
                world.webhooks_changed(channel);
            }
        });
    }

    /// Lets a webhook post into another channel of its server. Its URL stays the same.
    pub fn move_webhook(&self, webhook: WebhookId, channel: ChannelId) {
        self.discord.with(|world| {
            let Some(webhook) = world.webhooks.get_mut(&webhook) else { return };
            let before = std::mem::replace(&mut webhook.channel, channel);
            world.webhooks_changed(before);
            world.webhooks_changed(channel);
        });
    }

    /// The webhooks of a channel.
    pub fn webhooks(&self, channel: ChannelId) -> Vec<Webhook> {
        self.look(|world| {
            let here = world.webhooks.values().filter(|webhook| webhook.channel == channel);
            here.cloned().collect()
        })
    }

    /// Deletes a webhook; its messages stay.
    pub fn remove_webhook(&self, webhook: WebhookId) {
        self.discord.with(|world| {
            if let Some(webhook) = world.webhooks.remove(&webhook) {
                world.webhooks_changed(webhook.channel);
            }
        });
    }

    /// Grants or takes a command in Server Settings > Integrations, which counts for more than what
    /// the bot asked for.
    pub fn allow_command(&self, guild: GuildId, command: &str, whom: Whom, allowed: bool) {
        let command = command.to_owned();
        self.discord.with(|world| {
            world.grants.retain(|grant| {
                (grant.guild, grant.whom) != (guild, whom) || grant.command != command
            });
            world.grants.push(Grant { guild, command, whom, allowed });
            let id = world.bot().to_string();
            let body = json!({"id": id, "application_id": id, "guild_id": guild.to_string(),
                "permissions": []});
            world.emit(Event::new("APPLICATION_COMMAND_PERMISSIONS_UPDATE", 0, &body));
        });
    }
}
