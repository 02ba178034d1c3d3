//! Channels over HTTP, and the webhooks of each.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use discord_ids::ChannelId;
use serde_json::Value;

use crate::discord::Discord;
use crate::http::answer::{Answer, Shared};
use crate::http::posted::Posted;
use crate::limits::{Form, Refusal};
use crate::model::permission;
use crate::world::World;

/// The webhooks that a channel may have.
const WEBHOOKS_MAX: usize = 15;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new()
        .route("/channels/{channel}", get(show))
        .route("/channels/{channel}/typing", post(typing))
        .route("/channels/{channel}/webhooks", get(webhooks).post(add_webhook))
}

fn check(world: &World, channel: i64, needed: u64) -> Result<ChannelId, Refusal> {
    let id = ChannelId(channel);
    if !world.channels.contains_key(&id) {
        return Err(Refusal::unknown(10003, "Channel"));
    }
    if !world.bot_may(id, permission::VIEW_CHANNEL) {
        return Err(Refusal::missing_access());
    }
    if world.bot_may(id, needed) { Ok(id) } else { Err(Refusal::missing_permissions()) }
}

/// The webhooks of a thread are those of its channel.
fn must_have_webhooks(world: &World, channel: ChannelId) -> Result<(), Refusal> {
    let is_thread = world.channel(channel).is_some_and(|place| place.thread.is_some());
    if is_thread { Err(Refusal::wrong_kind()) } else { Ok(()) }
}

async fn show(State(discord): Shared, Path(channel): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let id = check(world, channel, permission::VIEW_CHANNEL)?;
        let json = world.channels.get(&id).map(|channel| world.channel_json(channel));
        Ok(Json(json.unwrap_or_default()))
    })
}

async fn typing(State(discord): Shared, Path(channel): Path<i64>) -> Result<StatusCode, Refusal> {
    discord.with_quietly(|world| check(world, channel, permission::SEND_MESSAGES))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn webhooks(State(discord): Shared, Path(channel): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let id = check(world, channel, permission::MANAGE_WEBHOOKS)?;
        must_have_webhooks(world, id)?;
        let of_channel = world.webhooks.values().filter(|webhook| webhook.channel == id);
        let list = of_channel.map(|webhook| world.webhook_json(webhook)).collect();
        Ok(Json(Value::Array(list)))
    })
}

async fn add_webhook(State(discord): Shared, Path(channel): Path<i64>, posted: Posted) -> Answer {
    discord.with(|world| {
        let id = check(world, channel, permission::MANAGE_WEBHOOKS)?;
        must_have_webhooks(world, id)?;
        let name = posted.payload.get("name").and_then(Value::as_str).unwrap_or_default();
        let mut form = Form::default();
        form.length("name", name, 1, 80);
        let lower = name.to_lowercase();
        for word in ["clyde", "discord"].into_iter().filter(|word| lower.contains(word)) {
            let sentence = format!("Username cannot contain \"{word}\"");
            form.wrong("name", "USERNAME_INVALID_CONTAINS", &sentence);
        }
        form.judge()?;
        let of_channel = world.webhooks.values().filter(|webhook| webhook.channel == id);
        if of_channel.count() >= WEBHOOKS_MAX {
            return Err(Refusal::new(400, 30007, "Maximum number of webhooks reached (15)"));
        }
        let webhook = world.add_webhook(id, name, true);
        Ok(Json(world.webhook_json(&webhook)))
    })
}
