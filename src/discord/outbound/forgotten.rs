//! What the bot itself has posted of orders that were forgotten since: cards, and lines of the feed.

use serde_json::json;

use super::channel_posts::{self, edit};
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::render;
use crate::discord::rest::RestError;
use crate::ids::{GuildId, MessageId, OrderId};
use crate::ledger::{Order, Posted, ToForget};

/// Messages that are edited after one `/forget`; the reply names more than these.
const MOST: usize = 200;

/// Edits them, so that they show what is left of the orders. What cannot be edited is logged, without its words.
pub(crate) async fn edit_posts(bot: &Bot, guild: GuildId, found: &ToForget) {
    for (posted, order) in found.cards.iter().take(MOST) {
        edit_card(bot, guild, *posted, *order).await;
    }
    if let Err(error) = edit_feed(bot, guild, found).await {
        tracing::warn!("could not look for forgotten orders in the feed: {error}");
    }
}

async fn edit_card(bot: &Bot, guild: GuildId, posted: Posted, order: OrderId) {
    let parts = match bot.ledger.order(guild, order).await {
        Ok(Some(order)) => render::posts::feed::card(&order, bot.ledger.emoji()),
        Ok(None) => {
            let content = render::forget::POST;
            json!({ "content": content, "embeds": [], "components": [] })
        }
        Err(error) => return tracing::warn!("could not edit a card: {error:#}"),
    };
    log_failure(posted.message, edit(bot, (posted.channel, posted.message), parts).await);
}

/// The latest lines of the feed in this server, also where it was before it was moved.
async fn edit_feed(bot: &Bot, guild: GuildId, found: &ToForget) -> Result<(), RestError> {
    let mut channels = bot.ledger.feed_channels().await.map_err(RestError::Other)?;
    channels.retain(|channel| guild_of(bot, *channel) == Some(guild));
    if found.before.is_empty() || channels.is_empty() {
        return Ok(());
    }
    let (mut orders, emoji) = (Vec::new(), bot.ledger.emoji());
    for before in &found.before {
        let now = bot.ledger.order(guild, before.id).await.map_err(RestError::Other)?;
        orders.push((before, now));
    }
    for channel in channels {
        // One that cannot be read any more keeps no other from being edited.
        let messages = match channel_posts::own_messages(bot, channel).await {
            Ok(messages) => messages,
            Err(error) => {
                tracing::warn!(%channel, "could not look for forgotten orders in the feed: {error}");
                continue;
            }
        };
        for message in messages {
            let Some(id) = message.id else { continue };
            let anew = |content: String, (before, now): &(&Order, Option<Order>)| {
                let anew = render::posts::feed::lines_anew(&content, before, now.as_ref(), emoji);
                anew.unwrap_or(content)
            };
            let content = orders.iter().fold(message.content.clone(), anew);
            if content != message.content {
                log_failure(id, edit(bot, (channel, id), json!({ "content": content })).await);
            }
        }
    }
    Ok(())
}

fn log_failure(message: MessageId, edited: Result<(), RestError>) {
    match edited {
        // Somebody has deleted it, or it was shown to the asker alone.
        Ok(()) | Err(RestError::NotFound(_)) => {}
        Err(error) => {
            tracing::warn!(message_id = %message, "could not edit a post that shows a forgotten order; delete it: {error}");
        }
    }
}
