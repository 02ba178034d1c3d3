//! Which emoji stands for which status, and the two that answer what is not an order. Pure.

use std::collections::HashMap;

use super::Status;

/// Shown on a test notification: the connection works.
pub const TEST_EMOJI: &str = "🧪";
/// Shown on a checkout or an update that could not be applied.
pub const REJECTED_EMOJI: &str = "⚠️";

/// The table of `[reactions]` in the configuration. Emoji are compared without U+FE0F, which
/// clients add and drop as they like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEmoji {
    by_emoji: HashMap<String, Status>,
    by_status: HashMap<Status, String>,
}

impl StatusEmoji {
    /// The table of the example configuration.
    pub const BUILT_IN: [(&str, Status); 8] = [
        ("✅", Status::Verified),
        ("⏳", Status::Processing),
        ("📦", Status::Shipped),
        ("🏠", Status::Delivered),
        ("💰", Status::Sold),
        ("🔙", Status::Returned),
        ("💸", Status::Refunded),
        ("❌", Status::Cancelled),
    ];

    /// Takes the pairs as configured. Of several emoji for one status the first is the one that
    /// the bot shows; people may use each.
    pub fn new(pairs: impl IntoIterator<Item = (String, Status)>) -> Self {
        let mut by_emoji = HashMap::new();
        let mut by_status = HashMap::new();
        for (emoji, status) in pairs {
            by_emoji.insert(plain_emoji(&emoji), status);
            by_status.entry(status).or_insert(emoji);
        }
        Self { by_emoji, by_status }
    }

    /// The status behind an emoji that a person used.
    pub fn status(&self, emoji: &str) -> Option<Status> {
        self.by_emoji.get(&plain_emoji(emoji)).copied()
    }

    /// The emoji that the bot shows for a status, as configured.
    pub fn emoji(&self, status: Status) -> Option<&str> {
        self.by_status.get(&status).map(String::as_str)
    }
}

impl Default for StatusEmoji {
    fn default() -> Self {
        Self::new(Self::BUILT_IN.map(|(emoji, status)| (emoji.to_owned(), status)))
    }
}

/// An emoji without what clients add as they like, the variation selector U+FE0F and the skin
/// tones, and of a custom one (`<:name:id>`) only its id, since it may be renamed: the form in which
/// emoji are compared.
pub fn plain_emoji(emoji: &str) -> String {
    if let Some((_, id)) = emoji.trim_end_matches('>').rsplit_once(':') {
        return id.to_owned();
    }
    let varies = |character| matches!(character, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
    emoji.chars().filter(|&character| !varies(character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variation_selector_makes_no_other_emoji() {
        let table = StatusEmoji::new([("✔\u{FE0F}".to_owned(), Status::Verified)]);
        assert_eq!(table.status("✔"), Some(Status::Verified));
        assert_eq!(table.emoji(Status::Verified), Some("✔\u{FE0F}"));
        assert_eq!(table.status("📦"), None);
    }

    #[test]
    fn skin_tones_and_names_of_custom_emoji_do_not_count() {
        assert_eq!(plain_emoji("👍🏽"), "👍");
        assert_eq!(plain_emoji("<:parcel:77>"), plain_emoji("<a:renamed:77>"));
    }

    #[test]
    fn the_first_emoji_of_a_status_is_the_one_shown() {
        let pairs = [("📦", Status::Shipped), ("🚚", Status::Shipped)];
        let table = StatusEmoji::new(pairs.map(|(emoji, status)| (emoji.to_owned(), status)));
        assert_eq!(table.emoji(Status::Shipped), Some("📦"));
        assert_eq!(table.status("🚚"), Some(Status::Shipped));
    }
}
