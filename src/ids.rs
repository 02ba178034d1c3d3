//! The ids of Discord's things, each its own type so that a channel is never taken for a message.
//!
//! Ids are snowflakes: 64 bits, the upper 42 the milliseconds since 2015. They fit an `i64`, which is
//! what SQLite stores. In JSON they are strings, since a double cannot hold them. A **negative**
//! message id was made by an import of a text that Discord gave no id to.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is a whole number like 1290000000000000100 (right-click in Discord, Copy ID)")]
pub struct NoId;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NoId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self).map_err(|_| NoId)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(IdVisitor).map(Self)
            }
        }
    )*};
}

id! {
    /// A message; the order of its ids is the order of posting.
    MessageId,
    /// A channel or thread.
    ChannelId,
    /// A server. Orders belong to one and never cross to another.
    GuildId,
    /// A webhook; equals the author id of the messages that it posts.
    WebhookId,
    /// A person or a bot.
    UserId,
    /// A role of a guild.
    RoleId,
    /// An application of the developer portal, which a bot belongs to.
    ApplicationId,
    /// A row of `orders`: ours, not Discord's.
    OrderId,
}

/// Milliseconds from 1970 to the beginning of 2015, from where snowflakes count.
const DISCORD_EPOCH_MILLIS: i64 = 1_420_070_400_000;

impl MessageId {
    /// Above every message.
    pub const NEWEST: Self = Self(i64::MAX);

    /// The lowest id that a message of this time can have.
    pub fn at(time: DateTime<Utc>) -> Self {
        Self((time.timestamp_millis() - DISCORD_EPOCH_MILLIS).max(0) << 22)
    }

    /// When Discord made the message; `None` for the ids of imports, which carry no time.
    pub fn made_at(self) -> Option<DateTime<Utc>> {
        if self.0 <= 0 {
            return None;
        }
        DateTime::from_timestamp_millis((self.0 >> 22) + DISCORD_EPOCH_MILLIS)
    }
}

/// Takes an id as the string that Discord sends or as the number that people write.
struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id: a whole number, in quotes or without")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i64, E> {
        text.trim().parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_carries_its_time() {
        let made = MessageId(175_928_847_299_117_063).made_at().map(|time| time.to_rfc3339());
        assert_eq!(made.as_deref(), Some("2016-04-30T11:18:25.796+00:00"));
        assert_eq!(MessageId(-5).made_at(), None);
    }
}
