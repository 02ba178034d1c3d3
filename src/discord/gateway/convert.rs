//! From serenity's types to ours: the one place where a gateway message becomes plain data.

use serenity::all as discord;

use crate::reading::Message;
use crate::reading::message::{
    Attachment, Author, Embed, Field, Link, MAX_ATTACHMENTS, Origin, Panel,
};

/// A message as the gateway's `MESSAGE_CREATE` carries it.
pub(crate) fn message(message: discord::Message) -> Message {
    let forwarded = message.message_snapshots.into_iter().next();
    let origin = origin(
        forwarded.is_some(),
        message.flags,
        message.interaction_metadata.is_some(),
        message.kind,
    );
    let (content, embeds, rows, files, stickers) = match forwarded {
        Some(copy) => {
            (copy.content, copy.embeds, copy.components, copy.attachments, copy.sticker_items)
        }
        None => (
            message.content,
            message.embeds,
            message.components,
            message.attachments,
            message.sticker_items,
        ),
    };
    let has_other_parts =
        !files.is_empty() || !rows.is_empty() || !stickers.is_empty() || message.poll.is_some();
    Message {
        id: Some(message.id.into()),
        channel_id: Some(message.channel_id.into()),
        guild_id: message.guild_id.map(Into::into),
        webhook_id: message.webhook_id.map(Into::into),
        author: author(message.author),
        content,
        embeds: embeds.into_iter().map(embed).collect(),
        panels: panels(rows),
        attachments: attachments(files),
        earlier: Vec::new(),
        hides_embeds: suppresses_embeds(message.flags),
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
    let rows = event.components.unwrap_or_default();
    let files = event.attachments.unwrap_or_default();
    let has_other_parts = !files.is_empty()
        || !rows.is_empty()
        || event.sticker_items.is_some_and(|parts| !parts.is_empty());
    Some(Message {
        id: Some(event.id.into()),
        channel_id: Some(event.channel_id.into()),
        guild_id: event.guild_id.map(Into::into),
        webhook_id: event.webhook_id.flatten().map(Into::into),
        author: author(event.author?),
        content: event.content?,
        embeds: event.embeds?.into_iter().map(embed).collect(),
        panels: panels(rows),
        attachments: attachments(files),
        hides_embeds: suppresses_embeds(event.flags.flatten()),
        posted_at: Some(event.timestamp?.to_utc()),
        edited_at: event.edited_timestamp.map(|time| time.to_utc()),
        origin,
        has_other_parts,
        earlier: Vec::new(),
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

/// The buttons with links. Of Components V2, serenity gives none: such a message looks empty.
fn panels(rows: Vec<discord::ActionRow>) -> Vec<Panel> {
    let components = rows.into_iter().flat_map(|row| row.components);
    let links = components.filter_map(|component| match component {
        discord::ActionRowComponent::Button(discord::Button {
            data: discord::ButtonKind::Link { url },
            label,
            ..
        }) => Some(Link { label: label.unwrap_or_default(), url }),
        _ => None,
    });
    let links: Vec<Link> = links.collect();
    if links.is_empty() { Vec::new() } else { vec![Panel { links, ..Panel::default() }] }
}

fn attachments(files: Vec<discord::Attachment>) -> Vec<Attachment> {
    let texts = files.into_iter().filter_map(|file| {
        let kind = file.content_type.unwrap_or_default();
        Attachment::of(file.filename, file.url, file.size.into(), &kind)
    });
    texts.take(MAX_ATTACHMENTS).collect()
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
