//! The ids of Discord's things, each its own type so that a channel is never taken for a message.
//!
//! Ids are snowflakes: 64 bits, the upper 42 the milliseconds since 2015. They fit an `i64`. In JSON
//! they are strings, since a double cannot hold them; a number is read, too.

#[cfg(feature = "serenity")]
mod serenity;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoId;

impl fmt::Display for NoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an id is a whole number like 1290000000000000100 (right-click in Discord, Copy ID)",
        )
    }
}

impl std::error::Error for NoId {}

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
    /// A server, which Discord's interface calls a guild.
    GuildId,
    /// A webhook; equals the author id of the messages that it posts.
    WebhookId,
    /// A person or a bot.
    UserId,
    /// A role of a guild.
    RoleId,
    /// An application of the developer portal, which a bot belongs to.
    ApplicationId,
    /// One use of a command, a button, a menu or a form.
    InteractionId,
}

/// Milliseconds from 1970 to the beginning of 2015, from where snowflakes count.
pub const DISCORD_EPOCH_MILLIS: i64 = 1_420_070_400_000;

/// Where the clock's bits begin; the 22 below hold worker, process and running number.
pub const CLOCK_SHIFT: u32 = 22;

/// When Discord made the thing with this id; the beginning of 2015 for a negative one.
pub fn created_at(id: i64) -> DateTime<Utc> {
    let since_2015 = id.max(0) >> CLOCK_SHIFT;
    DateTime::from_timestamp_millis(since_2015 + DISCORD_EPOCH_MILLIS).unwrap_or_default()
}

impl MessageId {
    /// Above every message.
    pub const NEWEST: Self = Self(i64::MAX);

    /// The lowest id that a message of this time can have.
    pub fn at(time: DateTime<Utc>) -> Self {
        Self((time.timestamp_millis() - DISCORD_EPOCH_MILLIS).max(0) << CLOCK_SHIFT)
    }

    /// When Discord made the message; `None` for an id below 1, which Discord never makes.
    pub fn made_at(self) -> Option<DateTime<Utc>> {
        (self.0 > 0).then(|| created_at(self.0))
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
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, I64Deserializer, StrDeserializer};

    use super::*;

    #[test]
    fn an_id_is_read_as_discord_sends_it_and_as_people_write_it() {
        let text: StrDeserializer<Error> = "1290000000000000100".into_deserializer();
        let number: I64Deserializer<Error> = 1_290_000_000_000_000_100_i64.into_deserializer();
        let id = UserId(1_290_000_000_000_000_100);
        assert_eq!((UserId::deserialize(text), UserId::deserialize(number)), (Ok(id), Ok(id)));
        assert_eq!(" 7 ".parse(), Ok(ChannelId(7)));
        assert_eq!("seven".parse::<ChannelId>(), Err(NoId));
    }

    #[test]
    fn a_message_id_carries_its_time() {
        let time = DateTime::from_timestamp_millis(1_762_077_600_123).expect("a time");
        assert_eq!(MessageId::at(time).made_at(), Some(time));
        let made = MessageId(175_928_847_299_117_063).made_at().map(|time| time.to_rfc3339());
        assert_eq!(made.as_deref(), Some("2016-04-30T11:18:25.796+00:00"));
        assert_eq!(MessageId(-5).made_at(), None);
    }
}
