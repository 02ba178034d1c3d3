//! One way to Discord's REST for everything that the bot does on its own account: paced, with
//! timeouts, repeated where that is safe.
//!
//! serenity's own limiter is off, since it ignores a proxy, and without it serenity neither waits a
//! 429 out nor repeats anything. Answers to interactions go through serenity directly: they have
//! three seconds and no limit worth the name, and `interactions::sending` repeats them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::all::{Http, LightMethod, Request, Route};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

use super::clock::Clock;
use super::error::{RestError, is_page, unread};
use super::pace::Pace;
use crate::backoff::Backoff;
use crate::config::Token;
use crate::count::count;
use crate::reading::value_from_slice;

/// Attempts at one call before it is given up.
const ATTEMPTS: u32 = 6;
/// Pauses between them, where Discord does not say how long to wait.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(8));
/// A 429 that asks for more than this is an error for the caller, not a wait.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// No limit of Discord's is longer than this.
const LONGEST_HOLD: Duration = Duration::from_hours(1);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);

/// The error body of Discord; a proxy may answer anything else.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    code: u32,
    retry_after: Option<f64>,
    global: bool,
}

/// The REST layer. Clones share their pace.
#[derive(Clone)]
pub(crate) struct Rest {
    token: Token,
    client: reqwest::Client,
    api_url: String,
    pace: Arc<Pace>,
    attempts: u32,
    clock: Arc<Clock>,
    /// Notified when Discord refuses the token.
    refused: Arc<Notify>,
}

impl Rest {
    /// A layer that talks to `api_url`.
    ///
    /// # Errors
    /// When the TLS backend cannot be set up.
    pub(crate) fn new(token: &Token, api_url: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()
            .context("set up the HTTP client")?;
        let (token, api_url) = (token.clone(), api_url.to_owned());
        let (pace, clock, refused) = (Arc::default(), Arc::default(), Arc::default());
        Ok(Self { token, client, api_url, pace, attempts: ATTEMPTS, clock, refused })
    }

    /// The same, for somebody who waits: it gives up after so many attempts at one call.
    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Discord's clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Done when Discord refused the token: more calls would only get the address banned.
    pub(crate) async fn token_refused(&self) {
        self.refused.notified().await;
    }

    /// Where Discord is reached.
    pub(crate) fn api_url(&self) -> &str {
        &self.api_url
    }

    /// serenity's own client over the same connections, for the gateway and for answers to
    /// interactions.
    pub(crate) fn http(&self) -> Http {
        serenity::http::HttpBuilder::new(self.token.expose())
            .client(self.client.clone())
            .proxy(&self.api_url)
            .ratelimiter_disabled(true)
            .build()
    }

    /// A GET, read as `T`.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        params: Vec<(&'static str, String)>,
    ) -> Result<T, RestError> {
        self.call(LightMethod::Get, route, params, None, |bytes| Ok(serde_json::from_slice(bytes)?))
            .await
    }

    /// A GET of messages, as raw JSON: what one of them holds never costs the others.
    pub(crate) async fn get_raw(
        &self,
        route: Route<'_>,
        params: Vec<(&'static str, String)>,
    ) -> Result<Value, RestError> {
        self.call(LightMethod::Get, route, params, None, |bytes| Ok(value_from_slice(bytes)?)).await
    }

    /// A PUT or DELETE, or a POST, with a JSON body or none.
    pub(crate) async fn send(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<&Value>,
    ) -> Result<(), RestError> {
        self.call(method, route, Vec::new(), body, |_| Ok(())).await
    }

    /// A POST or PATCH with a JSON body, whose answer is read as `T`. A POST that seemed to fail may
    /// have succeeded: it is not sent again, and the caller has to look.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &Value,
    ) -> Result<T, RestError> {
        let read = |bytes: &[u8]| Ok(serde_json::from_slice(bytes)?);
        self.call(method, route, Vec::new(), Some(body), read).await
    }

    async fn call<T>(
        &self,
        method: LightMethod,
        route: Route<'_>,
        params: Vec<(&'static str, String)>,
        body: Option<&Value>,
        read: impl Fn(&[u8]) -> anyhow::Result<T>,
    ) -> Result<T, RestError> {
        // A POST that seemed to fail may have succeeded: only a plain "not now" is repeated.
        let repeatable = !matches!(method, LightMethod::Post);
        let mut pauses = PAUSES;
        let mut last = None;
        for attempt in 0..self.attempts {
            if let Some(ready) = self.pace.reserve(&route) {
                let left = ready.saturating_duration_since(Instant::now());
                if left > LONGEST_WAIT {
                    let why =
                        anyhow::anyhow!("Discord asks us to wait {} s longer", left.as_secs());
                    return Err(RestError::Other(why));
                }
                sleep_until(ready).await;
            }
            let outcome = self.attempt(method, route, params.clone(), body).await;
            let (wait, why) = match outcome {
                Ok(response) => match self.judge(&route, response).await? {
                    Verdict::Done(response) => match body_of(response)
                        .await
                        .and_then(|bytes| read(&bytes).map_err(|error| unread(&bytes, error)))
                    {
                        Ok(answer) => return Ok(answer),
                        // It broke off, or something in between answered in Discord's place.
                        Err(error) => (None, error),
                    },
                    Verdict::Wait(wait) => (Some(wait), anyhow::anyhow!("rate limited (429)")),
                    Verdict::Broken(status) => (None, anyhow::anyhow!("Discord answered {status}")),
                },
                Err(error) => (None, error),
            };
            if wait.is_none() && !repeatable {
                return Err(RestError::Other(why));
            }
            if attempt + 1 < self.attempts {
                sleep(wait.unwrap_or_else(|| pauses.wait())).await;
            }
            last = Some(why);
        }
        let why = last.unwrap_or_else(|| anyhow::anyhow!("no attempt was made"));
        Err(RestError::Other(
            why.context(format!("gave up after {}", count(self.attempts, "attempt", "attempts"))),
        ))
    }

    async fn attempt(
        &self,
        method: LightMethod,
        route: Route<'_>,
        params: Vec<(&'static str, String)>,
        body: Option<&Value>,
    ) -> anyhow::Result<Response> {
        let params = (!params.is_empty()).then_some(params);
        let request = Request::new(route, method)
            .params(params)
            .body(body.map(|body| body.to_string().into_bytes()))
            .build(&self.client, &format!("Bot {}", self.token.expose()), Some(&self.api_url))
            .context("build the request")?;
        // The URL may hold a webhook's token: it stays out of the error.
        request.send().await.map_err(reqwest::Error::without_url).map_err(unreachable)
    }

    async fn judge(&self, route: &Route<'_>, response: Response) -> Result<Verdict, RestError> {
        self.pace.learn(route, response.headers());
        self.clock.learn(response.headers());
        let status = response.status();
        if status.is_success() {
            return Ok(Verdict::Done(response));
        }
        let header_wait = retry_after(response.headers());
        let text = response.text().await.unwrap_or_default();
        let refusal: Refusal = serde_json::from_str(&text).unwrap_or_default();
        match status {
            StatusCode::UNAUTHORIZED => {
                // Where the URL holds a webhook's token, that one is refused and not the bot's.
                if !matches!(route, Route::WebhookWithToken { .. }) {
                    self.refused.notify_one();
                }
                Err(RestError::Unauthorized)
            }
            // Cloudflare's word, not Discord's: it passes.
            StatusCode::FORBIDDEN if is_page(&text) => Ok(Verdict::Broken(status)),
            StatusCode::FORBIDDEN => Err(RestError::Forbidden(refusal.code)),
            StatusCode::NOT_FOUND => Err(RestError::NotFound(refusal.code)),
            StatusCode::TOO_MANY_REQUESTS => {
                let seconds = refusal.retry_after.or(header_wait).unwrap_or(1.0).max(0.05);
                let wait = Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_WAIT);
                if wait > LONGEST_WAIT {
                    self.pace.hold_route(route, Instant::now() + wait.min(LONGEST_HOLD));
                    let why = anyhow::anyhow!("Discord asks us to wait {} s", wait.as_secs());
                    return Err(RestError::Other(why));
                }
                let until = Instant::now() + wait;
                if refusal.global {
                    self.pace.hold_all(until);
                } else {
                    self.pace.hold_route(route, until);
                }
                Ok(Verdict::Wait(wait))
            }
            _ if status.is_server_error() => Ok(Verdict::Broken(status)),
            _ => Err(RestError::Refused(status.as_u16(), refusal.code)),
        }
    }
}

/// Why Discord did not answer, in the words of whoever sits before the machine; the log's details have the
/// rest.
fn unreachable(error: reqwest::Error) -> anyhow::Error {
    let why = if error.is_timeout() {
        "it does not answer in time"
    } else if error.is_connect() {
        "no internet connection, no DNS, or a firewall in between"
    } else {
        return anyhow::Error::new(error).context("Discord cannot be reached");
    };
    tracing::debug!("Discord cannot be reached: {why}: {:#}", anyhow::Error::new(error));
    anyhow::anyhow!(why)
}

async fn body_of(response: Response) -> anyhow::Result<Vec<u8>> {
    let bytes = response.bytes().await.map_err(reqwest::Error::without_url);
    Ok(bytes.context("receive Discord's answer")?.into())
}

enum Verdict {
    Done(Response),
    Wait(Duration),
    Broken(StatusCode),
}

fn retry_after(headers: &HeaderMap) -> Option<f64> {
    headers.get("retry-after")?.to_str().ok()?.parse().ok()
}
