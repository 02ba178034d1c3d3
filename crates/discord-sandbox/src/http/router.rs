//! All routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::gate;
use super::routes::{
    application, channels, files, guilds, interactions, messages, reactions, threads, webhooks,
};
use crate::discord::Discord;
use crate::gateway;
use crate::limits::Refusal;

/// The largest request, in bytes: Discord takes files of 10 MiB, and some more for the form around.
const REQUEST_BYTES_MAX: usize = 11 << 20;

/// All routes, with and without the version in their path, and the gateway's socket at the root.
pub(crate) fn router(discord: Arc<Discord>) -> Router {
    let api = Router::new()
        .merge(application::routes())
        .merge(channels::routes())
        .merge(guilds::routes())
        .merge(interactions::routes())
        .merge(messages::routes())
        .merge(reactions::routes())
        .merge(threads::routes())
        .merge(webhooks::routes())
        .fallback(|| async { Refusal::new(404, 0, "404: Not Found") });
    Router::new()
        .nest("/api/v10", api.clone())
        .nest("/api", api)
        .route("/attachments/{channel}/{message}/{name}", get(files::attachment))
        .route("/ephemeral-attachments/{bot}/{id}/{name}", get(files::upload))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .layer(from_fn_with_state(discord.clone(), gate::pass))
        .route("/", get(gateway::connect))
        .with_state(discord)
}
