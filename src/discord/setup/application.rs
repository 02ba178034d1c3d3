//! What Discord says about a token, before the bot runs: over REST alone.

use serde_json::Value;
use serenity::all::Route;

use super::invitation;
use crate::config::Token;
use crate::discord::rest::codes::{INTENTS_REFUSED, TOKEN_REFUSED};
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ApplicationId, ChannelId};

/// Somebody waits: one call is tried so often.
const ATTEMPTS: u32 = 2;
/// The application's flags for the intent for message content.
const CONTENT_INTENT: u64 = 1 << 18 | 1 << 19;

/// The application that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The name that the developer portal shows.
    pub name: String,
    /// Whether it may see what messages hold; `None`: Discord does not say.
    pub reads_content: Option<bool>,
    /// The address that invites it; `None`: Discord does not say.
    pub invitation: Option<String>,
}

impl Application {
    pub(super) async fn ask(rest: &Rest) -> Result<Self, RestError> {
        let answer = rest.get::<Value>(Route::Oauth2ApplicationCurrent, Vec::new()).await?;
        let name = answer.get("name").and_then(Value::as_str).unwrap_or("(unnamed)");
        let id: Option<i64> =
            answer.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let flags = answer.get("flags").and_then(Value::as_u64);
        Ok(Self {
            name: name.to_owned(),
            reads_content: flags.map(|flags| flags & CONTENT_INTENT != 0),
            invitation: id.map(|id| invitation::link(ApplicationId(id))),
        })
    }
}

/// The names of the servers that the bot is in.
pub(super) async fn servers(rest: &Rest) -> Result<Vec<String>, RestError> {
    let guilds = rest.get::<Vec<Value>>(Route::UserMeGuilds, Vec::new()).await?;
    let name = |guild: &Value| guild.get("name").and_then(Value::as_str).map(str::to_owned);
    Ok(guilds.iter().map(|guild| name(guild).unwrap_or_else(|| "(unnamed)".to_owned())).collect())
}

/// Why Discord does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// It refuses the token.
    Refused,
    /// It cannot be asked; how that shows.
    Unreachable(String),
}

impl From<RestError> for NoAnswer {
    fn from(error: RestError) -> Self {
        match error {
            RestError::Unauthorized => Self::Refused,
            error => Self::Unreachable(error.to_string()),
        }
    }
}

/// Looks at Discord with a token, for somebody who sets the bot up.
pub struct Onlooker(Rest);

impl Onlooker {
    /// What to do when the token is wrong.
    pub const TOKEN_REFUSED: &str = TOKEN_REFUSED;
    /// What to do when the intents are not switched on.
    pub const INTENTS_REFUSED: &str = INTENTS_REFUSED;

    /// With this token, at this address.
    ///
    /// # Errors
    /// When the TLS backend cannot be set up.
    pub fn new(token: &Token, api_url: &str) -> anyhow::Result<Self> {
        Ok(Self(Rest::new(token, api_url)?.with_attempts(ATTEMPTS)))
    }

    /// Which application the token belongs to.
    ///
    /// # Errors
    /// When Discord refuses the token, or cannot be reached.
    pub async fn application(&self) -> Result<Application, NoAnswer> {
        Ok(Application::ask(&self.0).await?)
    }

    /// The names of the servers that the bot is in.
    ///
    /// # Errors
    /// As [`Onlooker::application`].
    pub async fn servers(&self) -> Result<Vec<String>, NoAnswer> {
        Ok(servers(&self.0).await?)
    }

    /// What a channel is called; its id where Discord does not say.
    pub async fn channel(&self, channel: ChannelId) -> String {
        let route = Route::Channel { channel_id: channel.into() };
        let answer = self.0.get::<Value>(route, Vec::new()).await.ok();
        let name = answer.as_ref().and_then(|answer| answer.get("name")?.as_str());
        name.map_or_else(|| channel.to_string(), |name| format!("#{name}"))
    }
}
