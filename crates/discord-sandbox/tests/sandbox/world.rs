//! What each test begins with.

use std::time::Duration;

use discord_openapi::{Verdict, observed};
use discord_sandbox::ids::{ChannelId, GuildId, MessageId};
use discord_sandbox::{Options, Sandbox, Webhook};
use serde_json::json;

/// How long a test waits for what must happen.
pub(super) const SOON: Duration = Duration::from_secs(10);

/// A server with one channel that a webhook posts to.
pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) guild: GuildId,
    pub(super) channel: ChannelId,
    pub(super) webhook: Webhook,
    /// Fails the test where an answer was unlike Discord's.
    _described: Verdict,
}

impl World {
    pub(super) async fn new() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub(super) async fn with(options: Options) -> Self {
        // Tests of the sandbox ask wrongly on purpose, and are refused then.
        let (options, described) = observed(options, |seen| (200..300).contains(&seen.status));
        let sandbox = options.start().await.unwrap();
        let guild = sandbox.add_guild("Town");
        let channel = sandbox.add_channel(guild, "news");
        let webhook = sandbox.add_webhook(channel, "Newsroom");
        Self { sandbox, guild, channel, webhook, _described: described }
    }

    pub(super) fn post(&self, content: &str) -> MessageId {
        self.sandbox.post(&self.webhook, json!({ "content": content })).unwrap()
    }
}
