//! The application: who it is, where its gateway is, which commands it has.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use discord_ids::{GuildId, UserId};
use serde_json::{Value, json};

use crate::discord::Discord;
use crate::http::answer::{Answer, Shared};
use crate::http::posted::Posted;
use crate::json::{id, put};
use crate::limits::Refusal;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    let list = get(list).put(replace).post(add);
    let one = get(show).patch(change).delete(remove);
    Router::new()
        .route("/gateway", get(gateway))
        .route("/gateway/bot", get(gateway))
        .route("/oauth2/applications/@me", get(application))
        .route("/applications/@me", get(application))
        .route("/users/@me", get(me))
        .route("/users/@me/guilds", get(guilds))
        .route("/users/@me/channels", post(direct))
        .route("/users/{user}", get(user))
        .route("/applications/{application}/commands", list.clone())
        .route("/applications/{application}/guilds/{guild}/commands", list)
        .route("/applications/{application}/commands/{command}", one.clone())
        .route("/applications/{application}/guilds/{guild}/commands/{command}", one)
}

async fn gateway(State(discord): Shared) -> Json<Value> {
    let url = format!("ws://{}", discord.address);
    let wait = discord.with_quietly(|world| world.faults.no_session_for());
    let reset_after = wait.map_or(14_400_000, |wait| wait.as_millis());
    let limit = json!({"total": 1000, "remaining": if wait.is_some() { 30 } else { 999 },
        "reset_after": reset_after, "max_concurrency": 1});
    Json(json!({"url": url, "shards": 1, "session_start_limit": limit}))
}

async fn application(State(discord): Shared) -> Json<Value> {
    Json(discord.with_quietly(|world| world.application()))
}

async fn me(State(discord): Shared) -> Json<Value> {
    let mut me = discord.with_quietly(|world| world.user_json(world.bot()));
    put(&mut me, "locale", "en-US");
    put(&mut me, "mfa_enabled", false);
    Json(me)
}

async fn guilds(State(discord): Shared) -> Json<Value> {
    Json(discord.with_quietly(|world| {
        let of_bot = world.guilds.values().filter(|g| g.members.contains_key(&world.bot()));
        let short = of_bot.map(|guild| {
            let permissions = world.guild_permissions(guild.id, world.bot()).to_string();
            json!({"id": guild.id.to_string(), "name": guild.name, "icon": null, "banner": null, "owner": false,
                "permissions": permissions, "features": []})
        });
        Value::Array(short.collect())
    }))
}

async fn direct(State(discord): Shared, posted: Posted) -> Answer {
    let person = posted.payload.get("recipient_id").and_then(id).map(UserId);
    discord.with(|world| {
        let known = person.filter(|person| world.users.contains_key(person));
        let person = known.ok_or_else(|| Refusal::unknown(10013, "User"))?;
        let channel = world.direct_channel(person);
        let channel = world.channels.get(&channel).map(|channel| world.channel_json(channel));
        channel.map(Json).ok_or_else(|| Refusal::unknown(10003, "Channel"))
    })
}

async fn user(State(discord): Shared, Path(user): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let known = world.users.contains_key(&UserId(user));
        known
            .then(|| Json(world.user_json(UserId(user))))
            .ok_or_else(|| Refusal::unknown(10013, "User"))
    })
}

/// The ids in the path of commands: application, then perhaps guild, then perhaps command.
type Ids = Path<Vec<(String, String)>>;

fn part(ids: &[(String, String)], name: &str) -> Option<String> {
    ids.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

fn guild(ids: &[(String, String)]) -> Option<GuildId> {
    part(ids, "guild").and_then(|id| id.parse().ok()).map(GuildId)
}

/// 403 for another application, 50001 for a guild that the bot is not in.
fn check(discord: &Discord, ids: &[(String, String)]) -> Result<Option<GuildId>, Refusal> {
    discord.with_quietly(|world| {
        if part(ids, "application") != Some(world.bot().to_string()) {
            return Err(Refusal::new(
                403,
                20012,
                "You are not authorized to perform this action on this application",
            ));
        }
        match guild(ids) {
            Some(guild) if world.guild_permissions(guild, world.bot()) == 0 => {
                Err(Refusal::missing_access())
            }
            guild => Ok(guild),
        }
    })
}

async fn list(State(discord): Shared, Path(ids): Ids) -> Answer {
    let guild = check(&discord, &ids)?;
    Ok(Json(discord.with_quietly(|world| json!(world.commands(guild)))))
}

async fn replace(State(discord): Shared, Path(ids): Ids, posted: Posted) -> Answer {
    let guild = check(&discord, &ids)?;
    discord.with(|world| world.put_commands(guild, &posted.payload)).map(Json)
}

async fn add(State(discord): Shared, Path(ids): Ids, posted: Posted) -> Answer {
    let guild = check(&discord, &ids)?;
    discord.with(|world| world.post_command(guild, &posted.payload)).map(Json)
}

async fn show(State(discord): Shared, Path(ids): Ids) -> Answer {
    let (guild, id) = (check(&discord, &ids)?, part(&ids, "command").unwrap_or_default());
    discord
        .with_quietly(|world| {
            let is_it = |command: &&Value| command.get("id") == Some(&json!(id));
            world.commands(guild).iter().find(is_it).cloned()
        })
        .map(Json)
        .ok_or_else(|| Refusal::unknown(10063, "application command"))
}

async fn change(State(discord): Shared, Path(ids): Ids, posted: Posted) -> Answer {
    let (guild, id) = (check(&discord, &ids)?, part(&ids, "command").unwrap_or_default());
    discord.with(|world| world.change_command(guild, &id, Some(&posted.payload))).map(Json)
}

async fn remove(State(discord): Shared, Path(ids): Ids) -> Result<StatusCode, Refusal> {
    let (guild, id) = (check(&discord, &ids)?, part(&ids, "command").unwrap_or_default());
    discord.with(|world| world.change_command(guild, &id, None))?;
    Ok(StatusCode::NO_CONTENT)
}
