//! Everything that exists.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use discord_ids::{ChannelId, GuildId, MessageId, UserId, WebhookId};
use serde_json::Value;

use crate::dispatch::Connections;
use crate::faults::Faults;
use crate::limits::RateLimits;
use crate::log::Log;
use crate::model::{Channel, File, Grant, Guild, Interaction, Message, User, Webhook};
use crate::options::Options;
use crate::snowflake::{Snowflakes, secret};

/// Everything that exists, and who listens.
#[derive(Debug)]
pub struct World {
    pub(crate) options: Options,
    pub(crate) address: String,
    /// What the address of a file ends with: without it the file is not given out.
    pub(crate) file_key: String,
    pub(crate) snowflakes: Snowflakes,
    pub(crate) bot: UserId,
    pub(crate) guilds: BTreeMap<GuildId, Guild>,
    pub(crate) channels: BTreeMap<ChannelId, Channel>,
    pub(crate) users: BTreeMap<UserId, User>,
    pub(crate) webhooks: BTreeMap<WebhookId, Webhook>,
    pub(crate) commands: BTreeMap<Option<GuildId>, Vec<Value>>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) interactions: BTreeMap<i64, Interaction>,
    /// Files for options of commands, by their ids.
    pub(crate) uploads: BTreeMap<i64, File>,
    pub(crate) connections: Connections,
    pub(crate) log: Log,
    pub(crate) rate_limits: RateLimits,
    pub(crate) faults: Faults,
    /// Channels with messages of which a test has made up every part: Discord might never show such.
    pub(crate) made_up: BTreeSet<ChannelId>,
}

impl World {
    /// A Discord with nothing in it but the bot.
    pub(crate) fn new(options: Options, address: String) -> Self {
        let mut snowflakes = Snowflakes::new(TimeDelta::seconds(options.clock_ahead_seconds));
        let bot = UserId(snowflakes.next());
        let user = User { id: bot, name: options.bot_name.clone(), bot: true };
        Self {
            options,
            address,
            file_key: secret(2),
            snowflakes,
            bot,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            users: BTreeMap::from([(bot, user)]),
            webhooks: BTreeMap::new(),
            commands: BTreeMap::new(),
            grants: Vec::new(),
            interactions: BTreeMap::new(),
            uploads: BTreeMap::new(),
            connections: Connections::default(),
            log: Log::default(),
            rate_limits: RateLimits::default(),
            faults: Faults::default(),
            made_up: BTreeSet::new(),
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

    /// A server, if there is one with this id.
    pub fn guild(&self, id: GuildId) -> Option<&Guild> {
        self.guilds.get(&id)
    }

    /// A channel, if there is one with this id.
    pub fn channel(&self, id: ChannelId) -> Option<&Channel> {
        self.channels.get(&id)
    }

    /// All channels.
    pub fn all_channels(&self) -> impl Iterator<Item = ChannelId> {
        self.channels.keys().copied()
    }

    /// One message, wherever it stands.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.channels.values().find_map(|channel| channel.messages.get(&id))
    }

    pub(crate) fn message_mut(&mut self, id: MessageId) -> Option<&mut Message> {
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

    /// The guild of a channel, when both exist.
    pub(crate) fn guild_of(&self, channel: ChannelId) -> Option<&Guild> {
        self.guilds.get(&self.channels.get(&channel)?.guild?)
    }
}
