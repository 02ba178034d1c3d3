//! What every route takes and gives.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use crate::discord::Discord;
use crate::limits::Refusal;

/// What a route works on.
pub(super) type Shared = State<Arc<Discord>>;

/// JSON or a refusal.
pub(super) type Answer = Result<Json<Value>, Refusal>;

/// Done, or a refusal.
pub(super) type Nothing = Result<StatusCode, Refusal>;

/// The values of a query by name, percent-decoding aside: Discord's are ids and numbers.
pub(super) fn query<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
}
