//! The keys of Discord's JSON and of exports that reading needs; all others are passed over.

use serde::Deserialize;

use super::lenient::{List, Part, Scalar};
use super::limits::{MAX_COMPONENTS, MAX_EMBEDS, MAX_FIELDS};

/// Attachments that are looked at; Discord allows ten.
const MAX_FILES: usize = 10;

/// A message as Discord or an export writes it.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawMessage<'a> {
    pub(crate) id: Scalar<'a>,
    pub(crate) channel_id: Scalar<'a>,
    pub(crate) guild_id: Scalar<'a>,
    pub(crate) webhook_id: Scalar<'a>,
    pub(crate) author: Part<RawAuthor<'a>>,
    pub(crate) content: Scalar<'a>,
    pub(crate) embeds: List<Part<RawEmbed<'a>>, MAX_EMBEDS>,
    pub(crate) timestamp: Scalar<'a>,
    pub(crate) edited_timestamp: Scalar<'a>,
    #[serde(rename = "timestampEdited")]
    pub(crate) exported_edit: Scalar<'a>,
    #[serde(rename = "type")]
    pub(crate) kind: Scalar<'a>,
    pub(crate) flags: Scalar<'a>,
    pub(crate) interaction: Part<Present>,
    pub(crate) interaction_metadata: Part<Present>,
    pub(crate) message_reference: Part<RawReference<'a>>,
    pub(crate) message_snapshots: List<Part<RawSnapshot<'a>>, 1>,
    /// `message_reference` as DiscordChatExporter writes it.
    pub(crate) reference: Part<RawReference<'a>>,
    #[serde(rename = "forwardedMessage")]
    pub(crate) exported_forward: Part<RawText<'a>>,
    pub(crate) attachments: List<Part<RawAttachment<'a>>, MAX_FILES>,
    pub(crate) components: List<Part<RawComponent<'a>>, MAX_COMPONENTS>,
    pub(crate) sticker_items: List<Part<Present>, 1>,
    pub(crate) stickers: List<Part<Present>, 1>,
    pub(crate) poll: Part<Present>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawAuthor<'a> {
    pub(crate) id: Scalar<'a>,
    pub(crate) username: Scalar<'a>,
    pub(crate) name: Scalar<'a>,
    pub(crate) bot: Scalar<'a>,
    #[serde(rename = "isBot")]
    pub(crate) exported_bot: Scalar<'a>,
    pub(crate) discriminator: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawReference<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawSnapshot<'a> {
    pub(crate) message: Part<RawText<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawText<'a> {
    pub(crate) content: Scalar<'a>,
    pub(crate) embeds: List<Part<RawEmbed<'a>>, MAX_EMBEDS>,
    pub(crate) attachments: List<Part<RawAttachment<'a>>, MAX_FILES>,
    pub(crate) components: List<Part<RawComponent<'a>>, MAX_COMPONENTS>,
    pub(crate) sticker_items: List<Part<Present>, 1>,
    pub(crate) stickers: List<Part<Present>, 1>,
    pub(crate) poll: Part<Present>,
}

/// Any component: each kind has some of these keys.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawComponent<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: Scalar<'a>,
    pub(crate) content: Scalar<'a>,
    pub(crate) accent_color: Scalar<'a>,
    pub(crate) components: List<Part<RawComponent<'a>>, MAX_COMPONENTS>,
    pub(crate) accessory: Part<RawAccessory<'a>>,
    pub(crate) media: Part<RawPiece<'a>>,
    pub(crate) items: List<Part<RawAccessory<'a>>, MAX_COMPONENTS>,
    pub(crate) label: Scalar<'a>,
    pub(crate) url: Scalar<'a>,
}

/// The thumbnail or the button of a section, or a picture of a gallery.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawAccessory<'a> {
    pub(crate) media: Part<RawPiece<'a>>,
    pub(crate) label: Scalar<'a>,
    pub(crate) url: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawAttachment<'a> {
    pub(crate) filename: Scalar<'a>,
    #[serde(rename = "fileName")]
    pub(crate) exported_name: Scalar<'a>,
    pub(crate) name: Scalar<'a>,
    pub(crate) url: Scalar<'a>,
    pub(crate) size: Scalar<'a>,
    #[serde(rename = "fileSizeBytes")]
    pub(crate) exported_size: Scalar<'a>,
    pub(crate) content_type: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawEmbed<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: Scalar<'a>,
    pub(crate) author: Part<RawPiece<'a>>,
    pub(crate) title: Scalar<'a>,
    pub(crate) url: Scalar<'a>,
    pub(crate) description: Scalar<'a>,
    pub(crate) fields: List<Part<RawField<'a>>, MAX_FIELDS>,
    pub(crate) footer: Part<RawPiece<'a>>,
    pub(crate) color: Scalar<'a>,
    pub(crate) thumbnail: Part<RawPiece<'a>>,
    pub(crate) image: Part<RawPiece<'a>>,
    pub(crate) timestamp: Scalar<'a>,
}

/// An author, a footer or a picture of an embed.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawPiece<'a> {
    pub(crate) name: Scalar<'a>,
    pub(crate) text: Scalar<'a>,
    pub(crate) url: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct RawField<'a> {
    pub(crate) name: Scalar<'a>,
    pub(crate) value: Scalar<'a>,
}

/// An object that counts only because it stands there: every key of it is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Present {}
