//! Webhooks over HTTP. The bot's own id in the place of a webhook's stands for an interaction, whose
//! token is in the place of the webhook's.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use discord_ids::{ChannelId, MessageId, WebhookId};
use serde_json::Value;

use crate::discord::Discord;
use crate::http::answer::{Answer, Nothing, Shared, query};
use crate::http::posted::Posted;
use crate::limits::{Refusal, check_message};
use crate::model::{Message, permission};
use crate::world::World;

type Place = Path<(i64, String, String)>;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new()
        .route("/webhooks/{id}", get(show).delete(remove_by_bot))
        .route("/webhooks/{id}/{token}", post(execute).get(show_by_token).delete(remove_by_token))
        .route(
            "/webhooks/{id}/{token}/messages/{message}",
            get(show_message).patch(change_message).delete(remove_message),
        )
}

fn is_interaction(world: &World, id: i64) -> bool {
    world.bot().0 == id
}

fn shown(world: &World, id: MessageId) -> Json<Value> {
    Json(world.message(id).map(|message| world.message_for_bot(message)).unwrap_or_default())
}

async fn execute(
    State(discord): Shared,
    Path((id, token)): Path<(i64, String)>,
    RawQuery(raw): RawQuery,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { payload, files } = posted;
    discord.with(|world| {
        if is_interaction(world, id) {
            let message = world.follow_up(&token, payload, files)?;
            return Ok(shown(world, message).into_response());
        }
        let thread = query(raw.as_deref(), "thread_id").and_then(|id| id.parse().ok());
        let thread = thread.map(ChannelId);
        let message = world.execute_webhook(WebhookId(id), &token, thread, payload, files)?;
        if query(raw.as_deref(), "wait") == Some("true") {
            let message = world.message(message).map(|message| world.message_for_people(message));
            return Ok(Json(message.unwrap_or_default()).into_response());
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// Which message is meant: `@original` is the first answer to an interaction.
fn target(world: &World, id: i64, token: &str, message: &str) -> Result<MessageId, Refusal> {
    let unknown = || Refusal::unknown(10008, "Message");
    let named = message.parse().ok().map(MessageId);
    if is_interaction(world, id) {
        let named = if message == "@original" { None } else { Some(named.ok_or_else(unknown)?) };
        return world.answer_by_token(token, named).map(|message| message.id);
    }
    let webhook = world.webhook(WebhookId(id), token)?.id;
    let of_webhook = |message: &&Message| message.webhook == Some(webhook);
    let message = named.and_then(|id| world.message(id)).filter(of_webhook);
    message.map(|message| message.id).ok_or_else(unknown)
}

async fn show_message(State(discord): Shared, Path((id, token, message)): Place) -> Answer {
    discord.with_quietly(|world| {
        let message = target(world, id, &token, &message)?;
        Ok(shown(world, message))
    })
}

async fn change_message(
    State(discord): Shared,
    Path((id, token, message)): Place,
    posted: Posted,
) -> Answer {
    let Posted { payload, files } = posted;
    discord.with(|world| {
        if is_interaction(world, id) && message == "@original" {
            let message = world.change_original(&token, payload, files)?;
            return Ok(shown(world, message));
        }
        let message = target(world, id, &token, &message)?;
        check_message(&payload, files.len(), true)?;
        world.change_message(message, &payload, files)?;
        Ok(shown(world, message))
    })
}

async fn remove_message(State(discord): Shared, Path((id, token, message)): Place) -> Nothing {
    discord.with(|world| {
        let message = target(world, id, &token, &message)?;
        if let Some(channel) = world.message(message).map(|message| message.channel) {
            world.delete_messages(channel, &[message]);
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

async fn show_by_token(State(discord): Shared, Path((id, token)): Path<(i64, String)>) -> Answer {
    discord.with_quietly(|world| {
        let webhook = world.webhook(WebhookId(id), &token)?;
        Ok(Json(world.webhook_json(webhook)))
    })
}

async fn show(State(discord): Shared, Path(id): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let webhook = world.webhooks.get(&WebhookId(id));
        let webhook = webhook.ok_or_else(|| Refusal::unknown(10015, "Webhook"))?;
        if world.bot_may(webhook.channel, permission::MANAGE_WEBHOOKS) {
            Ok(Json(world.webhook_json(webhook)))
        } else {
            Err(Refusal::missing_permissions())
        }
    })
}

async fn remove_by_bot(State(discord): Shared, Path(id): Path<i64>) -> Nothing {
    discord.with(|world| {
        let webhook = world.webhooks.get(&WebhookId(id));
        let channel = webhook.ok_or_else(|| Refusal::unknown(10015, "Webhook"))?.channel;
        if !world.bot_may(channel, permission::MANAGE_WEBHOOKS) {
            return Err(Refusal::missing_permissions());
        }
        world.webhooks.remove(&WebhookId(id));
        world.webhooks_changed(channel);
        Ok(StatusCode::NO_CONTENT)
    })
}

async fn remove_by_token(
    State(discord): Shared,
    Path((id, token)): Path<(i64, String)>,
) -> Nothing {
    discord.with(|world| {
        let channel = world.webhook(WebhookId(id), &token)?.channel;
        world.webhooks.remove(&WebhookId(id));
        world.webhooks_changed(channel);
        Ok(StatusCode::NO_CONTENT)
    })
}
