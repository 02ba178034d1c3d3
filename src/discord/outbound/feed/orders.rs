//! New orders on their way into the feed: as cards, as lines, and of many at once in digests.

use chrono::TimeDelta;
use serde_json::json;

use super::super::channel_posts;
use crate::config::FeedStyle;
use crate::discord::bot::Bot;
use crate::discord::render;
use crate::discord::render::posts::feed::MOST_LINES;
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::{FeedPlace, Order, Unposted};
use crate::reading::Message;

/// What was posted longer ago is history and no news.
const NEWS: TimeDelta = TimeDelta::hours(12);
/// Orders that are posted one by one; more in one go are named in digests.
const MOST: i64 = 30;
/// Orders of one digest.
const DIGEST: usize = 20;
/// Orders that are taken from the database at once.
const FETCHED: u32 = 40;
/// More orders than these are posted as lines, whatever the style.
const CARDS: usize = 5;
/// The flag of a message whose links are not unfolded.
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// Posts the orders that were not posted yet.
pub(super) async fn post_orders(
    bot: &Bot,
    (guild, channel, style): (GuildId, ChannelId, FeedStyle),
    mut place: FeedPlace,
    own_messages: &[Message],
) -> Result<FeedPlace, RestError> {
    let since = bot.rest.clock().now() - NEWS;
    let (mut as_digests, mut is_last) = (None, false);
    while !is_last {
        let unposted = bot.ledger.unposted_orders(guild, place.posted, since, FETCHED).await;
        let Unposted { orders, count, up_to } = unposted.map_err(RestError::Other)?;
        if up_to == place.posted {
            return Ok(place);
        }
        is_last = count <= i64::from(FETCHED);
        let last = orders.last().map(|order| order.id);
        let mut new = Vec::new();
        for order in orders {
            if !stands(bot, channel, own_messages, &order).await? {
                new.push(order);
            }
        }
        // A flood stays one to its end.
        if *as_digests.get_or_insert(count > MOST) {
            place = post_digests(bot, channel, &new, (place, count)).await?;
        } else {
            place = post_each(bot, (channel, style), &new, place).await?;
        }
        place.posted = last.filter(|_| !is_last).unwrap_or(up_to);
        bot.ledger.set_feed_place(channel, place).await.map_err(RestError::Other)?;
    }
    Ok(place)
}

/// Names many orders, some in each message. `left`: how many are to be posted with these.
async fn post_digests(
    bot: &Bot,
    channel: ChannelId,
    new: &[Order],
    (mut place, mut left): (FeedPlace, i64),
) -> Result<FeedPlace, RestError> {
    for orders in new.chunks(DIGEST) {
        post_text(bot, channel, render::posts::feed::digest(orders, left)).await?;
        left -= i64::try_from(orders.len()).unwrap_or(i64::MAX);
        if let Some(last) = orders.last() {
            place.posted = last.id;
            bot.ledger.set_feed_place(channel, place).await.map_err(RestError::Other)?;
        }
    }
    Ok(place)
}

/// Posts a few orders as cards or as lines.
async fn post_each(
    bot: &Bot,
    (channel, style): (ChannelId, FeedStyle),
    new: &[Order],
    mut place: FeedPlace,
) -> Result<FeedPlace, RestError> {
    let as_cards = style == FeedStyle::Card && new.len() <= CARDS;
    for batch in new.chunks(if as_cards { 1 } else { MOST_LINES }) {
        match batch {
            [order] if as_cards => post_card(bot, channel, order).await?,
            orders => {
                let lines = render::posts::feed::lines(orders, bot.ledger.emoji());
                post_text(bot, channel, lines).await?;
            }
        }
        if let Some(last) = batch.last() {
            place.posted = last.id;
            bot.ledger.set_feed_place(channel, place).await.map_err(RestError::Other)?;
        }
    }
    Ok(place)
}

/// Whether one of the bot's messages shows the order already. A card may be posted without being
/// remembered, since these are two steps.
async fn stands(
    bot: &Bot,
    channel: ChannelId,
    own_messages: &[Message],
    order: &Order,
) -> Result<bool, RestError> {
    let card = own_messages.iter().find(|message| render::posts::feed::is_card_of(message, order));
    if let Some(card) = card.and_then(|card| card.id) {
        remember(bot, channel, card, order).await?;
        return Ok(true);
    }
    Ok(own_messages.iter().any(|message| render::posts::feed::has_line_of(message, order)))
}

async fn post_text(bot: &Bot, channel: ChannelId, content: String) -> Result<(), RestError> {
    let message = json!({ "content": content, "flags": SUPPRESS_EMBEDS });
    channel_posts::post(bot, channel, message).await.map(|_| ())
}

/// A card like any other: with its menu and buttons, and a reaction on it marks the order.
async fn post_card(bot: &Bot, channel: ChannelId, order: &Order) -> Result<(), RestError> {
    let message = render::posts::feed::card(order, bot.ledger.emoji());
    let posted = channel_posts::post(bot, channel, message).await?;
    remember(bot, channel, posted, order).await
}

async fn remember(
    bot: &Bot,
    channel: ChannelId,
    card: MessageId,
    order: &Order,
) -> Result<(), RestError> {
    let remembered = bot.ledger.remember_card(card, channel, order.guild_id, &[order.id]).await;
    remembered.map_err(RestError::Other)
}
