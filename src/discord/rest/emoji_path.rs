//! An emoji in the two forms in which it is written: as people write it, and in Discord's paths.

use serenity::all::ReactionType;

/// The form in which `[reactions]` and the ledger know an emoji: itself, or `<:name:id>`.
pub(crate) fn name(emoji: &ReactionType) -> String {
    emoji.to_string()
}

/// An emoji as Discord's paths name it.
pub(crate) fn in_path(emoji: &str) -> String {
    ReactionType::try_from(emoji).map_or_else(|_| emoji.to_owned(), |emoji| emoji.as_data())
}
