//! From serenity's types to ours: the one place where a gateway message becomes plain data.

use serenity::all as discord;

use crate::reading::Message;
use crate::reading::message::{Author, Embed, Field, Origin};

/// A message as the gateway's `MESSAGE_CREATE` carries it.
pub(crate) fn message(message: discord::Message) -> Message {
    let forwarded = message.message_snapshots.into_iter().next();
    let origin = origin(
        forwarded.is_some(),
        message.flags,
        message.interaction_metadata.is_some(),
        message.kind,
    );
    let has_other_parts = !message.attachments.is_empty()
        || !message.components.is_empty()
        || !message.sticker_items.is_empty()
        || message.poll.is_some()
        || suppresses_embeds(message.flags);
    let (content, embeds) = match forwarded {
        Some(snapshot) => (snapshot.content, snapshot.embeds),
        None => (message.content, message.embeds),
    };
    Message {
        id: Some(message.id.into()),
        channel_id: Some(message.channel_id.into()),
        guild_id: message.guild_id.map(Into::into),
        webhook_id: message.webhook_id.map(Into::into),
        author: author(message.author),
        content,
        embeds: embeds.into_iter().map(embed).collect(),
        posted_at: Some(message.timestamp.to_utc()),
        edited_at: message.edited_timestamp.map(|time| time.to_utc()),
        origin,
        has_other_parts,
    }
}

/// The message after an update. `None`: the event holds only a part of it, as when Discord adds an
/// unfurled link, so the message has to be fetched.
pub(crate) fn updated(event: discord::MessageUpdateEvent) -> Option<Message> {
    let origin = origin(
        false,
        event.flags.flatten(),
        event.interaction_metadata.flatten().is_some(),
        event.kind?,
    );
    let has_other_parts = event.attachments.is_some_and(|parts| !parts.is_empty())
        || event.components.is_some_and(|parts| !parts.is_empty())
        || event.sticker_items.is_some_and(|parts| !parts.is_empty())
        || suppresses_embeds(event.flags.flatten());
    Some(Message {
        id: Some(event.id.into()),
        channel_id: Some(event.channel_id.into()),
        guild_id: event.guild_id.map(Into::into),
        webhook_id: event.webhook_id.flatten().map(Into::into),
        author: author(event.author?),
        content: event.content?,
        embeds: event.embeds?.into_iter().map(embed).collect(),
        posted_at: Some(event.timestamp?.to_utc()),
        edited_at: event.edited_timestamp.map(|time| time.to_utc()),
        origin,
        has_other_parts,
    })
}

fn suppresses_embeds(flags: Option<discord::MessageFlags>) -> bool {
    flags.is_some_and(|flags| flags.contains(discord::MessageFlags::SUPPRESS_EMBEDS))
}

fn origin(
    forwarded: bool,
    flags: Option<discord::MessageFlags>,
    answers_command: bool,
    kind: discord::MessageType,
) -> Origin {
    use discord::MessageType::{ChatInputCommand, ContextMenuCommand};
    if forwarded {
        Origin::Forwarded
    } else if flags.is_some_and(|flags| flags.contains(discord::MessageFlags::IS_CROSSPOST)) {
        Origin::Crossposted
    } else if answers_command || matches!(kind, ChatInputCommand | ContextMenuCommand) {
        Origin::Interaction
    } else {
        Origin::Direct
    }
}

fn author(user: discord::User) -> Author {
    Author { id: Some(user.id.into()), name: user.name, bot: user.bot }
}

fn embed(embed: discord::Embed) -> Embed {
    Embed {
        kind: embed.kind.unwrap_or_default(),
        author: embed.author.map(|author| author.name).unwrap_or_default(),
        title: embed.title.unwrap_or_default(),
        url: embed.url.unwrap_or_default(),
        description: embed.description.unwrap_or_default(),
        fields: embed.fields.into_iter().map(field).collect(),
        footer: embed.footer.map(|footer| footer.text).unwrap_or_default(),
        colour: embed.colour.map(|colour| colour.0),
        thumbnail: embed.thumbnail.map(|thumbnail| thumbnail.url).unwrap_or_default(),
        image: embed.image.map(|image| image.url).unwrap_or_default(),
        timestamp: embed.timestamp.map(|time| time.to_utc()),
    }
}

fn field(field: discord::EmbedField) -> Field {
    Field { name: field.name, value: field.value }
}
