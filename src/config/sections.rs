//! The sections of `config.toml`, a type each.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{self, Deserializer};

use super::ConfigError;
use crate::ids::{ChannelId, RoleId, WebhookId};

/// `[stats]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Stats {
    /// Where days and months begin, as the IANA names it: `Europe/Berlin`.
    pub(super) time_zone: String,
}

impl Default for Stats {
    fn default() -> Self {
        Self { time_zone: "UTC".to_owned() }
    }
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// The SQLite file, relative to the working directory.
    pub path: PathBuf,
}

impl Default for Database {
    fn default() -> Self {
        Self { path: PathBuf::from("refract-ledger.db") }
    }
}

/// `[discord]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Discord {
    /// `https://discord.com`, or a proxy that speaks Discord's API.
    pub api_url: String,
}

impl Default for Discord {
    fn default() -> Self {
        Self { api_url: "https://discord.com".to_owned() }
    }
}

/// One `[[watch]]`: a channel to read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// The channel that Refract posts to.
    pub channel_id: ChannelId,
    /// Only these webhooks are trusted; empty: any webhook of that channel.
    #[serde(default)]
    pub webhook_ids: Vec<WebhookId>,
    /// How much of the channel's history is read at the first contact.
    #[serde(default)]
    pub backfill: Backfill,
}

/// How much of a channel's history is read at the first contact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Backfill {
    /// From the channel's first message.
    #[default]
    All,
    /// Only what is posted from now on.
    None,
    /// The last so many days.
    Days(u32),
}

/// What a backfill may be.
const BACKFILLS: &str = "backfill must be \"all\", \"none\" or a number of days";

impl fmt::Display for Backfill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::None => f.write_str("none"),
            Self::Days(days) => days.fmt(f),
        }
    }
}

impl FromStr for Backfill {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().as_str() {
            "all" => Ok(Self::All),
            "none" => Ok(Self::None),
            days => days.parse().map(Self::Days).map_err(|_| ConfigError(BACKFILLS.to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Backfill {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Days(u32),
            Word(String),
        }
        match Written::deserialize(deserializer) {
            Ok(Written::Days(days)) => Ok(Self::Days(days)),
            Ok(Written::Word(word)) => word.parse().map_err(de::Error::custom),
            Err(_) => Err(de::Error::custom(BACKFILLS)),
        }
    }
}

/// `[history]`: the part of a channel that is compared after the bot was away, whichever is more.
/// Edits, deletions and reactions in it are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct History {
    /// The last so many days.
    pub recent_days: u32,
    /// The last so many messages.
    pub recent_messages: u32,
}

impl Default for History {
    fn default() -> Self {
        Self { recent_days: 7, recent_messages: 1_000 }
    }
}

/// `[access]`: ids of roles. What an empty list means is said at each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Who may look; empty: whom Discord lets use the commands.
    pub view_roles: Vec<RoleId>,
    /// Who may set a status; empty: members with Manage Messages in the channel.
    pub mark_roles: Vec<RoleId>,
    /// Who may change the set-up; empty: Manage Server.
    pub admin_roles: Vec<RoleId>,
}

/// `[privacy]`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Who sees the bot's answers.
    pub replies: Replies,
    /// Days after which kept messages are dropped (orders stay); 0: never.
    pub keep_messages_days: u32,
}

/// Who sees the bot's answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Replies {
    /// Only the person who asked.
    #[default]
    Ephemeral,
    /// Everybody in the channel; e-mails are masked, proxies left out.
    Public,
}

impl Replies {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ephemeral, Self::Public];

    /// The word for it, as in config.toml.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ephemeral => "ephemeral",
            Self::Public => "public",
        }
    }

    /// What a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|replies| replies.as_str() == word)
    }

    /// As people choose it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ephemeral => "only the person who asked",
            Self::Public => "everybody in the channel",
        }
    }
}
