//! What the gateway tells of threads, also where serenity cannot parse it.

use serde_json::Value;
use serenity::all::{GuildChannel, ThreadMembersUpdateEvent};

use super::Events;
use crate::discord::inbound::threads;
use crate::discord::rest::seen_thread::SeenThread;
use crate::ids::{ChannelId, UserId};

impl Events {
    /// A thread was begun, or the bot was let in.
    pub(crate) fn thread_create(&self, thread: &GuildChannel) {
        if let Some(seen) = SeenThread::from_channel(thread) {
            threads::created(&self.bot, &seen);
        }
    }

    /// A thread was closed, opened, or changed otherwise.
    pub(crate) fn thread_update(&self, thread: &GuildChannel) {
        if let Some(seen) = SeenThread::from_channel(thread) {
            threads::changed(&self.bot, &seen);
        }
    }

    /// The bot has come to see channels.
    pub(crate) fn thread_list_sync(&self, listed: &[GuildChannel]) {
        let seen: Vec<_> = listed.iter().filter_map(SeenThread::from_channel).collect();
        threads::synced(&self.bot, &seen);
    }

    /// Discord tells a bot without the intent for members only of itself.
    pub(crate) fn thread_members(&self, event: &ThreadMembersUpdateEvent) {
        let own = self.bot.own_id();
        let is_out = event.removed_member_ids.iter().any(|id| UserId::from(*id) == own);
        if is_out {
            threads::membership_changed(&self.bot, event.id.into());
        }
    }

    /// One of these events that serenity could not parse.
    pub(crate) async fn unknown_thread_event(&self, kind: &str, value: &Value) {
        let id = || value.get("id").and_then(Value::as_str)?.parse::<ChannelId>().ok();
        match kind {
            "THREAD_CREATE" => {
                if let Some(seen) = SeenThread::from_json(value) {
                    threads::created(&self.bot, &seen);
                }
            }
            "THREAD_UPDATE" => {
                if let Some(seen) = SeenThread::from_json(value) {
                    threads::changed(&self.bot, &seen);
                }
            }
            "THREAD_DELETE" => {
                if let Some(thread) = id() {
                    threads::deleted(&self.bot, thread).await;
                }
            }
            "THREAD_LIST_SYNC" => {
                let listed = value.get("threads").and_then(Value::as_array).into_iter().flatten();
                let seen: Vec<_> = listed.filter_map(SeenThread::from_json).collect();
                threads::synced(&self.bot, &seen);
            }
            _ => {}
        }
    }
}
