//! Setting a server up, and looking whether it still is.

pub(super) mod application;
pub(super) mod check;
pub(super) mod inspector;
pub(super) mod invitation;
pub(super) mod set_up;
pub(super) mod state;
pub(super) mod webhook_changes;
pub(super) mod webhooks;
