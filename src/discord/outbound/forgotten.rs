//! What the bot itself has posted of orders that were forgotten since: cards, and lines of the feed.
//!
//! The ledger keeps which posts are to be edited, so that a restart in between costs none.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::de::IgnoredAny;
use serde_json::json;
use serenity::all::Route;
use tokio::time::sleep;

use super::channel_posts::{self, edit};
use crate::backoff::Backoff;
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::render;
use crate::discord::rest::RestError;
use crate::discord::rest::codes::{MISSING_ACCESS, UNKNOWN_GUILD};
use crate::ids::{ChannelId, GuildId, MessageId, OrderId};
use crate::ledger::{DueEdit, Order, Posted, PostedLine, Shown};

/// Between two attempts where Discord gives no answer, or has not sent the server yet.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_mins(10));

/// Edits them as long as the bot runs, so that they show what is left of the orders.
pub(crate) async fn run(bot: Arc<Bot>) {
    let (mut wakeups, mut pauses) = (bot.wakeups(), PAUSES);
    loop {
        wakeups.mark_unchanged();
        match round(&bot).await {
            Ok(()) => {
                pauses.reset();
                bot.ledger.edits().notified().await;
            }
            Err(error) => {
                tracing::warn!("posts that show forgotten orders are edited later: {error}");
                tokio::select! {
                    () = bot.ledger.edits().notified() => {}
                    _ = wakeups.changed() => {}
                    () = sleep(pauses.wait()) => {}
                }
            }
        }
    }
}

/// Makes all edits that are due. An error, the first of them: some are left.
async fn round(bot: &Bot) -> Result<(), RestError> {
    let (mut last, mut failed) = (None, None);
    loop {
        let edits = bot.ledger.due_edits(last.as_ref()).await.map_err(RestError::Other)?;
        let mut lines: BTreeMap<GuildId, Vec<(&DueEdit, &PostedLine)>> = BTreeMap::new();
        for due in &edits {
            match &due.shown {
                Shown::Card(posted) => {
                    let edited = edit_card(bot, due, *posted).await;
                    note(bot, edited, &[due], &mut failed).await?;
                }
                Shown::Line(line) => lines.entry(due.guild).or_default().push((due, line)),
            }
        }
        for (guild, lines) in lines {
            let edited = edit_feed(bot, guild, &lines).await;
            let dues: Vec<&DueEdit> = lines.into_iter().map(|(due, _)| due).collect();
            note(bot, edited, &dues, &mut failed).await?;
        }
        last = edits.into_iter().next_back();
        if last.is_none() {
            return failed.map_or(Ok(()), Err);
        }
    }
}

/// Notes that these are edited. Those that could not be are left for the next round, and keep none behind them from
/// being edited.
async fn note(
    bot: &Bot,
    edited: Result<(), RestError>,
    dues: &[&DueEdit],
    failed: &mut Option<RestError>,
) -> Result<(), RestError> {
    match edited {
        Ok(()) => {
            for due in dues {
                bot.ledger.note_edited(due).await.map_err(RestError::Other)?;
            }
        }
        Err(RestError::Unauthorized) => return Err(RestError::Unauthorized),
        Err(error) => {
            failed.get_or_insert(error);
        }
    }
    Ok(())
}

/// Nothing can be edited any more in a server that the bot has left.
pub(crate) async fn drop_dues(bot: &Bot, guild: GuildId) {
    if let Err(error) = bot.ledger.drop_due_edits(guild).await {
        tracing::warn!(%guild, "posts of a server that the bot has left are still to be edited: {error:#}");
    }
}

/// Whether Discord says that the bot is not in the server, which it may not have sent for another reason.
async fn has_left(bot: &Bot, guild: GuildId) -> Result<bool, RestError> {
    let route = Route::Guild { guild_id: guild.into() };
    match bot.rest.get::<IgnoredAny>(route, Vec::new()).await {
        Ok(_) => Ok(false),
        Err(RestError::NotFound(UNKNOWN_GUILD) | RestError::Forbidden(MISSING_ACCESS)) => Ok(true),
        Err(error) => Err(error),
    }
}

async fn order_now(
    bot: &Bot,
    guild: GuildId,
    order: Option<OrderId>,
) -> Result<Option<Order>, RestError> {
    let Some(order) = order else { return Ok(None) };
    bot.ledger.order(guild, order).await.map_err(RestError::Other)
}

async fn edit_card(bot: &Bot, due: &DueEdit, posted: Posted) -> Result<(), RestError> {
    let parts = if let Some(order) = order_now(bot, due.guild, due.order).await? {
        render::posts::feed::card(&order, bot.ledger.emoji())
    } else {
        let content = render::forget::POST;
        json!({ "content": content, "embeds": [], "components": [] })
    };
    settle(posted.message, edit(bot, (posted.channel, posted.message), parts).await)
}

/// Edits the latest lines of the feed in this server, also where it was before it was moved.
async fn edit_feed(
    bot: &Bot,
    guild: GuildId,
    lines: &[(&DueEdit, &PostedLine)],
) -> Result<(), RestError> {
    let is_sent =
        bot.cache().is_some_and(|cache| cache.guild(serenity::all::GuildId::from(guild)).is_some());
    if !is_sent {
        if has_left(bot, guild).await? {
            drop_dues(bot, guild).await;
            return Ok(());
        }
        return Err(RestError::Other(anyhow::anyhow!("Discord has not sent server {guild} yet")));
    }
    let mut channels = bot.ledger.feed_channels().await.map_err(RestError::Other)?;
    channels.retain(|channel| guild_of(bot, *channel) == Some(guild));
    if channels.is_empty() {
        return Ok(());
    }
    let mut orders = Vec::with_capacity(lines.len());
    for (due, line) in lines {
        orders.push((*line, order_now(bot, guild, due.order).await?));
    }
    for channel in channels {
        edit_lines(bot, channel, &orders).await?;
    }
    Ok(())
}

async fn edit_lines(
    bot: &Bot,
    channel: ChannelId,
    orders: &[(&PostedLine, Option<Order>)],
) -> Result<(), RestError> {
    let messages = match channel_posts::own_messages(bot, channel).await {
        Ok(messages) => messages,
        Err(error @ (RestError::Other(_) | RestError::Unauthorized)) => return Err(error),
        // One that cannot be read any more keeps no other from being edited.
        Err(error) => {
            tracing::warn!(%channel, "could not look for forgotten orders in the feed: {error}");
            return Ok(());
        }
    };
    for message in messages {
        let Some(id) = message.id else { continue };
        let anew = |content: String, (line, now): &(&PostedLine, Option<Order>)| {
            let is_beginning = |text: &str| line.begins_with(text);
            let emoji = bot.ledger.emoji();
            let anew = render::posts::feed::lines_anew(&content, is_beginning, now.as_ref(), emoji);
            anew.unwrap_or(content)
        };
        let content = orders.iter().fold(message.content.clone(), anew);
        if content != message.content {
            settle(id, edit(bot, (channel, id), json!({ "content": content })).await)?;
        }
    }
    Ok(())
}

/// What cannot be edited at any time is logged, without its words.
fn settle(message: MessageId, edited: Result<(), RestError>) -> Result<(), RestError> {
    match edited {
        // Somebody has deleted it, or it was shown to the asker alone.
        Ok(()) | Err(RestError::NotFound(_)) => Ok(()),
        Err(error @ (RestError::Other(_) | RestError::Unauthorized)) => Err(error),
        Err(error) => {
            tracing::warn!(message_id = %message, "could not edit a post that shows a forgotten order; delete it: {error}");
            Ok(())
        }
    }
}
