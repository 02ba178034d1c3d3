//! The keys of Discord's JSON and of exports that reading needs; all others are passed over.

use serde::Deserialize;

use super::json::{MAX_EMBEDS, MAX_FIELDS};
use super::lenient::{List, Part, Scalar};

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
    pub(crate) attachments: List<Part<Present>, 1>,
    pub(crate) components: List<Part<Present>, 1>,
    pub(crate) sticker_items: List<Part<Present>, 1>,
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
