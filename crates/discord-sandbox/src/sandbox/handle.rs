//! The handle of a running Discord: where it is, what is in it, what was asked of it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use discord_ids::UserId;
use tokio::sync::Notify;

use crate::discord::Discord;
use crate::dispatch::Outgoing;
use crate::log::{Log, Request};
use crate::world::World;

/// A running Discord. It ends when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    pub(crate) discord: Arc<Discord>,
    pub(super) stop: Arc<Notify>,
}

impl Sandbox {
    /// What the bot takes as `discord.api_url`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.discord.address)
    }

    /// The address of the gateway, as `GET /gateway` answers it.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.discord.address)
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.look(|world| world.options.token.clone())
    }

    /// The bot.
    pub fn bot(&self) -> UserId {
        self.look(World::bot)
    }

    /// Looks at what exists.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.discord.with_quietly(|world| look(world))
    }

    /// Waits until the condition holds; false when it does not within `limit`. It looks again
    /// whenever something changed, never by the clock.
    pub async fn wait_until(
        &self,
        mut condition: impl FnMut(&World) -> bool,
        limit: Duration,
    ) -> bool {
        self.discord.wait_for(limit, |world| condition(world).then_some(())).await.is_some()
    }

    /// Waits until a bot is connected and has been told of the guilds; false when none comes.
    pub fn wait_for_bot(&self, limit: Duration) -> impl Future<Output = bool> {
        self.wait_until(|world| world.connected() > 0, limit)
    }

    /// Waits until no bot is connected: of one that was killed Discord learns a moment later. False when one stays.
    pub fn wait_for_no_bot(&self, limit: Duration) -> impl Future<Output = bool> {
        self.wait_until(|world| world.connected() == 0, limit)
    }

    /// Waits until a bot has registered commands, everywhere or in a guild; false when none does.
    pub fn wait_for_commands(&self, limit: Duration) -> impl Future<Output = bool> {
        self.wait_until(|world| world.commands.values().any(|list| !list.is_empty()), limit)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.look(|world| world.log.requests.clone())
    }

    /// How many requests there were with this method whose path contains this text.
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.look(|world| {
            let matches =
                |request: &&Request| request.method == method && request.path.contains(path);
            world.log.requests.iter().filter(matches).count()
        })
    }

    /// Forgets the requests and violations so far, to count from here.
    pub fn clear_log(&self) {
        self.discord.with(|world| world.log = Log::default());
    }

    /// What the bot did that Discord does not like, a sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.log.violations.clone())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.notify_one();
        self.discord.with(|world| world.connections.send_all(|| Outgoing::Cut));
    }
}
