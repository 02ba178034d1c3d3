//! The bare consumer: counts, and says when it has seen all.

use std::sync::atomic::{AtomicUsize, Ordering};

use serenity::all::{Context, EventHandler, GatewayIntents, Message};
use serenity::async_trait;

struct Count {
    seen: AtomicUsize,
    awaited: usize,
}

#[async_trait]
impl EventHandler for Count {
    async fn message(&self, _context: Context, _message: Message) {
        if self.seen.fetch_add(1, Ordering::Relaxed) + 1 == self.awaited {
            std::fs::write("done", "").expect("write");
        }
    }
}

/// Writes the file `done` when so many messages have come.
pub(crate) async fn consume(api_url: &str, awaited: usize) {
    let token = std::env::var("DISCORD_TOKEN").expect("a token");
    let http =
        serenity::http::HttpBuilder::new(token).proxy(api_url).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS
        | GatewayIntents::MESSAGE_CONTENT;
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(Count { seen: AtomicUsize::new(0), awaited })
        .await
        .expect("a client");
    client.start().await.expect("start");
}
