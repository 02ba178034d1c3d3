//! What a bot says on its socket: who it is, that it is alive, where it was.

use serde_json::{Value, json};

use crate::dispatch::{Event, intent};
use crate::json::put;
use crate::model::Guild;
use crate::options::Content;
use crate::world::World;

impl World {
    /// Hears what a bot says on its socket.
    pub(super) fn hear(&mut self, id: u64, text: &str) {
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
            | if self.options.content == Content::Disallowed { content } else { 0 };
        if intents & disallowed != 0 {
            self.connections.close(id, 4014, "Disallowed intent(s).");
            return;
        }
        let unpacks = data.get("compress").and_then(Value::as_bool) == Some(true);
        let session = self.connections.begin(id, intents, self.options.replay, unpacks);
        self.greet(&session, intents);
    }

    /// READY, then all that the bot is a member of.
    fn greet(&mut self, session: &str, intents: u64) {
        let of_bot = |guild: &&Guild| guild.members.contains_key(&self.bot);
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
