//! One file for each group of routes.

pub(super) mod application;
pub(super) mod channels;
pub(super) mod files;
pub(super) mod guilds;
pub(super) mod interactions;
pub(super) mod messages;
pub(super) mod reactions;
pub(super) mod threads;
pub(super) mod webhooks;
