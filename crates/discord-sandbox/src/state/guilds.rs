//! Servers with their roles, members and channels, and how Discord writes them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Message, World};
use crate::json::put;
use crate::permission::{self, Overwrite, Whom};
use crate::snowflake::{made_at, written};
use discord_ids::{ChannelId, GuildId, MessageId, RoleId, UserId};

/// A person or a bot.
#[derive(Debug, Clone)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// Whether it is an application.
    pub bot: bool,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id; the role of everyone has the guild's.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it lets its members do.
    pub permissions: u64,
}

/// A user in a guild.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who it is.
    pub user: UserId,
    /// Its roles, without the one of everyone.
    pub roles: Vec<RoleId>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Who may do everything.
    pub owner: UserId,
    /// Its roles.
    pub roles: BTreeMap<RoleId, Role>,
    /// Its members, the bot among them as long as it is invited.
    pub members: BTreeMap<UserId, Member>,
    /// False during an outage.
    pub available: bool,
    /// Its own emoji: id and name.
    pub emojis: BTreeMap<i64, String>,
}

/// A channel of a guild, or a direct conversation when it has none.
#[derive(Debug)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its guild.
    pub guild: Option<GuildId>,
    /// Its name.
    pub name: String,
    /// Discord's `type`: 0 text, 2 voice, 5 announcements, 11 a thread, 15 a forum.
    pub kind: u64,
    /// What it grants or takes beyond the roles.
    pub overwrites: Vec<Overwrite>,
    /// Who talks in a direct conversation.
    pub recipients: Vec<UserId>,
    /// Its messages by id, those that only one person sees too.
    pub messages: BTreeMap<MessageId, Message>,
    /// The pinned ones, oldest first.
    pub pins: Vec<MessageId>,
}

impl World {
    /// A role as Discord writes it.
    pub(crate) fn role_json(role: &Role, position: usize) -> Value {
        json!({"id": role.id.to_string(), "name": role.name, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false, "icon": null, "unicode_emoji": null, "position": position,
            "permissions": role.permissions.to_string(), "managed": false, "mentionable": false,
            "flags": 0})
    }

    /// All roles of a guild.
    pub(crate) fn roles_json(guild: &Guild) -> Vec<Value> {
        guild.roles.values().enumerate().map(|(at, role)| Self::role_json(role, at)).collect()
    }

    /// A member as Discord writes it.
    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let mut json = Self::bare_member_json(member);
        put(&mut json, "user", self.user_json(member.user));
        json
    }

    /// A member without its user, as messages carry it.
    pub(crate) fn bare_member_json(member: &Member) -> Value {
        let roles: Vec<String> = member.roles.iter().map(ToString::to_string).collect();
        json!({"roles": roles, "nick": null, "avatar": null, "premium_since": null,
            "joined_at": written(made_at(member.user.0)), "deaf": false, "mute": false,
            "pending": false, "communication_disabled_until": null, "flags": 0})
    }

    /// A channel as Discord writes it.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let last = channel.messages.keys().next_back().map(ToString::to_string);
        let Some(guild) = channel.guild else {
            let recipients: Vec<Value> = (channel.recipients.iter().filter(|id| **id != self.bot))
                .map(|id| self.user_json(*id))
                .collect();
            return json!({"id": channel.id.to_string(), "type": 1, "last_message_id": last,
                "flags": 0, "recipients": recipients});
        };
        let overwrites: Vec<Value> = channel.overwrites.iter().map(overwrite_json).collect();
        let position = self.channels.range(..channel.id).count();
        json!({"id": channel.id.to_string(), "guild_id": guild.to_string(), "type": channel.kind,
            "name": channel.name, "position": position, "topic": null, "nsfw": false,
            "parent_id": null, "rate_limit_per_user": 0, "flags": 0, "last_message_id": last,
            "permission_overwrites": overwrites})
    }

    /// The channels of a guild as Discord lists them: those too that the bot may not view.
    pub(crate) fn channels_json(&self, guild: GuildId) -> Vec<Value> {
        let channels = self.channels.values().filter(|channel| channel.guild == Some(guild));
        channels.map(|channel| self.channel_json(channel)).collect()
    }

    /// A guild as REST answers it.
    pub(crate) fn guild_json(guild: &Guild) -> Value {
        let emojis: Vec<Value> = (guild.emojis.iter())
            .map(|(id, name)| {
                json!({"id": id.to_string(), "name": name, "roles": [], "require_colons": true,
                    "managed": false, "animated": false, "available": true})
            })
            .collect();
        json!({"id": guild.id.to_string(), "name": guild.name, "icon": null, "splash": null,
            "discovery_splash": null, "owner_id": guild.owner.to_string(), "afk_channel_id": null,
            "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0,
            "explicit_content_filter": 0, "roles": Self::roles_json(guild), "emojis": emojis,
            "features": [], "mfa_level": 0, "application_id": null, "system_channel_id": null,
            "system_channel_flags": 0, "rules_channel_id": null, "vanity_url_code": null,
            "description": null, "banner": null, "premium_tier": 0,
            "premium_subscription_count": 0, "preferred_locale": "en-US",
            "public_updates_channel_id": null, "nsfw_level": 0, "stickers": [],
            "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null})
    }

    /// A guild as `GUILD_CREATE` brings it. Of the members a bot without the intent for them sees only
    /// itself.
    pub(crate) fn full_guild_json(&self, guild: &Guild) -> Value {
        let mut json = Self::guild_json(guild);
        let own: Vec<Value> = guild
            .members
            .get(&self.bot)
            .map(|member| self.member_json(member))
            .into_iter()
            .collect();
        let more = json!({"joined_at": written(made_at(guild.id.0)), "large": false,
            "unavailable": false, "member_count": guild.members.len(), "voice_states": [],
            "members": own, "channels": self.channels_json(guild.id), "threads": [],
            "presences": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": []});
        if let (Some(object), Value::Object(more)) = (json.as_object_mut(), more) {
            object.extend(more);
        }
        json
    }

    /// The guild of a channel, when both exist.
    pub(crate) fn guild_of(&self, channel: ChannelId) -> Option<&Guild> {
        self.guilds.get(&self.channels.get(&channel)?.guild?)
    }

    /// The conversation of the bot with a person, begun now if there was none.
    pub(crate) fn direct_channel(&mut self, person: UserId) -> ChannelId {
        let known = self
            .channels
            .values()
            .find(|channel| channel.guild.is_none() && channel.recipients.contains(&person));
        if let Some(channel) = known {
            return channel.id;
        }
        let id = ChannelId(self.snowflakes.next());
        let mut channel = Channel::new(id, None, "");
        channel.recipients = vec![person, self.bot];
        self.channels.insert(id, channel);
        id
    }
}

impl Channel {
    /// An empty channel.
    pub(crate) fn new(id: ChannelId, guild: Option<GuildId>, name: &str) -> Self {
        Self {
            id,
            guild,
            name: name.to_owned(),
            kind: 0,
            overwrites: Vec::new(),
            recipients: Vec::new(),
            messages: BTreeMap::new(),
            pins: Vec::new(),
        }
    }
}

impl Guild {
    /// A guild with the role of everyone and its owner.
    pub(crate) fn new(id: GuildId, name: &str, owner: UserId) -> Self {
        let everyone = RoleId(id.0);
        let role =
            Role { id: everyone, name: "@everyone".to_owned(), permissions: permission::EVERYONE };
        Self {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(everyone, role)]),
            members: BTreeMap::from([(owner, Member { user: owner, roles: Vec::new() })]),
            available: true,
            emojis: BTreeMap::new(),
        }
    }
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    let (id, kind) = match overwrite.whom {
        Whom::Role(role) => (role.to_string(), 0),
        Whom::Member(user) => (user.to_string(), 1),
    };
    json!({"id": id, "type": kind, "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string()})
}
