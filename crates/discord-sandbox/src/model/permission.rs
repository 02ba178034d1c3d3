//! Discord's permission bits, those that the sandbox asks for, and whom a channel gives or denies them.

use discord_ids::{GuildId, RoleId, UserId};

/// Put a new emoji below a message.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// Everything, everywhere.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Change a server's settings.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// See a channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write into a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete and pin what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Have embeds shown.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping everyone.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Use emoji of other servers.
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
/// List, make and delete webhooks.
pub const MANAGE_WEBHOOKS: u64 = 1 << 29;
/// See all private threads, open and close locked ones.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Write into a thread.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;

/// What a bot is invited with, unless [`Options::invitation`](crate::Options::invitation) says otherwise.
pub const INVITATION: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | MANAGE_WEBHOOKS;

/// What a new server lets everyone do.
pub const EVERYONE: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | SEND_MESSAGES_IN_THREADS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS;

/// Whom an overwrite of a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// All that have the role.
    Role(RoleId),
    /// One member.
    Member(UserId),
}

/// What a channel grants or takes beyond the roles.
#[derive(Debug, Clone, Copy)]
pub struct Overwrite {
    /// The role or the member that it is for.
    pub whom: Whom,
    /// The bits that it grants.
    pub allow: u64,
    /// The bits that it takes away.
    pub deny: u64,
}

/// A line in Server Settings > Integrations.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) guild: GuildId,
    pub(crate) command: String,
    pub(crate) whom: Whom,
    pub(crate) allowed: bool,
}
