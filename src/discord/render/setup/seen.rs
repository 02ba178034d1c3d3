//! What Discord says of a watched channel, as people are shown it.

use serenity::all::Permissions;

use super::webhook_state::Compared;
use crate::discord::rest::RestError;

/// A channel that the bot sees.
pub(crate) struct SeenChannel {
    pub(crate) name: String,
    /// Whether webhooks post there as Refract does.
    pub(crate) is_text: bool,
    /// The bot's permissions there; an error: Discord did not tell them.
    pub(crate) held: Result<Permissions, RestError>,
    /// The trusted webhooks; `None`: they were not asked for, or any is trusted.
    pub(crate) webhooks: Option<Compared>,
}
