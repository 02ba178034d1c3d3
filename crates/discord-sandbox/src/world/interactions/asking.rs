//! A person's click becomes an interaction, of which the bot is told.

use std::time::Instant;

use discord_ids::{ChannelId, MessageId, UserId};
use serde_json::Value;

use crate::dispatch::Event;
use crate::model::{Interaction, Stage};
use crate::snowflake::secret;
use crate::world::state::World;

/// A click on its way.
pub(crate) struct Click {
    pub(crate) kind: u64,
    pub(crate) user: UserId,
    pub(crate) channel: ChannelId,
    pub(crate) name: String,
    pub(crate) message: Option<MessageId>,
    pub(crate) data: Value,
}

impl World {
    /// Makes the interaction and tells the bot of it.
    pub(crate) fn invoke(&mut self, click: &Click) -> i64 {
        let id = self.snowflakes.next();
        let guild = self.channels.get(&click.channel).and_then(|channel| channel.guild);
        let mut interaction = Interaction {
            id,
            token: secret(4),
            kind: click.kind,
            user: click.user,
            channel: click.channel,
            guild,
            name: click.name.clone(),
            message: click.message,
            began: Instant::now(),
            expired: false,
            acknowledged: None,
            finished: None,
            stage: Stage::Waiting,
            original: None,
            follow_ups: Vec::new(),
            body: Value::Null,
        };
        interaction.body = self.interaction_json(&interaction, &click.data);
        let event = Event::new("INTERACTION_CREATE", 0, &interaction.body);
        self.interactions.insert(id, interaction);
        self.emit(event);
        id
    }
}
