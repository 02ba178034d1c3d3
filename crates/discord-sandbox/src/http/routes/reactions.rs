//! Reactions over HTTP.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, put};
use axum::{Json, Router};
use discord_ids::{ChannelId, MessageId, UserId};
use serde_json::Value;

use crate::discord::Discord;
use crate::http::answer::{Answer, Nothing, Shared, query};
use crate::limits::Refusal;
use crate::model::{Emoji, permission};
use crate::world::World;

const BASE: &str = "/channels/{channel}/messages/{message}/reactions";

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new()
        .route(BASE, delete(clear))
        .route(&format!("{BASE}/{{emoji}}"), get(users).delete(clear_emoji))
        .route(&format!("{BASE}/{{emoji}}/@me"), put(add).delete(remove_own))
        .route(&format!("{BASE}/{{emoji}}/{{user}}"), delete(remove_other))
}

/// The message, if the bot may see it.
fn find(world: &World, channel: i64, message: i64) -> Result<MessageId, Refusal> {
    let (channel, message) = (ChannelId(channel), MessageId(message));
    let place = world.channels.get(&channel);
    let place = place.ok_or_else(|| Refusal::unknown(10003, "Channel"))?;
    if !world.bot_may(channel, permission::VIEW_CHANNEL) {
        return Err(Refusal::missing_access());
    }
    let found = place.messages.get(&message).filter(|message| message.only_for.is_none());
    found.map(|message| message.id).ok_or_else(|| Refusal::unknown(10008, "Message"))
}

async fn add(
    State(discord): Shared,
    Path((channel, message, emoji)): Path<(i64, i64, String)>,
) -> Nothing {
    discord.with(|world| {
        let message = find(world, channel, message)?;
        world.react(world.bot, message, Emoji::parse(&emoji), false)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_own(
    State(discord): Shared,
    Path((channel, message, emoji)): Path<(i64, i64, String)>,
) -> Nothing {
    discord.with(|world| {
        let message = find(world, channel, message)?;
        world.unreact(world.bot, message, &Emoji::parse(&emoji))
    })?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_other(
    State(discord): Shared,
    Path((channel, message, emoji, user)): Path<(i64, i64, String, i64)>,
) -> Nothing {
    discord.with(|world| {
        let message = manage(world, channel, message)?;
        world.unreact(UserId(user), message, &Emoji::parse(&emoji))
    })?;
    Ok(StatusCode::NO_CONTENT)
}

async fn clear(State(discord): Shared, Path((channel, message)): Path<(i64, i64)>) -> Nothing {
    discord.with(|world| {
        let message = manage(world, channel, message)?;
        world.clear_reactions(message, None)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_emoji(
    State(discord): Shared,
    Path((channel, message, emoji)): Path<(i64, i64, String)>,
) -> Nothing {
    discord.with(|world| {
        let message = manage(world, channel, message)?;
        world.clear_reactions(message, Some(&Emoji::parse(&emoji)))
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// The message, if the bot may take away what others put below it.
fn manage(world: &World, channel: i64, message: i64) -> Result<MessageId, Refusal> {
    let message = find(world, channel, message)?;
    if world.bot_may(ChannelId(channel), permission::MANAGE_MESSAGES) {
        Ok(message)
    } else {
        Err(Refusal::missing_permissions())
    }
}

async fn users(
    State(discord): Shared,
    Path((channel, message, emoji)): Path<(i64, i64, String)>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let raw = raw.as_deref();
    let number = |name: &str| query(raw, name).and_then(|value| value.parse::<i64>().ok());
    let (after, limit) = (number("after").unwrap_or(0), number("limit").unwrap_or(25));
    let limit = usize::try_from(limit.clamp(1, 100)).unwrap_or(100);
    let burst = number("type") == Some(1);
    discord.with_quietly(|world| {
        let message = find(world, channel, message)?;
        if !world.bot_may(ChannelId(channel), permission::READ_MESSAGE_HISTORY) {
            return Err(Refusal::missing_permissions());
        }
        let emoji = Emoji::parse(&emoji);
        let reaction = world.message(message).and_then(|message| message.reaction(&emoji));
        let from = reaction.map_or(&[][..], |reaction| reaction.from.as_slice()).iter();
        let mut users: Vec<UserId> = from
            .filter(|(user, as_burst)| *as_burst == burst && user.0 > after)
            .map(|(user, _)| *user)
            .collect();
        users.sort_unstable();
        let users = users.into_iter().take(limit).map(|user| world.user_json(user));
        Ok(Json(Value::Array(users.collect())))
    })
}
