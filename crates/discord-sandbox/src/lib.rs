//! A small Discord on 127.0.0.1: the demo, the tests and the benchmarks run the real bot against it.
//!
//! It is **stateful**: people and webhooks change a [`World`], and every answer and every event is
//! derived from that. It is **strict** where Discord is: limits of embeds and components, intents,
//! permissions, rate limits, three seconds for an answer. What the bot does wrong is refused as
//! Discord refuses it, and listed in [`Sandbox::violations`].
//!
//! ```text
//! rest.rs, rest/       HTTP, one file for each group of routes; gate.rs is what all pass
//! gateway.rs           the WebSocket: identify, heartbeat, resume
//! state.rs, state/     what exists, and how it changes
//! people.rs, people/   what people do: say, react, press, command
//! limits.rs, pace.rs   what Discord accepts, and how often
//! faults.rs            what can go wrong with Discord; trouble.rs how a test asks for it
//! render.rs            how a channel looks, as text; picture.rs a reply as a picture
//! ```

mod events;
mod faults;
mod gateway;
mod json;
mod limits;
mod log;
mod markdown;
mod options;
pub mod people;
pub mod permission;
pub mod picture;
mod render;
mod rest;
mod snowflake;
mod state;
mod trouble;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

pub use discord_ids as ids;
pub use faults::Answer;
pub use limits::Refusal;
pub use log::Request;
pub use options::{Content, Options};
pub use people::{Choice, Failure, Reply};
pub use permission::{Overwrite, Whom};
pub use state::{
    Channel, Emoji, File, Guild, Interaction, Member, Message, Reaction, Role, Stage, User,
    Webhook, World,
};

/// A running Discord. It ends when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    discord: Arc<Discord>,
    stop: Arc<Notify>,
}

/// What the routes and the people share.
#[derive(Debug)]
pub(crate) struct Discord {
    world: Mutex<World>,
    changed: watch::Sender<u64>,
    address: SocketAddr,
}

impl Discord {
    /// Looks at the world or changes it, and wakes those that wait for a change.
    fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        let result = self.with_quietly(work);
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
        result
    }

    /// Looks at the world without waking anyone.
    fn with_quietly<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        work(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the world is as wanted.
    async fn wait_for<T>(
        &self,
        limit: Duration,
        mut look: impl FnMut(&World) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let end = Instant::now() + limit;
        loop {
            changes.mark_unchanged();
            if let Some(found) = self.with_quietly(|world| look(world)) {
                return Some(found);
            }
            let left = end.saturating_duration_since(Instant::now());
            if tokio::time::timeout(left, changes.changed()).await.is_err() {
                return self.with_quietly(|world| look(world));
            }
        }
    }
}

impl Sandbox {
    /// How it behaves can be chosen before it starts, with [`Options::start`].
    pub fn builder() -> Options {
        Options::default()
    }

    /// Starts on a free port. Fails when there is none.
    pub async fn start() -> std::io::Result<Self> {
        Options::default().start().await
    }

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
        self.discord.with(|world| world.log = log::Log::default());
    }

    /// What the bot did that Discord does not like, a sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.log.violations.clone())
    }
}

impl Options {
    /// Starts on 127.0.0.1. Fails when the port is taken.
    pub async fn start(self) -> std::io::Result<Sandbox> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let address = listener.local_addr()?;
        let world = Mutex::new(World::new(self, address.to_string()));
        let discord = Arc::new(Discord { world, changed: watch::channel(0).0, address });
        let router = rest::router(discord.clone());
        let stop = Arc::new(Notify::new());
        let stopped = stop.clone().notified_owned();
        tokio::spawn(async move {
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Ok(Sandbox { discord, stop })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.notify_one();
        self.discord.with(|world| world.connections.order_all(|| gateway::Order::Cut));
    }
}
