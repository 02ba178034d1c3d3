//! A server, its roles and its members.

use discord_ids::created_at;
use serde_json::{Value, json};

use crate::json::put;
use crate::model::{Guild, Member, Role};
use crate::snowflake::written;
use crate::world::state::World;

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
        json!({"roles": roles, "nick": null, "avatar": null, "banner": null, "premium_since": null,
            "joined_at": written(created_at(member.user.0)), "deaf": false, "mute": false,
            "pending": false, "communication_disabled_until": null, "flags": 0})
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
            "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
            "home_header": null, "incidents_data": null, "max_members": 500_000,
            "max_presences": null, "max_stage_video_channel_users": 50, "nsfw": false,
            "max_video_channel_users": 25, "region": "deprecated", "widget_channel_id": null,
            "widget_enabled": false})
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
        let more = json!({"joined_at": written(created_at(guild.id.0)), "large": false,
            "unavailable": false, "member_count": guild.members.len(), "voice_states": [],
            "members": own, "channels": self.channels_json(guild.id),
            "threads": self.active_threads_json(guild.id, None),
            "presences": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": []});
        if let (Some(object), Value::Object(more)) = (json.as_object_mut(), more) {
            object.extend(more);
        }
        json
    }
}
