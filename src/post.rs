//! `refract-ledger post`: posts what Refract would, to try a set-up.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::refract::{self, Event};

/// Times one message is tried again after a 429.
const ATTEMPTS: u32 = 10;
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The address of a webhook.
#[derive(Debug)]
pub struct Webhook(reqwest::Url);

impl Webhook {
    /// Reads it. `None`: it is none of a webhook.
    pub fn of(typed: &str) -> Option<Self> {
        let url = reqwest::Url::parse(typed).ok()?;
        url.path().contains("/webhooks/").then_some(Self(url))
    }
}

/// Posts `count` events to the webhook, one after the other, as fast as Discord takes them, and
/// tells each on `out`. The order numbers begin at the present time, so that a second run makes new
/// orders.
///
/// # Errors
/// When Discord refuses; the sentence never holds the URL, which is a secret.
pub async fn post(
    Webhook(url): &Webhook,
    event: Event,
    count: u32,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .build()
        .context("set up the HTTP client")?;
    let first = u64::try_from(chrono::Utc::now().timestamp_millis()).unwrap_or_default();
    for index in 0..u64::from(count) {
        let body = refract::payload(event, first + index, chrono::Utc::now());
        deliver(&client, url, &body).await?;
        writeln!(out, "posted {} of {count}", index + 1).context("print")?;
    }
    Ok(())
}

async fn deliver(
    client: &reqwest::Client,
    url: &reqwest::Url,
    body: &serde_json::Value,
) -> anyhow::Result<()> {
    for _ in 0..ATTEMPTS {
        let response = client.post(url.clone()).json(body).send().await.map_err(unreachable)?;
        match response.status() {
            status if status.is_success() => return Ok(()),
            StatusCode::TOO_MANY_REQUESTS => tokio::time::sleep(wait(response.headers())).await,
            StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED => bail!(
                "Discord does not know this webhook; copy its URL again from the channel's settings \
                 (Integrations → Webhooks)"
            ),
            status => bail!("the webhook answered {status}"),
        }
    }
    bail!("Discord asked to wait {ATTEMPTS} times; try again in a minute")
}

/// Why the webhook did not answer; its URL is a secret.
fn unreachable(error: reqwest::Error) -> anyhow::Error {
    let why = "the webhook cannot be reached";
    if error.is_connect() {
        return anyhow::anyhow!("{why}: no internet connection, no DNS, or a firewall in between");
    }
    anyhow::Error::new(error.without_url()).context(why)
}

fn wait(headers: &HeaderMap) -> Duration {
    let seconds = headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    Duration::try_from_secs_f64(seconds.unwrap_or(1.0))
        .map_or(LONGEST_WAIT, |wait| wait.clamp(Duration::from_millis(100), LONGEST_WAIT))
}
