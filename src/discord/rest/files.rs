//! Files that came with messages, from where Discord keeps them.
//!
//! Nothing of the bot's own goes there, least of all its token, and nobody leads it elsewhere: only
//! Discord's own hosts are asked, and no redirection is followed. An address opens its file to everybody
//! for a day, so it is neither kept nor logged.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use tokio::sync::Semaphore;

use crate::backoff::Backoff;
use crate::files::text_of;
use crate::reading::message::MAX_ATTACHMENT_BYTES;

/// Where Discord keeps files.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// Discord itself, which keeps none.
const DISCORD: &str = "discord.com";
/// Files that are fetched at the same time: together they take 8 MB.
const AT_ONCE: usize = 8;
/// Sheets that are fetched at the same time: together they take 16 MB.
const SHEETS_AT_ONCE: usize = 2;
/// Bytes of a sheet, at the most.
pub(crate) const MAX_SHEET_BYTES: usize = 8 * 1024 * 1024;
/// Attempts at one file, and the pauses between them.
const ATTEMPTS: usize = 3;
const PAUSES: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(2));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// One attempt, to the last byte.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why an attempt at a file failed.
#[derive(Debug, thiserror::Error)]
enum NotFetched {
    #[error(transparent)]
    OnItsWay(reqwest::Error),
    #[error("Discord answered {0}")]
    Refused(StatusCode),
    #[error("the file is too large")]
    TooLarge,
}

impl NotFetched {
    /// Whether another attempt may end otherwise.
    fn may_pass(&self) -> bool {
        match self {
            Self::OnItsWay(_) => true,
            Self::Refused(status) => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::TooLarge => false,
        }
    }
}

impl From<reqwest::Error> for NotFetched {
    fn from(error: reqwest::Error) -> Self {
        Self::OnItsWay(error.without_url())
    }
}

/// Fetches files.
pub(crate) struct Files {
    client: Client,
    /// A proxy or a sandbox in Discord's place, which gives files out itself.
    stand_in: Option<Url>,
    places: Semaphore,
    sheet_places: Semaphore,
}

impl Files {
    /// Of Discord, or of what `api_url` names in its place.
    ///
    /// # Errors
    /// When the TLS backend cannot be set up.
    pub(crate) fn new(api_url: &str) -> anyhow::Result<Self> {
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .redirect(Policy::none())
            .build()
            .context("set up the HTTP client for files")?;
        let stand_in = Url::parse(api_url).ok().filter(|url| url.host_str() != Some(DISCORD));
        let (places, sheet_places) = (Semaphore::new(AT_ONCE), Semaphore::new(SHEETS_AT_ONCE));
        Ok(Self { client, stand_in, places, sheet_places })
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When it is kept elsewhere, is too large, or cannot be fetched; the error does not hold the address.
    pub(crate) async fn text(&self, address: &str) -> anyhow::Result<String> {
        let _place = self.places.acquire().await.context("the bot stops")?;
        Ok(text_of(&self.bytes(address, MAX_ATTACHMENT_BYTES).await?))
    }

    /// The bytes of a sheet.
    ///
    /// # Errors
    /// When it is kept elsewhere, is too large, or cannot be fetched; the error does not hold the address.
    pub(crate) async fn sheet(&self, address: &str) -> anyhow::Result<Vec<u8>> {
        let _place = self.sheet_places.acquire().await.context("the bot stops")?;
        self.bytes(address, MAX_SHEET_BYTES).await
    }

    async fn bytes(&self, address: &str, most: usize) -> anyhow::Result<Vec<u8>> {
        let url = Url::parse(address).ok().filter(|url| self.is_discords(url));
        let url = url.context("the file is not kept by Discord")?;
        let mut pauses = PAUSES.take(ATTEMPTS - 1);
        loop {
            let error = match self.fetch(url.clone(), most).await {
                Ok(bytes) => return Ok(bytes),
                Err(error) => error,
            };
            let pause = pauses.next().filter(|_| error.may_pass());
            let Some(pause) = pause else { return Err(error.into()) };
            tokio::time::sleep(pause).await;
        }
    }

    async fn fetch(&self, url: Url, most: usize) -> Result<Vec<u8>, NotFetched> {
        let response = self.client.get(url).send().await?;
        let status = response.status();
        if !status.is_success() {
            return Err(NotFetched::Refused(status));
        }
        bounded(response, most).await
    }

    fn is_discords(&self, url: &Url) -> bool {
        let is_plain = url.username().is_empty() && url.password().is_none();
        let is_kept = url.scheme() == "https"
            && url.port().is_none()
            && url.host_str().is_some_and(|host| HOSTS.contains(&host));
        let is_stand_in = self.stand_in.as_ref().is_some_and(|it| it.origin() == url.origin());
        is_plain && (is_kept || is_stand_in)
    }
}

/// The body, unless it is longer than it may be, whatever its head says.
async fn bounded(mut response: Response, most: usize) -> Result<Vec<u8>, NotFetched> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Err(NotFetched::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(api_url: &str, address: &str) -> bool {
        Files::new(api_url).unwrap().is_discords(&Url::parse(address).unwrap())
    }

    #[test]
    fn only_discords_own_hosts_are_asked() {
        let discord = "https://discord.com";
        for address in [
            "https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1",
            "https://media.discordapp.net/attachments/1/2/a.txt",
        ] {
            assert!(asks(discord, address), "{address}");
        }
        for address in [
            "http://cdn.discordapp.com/a.txt",
            "https://cdn.discordapp.com:8443/a.txt",
            "https://cdn.discordapp.com.evil.example/a.txt",
            "https://cdn.discordapp.com@evil.example/a.txt",
            "https://user:secret@cdn.discordapp.com/a.txt",
            "https://discord.com/api/v10/users/@me",
            "http://127.0.0.1:9/a.txt",
            "http://169.254.169.254/latest",
        ] {
            assert!(!asks(discord, address), "{address}");
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let refused = |status: u16| NotFetched::Refused(StatusCode::from_u16(status).unwrap());
        assert!([429, 500, 502, 503].into_iter().all(|status| refused(status).may_pass()));
        assert!(![302, 403, 404, 410].into_iter().any(|status| refused(status).may_pass()));
        assert!(!NotFetched::TooLarge.may_pass());
    }

    #[test]
    fn a_stand_in_gives_its_own_files_out() {
        let stand_in = "http://127.0.0.1:9";
        assert!(asks(stand_in, "http://127.0.0.1:9/attachments/1/2/a.txt"));
        assert!(asks(stand_in, "https://cdn.discordapp.com/a.txt"));
        assert!(!asks(stand_in, "http://127.0.0.1:8/attachments/1/2/a.txt"));
        assert!(!asks(stand_in, "https://127.0.0.1:9/attachments/1/2/a.txt"));
    }
}
