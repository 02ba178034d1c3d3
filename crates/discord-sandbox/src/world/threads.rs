//! Threads are begun, closed, opened, and told of.

use std::collections::BTreeSet;

use discord_ids::{ChannelId, MessageId, UserId};
use serde_json::json;

use super::state::World;
use crate::dispatch::{Event, intent};
use crate::json::put;
use crate::limits::Refusal;
use crate::model::{ANNOUNCEMENT_THREAD, PRIVATE_THREAD, PUBLIC_THREAD};
use crate::model::{Channel, Thread, permission};

/// The `type` of an announcement channel.
const ANNOUNCEMENTS: u64 = 5;

impl World {
    /// A new thread that everyone sees who sees its channel. In a forum it is a post.
    pub(crate) fn add_thread(&mut self, parent: ChannelId, name: &str, owner: UserId) -> ChannelId {
        let announces = self.channels.get(&parent).is_some_and(|place| place.kind == ANNOUNCEMENTS);
        let kind = if announces { ANNOUNCEMENT_THREAD } else { PUBLIC_THREAD };
        self.begin_thread(parent, name, owner, kind)
    }

    /// A new thread that its members see alone.
    pub(crate) fn add_private_thread(
        &mut self,
        parent: ChannelId,
        name: &str,
        owner: UserId,
    ) -> ChannelId {
        self.begin_thread(parent, name, owner, PRIVATE_THREAD)
    }

    fn begin_thread(
        &mut self,
        parent: ChannelId,
        name: &str,
        owner: UserId,
        kind: u64,
    ) -> ChannelId {
        let id = ChannelId(self.snowflakes.next());
        let guild = self.channels.get(&parent).and_then(|place| place.guild);
        let thread = Thread {
            parent,
            owner,
            archived: false,
            locked: false,
            archive_changed_at: self.snowflakes.now(),
            members: BTreeSet::from([owner]),
        };
        let channel = Channel { kind, thread: Some(thread), ..Channel::new(id, guild, name) };
        self.channels.insert(id, channel);
        // Of a forum Discord tells the last thread where other channels tell the last message.
        if let Some(forum) = self.channels.get_mut(&parent).filter(|place| place.is_forum()) {
            forum.last_message = Some(MessageId(id.0));
        }
        self.tell_thread("THREAD_CREATE", id, true);
        id
    }

    /// Closes a thread, or opens it again.
    pub(crate) fn set_archived(&mut self, thread: ChannelId, archived: bool) {
        let now = self.snowflakes.now();
        let Some(found) = self.thread_mut(thread) else { return };
        if found.archived != archived {
            (found.archived, found.archive_changed_at) = (archived, now);
            self.tell_thread("THREAD_UPDATE", thread, false);
        }
    }

    /// Has only those open a thread that manage threads, or lets everyone again.
    pub(crate) fn set_locked(&mut self, thread: ChannelId, locked: bool) {
        if let Some(found) = self.thread_mut(thread) {
            found.locked = locked;
            self.tell_thread("THREAD_UPDATE", thread, false);
        }
    }

    /// Lets somebody into a private thread. The bot hears of the thread by that.
    pub(crate) fn add_to_thread(&mut self, thread: ChannelId, user: UserId) {
        let Some(found) = self.thread_mut(thread) else { return };
        if found.members.insert(user) && user == self.bot {
            self.tell_thread("THREAD_CREATE", thread, false);
        }
    }

    /// Takes somebody out of a thread. The bot hears of itself alone, since it has no intent for members.
    pub(crate) fn remove_from_thread(&mut self, thread: ChannelId, user: UserId) {
        let Some(found) = self.thread_mut(thread) else { return };
        let (was_in, count) = (found.members.remove(&user), found.members.len());
        if was_in && user == self.bot {
            let mut body = json!({"id": thread.to_string(), "member_count": count,
                "removed_member_ids": [user.to_string()]});
            self.add_guild_id(thread, &mut body);
            self.emit(Event::new("THREAD_MEMBERS_UPDATE", intent::GUILDS, &body));
        }
    }

    /// What it takes to write there.
    pub(crate) fn to_send_in(&self, channel: ChannelId) -> u64 {
        let is_thread = self.channels.get(&channel).is_some_and(|place| place.thread.is_some());
        if is_thread { permission::SEND_MESSAGES_IN_THREADS } else { permission::SEND_MESSAGES }
    }

    /// A message is about to be posted into a thread: that opens it, unless it is locked.
    pub(crate) fn open_to_post(&mut self, channel: ChannelId) -> Result<(), Refusal> {
        let Some(place) = self.channels.get(&channel) else { return Ok(()) };
        if place.is_forum() {
            return Err(Refusal::new(400, 40058, "Cannot send a message in a forum channel"));
        }
        if place.is_archived() {
            if place.thread.as_ref().is_some_and(|thread| thread.locked) {
                return Err(Refusal::archived());
            }
            self.set_archived(channel, false);
        }
        Ok(())
    }

    /// Refuses what cannot be done in a closed thread.
    pub(crate) fn must_be_open(&self, channel: ChannelId) -> Result<(), Refusal> {
        let is_archived = self.channels.get(&channel).is_some_and(Channel::is_archived);
        if is_archived { Err(Refusal::archived()) } else { Ok(()) }
    }

    /// The bot has come to see a channel: Discord tells it of the open threads there.
    pub(crate) fn sync_threads(&mut self, channel: ChannelId) {
        let Some(guild) = self.guild_of(channel).map(|guild| guild.id) else { return };
        let body = json!({"guild_id": guild.to_string(), "channel_ids": [channel.to_string()],
            "threads": self.active_threads_json(guild, Some(channel)), "members": []});
        self.emit(Event::new("THREAD_LIST_SYNC", intent::GUILDS, &body));
    }

    pub(crate) fn tell_thread_gone(&mut self, thread: ChannelId) {
        let Some(place) = self.channels.get(&thread) else { return };
        let Some(guild) = place.guild else { return };
        let parent = place.thread.as_ref().map(|thread| thread.parent.to_string());
        let body = json!({"id": thread.to_string(), "guild_id": guild.to_string(),
            "parent_id": parent, "type": place.kind});
        // It is not there any more when the event is held back and asked for its channel.
        if self.bot_may(thread, permission::VIEW_CHANNEL) {
            self.emit(Event::new("THREAD_DELETE", intent::GUILDS, &body));
        }
    }

    fn tell_thread(&mut self, name: &'static str, thread: ChannelId, is_new: bool) {
        let Some(place) = self.channels.get(&thread) else { return };
        let mut body = self.channel_json(place);
        if is_new {
            put(&mut body, "newly_created", true);
        }
        self.emit(Event::of_channel(name, intent::GUILDS, thread, &body));
    }

    fn thread_mut(&mut self, thread: ChannelId) -> Option<&mut Thread> {
        self.channels.get_mut(&thread)?.thread.as_mut()
    }

    /// The closed threads of a channel that the bot may view, as the two lists of them want them.
    pub(crate) fn archived_threads(&self, parent: ChannelId, is_private: bool) -> Vec<&Channel> {
        let wanted = |place: &&Channel| {
            place.thread.as_ref().is_some_and(|thread| thread.archived && thread.parent == parent)
                && (place.kind == PRIVATE_THREAD) == is_private
                && self.bot_may(place.id, permission::VIEW_CHANNEL)
        };
        self.channels.values().filter(wanted).collect()
    }
}
