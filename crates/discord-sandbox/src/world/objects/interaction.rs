//! An interaction, as the bot is told of it and as its answer tells whose it is.

use serde_json::{Map, Value, json};

use crate::json::put;
use crate::model::{Interaction, Stage, interaction::kind};
use crate::world::state::World;

/// The flag of a message that only one person sees.
pub(crate) const EPHEMERAL: u64 = 1 << 6;

impl World {
    pub(crate) fn interaction_json(&self, interaction: &Interaction, data: &Value) -> Value {
        let (channel, user) = (interaction.channel, interaction.user);
        let guild = interaction.guild.and_then(|guild| self.guilds.get(&guild));
        let owner = interaction.guild.unwrap_or_default().to_string();
        let permissions = self.permissions(channel, user).to_string();
        let place = self.channels.get(&channel);
        let mut place = place.map(|channel| self.channel_json(channel)).unwrap_or_default();
        put(&mut place, "permissions", permissions.as_str());
        let mut json = json!({"id": interaction.id.to_string(), "token": interaction.token,
            "application_id": self.bot.to_string(), "type": interaction.kind, "version": 1,
            "channel_id": channel.to_string(), "channel": place, "locale": "en-US",
            "app_permissions": self.permissions(channel, self.bot).to_string(),
            "entitlements": [], "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": owner},
            "context": u8::from(guild.is_none()), "attachment_size_limit": self.options.file_bytes_max,
            "data": data});
        if let Some(message) = interaction.message.and_then(|message| self.message(message)) {
            put(&mut json, "message", self.message_for_people(message));
        }
        let Some(guild) = guild else {
            put(&mut json, "user", self.user_json(user));
            return json;
        };
        put(&mut json, "guild_id", guild.id.to_string());
        put(&mut json, "guild_locale", "en-US");
        put(
            &mut json,
            "guild",
            json!({"id": guild.id.to_string(), "locale": "en-US", "features": []}),
        );
        let member = guild.members.get(&user);
        let mut member = member.map(|member| self.member_json(member)).unwrap_or_default();
        put(&mut member, "permissions", permissions);
        put(&mut json, "member", member);
        json
    }

    /// What a bot is given for its first answer, if it asks for that (`with_response`): what has become of it, and
    /// the message that it made or changed.
    pub(crate) fn callback_json(&self, id: i64) -> Value {
        let Some(interaction) = self.interactions.get(&id) else { return Value::Null };
        let thinks = matches!(interaction.stage, Stage::Thinking { .. });
        let (shown, made_by) = match interaction.stage {
            Stage::Answered => (interaction.original, Some(4)),
            Stage::Updated => (interaction.message, Some(7)),
            Stage::Updating => (interaction.message, None),
            _ => (None, None),
        };
        let message = shown.and_then(|message| self.message(message));
        let ephemeral = interaction.stage == Stage::Thinking { ephemeral: true }
            || message.is_some_and(|message| message.only_for.is_some());
        let mut told = json!({"id": id.to_string(), "type": interaction.kind,
            "channel_id": interaction.channel.to_string(), "response_message_loading": thinks,
            "response_message_ephemeral": ephemeral});
        if let Some(guild) = interaction.guild {
            put(&mut told, "guild_id", guild.to_string());
        }
        let mut json = json!({});
        if let Some(message) = message {
            put(&mut told, "response_message_id", message.id.to_string());
            if let Some(kind) = made_by {
                let shown = self.message_for_bot(message);
                put(&mut json, "resource", json!({"type": kind, "message": shown}));
            }
        }
        put(&mut json, "interaction", told);
        json
    }

    /// What tells that a message answers an interaction, and whose.
    pub(crate) fn provenance(
        &self,
        interaction: &Interaction,
        ephemeral: bool,
    ) -> Map<String, Value> {
        let user = self.user_json(interaction.user);
        let owners = json!({"0": interaction.guild.unwrap_or_default().to_string()});
        let mut metadata = json!({"id": interaction.id.to_string(), "type": interaction.kind,
            "user": &user, "authorizing_integration_owners": owners, "name": interaction.name});
        if let Some(message) = interaction.message {
            put(&mut metadata, "interacted_message_id", message.to_string());
        }
        if interaction.kind == kind::MODAL {
            let mut trigger = metadata.clone();
            let through =
                if interaction.message.is_some() { kind::COMPONENT } else { kind::COMMAND };
            put(&mut trigger, "type", through);
            put(&mut metadata, "triggering_interaction_metadata", trigger);
        }
        let mut extra = Map::new();
        let bot = json!(self.bot.to_string());
        extra.insert("application_id".to_owned(), bot.clone());
        extra.insert("webhook_id".to_owned(), bot);
        extra.insert("flags".to_owned(), json!(if ephemeral { EPHEMERAL } else { 0 }));
        if interaction.kind == kind::COMMAND {
            extra.insert("type".to_owned(), json!(20));
            let short = json!({"id": interaction.id.to_string(), "type": interaction.kind,
                "name": interaction.name, "user": user});
            extra.insert("interaction".to_owned(), short);
        }
        extra.insert("interaction_metadata".to_owned(), metadata);
        extra
    }
}
