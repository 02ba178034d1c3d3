//! What every handler and worker shares; it knows none of them.

pub(super) mod access;
pub(super) mod afterwards;
pub(super) mod fetching;
pub(super) mod log_once;
pub(super) mod mailboxes;
pub(super) mod needs;
pub(super) mod per_guild;
pub(super) mod permissions;
pub(super) mod problems;
pub(super) mod state;
pub(super) mod unverified_reactions;
pub(super) mod watching;

pub(super) use state::{Bot, ExportPlace, GuildSettings, Known, Queues};
