//! How a sandbox behaves, chosen before it starts.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::model::Exchange;
use crate::model::permission::INVITATION;
use crate::snowflake::secret;

/// How the developer portal's switch for the `MESSAGE_CONTENT` intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// On: a bot that asks for the intent sees what others write.
    Granted,
    /// Off, and who asks for it is let in all the same, to see empty messages. This is how it looks
    /// to a bot whose grant was taken while it ran.
    Hidden,
    /// Off: who asks for it is turned away with close code 4014.
    Disallowed,
}

/// In fewer columns no card can be shown.
pub(crate) const COLUMNS_MIN: usize = 40;

/// Who sees each request with its answer.
#[derive(Clone)]
pub(crate) struct Observer(pub(crate) Arc<dyn Fn(&Exchange) + Send + Sync>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// How a sandbox behaves. `Sandbox::builder()` makes one with what Discord does.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    pub(crate) token: String,
    pub(crate) bot_name: String,
    pub(crate) invitation: u64,
    pub(crate) require_allowed_mentions: bool,
    pub(crate) content: Content,
    pub(crate) members_intent: bool,
    pub(crate) rate_limits: bool,
    pub(crate) webhook_limits: bool,
    pub(crate) latency: Duration,
    pub(crate) clock_ahead_seconds: i64,
    pub(crate) heartbeat: Duration,
    pub(crate) deadline: Duration,
    pub(crate) replay: usize,
    pub(crate) file_bytes_max: u64,
    pub(crate) port: u16,
    pub(crate) columns: usize,
    pub(crate) observer: Option<Observer>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            token: format!("sandbox.{}", secret(2)),
            bot_name: "Sandbox Bot".to_owned(),
            invitation: INVITATION,
            require_allowed_mentions: false,
            content: Content::Granted,
            members_intent: false,
            rate_limits: true,
            webhook_limits: true,
            latency: Duration::ZERO,
            clock_ahead_seconds: 0,
            heartbeat: Duration::from_millis(41_250),
            deadline: Duration::from_secs(3),
            replay: 20_000,
            file_bytes_max: 10 * 1024 * 1024,
            port: 0,
            columns: 80,
            observer: None,
        }
    }
}

impl Options {
    /// The bot's token; otherwise a random one.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self }
    }

    /// The bot's name.
    #[must_use]
    pub fn bot_name(self, name: &str) -> Self {
        Self { bot_name: name.to_owned(), ..self }
    }

    /// The permissions that the bot's own role gives it in each server; otherwise
    /// [`INVITATION`].
    #[must_use]
    pub fn invitation(self, permissions: u64) -> Self {
        Self { invitation: permissions, ..self }
    }

    /// Whether it is a violation that a message of the bot has no `allowed_mentions`, with which it could
    /// ping people by accident. Off otherwise, since Discord takes such messages.
    #[must_use]
    pub fn require_allowed_mentions(self, required: bool) -> Self {
        Self { require_allowed_mentions: required, ..self }
    }

    /// Whether the bot may see what others write.
    #[must_use]
    pub fn message_content(self, content: Content) -> Self {
        Self { content, ..self }
    }

    /// Whether the bot may ask for the intents for members and presences; otherwise it is turned away with
    /// close code 4014 for doing so.
    #[must_use]
    pub fn members_intent(self, members_intent: bool) -> Self {
        Self { members_intent, ..self }
    }

    /// Whether requests are limited at all. Off for benchmarks.
    #[must_use]
    pub fn rate_limits(self, rate_limits: bool) -> Self {
        Self { rate_limits, ..self }
    }

    /// Whether webhooks are limited to five messages in two seconds. Off for floods over HTTP.
    #[must_use]
    pub fn webhook_limits(self, webhook_limits: bool) -> Self {
        Self { webhook_limits, ..self }
    }

    /// How long each request takes at the least.
    #[must_use]
    pub fn latency(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    /// By how many seconds its clock is ahead of this machine's, as the `Date` of its answers and the ids
    /// that it makes tell it; negative: behind.
    #[must_use]
    pub fn clock_ahead_seconds(self, clock_ahead_seconds: i64) -> Self {
        Self { clock_ahead_seconds, ..self }
    }

    /// How often the bot has to send a heartbeat.
    #[must_use]
    pub fn heartbeat(self, heartbeat: Duration) -> Self {
        Self { heartbeat, ..self }
    }

    /// How long the bot may take for its first answer to a person: 3 s in Discord.
    #[must_use]
    pub fn answer_within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// How many events are kept for a session that lost its connection.
    #[must_use]
    pub fn replay(self, replay: usize) -> Self {
        Self { replay, ..self }
    }

    /// The largest file that an answer may carry, in bytes: 10 MiB in a guild without boosts.
    #[must_use]
    pub fn file_bytes_max(self, file_bytes_max: u64) -> Self {
        Self { file_bytes_max, ..self }
    }

    /// The port, otherwise a free one.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// How wide texts for a terminal become, in columns; otherwise 80.
    #[must_use]
    pub fn columns(self, columns: usize) -> Self {
        Self { columns: columns.max(COLUMNS_MIN), ..self }
    }

    /// Who sees each request to the API with its answer, before the answer goes out. It is called on the
    /// sandbox's own threads, and should be quick.
    #[must_use]
    pub fn observe(self, observer: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        Self { observer: Some(Observer(Arc::new(observer))), ..self }
    }

    /// The flags of the application that tell a bot which intents it has.
    pub(crate) fn application_flags(&self) -> u64 {
        const CONTENT_LIMITED: u64 = 1 << 19;
        if self.content == Content::Granted { CONTENT_LIMITED } else { 0 }
    }
}
