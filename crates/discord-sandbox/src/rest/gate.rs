//! What every request passes: the log, faults, the token, rate limits.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use chrono::Utc;
use futures::stream;
use serde_json::json;

use super::super::Discord;
use super::super::faults::Answer;
use super::super::log;
use crate::limits::Refusal;
use crate::limits::{Kind, Verdict};

/// The longest answer that is broken off in its middle.
const ANSWER_BYTES_MAX: usize = 64 << 20;
/// The longest refusal that is quoted in a violation.
const REFUSAL_BYTES_MAX: usize = 1 << 20;

/// Lets a request through, or answers in the route's place.
pub(super) async fn pass(
    State(discord): State<Arc<Discord>>,
    request: Request,
    next: Next,
) -> Response {
    let at = Instant::now();
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let by_bot = discord.with_quietly(|world| is_bots(world, &request, &path));
    let response = answer(&discord, &method, &path, by_bot, request, next).await;
    let status = response.status().as_u16();
    let (mut response, said) = quoted(response, by_bot).await;
    let now = discord.with_quietly(|world| world.snowflakes.now());
    let date = now.format("%a, %d %b %Y %H:%M:%S GMT");
    if let Ok(date) = HeaderValue::from_str(&date.to_string()) {
        response.headers_mut().insert(header::DATE, date);
    }
    discord.with(|world| {
        if let Some(said) = said {
            world.log.violation(format!("{method} {path}: {said}"));
        }
        world.log.requests.push(log::Request { method, path, query, status, by_bot, at });
    });
    response
}

/// Whether the bot asks, with a token or by an address that only it knows.
fn is_bots(world: &super::super::state::World, request: &Request, path: &str) -> bool {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bot = world.bot();
    given.is_some()
        || path.contains("/interactions/")
        || path.contains(&format!("/webhooks/{bot}/"))
}

async fn answer(
    discord: &Discord,
    method: &str,
    path: &str,
    by_bot: bool,
    request: Request,
    next: Next,
) -> Response {
    let (fault, latency) =
        discord.with_quietly(|world| (world.faults.answer(method, path), world.options.latency));
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    match fault {
        None => {}
        Some(Answer::Hang(time)) => tokio::time::sleep(time).await,
        Some(Answer::DoneButLost) => {
            next.run(request).await;
            return cloudflare(502);
        }
        Some(Answer::BrokenOff) => return broken_off(next.run(request).await).await,
        Some(other) => return made_up(&other),
    }
    let parts: Vec<&str> = path
        .trim_start_matches("/api")
        .trim_start_matches("/v10")
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    if let Some(refusal) = unauthorized(discord, &parts, &request) {
        return refusal.into_response();
    }
    let verdict = discord.with_quietly(|world| {
        let (kind, major) = Kind::of(method, &parts)?;
        let free = !world.options.rate_limits
            || (!by_bot && kind == Kind::Webhook && !world.options.webhook_limits);
        (!free).then(|| world.rate_limits.take(kind, major, by_bot))
    });
    match verdict {
        None => next.run(request).await,
        Some(verdict) if verdict.allowed => with_headers(next.run(request).await, &verdict),
        Some(verdict) => too_many(&verdict),
    }
}

/// 401, unless the token is right or the route needs none.
fn unauthorized(discord: &Discord, parts: &[&str], request: &Request) -> Option<Refusal> {
    let open = matches!(parts, ["gateway"] | ["interactions", ..] | ["webhooks", _, _, ..]);
    let given = request.headers().get(header::AUTHORIZATION);
    let token = discord.with_quietly(|world| format!("Bot {}", world.options.token));
    let right = given.is_some_and(|given| given.as_bytes() == token.as_bytes());
    (!right && !open).then(|| Refusal::new(401, 0, "401: Unauthorized"))
}

fn with_headers(mut response: Response, verdict: &Verdict) -> Response {
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

fn too_many(verdict: &Verdict) -> Response {
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
    with_headers(response, verdict)
}

/// The answer of a fault; those that reach the route are not here. It carries a header by which the
/// log tells it from the bot's own doing.
fn made_up(fault: &Answer) -> Response {
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
        Answer::Hang(_) | Answer::DoneButLost | Answer::BrokenOff => cloudflare(502),
    };
    response.headers_mut().insert("x-sandbox-fault", HeaderValue::from_static("true"));
    response
}

/// A page as a proxy in front of Discord shows it.
fn cloudflare(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!(
        "<!DOCTYPE html><html><head><title>discord.com | {status}</title></head>\
         <body><h1>Error {}</h1><p>cloudflare</p></body></html>",
        status.as_u16()
    );
    (status, Html(page)).into_response()
}

/// The head of the response, and half of the body that it promises.
async fn broken_off(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let whole = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    head.headers.insert("x-sandbox-fault", HeaderValue::from_static("true"));
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    Response::from_parts(head, Body::from_stream(stream::iter([Ok(half), Err(broken)])))
}

/// The response, and what it says if it shows that the bot broke a limit.
async fn quoted(response: Response, by_bot: bool) -> (Response, Option<String>) {
    let status = response.status().as_u16();
    let fault = response.headers().contains_key("x-sandbox-fault");
    if !by_bot || fault || ![400, 401, 429].contains(&status) {
        return (response, None);
    }
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, REFUSAL_BYTES_MAX).await.unwrap_or_default();
    let said = format!("{status} {}", String::from_utf8_lossy(&bytes));
    (Response::from_parts(head, Body::from(bytes)), Some(said))
}
