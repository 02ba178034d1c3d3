//! Lists of threads over HTTP: the open ones of a guild, the closed ones of a channel.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use discord_ids::{ChannelId, GuildId};
use serde_json::{Value, json};

use crate::discord::Discord;
use crate::http::answer::{Answer, Shared, query};
use crate::limits::Refusal;
use crate::model::{Channel, permission};
use crate::world::World;

/// The most threads of one page, and how many there are unless the query says otherwise.
const PAGE: usize = 100;
const PAGE_UNASKED: usize = 50;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new()
        .route("/guilds/{guild}/threads/active", get(active))
        .route("/channels/{channel}/threads/archived/public", get(public))
        .route("/channels/{channel}/threads/archived/private", get(private))
        .route("/channels/{channel}/users/@me/threads/archived/private", get(joined))
}

async fn active(State(discord): Shared, Path(guild): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let guild = GuildId(guild);
        let inside = world.guild(guild).is_some_and(|it| it.members.contains_key(&world.bot()));
        if !inside {
            return Err(Refusal::unknown(10004, "Guild"));
        }
        let threads = world.active_threads_json(guild, None);
        Ok(Json(json!({"threads": threads, "members": [], "has_more": false})))
    })
}

async fn public(
    State(discord): Shared,
    Path(channel): Path<i64>,
    RawQuery(raw): RawQuery,
) -> Answer {
    discord.with_quietly(|world| {
        let parent = readable(world, channel, 0)?;
        by_time(world, world.archived_threads(parent, false), raw.as_deref())
    })
}

async fn private(
    State(discord): Shared,
    Path(channel): Path<i64>,
    RawQuery(raw): RawQuery,
) -> Answer {
    discord.with_quietly(|world| {
        let parent = readable(world, channel, permission::MANAGE_THREADS)?;
        by_time(world, world.archived_threads(parent, true), raw.as_deref())
    })
}

/// Those that the bot is in, by their ids.
async fn joined(
    State(discord): Shared,
    Path(channel): Path<i64>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let raw = raw.as_deref();
    let before = query(raw, "before").and_then(|id| id.parse().ok()).unwrap_or(i64::MAX);
    discord.with_quietly(|world| {
        let parent = readable(world, channel, 0)?;
        let is_in = |place: &&Channel| {
            place.thread.as_ref().is_some_and(|thread| thread.members.contains(&world.bot()))
        };
        let mut found = world.archived_threads(parent, true);
        found.retain(|place| is_in(place) && place.id.0 < before);
        found.sort_by_key(|place| std::cmp::Reverse(place.id));
        Ok(page(world, &found, limit(raw)?))
    })
}

/// The channel, if the bot may read its history and has what else is needed.
fn readable(world: &World, channel: i64, needed: u64) -> Result<ChannelId, Refusal> {
    let id = ChannelId(channel);
    if world.channel(id).is_none() {
        return Err(Refusal::unknown(10003, "Channel"));
    }
    if !world.bot_may(id, permission::VIEW_CHANNEL) {
        return Err(Refusal::missing_access());
    }
    let may = world.bot_may(id, permission::READ_MESSAGE_HISTORY | needed);
    if may { Ok(id) } else { Err(Refusal::missing_permissions()) }
}

/// Those that were closed before a time, the last closed first.
fn by_time(world: &World, mut found: Vec<&Channel>, raw: Option<&str>) -> Answer {
    let closed_at = |place: &Channel| place.thread.as_ref().map(|thread| thread.archive_changed_at);
    if let Some(before) = query(raw, "before") {
        let before = time(before).ok_or_else(|| Refusal::new(400, 50035, "Invalid Form Body"))?;
        found.retain(|place| closed_at(place).is_some_and(|at| at < before));
    }
    found.sort_by_key(|place| std::cmp::Reverse(closed_at(place)));
    Ok(page(world, &found, limit(raw)?))
}

fn page(world: &World, found: &[&Channel], limit: usize) -> Json<Value> {
    let threads: Vec<Value> =
        found.iter().take(limit).map(|place| world.channel_json(place)).collect();
    Json(json!({"threads": threads, "members": [], "has_more": found.len() > limit}))
}

fn limit(raw: Option<&str>) -> Result<usize, Refusal> {
    let limit = query(raw, "limit").map_or(Some(PAGE_UNASKED), |limit| limit.parse().ok());
    let limit = limit.filter(|limit| (2..=PAGE).contains(limit));
    limit.ok_or_else(|| Refusal::new(400, 50035, "Invalid Form Body"))
}

/// A time in a query, whose `:` and `+` come percent-encoded.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.replace("%3A", ":").replace("%2B", "+");
    DateTime::parse_from_rfc3339(&text).ok().map(|time| time.with_timezone(&Utc))
}
