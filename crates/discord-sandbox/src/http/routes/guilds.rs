//! Servers over HTTP.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use discord_ids::{GuildId, UserId};
use serde_json::Value;

use crate::discord::Discord;
use crate::http::answer::{Answer, Shared};
use crate::limits::Refusal;
use crate::model::{Guild, permission};
use crate::world::World;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new()
        .route("/guilds/{guild}", get(show))
        .route("/guilds/{guild}/channels", get(channels))
        .route("/guilds/{guild}/roles", get(roles))
        .route("/guilds/{guild}/webhooks", get(webhooks))
        .route("/guilds/{guild}/members/{user}", get(member))
}

/// The guild, if the bot is in it.
fn find(world: &World, guild: i64) -> Result<&Guild, Refusal> {
    let guild = world.guilds.get(&GuildId(guild));
    let guild = guild.ok_or_else(|| Refusal::unknown(10004, "Guild"))?;
    let inside = guild.members.contains_key(&world.bot());
    if inside { Ok(guild) } else { Err(Refusal::missing_access()) }
}

async fn show(State(discord): Shared, Path(guild): Path<i64>) -> Answer {
    discord.with_quietly(|world| Ok(Json(World::guild_json(find(world, guild)?))))
}

async fn channels(State(discord): Shared, Path(guild): Path<i64>) -> Answer {
    discord.with_quietly(|world| Ok(Json(world.channels_json(find(world, guild)?.id).into())))
}

async fn roles(State(discord): Shared, Path(guild): Path<i64>) -> Answer {
    discord.with_quietly(|world| Ok(Json(World::roles_json(find(world, guild)?).into())))
}

async fn member(State(discord): Shared, Path((guild, user)): Path<(i64, i64)>) -> Answer {
    discord.with_quietly(|world| {
        let member = find(world, guild)?.members.get(&UserId(user));
        let member = member.ok_or_else(|| Refusal::unknown(10007, "Member"))?;
        Ok(Json(world.member_json(member)))
    })
}

async fn webhooks(State(discord): Shared, Path(guild): Path<i64>) -> Answer {
    discord.with_quietly(|world| {
        let guild = find(world, guild)?.id;
        if world.guild_permissions(guild, world.bot()) & permission::MANAGE_WEBHOOKS == 0 {
            return Err(Refusal::missing_permissions());
        }
        let here = world.webhooks.values().filter(|webhook| {
            world.channels.get(&webhook.channel).is_some_and(|c| c.guild == Some(guild))
        });
        let list = here.map(|webhook| world.webhook_json(webhook)).collect();
        Ok(Json(Value::Array(list)))
    })
}
