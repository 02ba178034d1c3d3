//! `[feed]`: every new order posted in a channel, and a summary of each day.

use serde::Deserialize;

use crate::ids::ChannelId;

/// `[feed]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// Where; absent: there is no feed.
    pub channel_id: Option<ChannelId>,
    /// How an order is posted.
    pub style: FeedStyle,
    /// Whether the figures of the day before are posted there once a day.
    pub daily_summary: bool,
    /// At which hour of the zone of `[stats]` that is.
    pub summary_hour: u32,
}

impl Default for Feed {
    fn default() -> Self {
        let (channel_id, style) = (None, FeedStyle::default());
        Self { channel_id, style, daily_summary: false, summary_hour: 9 }
    }
}

/// How the feed posts an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedStyle {
    /// A line each, several to a message.
    #[default]
    Line,
    /// A card each.
    Card,
}

impl FeedStyle {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Line, Self::Card];

    /// The word for it, as in config.toml.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Card => "card",
        }
    }

    /// What a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.as_str() == word)
    }

    /// As people choose it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Line => "a line for each order",
            Self::Card => "a card for each order",
        }
    }
}
