//! Threads: begun, closed, opened, and who is in them.

use discord_ids::{ChannelId, UserId};

use crate::sandbox::Sandbox;

impl Sandbox {
    /// A new thread of a channel, or an empty post of a forum, for everyone who sees that.
    pub fn add_thread(&self, user: UserId, channel: ChannelId, name: &str) -> ChannelId {
        self.discord.with(|world| world.add_thread(channel, name, user))
    }

    /// A new thread that nobody sees but its members and those that manage threads.
    pub fn add_private_thread(&self, user: UserId, channel: ChannelId, name: &str) -> ChannelId {
        self.discord.with(|world| world.add_private_thread(channel, name, user))
    }

    /// Lets somebody into a private thread.
    pub fn add_to_thread(&self, thread: ChannelId, user: UserId) {
        self.discord.with(|world| world.add_to_thread(thread, user));
    }

    /// Takes somebody out of a thread.
    pub fn remove_from_thread(&self, thread: ChannelId, user: UserId) {
        self.discord.with(|world| world.remove_from_thread(thread, user));
    }

    /// Closes a thread, or opens it again. A message opens it, too.
    pub fn set_archived(&self, thread: ChannelId, archived: bool) {
        self.discord.with(|world| world.set_archived(thread, archived));
    }

    /// Locks a thread: once it is closed, no message opens it. Or unlocks it.
    pub fn set_locked(&self, thread: ChannelId, locked: bool) {
        self.discord.with(|world| world.set_locked(thread, locked));
    }
}
