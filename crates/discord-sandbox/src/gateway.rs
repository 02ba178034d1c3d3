//! The gateway: a WebSocket on which Discord tells a bot what happens.

mod sessions;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures::SinkExt;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use super::Discord;
use super::events::{Event, intent};
use super::json::put;
use super::state::World;

pub(super) use sessions::{Connections, Order};

/// How many frames are written to a socket before it is flushed.
const BATCH: usize = 256;
/// How long a goodbye is waited for.
const GOODBYE: Duration = Duration::from_secs(1);

/// Takes a connection at the address that `GET /gateway` answers.
pub(super) async fn connect(
    State(discord): State<Arc<Discord>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| serve(discord, socket))
}

async fn serve(discord: Arc<Discord>, mut socket: WebSocket) {
    let (id, orders) = discord.with(|world| {
        let (id, orders) = world.connections.open();
        if !world.faults.no_hello {
            let interval = world.options.heartbeat.as_millis();
            let hello = json!({"t": null, "s": null, "op": 10,
                "d": {"heartbeat_interval": interval, "_trace": ["[\"sandbox\"]"]}});
            world.connections.send(id, &hello);
        }
        if let Some(code) = world.faults.turns_away {
            world.connections.close(id, code, "Come back later.");
        }
        (id, orders)
    });
    talk(&discord, id, &mut socket, orders).await;
    discord.with(|world| world.connections.closed(id));
}

/// Passes frames both ways until one side has enough.
async fn talk(
    discord: &Discord,
    id: u64,
    socket: &mut WebSocket,
    mut orders: UnboundedReceiver<Order>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            count = orders.recv_many(&mut batch, BATCH) => {
                if count == 0 || !write(socket, &mut batch).await {
                    return;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    discord.with(|world| world.hear(id, &text));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Binary(_))) => {
                    discord.with(|world| world.connections.close(id, 4002, "Decode error"));
                }
                _ => return,
            },
        }
    }
}

/// Writes what waits; false when the connection is over.
async fn write(socket: &mut WebSocket, batch: &mut Vec<Order>) -> bool {
    for order in batch.drain(..) {
        let frame = match order {
            Order::Frame(text) => Message::Text(text),
            Order::Cut => return false,
            Order::Close(reason) => {
                let reason =
                    reason.map(|(code, reason)| CloseFrame { code, reason: reason.into() });
                let _ = socket.send(Message::Close(reason)).await;
                // Discord closes once the other side has said goodbye, too.
                let goodbye = async { while let Some(Ok(_)) = socket.recv().await {} };
                let _ = tokio::time::timeout(GOODBYE, goodbye).await;
                return false;
            }
        };
        if socket.feed(frame).await.is_err() {
            return false;
        }
    }
    socket.flush().await.is_ok()
}

impl World {
    /// Hears what a bot says on its socket.
    fn hear(&mut self, id: u64, text: &str) {
        let Ok(said) = serde_json::from_str::<Value>(text) else {
            self.connections.close(id, 4002, "Error while decoding payload.");
            return;
        };
        let data = said.get("d").unwrap_or(&Value::Null);
        match said.get("op").and_then(Value::as_u64) {
            Some(1) => {
                self.connections.heartbeat(id, data.as_u64());
                if !self.faults.no_heartbeat_ack {
                    self.connections.send(id, &json!({"t": null, "s": null, "op": 11, "d": null}));
                }
            }
            Some(2) => self.identify(id, data),
            Some(6) => self.resume(id, data),
            Some(3 | 4 | 8 | 31) => {}
            _ => self.connections.close(id, 4001, "Unknown opcode."),
        }
    }

    fn identify(&mut self, id: u64, data: &Value) {
        if self.connections.session_of(id).is_some() {
            self.connections.close(id, 4005, "Already authenticated.");
            return;
        }
        if !self.token_is_right(id, data) {
            return;
        }
        if self.faults.no_session_for().is_some() {
            self.log.violation("gateway: more sessions than are allowed".to_owned());
            self.connections.close(id, 4004, "Authentication failed.");
            return;
        }
        let intents = data.get("intents").and_then(Value::as_u64).unwrap_or(u64::MAX);
        if intents & !intent::KNOWN != 0 {
            self.connections.close(id, 4013, "Invalid intent(s).");
            return;
        }
        let members = intent::GUILD_MEMBERS | intent::GUILD_PRESENCES;
        let content = intent::MESSAGE_CONTENT;
        let disallowed = if self.options.members_intent { 0 } else { members }
            | if self.options.content == super::Content::Disallowed { content } else { 0 };
        if intents & disallowed != 0 {
            self.connections.close(id, 4014, "Disallowed intent(s).");
            return;
        }
        let session = self.connections.begin(id, intents, self.options.replay);
        self.greet(&session, intents);
    }

    /// READY, then all that the bot is a member of.
    fn greet(&mut self, session: &str, intents: u64) {
        let of_bot = |guild: &&super::state::Guild| guild.members.contains_key(&self.bot);
        let guilds: Vec<Value> = (self.guilds.values().filter(of_bot))
            .map(|guild| json!({"id": guild.id.to_string(), "unavailable": true}))
            .collect();
        let mut user = self.user_json(self.bot);
        put(&mut user, "verified", true);
        put(&mut user, "mfa_enabled", true);
        let ready = json!({"v": 10, "user": user, "guilds": guilds, "session_id": session,
            "resume_gateway_url": format!("ws://{}", self.address), "shard": [0, 1],
            "session_type": "normal", "private_channels": [], "relationships": [],
            "geo_ordered_rtc_regions": [], "presences": [], "user_settings": {},
            "application": {"id": self.bot.to_string(),
                "flags": self.options.application_flags()}});
        let mut events = vec![Event::new("READY", 0, &ready)];
        if intents & intent::GUILDS != 0 {
            let available = self.guilds.values().filter(of_bot).filter(|guild| guild.available);
            events.extend(available.map(|guild| {
                Event::new("GUILD_CREATE", intent::GUILDS, &self.full_guild_json(guild))
            }));
        }
        for event in events {
            self.connections.deliver_to(session, &event);
        }
    }

    fn resume(&mut self, id: u64, data: &Value) {
        if !self.token_is_right(id, data) {
            return;
        }
        let session = data.get("session_id").and_then(Value::as_str).unwrap_or_default();
        let seen = data.get("seq").and_then(Value::as_u64).unwrap_or(0);
        if self.connections.resume(id, session, seen) {
            self.connections.deliver_to(session, &Event::new("RESUMED", 0, &json!({"_trace": []})));
        } else {
            self.connections.send(id, &json!({"t": null, "s": null, "op": 9, "d": false}));
        }
    }

    fn token_is_right(&mut self, id: u64, data: &Value) -> bool {
        let token = data.get("token").and_then(Value::as_str).unwrap_or_default();
        let right = token.trim_start_matches("Bot ") == self.options.token;
        if !right {
            self.log.violation("gateway: a wrong token".to_owned());
            self.connections.close(id, 4004, "Authentication failed.");
        }
        right
    }
}
