//! Discord's HTTP interface, as far as the bot and its tests use it.

mod application;
mod channels;
mod gate;
mod guilds;
mod interactions;
mod messages;
mod posted;
mod reactions;
mod webhooks;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use serde_json::Value;

use super::Discord;
use super::limits::Refusal;

/// The largest request, in bytes: Discord takes files of 10 MiB, and some more for the form around.
const REQUEST_BYTES_MAX: usize = 11 << 20;

/// What a route answers: JSON or a refusal.
type Answer = Result<Json<Value>, Refusal>;

/// All routes, with and without the version in their path, and the gateway's socket at the root.
pub(super) fn router(discord: Arc<Discord>) -> Router {
    let api = Router::new()
        .merge(application::routes())
        .merge(channels::routes())
        .merge(guilds::routes())
        .merge(interactions::routes())
        .merge(messages::routes())
        .merge(reactions::routes())
        .merge(webhooks::routes())
        .fallback(|| async { Refusal::new(404, 0, "404: Not Found") });
    Router::new()
        .nest("/api/v10", api.clone())
        .nest("/api", api)
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .layer(from_fn_with_state(discord.clone(), gate::pass))
        .route("/attachments/{channel}/{message}/{name}", get(webhooks::attachment))
        .route("/", get(super::gateway::connect))
        .with_state(discord)
}

/// The values of a query by name, percent-decoding aside: Discord's are ids and numbers.
fn query<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
}
