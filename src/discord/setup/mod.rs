//! Setting a server up, and looking whether it still is.

pub(super) mod check;
pub(super) mod invitation;
pub(super) mod permissions;
pub(super) mod set_up;
pub(super) mod webhook_changes;
pub(super) mod webhooks;
