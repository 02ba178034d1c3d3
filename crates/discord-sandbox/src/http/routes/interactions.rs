//! The bot's answers to what people ask of it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;

use crate::discord::Discord;
use crate::http::posted::Posted;
use crate::limits::Refusal;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new().route("/interactions/{id}/{token}/callback", post(callback))
}

async fn callback(
    State(discord): State<Arc<Discord>>,
    Path((id, token)): Path<(i64, String)>,
    posted: Posted,
) -> Result<StatusCode, Refusal> {
    discord.with(|world| world.answer_interaction(id, &token, &posted.payload, posted.files))?;
    Ok(StatusCode::NO_CONTENT)
}
