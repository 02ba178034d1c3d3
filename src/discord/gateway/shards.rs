//! What serenity leaves open about its connection. However often Discord turns it away, it is back
//! at once, some hundred times a second; and after some close codes (4003, 4010, 4011) it goes on
//! reading a socket that is closed, without a rest, until the next heartbeat is due.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serenity::all::{ConnectionStage, ShardManager};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};
use tungstenite::Message;

use super::pulse::{BETWEEN_HEARTBEATS, Heartbeats, Pulse};
use crate::discord::bot::problems::outage::Outage;

/// Between two checks whether the first connection is being made.
const LOOK: Duration = Duration::from_millis(5);
/// From one connection to the next.
const TURN: Duration = Duration::from_secs(1);
/// How often the runtime is woken.
const WAKE: Duration = Duration::from_secs(1);
/// Between two checks whether the shard is connected.
const WATCH: Duration = Duration::from_secs(5);
/// A shard whose socket is closed ends within this time when it is to send something.
const SOON: Duration = Duration::from_millis(250);
/// How long the shard may not be connected: serenity's own attempts take up to a minute and a half.
const LONGEST_SILENCE: Duration = Duration::from_mins(2);

/// Wakes the runtime from outside as long as it is kept. The thread that works without a rest may be the
/// one that was to hand time, sockets and signals to the others: whoever is woken takes that over.
pub(crate) struct Awake {
    _kept: mpsc::Sender<()>,
}

impl Awake {
    pub(crate) fn keep() -> io::Result<Self> {
        let (kept, is_kept) = mpsc::channel();
        let runtime = Handle::current();
        let wake = move || {
            while is_kept.recv_timeout(WAKE) == Err(RecvTimeoutError::Timeout) {
                runtime.spawn(async {});
            }
        };
        std::thread::Builder::new().name("wake".to_owned()).spawn(wake)?;
        Ok(Self { _kept: kept })
    }
}

/// The gateway's address. serenity hands it to each shard, and each locks it when it connects.
pub(crate) struct GatewayUrl {
    url: Arc<Mutex<String>>,
    /// How many hold it while there is no shard.
    others: usize,
}

impl GatewayUrl {
    /// Of a client that has no shard yet.
    pub(crate) fn new(url: &Arc<Mutex<String>>) -> Self {
        let url = Arc::clone(url);
        let others = Arc::strong_count(&url);
        Self { url, others }
    }

    /// Lets serenity connect once in a while, for ever; that it does is noted, since its stage tells of its
    /// first connection alone.
    pub(crate) async fn pace(&self, outage: &Outage) {
        // The first one need not wait for its turn.
        while !self.has_shard() {
            sleep(LOOK).await;
        }
        loop {
            let held = self.url.lock().await;
            sleep(TURN).await;
            // Who waits for it is next.
            drop(held);
            if self.url.try_lock().is_err() {
                outage.lasts();
            }
        }
    }

    fn has_shard(&self) -> bool {
        Arc::strong_count(&self.url) > self.others
    }
}

/// Done when the shard is to be given up: its socket is closed and it does not know, or it has not
/// been connected for a while, since Discord never answers who identifies.
pub(crate) async fn silence(
    shards: &ShardManager,
    address: &GatewayUrl,
    pulse: &Pulse,
    outage: &Outage,
) {
    let mut silent_since = None;
    let mut heartbeats = Heartbeats::default();
    loop {
        sleep(WATCH).await;
        let was_there = address.has_shard();
        ping(shards).await;
        sleep(SOON).await;
        if was_there && !address.has_shard() {
            return tracing::debug!("Discord closed the connection");
        }
        let runners = shards.runners.lock().await;
        let connected = runners.values().any(|runner| runner.stage == ConnectionStage::Connected);
        let latency = runners.values().find_map(|runner| runner.latency);
        drop(runners);
        if heartbeats.came(latency) {
            pulse.beat(BETWEEN_HEARTBEATS);
        }
        if connected {
            silent_since = None;
            outage.still_lasts();
            continue;
        }
        outage.lasts();
        if silent_since.get_or_insert_with(Instant::now).elapsed() > LONGEST_SILENCE {
            return tracing::debug!("Discord stopped answering on the connection");
        }
    }
}

/// A shard that cannot send it ends.
async fn ping(shards: &ShardManager) {
    for runner in shards.runners.lock().await.values() {
        runner.runner_tx.websocket_message(Message::Ping(Vec::new()));
    }
}

/// Says goodbye to the gateway when the connection's future is dropped.
pub(crate) struct CloseOnDrop(pub(crate) Arc<ShardManager>);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        let shards = Arc::clone(&self.0);
        tokio::spawn(async move {
            // On a socket that is closed already serenity would wait for the answer without a rest.
            ping(&shards).await;
            shards.shutdown_all().await;
        });
    }
}
