//! The keys of Discord's JSON and of exports that reading needs; all others are passed over.

use serde::Deserialize;

use super::json::{MAX_EMBEDS, MAX_FIELDS};
use super::lenient::{List, Part, Scalar};

/// A message as Discord or an export writes it.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawMessage<'a> {
    pub(super) id: Scalar<'a>,
    pub(super) channel_id: Scalar<'a>,
    pub(super) guild_id: Scalar<'a>,
    pub(super) webhook_id: Scalar<'a>,
    pub(super) author: Part<RawAuthor<'a>>,
    pub(super) content: Scalar<'a>,
    pub(super) embeds: List<Part<RawEmbed<'a>>, MAX_EMBEDS>,
    pub(super) timestamp: Scalar<'a>,
    pub(super) edited_timestamp: Scalar<'a>,
    #[serde(rename = "timestampEdited")]
    pub(super) exported_edit: Scalar<'a>,
    #[serde(rename = "type")]
    pub(super) kind: Scalar<'a>,
    pub(super) flags: Scalar<'a>,
    pub(super) interaction: Part<Present>,
    pub(super) interaction_metadata: Part<Present>,
    pub(super) message_reference: Part<RawReference<'a>>,
    pub(super) message_snapshots: List<Part<RawSnapshot<'a>>, 1>,
    pub(super) attachments: List<Part<Present>, 1>,
    pub(super) components: List<Part<Present>, 1>,
    pub(super) sticker_items: List<Part<Present>, 1>,
    pub(super) poll: Part<Present>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawAuthor<'a> {
    pub(super) id: Scalar<'a>,
    pub(super) username: Scalar<'a>,
    pub(super) name: Scalar<'a>,
    pub(super) bot: Scalar<'a>,
    #[serde(rename = "isBot")]
    pub(super) exported_bot: Scalar<'a>,
    pub(super) discriminator: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawReference<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawSnapshot<'a> {
    pub(super) message: Part<RawText<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawText<'a> {
    pub(super) content: Scalar<'a>,
    pub(super) embeds: List<Part<RawEmbed<'a>>, MAX_EMBEDS>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawEmbed<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Scalar<'a>,
    pub(super) author: Part<RawPiece<'a>>,
    pub(super) title: Scalar<'a>,
    pub(super) url: Scalar<'a>,
    pub(super) description: Scalar<'a>,
    pub(super) fields: List<Part<RawField<'a>>, MAX_FIELDS>,
    pub(super) footer: Part<RawPiece<'a>>,
    pub(super) color: Scalar<'a>,
    pub(super) thumbnail: Part<RawPiece<'a>>,
    pub(super) image: Part<RawPiece<'a>>,
    pub(super) timestamp: Scalar<'a>,
}

/// An author, a footer or a picture of an embed.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawPiece<'a> {
    pub(super) name: Scalar<'a>,
    pub(super) text: Scalar<'a>,
    pub(super) url: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct RawField<'a> {
    pub(super) name: Scalar<'a>,
    pub(super) value: Scalar<'a>,
}

/// An object that counts only because it stands there: every key of it is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Present {}
