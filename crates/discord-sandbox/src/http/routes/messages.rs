//! Messages over HTTP: history, and what the bot itself writes.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use discord_ids::{ChannelId, MessageId};
use serde_json::{Value, json};

use crate::discord::Discord;
use crate::http::answer::{Answer, Nothing, Shared, query};
use crate::http::posted::Posted;
use crate::json;
use crate::limits::{Form, Refusal, check_message};
use crate::model::{Channel, Message, permission};
use crate::world::{Draft, World};

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    let pin = put(pin).delete(unpin);
    Router::new()
        .route("/channels/{channel}/messages", get(history).post(send))
        .route("/channels/{channel}/messages/bulk-delete", post(bulk_delete))
        .route("/channels/{channel}/messages/{message}", get(show).patch(edit).delete(remove))
        .route("/channels/{channel}/pins", get(pins))
        .route("/channels/{channel}/pins/{message}", pin.clone())
        .route("/channels/{channel}/messages/pins/{message}", pin)
}

/// The channel, if the bot has these permissions in it.
fn channel(world: &World, id: i64, needed: u64) -> Result<&Channel, Refusal> {
    let channel = world.channels.get(&ChannelId(id));
    let channel = channel.ok_or_else(|| Refusal::unknown(10003, "Channel"))?;
    if !world.bot_may(channel.id, permission::VIEW_CHANNEL) {
        return Err(Refusal::missing_access());
    }
    if !world.bot_may(channel.id, needed) {
        return Err(Refusal::missing_permissions());
    }
    Ok(channel)
}

/// A message that everyone in the channel sees.
fn message(channel: &Channel, id: i64) -> Result<&Message, Refusal> {
    let found = channel.messages.get(&MessageId(id)).filter(|message| message.only_for.is_none());
    found.ok_or_else(|| Refusal::unknown(10008, "Message"))
}

async fn history(State(discord): Shared, Path(id): Path<i64>, RawQuery(raw): RawQuery) -> Answer {
    let raw = raw.as_deref();
    let number = |name: &str| query(raw, name).and_then(|value| value.parse::<i64>().ok());
    let limit = number("limit").unwrap_or(50);
    let mut form = Form::default();
    if !(1..=100).contains(&limit) {
        form.wrong("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
    }
    form.judge()?;
    let limit = usize::try_from(limit).unwrap_or(100);
    discord.with_quietly(|world| {
        let channel = channel(world, id, permission::VIEW_CHANNEL)?;
        if channel.is_forum() {
            return Err(Refusal::wrong_kind());
        }
        if !world.bot_may(channel.id, permission::READ_MESSAGE_HISTORY) {
            return Ok(Json(json!([])));
        }
        let all = || channel.messages.values().filter(|message| message.only_for.is_none());
        let older = |than: i64, count: usize| {
            let range = channel.messages.range(..MessageId(than)).rev();
            range.map(|(_, message)| message).filter(|m| m.only_for.is_none()).take(count)
        };
        let newer = |than: i64, count: usize| {
            let range = channel.messages.range(MessageId(than.saturating_add(1))..);
            range.map(|(_, message)| message).filter(|m| m.only_for.is_none()).take(count)
        };
        let mut page: Vec<&Message> = match (number("around"), number("before"), number("after")) {
            (Some(id), _, _) => {
                older(id, limit / 2).chain(newer(id - 1, limit - limit / 2)).collect()
            }
            (_, Some(id), _) => older(id, limit).collect(),
            (_, _, Some(id)) => newer(id, limit).collect(),
            _ => all().rev().take(limit).collect(),
        };
        page.sort_by_key(|message| std::cmp::Reverse(message.id));
        let page = page.into_iter().map(|message| world.message_for_bot(message)).collect();
        Ok(Json(Value::Array(page)))
    })
}

async fn show(State(discord): Shared, Path((id, of)): Path<(i64, i64)>) -> Answer {
    discord.with_quietly(|world| {
        let channel = channel(world, id, permission::READ_MESSAGE_HISTORY)?;
        Ok(Json(world.message_for_bot(message(channel, of)?)))
    })
}

async fn send(State(discord): Shared, Path(id): Path<i64>, posted: Posted) -> Answer {
    let Posted { payload, files } = posted;
    let filled = |name: &str| {
        payload.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
    };
    let needed = if filled("embeds") { permission::EMBED_LINKS } else { 0 }
        | if files.is_empty() { 0 } else { permission::ATTACH_FILES };
    discord.with(|world| {
        let place = channel(world, id, needed | world.to_send_in(ChannelId(id)))?.id;
        world.open_to_post(place)?;
        world.check_sent(&payload, files.len(), "POST messages")?;
        let mut draft = Draft::new(place, world.bot, payload);
        draft.own = true;
        draft.files = files;
        answer_to(world, &mut draft)?;
        let created = world.create_message(draft)?;
        let created = world.message(created).map(|created| world.message_for_bot(created));
        Ok(Json(created.unwrap_or_default()))
    })
}

/// Makes the message a reply, if it says that it is one.
fn answer_to(world: &World, draft: &mut Draft) -> Result<(), Refusal> {
    let Some(reference) = draft.payload.get("message_reference").cloned() else { return Ok(()) };
    let id = reference.get("message_id").and_then(json::id);
    let found = id.map(MessageId).and_then(|id| world.message(id));
    let Some(found) = found.filter(|message| message.channel == draft.channel) else {
        if reference.get("fail_if_not_exists") == Some(&json!(false)) {
            return Ok(());
        }
        let mut form = Form::default();
        form.wrong("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        return form.judge();
    };
    let referenced = world.message_for_bot(found);
    let place = json!({"type": 0, "message_id": found.id.to_string(),
        "channel_id": draft.channel.to_string()});
    draft.extra.insert("type".to_owned(), json!(19));
    draft.extra.insert("message_reference".to_owned(), place);
    draft.extra.insert("referenced_message".to_owned(), referenced);
    Ok(())
}

async fn edit(State(discord): Shared, Path((id, of)): Path<(i64, i64)>, posted: Posted) -> Answer {
    discord.with(|world| {
        let found = message(channel(world, id, permission::VIEW_CHANNEL)?, of)?;
        if found.author != world.bot {
            return Err(Refusal::new(403, 50005, "Cannot edit a message authored by another user"));
        }
        let found = found.id;
        check_message(&posted.payload, posted.files.len(), true)?;
        world.change_message(found, &posted.payload, posted.files)?;
        let changed = world.message(found).map(|changed| world.message_for_bot(changed));
        Ok(Json(changed.unwrap_or_default()))
    })
}

async fn remove(State(discord): Shared, Path((id, of)): Path<(i64, i64)>) -> Nothing {
    discord.with(|world| {
        let channel = channel(world, id, permission::VIEW_CHANNEL)?;
        let (place, found) = (channel.id, message(channel, of)?);
        let may = found.author == world.bot || world.bot_may(place, permission::MANAGE_MESSAGES);
        let found = found.id;
        if !may {
            return Err(Refusal::missing_permissions());
        }
        world.delete_messages(place, &[found]);
        Ok(StatusCode::NO_CONTENT)
    })
}

async fn bulk_delete(State(discord): Shared, Path(id): Path<i64>, posted: Posted) -> Nothing {
    let ids = posted.payload.get("messages").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut form = Form::default();
    if !(2..=100).contains(&ids.len()) {
        form.wrong("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.");
    }
    form.judge()?;
    let ids: Vec<MessageId> = ids.iter().filter_map(json::id).map(MessageId).collect();
    discord.with(|world| {
        let place = channel(world, id, permission::MANAGE_MESSAGES)?.id;
        world.delete_messages(place, &ids);
        Ok(StatusCode::NO_CONTENT)
    })
}

async fn pins(State(discord): Shared, Path(id): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let channel = channel(world, id, permission::VIEW_CHANNEL)?;
        let pinned = channel.pins.iter().rev().filter_map(|pin| channel.messages.get(pin));
        Ok(Json(pinned.map(|message| world.message_for_bot(message)).collect()))
    })
}

async fn pin(State(discord): Shared, Path((id, of)): Path<(i64, i64)>) -> Nothing {
    set_pin(&discord, id, of, true)
}

async fn unpin(State(discord): Shared, Path((id, of)): Path<(i64, i64)>) -> Nothing {
    set_pin(&discord, id, of, false)
}

fn set_pin(discord: &Discord, id: i64, of: i64, pinned: bool) -> Nothing {
    discord.with(|world| {
        let channel = channel(world, id, permission::MANAGE_MESSAGES)?;
        let (place, found) = (channel.id, message(channel, of)?.id);
        world.pin(place, found, pinned);
        Ok(StatusCode::NO_CONTENT)
    })
}
