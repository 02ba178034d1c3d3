//! What a person sees after asking the bot for something.

use std::time::Duration;

use discord_ids::MessageId;
use serde_json::{Value, json};

use crate::model::{File, Interaction, Message, Stage};
use crate::world::World;

/// What the bot showed.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The message that the bot answered with, or the one that it changed; `None` for a form.
    pub message: Option<MessageId>,
    /// The text outside of embeds.
    pub content: String,
    /// Its embeds, as JSON.
    pub embeds: Vec<Value>,
    /// Its rows of buttons and menus, as JSON.
    pub components: Vec<Value>,
    /// Whether only the person who asked sees it.
    pub ephemeral: bool,
    /// The files that came with it.
    pub files: Vec<File>,
    /// The form that the bot opened, as JSON.
    pub modal: Option<Value>,
    /// Whether the bot changed the message with the button instead of posting one.
    pub updated: bool,
    /// From the click to the bot's first sign.
    pub acknowledged_after: Duration,
    /// From the click to the last change of the answer.
    pub elapsed: Duration,
    /// The messages that the bot added to its answer, oldest first.
    pub follow_ups: Vec<Reply>,
    /// The id of the interaction that it answers.
    pub interaction: i64,
}

/// One choice of an autocomplete.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What the person sees.
    pub name: String,
    /// What the bot gets.
    pub value: Value,
}

impl Reply {
    /// All texts of the reply, its embeds and its follow-ups in lines, for tests that look for a word.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.clone()];
        for embed in &self.embeds {
            let part = |path: &str| {
                embed.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            lines.extend(["/author/name", "/title", "/description"].map(part));
            let fields = embed.get("fields").and_then(Value::as_array);
            lines.extend(fields.into_iter().flatten().map(|field| {
                let text = |name: &str| field.get(name).and_then(Value::as_str).unwrap_or_default();
                format!("{}: {}", text("name"), text("value"))
            }));
            lines.push(part("/footer/text"));
        }
        lines.extend(self.follow_ups.iter().map(Self::text));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The buttons and menus of the reply, without their rows.
    pub fn parts(&self) -> impl Iterator<Item = &Value> {
        let rows = self.components.iter();
        rows.filter_map(|row| row.get("components").and_then(Value::as_array)).flatten()
    }

    /// The `custom_id` of the button with this label, or of the menu with this placeholder.
    pub fn custom_id(&self, label: &str) -> Option<String> {
        let named = |part: &&Value| {
            ["label", "placeholder"].iter().any(|name| part.get(name) == Some(&json!(label)))
        };
        let id = self.parts().find(named)?.get("custom_id")?;
        id.as_str().map(str::to_owned)
    }

    /// What a message looks like.
    pub(super) fn of_message(message: &Message) -> Self {
        let value = message.value();
        let list =
            |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        Self {
            message: Some(message.id),
            content: message.content(),
            embeds: list("embeds"),
            components: list("components"),
            ephemeral: message.only_for.is_some(),
            files: message.files.clone(),
            ..Self::default()
        }
    }

    /// What an interaction led to.
    pub(super) fn of_interaction(world: &World, interaction: &Interaction) -> Self {
        let updated = matches!(interaction.stage, Stage::Updated | Stage::Updating);
        let shown = if updated { interaction.message } else { interaction.original };
        let shown = shown.and_then(|id| world.message(id));
        let modal = match &interaction.stage {
            Stage::Modal(modal) => Some(modal.clone()),
            _ => None,
        };
        let since = |moment: Option<std::time::Instant>| {
            moment.map(|moment| moment.duration_since(interaction.began)).unwrap_or_default()
        };
        let follow_ups = interaction.follow_ups.iter().filter_map(|id| world.message(*id));
        Self {
            interaction: interaction.id,
            modal,
            updated,
            acknowledged_after: since(interaction.acknowledged),
            elapsed: since(interaction.finished),
            follow_ups: follow_ups.map(Self::of_message).collect(),
            ..shown.map(Self::of_message).unwrap_or_default()
        }
    }
}
