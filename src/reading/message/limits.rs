//! How much of a message is read, and single values within these limits.

use super::lenient::Scalar;

/// Text beyond this is cut; Discord allows 4,000 characters of content and 4,096 of a description.
pub const MAX_TEXT_BYTES: usize = 16_384;
/// Embeds beyond these are dropped; Discord allows ten.
pub const MAX_EMBEDS: usize = 25;
/// Fields beyond these are dropped; Discord allows 25 in an embed.
pub const MAX_FIELDS: usize = 100;
/// Components beyond these are dropped; Discord allows 40 in a message.
pub const MAX_COMPONENTS: usize = 100;
/// Text files of one message that are read.
pub const MAX_ATTACHMENTS: usize = 3;

/// A number, or `#80FF80` as in exports.
pub(super) fn colour(color: &Scalar<'_>) -> Option<u32> {
    let number = match color.number() {
        Some(number) => u32::try_from(number).ok()?,
        None => u32::from_str_radix(color.text().strip_prefix('#')?, 16).ok()?,
    };
    (number <= 0xFF_FFFF).then_some(number)
}

/// A text, cut at a character's boundary; a number or a truth value as its text.
pub(super) fn string(scalar: Scalar<'_>) -> String {
    let mut text = scalar.into_text();
    if text.len() > MAX_TEXT_BYTES {
        text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
    }
    text
}
