//! What is known of channels and servers: watches, their threads, boards, feeds, notices, grants, settings.

pub(super) mod boards;
pub(super) mod cards;
pub(super) mod command_grants;
pub(super) mod feed;
pub(super) mod notices;
pub(super) mod set_up;
pub(super) mod settings;
pub(super) mod threads;
pub(super) mod watches;
