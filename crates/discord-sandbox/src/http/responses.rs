//! Answers that no route makes: too many requests, and the faults that a test has asked for.

use std::io;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::Utc;
use futures::stream;
use serde_json::json;

use crate::faults::Answer;
use crate::limits::Verdict;

/// The header of an answer that a test has asked for, by which the log tells it from the bot's own doing.
pub(super) const FAULT: &str = "x-sandbox-fault";
/// The longest answer that is broken off in its middle.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// The response, with what it tells of the bucket.
pub(super) fn with_rate_headers(mut response: Response, verdict: &Verdict) -> Response {
    let after = verdict.reset_after.as_secs_f64();
    let reset = Utc::now() + verdict.reset_after;
    let reset = format!("{}.{:03}", reset.timestamp(), reset.timestamp_subsec_millis());
    let entries = [
        ("x-ratelimit-limit", verdict.limit.to_string()),
        ("x-ratelimit-remaining", verdict.remaining.to_string()),
        ("x-ratelimit-reset", reset),
        ("x-ratelimit-reset-after", format!("{after:.3}")),
        ("x-ratelimit-bucket", verdict.bucket.clone()),
    ];
    for (name, value) in entries {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// 429, and how long to wait.
pub(super) fn too_many(verdict: &Verdict) -> Response {
    let wait = verdict.reset_after.as_secs_f64();
    let body = json!({"message": "You are being rate limited.",
        "retry_after": (wait * 1_000.0).ceil() / 1_000.0, "global": verdict.global});
    let mut response = (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response();
    let scope = if verdict.global { "global" } else { "user" };
    response.headers_mut().insert("x-ratelimit-scope", HeaderValue::from_static(scope));
    if verdict.global {
        response.headers_mut().insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    if let Ok(seconds) = HeaderValue::from_str(&wait.ceil().to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    with_rate_headers(response, verdict)
}

/// The answer of a fault; those that reach the route are not here.
pub(super) fn made_up(fault: &Answer) -> Response {
    let mut response = match fault {
        Answer::Status(status, body) => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, [(header::CONTENT_TYPE, "application/json")], body.clone()).into_response()
        }
        Answer::TooMany { wait, global } => too_many(&Verdict {
            allowed: false,
            global: *global,
            limit: 1,
            remaining: 0,
            reset_after: *wait,
            bucket: "fault".to_owned(),
        }),
        Answer::Html(status) => cloudflare(*status),
        Answer::Redirect(to) => {
            (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response()
        }
        Answer::Hang(_) | Answer::DoneButLost | Answer::BrokenOff => cloudflare(502),
    };
    response.headers_mut().insert(FAULT, HeaderValue::from_static("true"));
    response
}

/// A page as a proxy in front of Discord shows it.
pub(super) fn cloudflare(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!(
        "<!DOCTYPE html><html><head><title>discord.com | {status}</title></head>\
         <body><h1>Error {}</h1><p>cloudflare</p></body></html>",
        status.as_u16()
    );
    (status, Html(page)).into_response()
}

/// The head of the response, and half of the body that it promises.
pub(super) async fn broken_off(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let whole = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    head.headers.insert(FAULT, HeaderValue::from_static("true"));
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    Response::from_parts(head, Body::from_stream(stream::iter([Ok(half), Err(broken)])))
}
