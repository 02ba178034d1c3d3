//! A channel.

use discord_ids::GuildId;
use serde_json::{Value, json};

use crate::model::{Channel, Overwrite, Whom};
use crate::world::state::World;

impl World {
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
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    let (id, kind) = match overwrite.whom {
        Whom::Role(role) => (role.to_string(), 0),
        Whom::Member(user) => (user.to_string(), 1),
    };
    json!({"id": id, "type": kind, "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string()})
}
