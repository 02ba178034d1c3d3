//! The state of Discord: everything that exists. Each answer and each event is derived from it.

mod changes;
pub(super) mod commands;
mod follow_ups;
mod guilds;
pub(super) mod interactions;
mod mentions;
mod messages;
pub(super) mod reactions;
mod shown;
pub(super) mod webhooks;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::faults::Faults;
use super::gateway::Connections;
use super::json::put;
use super::limits::RateLimits;
use super::log::Log;
use super::options::Options;
use super::permission::Whom;
use super::snowflake::Snowflakes;
use discord_ids::{ChannelId, GuildId, MessageId, UserId, WebhookId};

pub use guilds::{Channel, Guild, Member, Role, User};
pub use interactions::{Interaction, Stage};
pub(super) use messages::Draft;
pub use messages::{File, Message};
pub use reactions::{Emoji, Reaction};
pub(super) use shown::empty;
pub use webhooks::Webhook;

/// Everything that exists, and who listens.
#[derive(Debug)]
pub struct World {
    pub(super) options: Options,
    pub(super) address: String,
    pub(super) snowflakes: Snowflakes,
    pub(super) bot: UserId,
    pub(super) guilds: BTreeMap<GuildId, Guild>,
    pub(super) channels: BTreeMap<ChannelId, Channel>,
    pub(super) users: BTreeMap<UserId, User>,
    pub(super) webhooks: BTreeMap<WebhookId, Webhook>,
    pub(super) commands: BTreeMap<Option<GuildId>, Vec<Value>>,
    pub(super) grants: Vec<Grant>,
    pub(super) interactions: BTreeMap<i64, Interaction>,
    pub(super) connections: Connections,
    pub(super) log: Log,
    pub(super) rate_limits: RateLimits,
    pub(super) faults: Faults,
}

/// A line in Server Settings > Integrations.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) guild: GuildId,
    pub(super) command: String,
    pub(super) whom: Whom,
    pub(super) allowed: bool,
}

impl World {
    /// A Discord with nothing in it but the bot.
    pub(super) fn new(options: Options, address: String) -> Self {
        let mut snowflakes = Snowflakes::new(TimeDelta::seconds(options.clock_ahead_seconds));
        let bot = UserId(snowflakes.next());
        let user = User { id: bot, name: options.bot_name.clone(), bot: true };
        Self {
            options,
            address,
            snowflakes,
            bot,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            users: BTreeMap::from([(bot, user)]),
            webhooks: BTreeMap::new(),
            commands: BTreeMap::new(),
            grants: Vec::new(),
            interactions: BTreeMap::new(),
            connections: Connections::default(),
            log: Log::default(),
            rate_limits: RateLimits::default(),
            faults: Faults::default(),
        }
    }

    /// The id of the bot, which is its application's too.
    pub fn bot(&self) -> UserId {
        self.bot
    }

    /// The messages of a channel as anyone there sees them, oldest first.
    pub fn messages(&self, channel: ChannelId) -> impl Iterator<Item = &Message> {
        let messages = self.channels.get(&channel).map(|channel| channel.messages.values());
        messages.into_iter().flatten().filter(|message| message.only_for.is_none())
    }

    /// All channels.
    pub fn all_channels(&self) -> impl Iterator<Item = ChannelId> {
        self.channels.keys().copied()
    }

    /// One message, wherever it stands.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.channels.values().find_map(|channel| channel.messages.get(&id))
    }

    pub(super) fn message_mut(&mut self, id: MessageId) -> Option<&mut Message> {
        self.channels.values_mut().find_map(|channel| channel.messages.get_mut(&id))
    }

    /// The reactions of a message: each emoji with whom it is from, in the order of their coming.
    pub fn reactions(&self, message: MessageId) -> Vec<(String, Vec<UserId>)> {
        let reactions = self.message(message).map(|message| message.reactions.as_slice());
        let reactions = reactions.unwrap_or_default().iter();
        reactions.map(|reaction| (reaction.emoji.to_string(), reaction.users())).collect()
    }

    /// The commands that are registered, of a guild or (`None`) everywhere.
    pub fn commands(&self, guild: Option<GuildId>) -> &[Value] {
        self.commands.get(&guild).map_or(&[], Vec::as_slice)
    }

    /// How many bots are connected and have identified or resumed.
    pub fn connected(&self) -> usize {
        self.connections.live()
    }

    /// How many connections were ever made, also by those that were turned away.
    pub fn connections_made(&self) -> u64 {
        self.connections.made()
    }

    /// The application, as `GET /oauth2/applications/@me` answers.
    pub(super) fn application(&self) -> Value {
        let owner = json!({"id": "1", "username": "developer", "discriminator": "0",
            "global_name": "Developer", "avatar": null});
        json!({"id": self.bot.to_string(), "name": self.options.bot_name, "description": "",
            "icon": null, "bot_public": false, "bot_require_code_grant": false,
            "verify_key": "0".repeat(64), "flags": self.options.application_flags(),
            "owner": owner, "team": null, "summary": "", "bot": self.user_json(self.bot)})
    }

    /// A user as Discord shows it; a deleted one when it is not known.
    pub(super) fn user_json(&self, id: UserId) -> Value {
        let Some(user) = self.users.get(&id) else {
            return json!({"id": id.to_string(), "username": "deleted_user", "avatar": null,
                "discriminator": "0", "global_name": null});
        };
        let account: String = (user.name.to_lowercase().chars())
            .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
            .collect();
        let shown = if user.bot { Value::Null } else { json!(user.name) };
        let account = if user.bot { user.name.clone() } else { account };
        let mut json = json!({"id": id.to_string(), "username": account, "avatar": null,
            "discriminator": if user.bot { "0001" } else { "0" }, "global_name": shown,
            "public_flags": 0});
        if user.bot {
            put(&mut json, "bot", true);
        }
        json
    }
}
