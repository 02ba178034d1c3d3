//! What every request passes: the log, faults, the token, rate limits.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use discord_ids::ChannelId;

use super::observed::{seen_answer, seen_request};
use super::responses::{FAULT, broken_off, cloudflare, made_up, too_many, with_rate_headers};
use crate::discord::Discord;
use crate::faults::Answer;
use crate::limits::{Kind, Refusal};
use crate::log;
use crate::model::Exchange;
use crate::options::Observer;
use crate::world::World;

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
    let observer = discord.with_quietly(|world| world.options.observer.clone());
    let observer = observer.filter(|_| path.starts_with("/api/"));
    let response = match observer {
        None => answer(&discord, &method, &path, by_bot, request, next).await,
        Some(Observer(look)) => {
            let (request, sent) = seen_request(request).await;
            let response = answer(&discord, &method, &path, by_bot, request, next).await;
            let (method, query, path) =
                (method.clone(), query.clone(), below_api(&path).to_owned());
            let exchange = Exchange { method, path, query, by_bot, sent, ..Exchange::default() };
            let (response, mut exchange) = seen_answer(response, exchange).await;
            exchange.made_up |= shows_made_up(&discord, &exchange);
            look(&exchange);
            response
        }
    };
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
fn is_bots(world: &World, request: &Request, path: &str) -> bool {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bot = world.bot();
    given.is_some()
        || path.contains("/interactions/")
        || path.contains(&format!("/webhooks/{bot}/"))
}

/// Whether the answer may show a message of which a test has made up every part.
fn shows_made_up(discord: &Discord, exchange: &Exchange) -> bool {
    let mut parts = exchange.path.split('/').skip(1);
    let channel = parts.next().filter(|first| *first == "channels").and_then(|_| parts.next());
    let channel = channel.and_then(|id| id.parse().ok()).map(ChannelId);
    channel.is_some_and(|channel| {
        exchange.method == "GET" && discord.with_quietly(|world| world.made_up.contains(&channel))
    })
}

/// The path without the API's and its version's.
fn below_api(path: &str) -> &str {
    path.trim_start_matches("/api").trim_start_matches("/v10")
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
    let parts: Vec<&str> = below_api(path).split('/').filter(|part| !part.is_empty()).collect();
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
        Some(verdict) if verdict.allowed => with_rate_headers(next.run(request).await, &verdict),
        Some(verdict) => too_many(&verdict),
    }
}

/// 401, unless the token is right or the route needs none.
fn unauthorized(discord: &Discord, parts: &[&str], request: &Request) -> Option<Refusal> {
    let open = matches!(
        parts,
        ["gateway"]
            | ["interactions" | "attachments" | "ephemeral-attachments", ..]
            | ["webhooks", _, _, ..]
    );
    let given = request.headers().get(header::AUTHORIZATION);
    let token = discord.with_quietly(|world| format!("Bot {}", world.options.token));
    let right = given.is_some_and(|given| given.as_bytes() == token.as_bytes());
    (!right && !open).then(|| Refusal::new(401, 0, "401: Unauthorized"))
}

/// The response, and what it says if it shows that the bot broke a limit.
async fn quoted(response: Response, by_bot: bool) -> (Response, Option<String>) {
    let status = response.status().as_u16();
    let fault = response.headers().contains_key(FAULT);
    if !by_bot || fault || ![400, 401, 429].contains(&status) {
        return (response, None);
    }
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, REFUSAL_BYTES_MAX).await.unwrap_or_default();
    let said = format!("{status} {}", String::from_utf8_lossy(&bytes));
    (Response::from_parts(head, Body::from(bytes)), Some(said))
}
