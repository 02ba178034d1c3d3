//! How a channel and a reply look, as text for a terminal.

use discord_ids::{ChannelId, MessageId, created_at};
use serde_json::Value;

use super::card::{CARD_WIDTH_MAX, card, framed};
use super::lines::{width, wrapped};
use super::plain::plain;
use crate::json::{is_set, list, text};
use crate::model::{File, Message};
use crate::options::COLUMNS_MIN;
use crate::people::Reply;
use crate::sandbox::Sandbox;
use crate::world::World;

/// The `type` of a button, and of what stands in messages of the second version of components.
const BUTTON: u64 = 2;
const SECTION: u64 = 9;
const TEXT: u64 = 10;
const SEPARATOR: u64 = 14;
const CONTAINER: u64 = 17;

impl Sandbox {
    /// From now on texts for a terminal are so wide, in columns.
    pub fn set_columns(&self, columns: usize) {
        self.discord.with(|world| world.options.columns = columns.max(COLUMNS_MIN));
    }

    /// A channel's messages with their embeds and reactions, oldest first.
    pub fn render_channel(&self, channel: ChannelId) -> String {
        self.look(|world| {
            let messages = world.messages(channel).map(|message| render_message(world, message));
            messages.collect::<Vec<_>>().join("\n")
        })
    }

    /// One message with its embeds and reactions; empty when there is none.
    pub fn render_message(&self, id: MessageId) -> String {
        self.look(|world| world.message(id).map(|message| render_message(world, message)))
            .unwrap_or_default()
    }

    /// A reply with its embeds, buttons, files and follow-ups.
    pub fn render_reply(&self, reply: &Reply, bot_name: &str) -> String {
        self.look(|world| render_reply(world, reply, bot_name))
    }
}

fn render_reply(world: &World, reply: &Reply, bot_name: &str) -> String {
    let mut shown = vec![format!("{bot_name}  APP")];
    shown.extend(body(world, &reply.content, &reply.embeds, &reply.components, &reply.files));
    if let Some(modal) = &reply.modal {
        shown.push(format!("  ┌ {}", text(modal, "title")));
        let rows = list(modal, "components").iter();
        let inputs = rows.flat_map(|row| list(row, "components"));
        shown.extend(inputs.map(|input| format!("  │ {}: ______", text(input, "label"))));
        shown.push("  └ [ Cancel ]  [ Submit ]".to_owned());
    }
    if reply.ephemeral {
        shown.push("  Only you can see this".to_owned());
    }
    for follow_up in &reply.follow_ups {
        shown.push(render_reply(world, follow_up, bot_name).trim_end().to_owned());
    }
    shown.join("\n") + "\n"
}

fn render_message(world: &World, message: &Message) -> String {
    let value = message.value();
    let author = value.get("author").unwrap_or(&Value::Null);
    let name = Some(text(author, "global_name")).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| text(author, "username"));
    let tag = if is_set(author, "bot") { "  APP" } else { "" };
    let time = created_at(message.id.0).format("%H:%M");
    let edited = if text(&value, "edited_timestamp").is_empty() { "" } else { "  (edited)" };
    let mut shown = vec![format!("{name}{tag}  {time}{edited}")];
    let (embeds, components) = (list(&value, "embeds"), list(&value, "components"));
    shown.extend(body(world, text(&value, "content"), embeds, components, &message.files));
    for snapshot in list(&value, "message_snapshots") {
        let copy = snapshot.get("message").unwrap_or(&Value::Null);
        shown.push("  ↱ Forwarded".to_owned());
        shown.extend(body(world, text(copy, "content"), list(copy, "embeds"), &[], &[]));
    }
    let reactions = world.reactions(message.id);
    if !reactions.is_empty() {
        let counted = reactions.iter().map(|(emoji, users)| format!("{emoji} {}", users.len()));
        shown.push(format!("  {}", counted.collect::<Vec<_>>().join("   ")));
    }
    if message.only_for.is_some() {
        shown.push("  Only you can see this".to_owned());
    }
    shown.join("\n") + "\n"
}

/// Everything between the name and the reactions.
fn body(
    world: &World,
    content: &str,
    embeds: &[Value],
    components: &[Value],
    files: &[File],
) -> Vec<String> {
    let inner = world.options.columns - 2;
    let mut shown = wrapped(&plain(world, content), inner);
    shown.extend(embeds.iter().flat_map(|embed| card(world, embed, inner)));
    shown.extend(components.iter().flat_map(|part| component(world, part, inner)));
    shown.extend(files.iter().map(|file| format!("📎 {} ({} bytes)", file.name, file.bytes.len())));
    shown.into_iter().map(|line| format!("  {line}")).collect()
}

/// A part of a message: a text, a box with parts in it, a row.
fn component(world: &World, part: &Value, columns: usize) -> Vec<String> {
    let inside = |columns: usize| {
        let parts = list(part, "components").iter();
        parts.flat_map(|part| component(world, part, columns)).collect::<Vec<String>>()
    };
    match part.get("type").and_then(Value::as_u64) {
        Some(SECTION) => inside(columns),
        Some(TEXT) => wrapped(&plain(world, text(part, "content")), columns),
        Some(SEPARATOR) => vec![String::new()],
        Some(CONTAINER) => framed(&inside(columns.min(CARD_WIDTH_MAX) - 4)),
        _ => row(part, columns),
    }
}

/// A row of buttons, or a menu; in several lines where it is wider than this.
fn row(row: &Value, columns: usize) -> Vec<String> {
    let parts = list(row, "components").iter().map(|part| {
        let emoji = part.get("emoji").map(|emoji| text(emoji, "name")).unwrap_or_default();
        if part.get("type").and_then(Value::as_u64) == Some(BUTTON) {
            let label = [emoji, text(part, "label")].join(" ");
            return format!("[ {} ]", label.trim());
        }
        let chosen = list(part, "options").iter().find(|o| is_set(o, "default"));
        let shown = chosen.map_or(text(part, "placeholder"), |option| text(option, "label"));
        format!("[ {shown} ▾ ]")
    });
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(&part) <= columns => line.extend(["  ", &part]),
            _ => lines.push(part),
        }
    }
    lines
}
