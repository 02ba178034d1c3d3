//! The bot's answers to what people ask of it.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};

use crate::discord::Discord;
use crate::http::answer::query;
use crate::http::posted::Posted;
use crate::limits::Refusal;

pub(in crate::http) fn routes() -> Router<Arc<Discord>> {
    Router::new().route("/interactions/{id}/{token}/callback", post(callback))
}

async fn callback(
    State(discord): State<Arc<Discord>>,
    Path((id, token)): Path<(i64, String)>,
    RawQuery(raw): RawQuery,
    posted: Posted,
) -> Result<Response, Refusal> {
    let wanted = matches!(query(raw.as_deref(), "with_response"), Some("true" | "1"));
    discord.with(|world| {
        world.answer_interaction(id, &token, &posted.payload, posted.files)?;
        let shown = wanted.then(|| Json(world.callback_json(id)).into_response());
        Ok(shown.unwrap_or_else(|| StatusCode::NO_CONTENT.into_response()))
    })
}
