//! A channel.

use discord_ids::{ChannelId, GuildId, created_at};
use serde_json::{Value, json};

use crate::model::{Channel, Overwrite, Thread, Whom, permission};
use crate::snowflake::written;
use crate::world::state::World;

impl World {
    /// A channel as Discord writes it.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let last = channel.last_message.map(|id| id.to_string());
        let Some(guild) = channel.guild else {
            let recipients: Vec<Value> = (channel.recipients.iter().filter(|id| **id != self.bot))
                .map(|id| self.user_json(*id))
                .collect();
            return json!({"id": channel.id.to_string(), "type": 1, "last_message_id": last,
                "flags": 0, "recipients": recipients});
        };
        if let Some(thread) = &channel.thread {
            return thread_json(channel, guild, thread);
        }
        let overwrites: Vec<Value> = channel.overwrites.iter().map(overwrite_json).collect();
        let position = self.channels.range(..channel.id).count();
        json!({"id": channel.id.to_string(), "guild_id": guild.to_string(), "type": channel.kind,
            "name": channel.name, "position": position, "topic": null, "nsfw": false,
            "parent_id": null, "rate_limit_per_user": 0, "flags": 0, "last_message_id": last,
            "permission_overwrites": overwrites})
    }

    /// The channels of a guild as Discord lists them: those too that the bot may not view, and no
    /// threads.
    pub(crate) fn channels_json(&self, guild: GuildId) -> Vec<Value> {
        let is_here = |channel: &&Channel| channel.guild == Some(guild) && channel.thread.is_none();
        self.channels.values().filter(is_here).map(|channel| self.channel_json(channel)).collect()
    }

    /// The open threads of a guild that the bot may view; of one channel alone, if it is named.
    pub(crate) fn active_threads_json(
        &self,
        guild: GuildId,
        parent: Option<ChannelId>,
    ) -> Vec<Value> {
        let is_active = |channel: &&Channel| {
            channel.guild == Some(guild)
                && channel.thread.as_ref().is_some_and(|thread| {
                    !thread.archived && parent.is_none_or(|parent| parent == thread.parent)
                })
                && self.bot_may(channel.id, permission::VIEW_CHANNEL)
        };
        self.channels.values().filter(is_active).map(|thread| self.channel_json(thread)).collect()
    }
}

/// A thread has no place of its own in the list of channels, and no permissions of its own.
fn thread_json(channel: &Channel, guild: GuildId, thread: &Thread) -> Value {
    json!({"id": channel.id.to_string(), "guild_id": guild.to_string(), "type": channel.kind,
        "name": channel.name, "parent_id": thread.parent.to_string(),
        "owner_id": thread.owner.to_string(), "rate_limit_per_user": 0, "flags": 0,
        "last_message_id": channel.last_message.map(|id| id.to_string()),
        "message_count": channel.messages.len(), "total_message_sent": channel.messages.len(),
        "member_count": thread.members.len().min(50),
        "thread_metadata": {"archived": thread.archived, "locked": thread.locked,
            "auto_archive_duration": 1_440,
            "archive_timestamp": written(thread.archive_changed_at),
            "create_timestamp": written(created_at(channel.id.0))}})
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    let (id, kind) = match overwrite.whom {
        Whom::Role(role) => (role.to_string(), 0),
        Whom::Member(user) => (user.to_string(), 1),
    };
    json!({"id": id, "type": kind, "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string()})
}
