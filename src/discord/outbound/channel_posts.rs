//! What the bot posts by itself. Without Send Messages only the log and `/health` show it.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{LightMethod, Permissions, Route};

use crate::discord::bot::Bot;
use crate::discord::bot::permissions::{guild_of, permissions_of_bot_in};
use crate::discord::bot::problems::Topic;
use crate::discord::rest::RestError;
use crate::discord::rest::seen_message::PAGE;
use crate::ids::{ChannelId, MessageId};
use crate::reading::Message;

/// What a message of the bot's own takes in its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Words alone.
    Text,
    /// Cards.
    Embeds,
}

/// The permissions that the bot lacks in a channel; empty where the gateway has not sent enough.
pub(crate) fn missing(bot: &Bot, channel: ChannelId, needs: Needs) -> Vec<&'static str> {
    let guild = guild_of(bot, channel);
    let permissions = guild.and_then(|guild| permissions_of_bot_in(bot, guild, channel));
    let Some(permissions) = permissions else { return Vec::new() };
    let is_thread = bot.watching.home(channel) != channel;
    let mut needed = vec![
        (Permissions::VIEW_CHANNEL, "View Channel"),
        if is_thread {
            (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads")
        } else {
            (Permissions::SEND_MESSAGES, "Send Messages")
        },
    ];
    if needs == Needs::Embeds {
        needed.push((Permissions::EMBED_LINKS, "Embed Links"));
    }
    needed.retain(|(needed, _)| !permissions.contains(*needed));
    needed.into_iter().map(|(_, name)| name).collect()
}

/// Why the bot cannot post in a channel, as far as that is known.
pub(crate) fn lacks(bot: &Bot, channel: ChannelId, needs: Needs) -> Option<String> {
    if bot.watching.get(channel).is_some_and(|watched| watched.is_forum) {
        let why = "a forum holds only posts, so the bot cannot post its alerts here: choose a channel for \
            them with /setup alerts";
        return Some(why.to_owned());
    }
    let missing = missing(bot, channel, needs);
    (!missing.is_empty()).then(|| {
        format!("the bot may not post here: give it {} in this channel", missing.join(" and "))
    })
}

/// Where alerts about a watched channel go: there, or where the server wants them.
pub(crate) fn place_of_notices(bot: &Bot, about: ChannelId) -> ChannelId {
    // What happens in one server is no business of another.
    let chosen = guild_of(bot, about).and_then(|guild| bot.settings(guild).alerts.channel_id);
    chosen.filter(|chosen| guild_of(bot, *chosen) == guild_of(bot, about)).unwrap_or(about)
}

/// Posts a sentence about a watched channel. It is tried once: what Discord does not take is logged, and `/health`
/// shows why. False: it is certain that it was not posted.
pub(crate) async fn post_notice(bot: &Bot, about: ChannelId, text: &str) -> bool {
    let channel = place_of_notices(bot, about);
    let shown_at = bot.watching.watch_of(channel).unwrap_or(channel);
    let (why, is_certain) = match lacks(bot, channel, Needs::Text) {
        Some(why) => (why, true),
        None => match post(bot, channel, json!({ "content": text })).await {
            Ok(_) => {
                bot.problems.over(shown_at, Topic::Posts);
                return true;
            }
            Err(error) => {
                let is_certain = !matches!(error, RestError::Other(_));
                (format!("an alert could not be posted here: {error}"), is_certain)
            }
        },
    };
    tracing::warn!(%channel, "could not post an alert: {text}");
    bot.problems.report(shown_at, Topic::Posts, &why);
    !is_certain
}

/// Posts a message; nobody is ever pinged by it.
///
/// # Errors
/// When Discord does not take it. After [`RestError::Other`] it may have been posted all the same.
pub(crate) async fn post(
    bot: &Bot,
    channel: ChannelId,
    mut message: Value,
) -> Result<MessageId, RestError> {
    #[derive(Deserialize)]
    struct Posted {
        id: MessageId,
    }
    ping_nobody(&mut message);
    let route = Route::ChannelMessages { channel_id: channel.into() };
    let posted: Posted = bot.rest.ask(LightMethod::Post, route, &message).await?;
    Ok(posted.id)
}

/// Changes a message of the bot's own.
///
/// # Errors
/// When Discord does not take it.
pub(crate) async fn edit(
    bot: &Bot,
    (channel, message): (ChannelId, MessageId),
    mut parts: Value,
) -> Result<(), RestError> {
    ping_nobody(&mut parts);
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    bot.rest.send(LightMethod::Patch, route, Some(&parts)).await
}

/// The latest messages of a channel that are the bot's own, the newest first; none where it may not
/// read the history.
///
/// # Errors
/// When Discord cannot be asked.
pub(crate) async fn own_messages(bot: &Bot, channel: ChannelId) -> Result<Vec<Message>, RestError> {
    let route = Route::ChannelMessages { channel_id: channel.into() };
    let page = bot.rest.get_raw(route, vec![("limit", PAGE.to_string())]).await?;
    let page = page.as_array().into_iter().flatten().map(Message::from_json);
    Ok(page.filter(|message| message.author.id == Some(bot.own_id())).collect())
}

fn ping_nobody(message: &mut Value) {
    if let Some(parts) = message.as_object_mut() {
        parts.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    }
}
