//! A webhook.

use serde_json::{Value, json};

use crate::model::Webhook;
use crate::world::state::World;

impl World {
    /// A webhook as Discord writes it; its secret only for whom it belongs to.
    pub(crate) fn webhook_json(&self, webhook: &Webhook) -> Value {
        let guild = self.guild_of(webhook.channel).map(|guild| guild.id.to_string());
        let application = webhook.own.then(|| self.bot.to_string());
        json!({"id": webhook.id.to_string(), "type": 1, "name": webhook.name, "avatar": null,
            "channel_id": webhook.channel.to_string(), "guild_id": guild,
            "application_id": application, "token": webhook.token, "url": webhook.url})
    }
}
