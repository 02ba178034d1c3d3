//! Shows an observer each request with its answer.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use serde_json::Value;

use super::posted::Posted;
use super::responses::FAULT;
use crate::model::Exchange;

/// The longest request that is shown, in bytes.
const REQUEST_BYTES_MAX: usize = 12 << 20;
/// The longest answer that is shown, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// The request as it goes on, and what it brought.
pub(super) async fn seen_request(request: Request) -> (Request, Option<Value>) {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, REQUEST_BYTES_MAX).await.unwrap_or_default();
    if bytes.is_empty() {
        return (Request::from_parts(head, Body::empty()), None);
    }
    let copy = Request::from_parts(head.clone(), Body::from(bytes.clone()));
    let posted = Posted::from_request(copy, &()).await.ok();
    (Request::from_parts(head, Body::from(bytes)), posted.map(|posted| posted.payload))
}

/// The answer as it goes out, and the exchange with what it says.
pub(super) async fn seen_answer(response: Response, exchange: Exchange) -> (Response, Exchange) {
    let (status, made_up) = (response.status().as_u16(), is_made_up(&response));
    if made_up {
        return (response, Exchange { status, made_up, ..exchange });
    }
    let (head, body) = response.into_parts();
    let bytes: Bytes = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let answered = serde_json::from_slice(&bytes).ok();
    let exchange = Exchange { status, answered, made_up, ..exchange };
    (Response::from_parts(head, Body::from(bytes)), exchange)
}

fn is_made_up(response: &Response) -> bool {
    response.headers().contains_key(FAULT)
}
