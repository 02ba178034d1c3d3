//! A thread as Discord tells of it: read leniently from its JSON, or from what serenity made of it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use serenity::all::GuildChannel;

use crate::ids::{ChannelId, GuildId, MessageId};

/// Discord's `type`s of threads.
const THREADS: std::ops::RangeInclusive<u64> = 10..=12;

/// A thread, or a post of a forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SeenThread {
    pub(crate) id: ChannelId,
    /// The channel or forum that it belongs to.
    pub(crate) parent: ChannelId,
    pub(crate) guild: Option<GuildId>,
    /// The last message in it, which may be deleted. A thread that tells none may have a first one, whose id
    /// is the thread's.
    pub(crate) last_message: MessageId,
    /// Whether it is closed.
    pub(crate) archived: bool,
    /// When it was last closed or opened.
    pub(crate) closed_at: Option<DateTime<Utc>>,
}

impl SeenThread {
    /// From Discord's JSON. `None`: it is no thread.
    pub(crate) fn from_json(json: &Value) -> Option<Self> {
        let kind = json.get("type").and_then(Value::as_u64)?;
        let text = |key: &str| json.get(key).and_then(Value::as_str);
        let id: ChannelId = text("id")?.parse().ok()?;
        let meta = |key: &str| json.get("thread_metadata")?.get(key);
        let closed_at = meta("archive_timestamp").and_then(Value::as_str);
        let closed_at = closed_at.and_then(|time| DateTime::parse_from_rfc3339(time).ok());
        let last_message = text("last_message_id").and_then(|id| id.parse().ok());
        THREADS.contains(&kind).then_some(Self {
            id,
            parent: text("parent_id")?.parse().ok()?,
            guild: text("guild_id").and_then(|id| id.parse().ok()),
            last_message: last_message.unwrap_or(MessageId(id.0)),
            archived: meta("archived").and_then(Value::as_bool).unwrap_or_default(),
            closed_at: closed_at.map(|time| time.to_utc()),
        })
    }

    /// From a channel of an event. `None`: it is no thread.
    pub(crate) fn from_channel(channel: &GuildChannel) -> Option<Self> {
        let meta = channel.thread_metadata?;
        let id = ChannelId::from(channel.id);
        Some(Self {
            id,
            parent: channel.parent_id?.into(),
            guild: Some(channel.guild_id.into()),
            last_message: channel.last_message_id.map_or(MessageId(id.0), MessageId::from),
            archived: meta.archived,
            closed_at: meta.archive_timestamp.map(|time| time.to_utc()),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_an_event_tell_the_same() {
        let thread = json!({"id": "6", "type": 11, "guild_id": "2", "name": "drop",
            "parent_id": "5", "last_message_id": "9", "thread_metadata": {"archived": true,
            "locked": false, "auto_archive_duration": 1440,
            "archive_timestamp": "2026-01-02T03:04:05.000000+00:00"}});
        let seen = SeenThread::from_json(&thread).expect("a thread");
        assert_eq!((seen.id.0, seen.parent.0, seen.last_message.0), (6, 5, 9));
        assert!(seen.archived && seen.closed_at.is_some());
        let channel: GuildChannel = serde_json::from_value(thread).unwrap();
        assert_eq!(SeenThread::from_channel(&channel), Some(seen));
    }

    #[test]
    fn what_is_missing_or_odd_is_passed_over() {
        let bare = json!({"id": "6", "type": 12, "parent_id": "5", "thread_metadata": 7});
        let seen = SeenThread::from_json(&bare).expect("a thread");
        assert_eq!((seen.last_message.0, seen.archived, seen.closed_at), (6, false, None));
        for other in [json!({"id": "5", "type": 0}), json!({"id": "6", "type": 11}), json!(null)] {
            assert_eq!(SeenThread::from_json(&other), None, "{other}");
        }
    }
}
