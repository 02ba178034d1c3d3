//! What the bot says of its own accord. It needs Send Messages for that, which it may not have: then
//! the log and `/health` alone tell.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{LightMethod, Route};

use super::bot::Bot;
use super::rest::RestError;
use crate::ids::{ChannelId, MessageId};

/// Says something about a watched channel: there, or where `[alerts]` wants it.
pub(super) async fn tell(bot: &Bot, about: ChannelId, text: &str) {
    let channel = bot.config.alerts.channel_id.unwrap_or(about);
    if let Err(error) = post(bot, channel, json!({ "content": text })).await {
        bot.heed(&error);
        tracing::warn!(%channel, "a notice could not be posted ({error}): {text}");
    }
}

/// Posts a message; nobody is ever pinged by it.
///
/// # Errors
/// When Discord does not take it. After [`RestError::Other`] it may stand there all the same.
pub(super) async fn post(
    bot: &Bot,
    channel: ChannelId,
    mut message: Value,
) -> Result<MessageId, RestError> {
    #[derive(Deserialize)]
    struct Posted {
        id: MessageId,
    }
    if let Some(parts) = message.as_object_mut() {
        parts.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    }
    let route = Route::ChannelMessages { channel_id: channel.into() };
    let posted: Posted = bot.rest.ask(LightMethod::Post, route, &message).await?;
    Ok(posted.id)
}
