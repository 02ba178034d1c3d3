//! The connection: from a token to a running bot, and how it ends.

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use serde::Deserialize;
use serenity::all::{GatewayError, GatewayIntents, Route, ShardManager};
use serenity::cache::Settings as CacheSettings;
use serenity::gateway::ActivityData;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::events::Events;
use super::pulse::{ASKING, BETWEEN_HEARTBEATS, Pulse};
use super::refused::{self, LatestContext};
use super::shards::{Awake, CloseOnDrop, GatewayUrl, silence};
use crate::backoff::Backoff;
use crate::config::{Config, Token};
use crate::discord::bot::mailboxes::{
    BackfillRequests, FirstMessages, ReactionChanges, ThreadRequests,
};
use crate::discord::bot::watching::Watching;
use crate::discord::bot::{Bot, GuildSettings, Known, Queues};
use crate::discord::inbound::backfill;
use crate::discord::interactions::commands;
use crate::discord::outbound::first_message::{self};
use crate::discord::outbound::{acknowledge, alerts, board, feed, forgotten, late};
use crate::discord::rest::codes::{INTENTS_REFUSED, TOKEN_REFUSED};
use crate::discord::rest::files::Files;
use crate::discord::rest::{Rest, RestError};
use crate::ingest::Ingest;
use crate::ledger::Ledger;

/// What the bot listens to, and why: guilds for roles and permissions, webhooks to notice that the
/// trusted one is gone, messages for the checkouts, reactions for the marks, and the content without
/// which a message cannot be read.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_WEBHOOKS)
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::MESSAGE_CONTENT);

/// Between two attempts to reach Discord. A connection that lasted longer than the longest pause was well.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), LONGEST_PAUSE);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Whether sessions may be begun again is asked at least this often.
const LONGEST_LOOK: Duration = Duration::from_mins(10);
/// One in so many sessions is left for those that serenity begins without asking.
const SPARED: u64 = 33;
/// What is still being written gets this long when the bot stops.
const DRAIN: Duration = Duration::from_secs(4);

/// Everything that a connection needs.
pub struct Connection {
    /// What was configured.
    pub config: Config,
    /// The secret.
    pub token: Token,
    /// The open database.
    pub ledger: Ledger,
    /// The door for messages.
    pub ingest: Ingest,
    /// Beats as long as the connection is kept, or made again.
    pub pulse: Pulse,
}

/// Why the bot ended before it was asked to.
#[derive(Debug)]
pub enum Stopped {
    /// Discord refuses, and will again; the sentence is for whoever runs the bot.
    Refused(String),
    /// Anything else.
    Failed(anyhow::Error),
}

/// Runs the bot until `stop` is done; what was taken is on disk when it returns.
///
/// # Errors
/// When Discord refuses the token or the intents. A lost connection is no error: it is made again.
pub async fn run(connection: Connection, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
    let Connection { config, token, ledger, ingest, pulse } = connection;
    tracing::info!("connecting to Discord at {} …", config.discord.api_url);
    let rest = Rest::new(&token, &config.discord.api_url).map_err(Stopped::Failed)?;
    let files = Files::new(&config.discord.api_url).map_err(Stopped::Failed)?;
    let kept = ledger.watches().await.map_err(Stopped::Failed)?;
    let threads = ledger.threads().await.map_err(Stopped::Failed)?;
    let watching = Watching::new(&config.watch, kept, &threads);
    let settings = ledger.settings().await.map_err(Stopped::Failed)?;
    let known = Known { watching, settings: GuildSettings::new(settings) };
    let (reactions, queue) = ReactionChanges::new();
    let (backfill_requests, requests, sweeps) = BackfillRequests::new();
    let (threads, thread_requests) = ThreadRequests::new();
    let (first_messages, first) = FirstMessages::new();
    let queues = Queues { reactions, backfill: backfill_requests, threads, first_messages };
    let bot = Bot::new(config, known, ledger, ingest.clone(), (rest, files), queues);
    let bot = Arc::new(bot);

    let _awake = Awake::keep().context("start a thread").map_err(Stopped::Failed)?;
    let mut background = JoinSet::new();
    background.spawn(acknowledge::run(Arc::clone(&bot)));
    background.spawn(backfill::run(Arc::clone(&bot), requests));
    background.spawn(backfill::threads::run(Arc::clone(&bot), thread_requests));
    background.spawn(backfill::sweep::run(Arc::clone(&bot), sweeps));
    background.spawn(crate::discord::inbound::reactions::run(Arc::clone(&bot), queue));
    background.spawn(first_message::run(Arc::clone(&bot), first));
    background.spawn(board::run(Arc::clone(&bot)));
    background.spawn(feed::run(Arc::clone(&bot)));
    background.spawn(alerts::run(Arc::clone(&bot)));
    background.spawn(late::run(Arc::clone(&bot)));
    background.spawn(forgotten::run(Arc::clone(&bot)));
    let ended = tokio::select! {
        ended = stay_connected(&bot, &pulse) => ended,
        () = ingest.ended() => {
            Err(Stopped::Failed(anyhow::anyhow!("storing messages crashed; please report this")))
        }
        () = bot.rest.token_refused() => Err(Stopped::Refused(TOKEN_REFUSED.to_owned())),
        // None of them ends by itself: without one the bot would look well and not be.
        Some(_) = background.join_next() => {
            Err(Stopped::Failed(anyhow::anyhow!("a part of the bot crashed; please report this")))
        }
        () = stop => Ok(()),
    };
    bot.problems.stop();
    background.shutdown().await;
    let (stored, answered) = tokio::join!(
        tokio::time::timeout(DRAIN, ingest.close()),
        tokio::time::timeout(DRAIN, bot.afterwards.done())
    );
    if answered.is_err() {
        tracing::warn!("not everything that people asked for could be written before the end");
    }
    if stored.is_err() {
        tracing::warn!(
            "not all waiting messages could be stored; they will be read again at the next start"
        );
    }
    ended
}

/// Connects, and connects again whenever the connection is lost for good.
async fn stay_connected(bot: &Arc<Bot>, pulse: &Pulse) -> Result<(), Stopped> {
    let mut pauses = PAUSES;
    loop {
        let gateway = gateway(bot, pulse).await?;
        let began = Instant::now();
        bot.set_connecting();
        match connect(bot, &gateway, pulse).await {
            Ok(()) => tracing::debug!("the connection to Discord ended"),
            Err(error) => {
                if let Some(refusal) = refusal(&error) {
                    return Err(Stopped::Refused(refusal.to_owned()));
                }
                tracing::debug!("the connection to Discord failed: {error}");
            }
        }
        bot.outage.lasts();
        if began.elapsed() > LONGEST_PAUSE {
            pauses.reset();
        }
        tokio::time::sleep(pauses.wait()).await;
    }
}

/// Where the gateway is, and how often it may be entered.
#[derive(Debug, Deserialize)]
struct Gateway {
    url: String,
    /// `None`: a proxy does not give it.
    session_start_limit: Option<SessionLimit>,
}

/// Discord resets the token of a bot that begins more sessions than these in a day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SessionLimit {
    total: u64,
    remaining: Option<u64>,
    /// Milliseconds.
    reset_after: u64,
}

impl SessionLimit {
    /// How long no session is to be begun, if none is.
    fn wait(&self) -> Option<Duration> {
        let is_used_up = self.remaining.is_some_and(|remaining| remaining <= self.total / SPARED);
        let wait = Duration::from_millis(self.reset_after);
        (is_used_up && !wait.is_zero()).then_some(wait)
    }
}

/// The address of the gateway, as soon as it may be entered. Asked here and not by serenity, which
/// would fall back to the real one for good when the first answer is an error.
async fn gateway(bot: &Bot, pulse: &Pulse) -> Result<String, Stopped> {
    let mut pauses = PAUSES;
    loop {
        pulse.beat(ASKING);
        let answer = match bot.rest.get::<Gateway>(Route::GatewayBot, Vec::new()).await {
            // Some proxies pass on only the address that needs no token.
            Err(RestError::NotFound(_)) => bot.rest.get(Route::Gateway, Vec::new()).await,
            other => other,
        };
        let answer = answer.map(|gateway| {
            let limit = gateway.session_start_limit.as_ref();
            (limit.and_then(SessionLimit::wait), gateway.url)
        });
        let pause = match answer {
            Ok((None, url)) => return Ok(url),
            Ok((Some(wait), _)) => {
                let seconds = wait.as_secs_f64().ceil();
                tracing::warn!(
                    "too many new sessions today: Discord would soon reset the token, so the bot \
                     begins no session for {seconds} s"
                );
                wait.min(LONGEST_LOOK)
            }
            Err(RestError::Unauthorized) => return Err(Stopped::Refused(TOKEN_REFUSED.to_owned())),
            Err(error) => {
                bot.outage.lasts();
                tracing::debug!("Discord cannot be reached; trying again: {error}");
                pauses.wait()
            }
        };
        pulse.beat(pause + ASKING);
        tokio::time::sleep(pause).await;
    }
}

async fn connect(bot: &Arc<Bot>, gateway: &str, pulse: &Pulse) -> serenity::Result<()> {
    pulse.beat(BETWEEN_HEARTBEATS);
    let shards: Arc<OnceLock<Arc<ShardManager>>> = Arc::default();
    let latest = LatestContext::default();
    let events = Events {
        bot: Arc::clone(bot),
        commands: commands::options(),
        shards: Arc::clone(&shards),
        latest: latest.clone(),
    };
    let mut cache = CacheSettings::default();
    cache.max_messages = 0;
    cache.cache_users = false;
    let client = serenity::client::ClientBuilder::new_with_http(bot.rest.http(), INTENTS)
        .raw_event_handler(events)
        .cache_settings(cache)
        .activity(ActivityData::watching("checkouts"));
    let handlers = client.get_raw_event_handlers().to_vec();
    let mut client = client.await?;
    gateway.clone_into(&mut *client.ws_url.lock().await);
    let address = GatewayUrl::new(&client.ws_url);
    shards.set(Arc::clone(&client.shard_manager)).ok();
    let shards = Arc::clone(&client.shard_manager);
    let _closed_when_dropped = CloseOnDrop(Arc::clone(&shards));
    tokio::select! {
        ended = client.start() => ended,
        () = silence(&shards, &address, pulse, &bot.outage) => Ok(()),
        () = address.pace(&bot.outage) => Ok(()),
        () = refused::read(&handlers, &latest) => Ok(()),
    }
}

/// What to do about an error after which connecting again is of no use.
fn refusal(error: &serenity::Error) -> Option<&'static str> {
    let serenity::Error::Gateway(error) = error else { return None };
    match error {
        GatewayError::InvalidAuthentication => Some(TOKEN_REFUSED),
        GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents => {
            Some(INTENTS_REFUSED)
        }
        _ => None,
    }
}
