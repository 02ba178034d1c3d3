//! From and to the ids of the library serenity.

use serenity::model::id as theirs;

use crate::{
    ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId, WebhookId,
};

macro_rules! both_ways {
    ($($name:ident),*) => {$(
        impl From<theirs::$name> for $name {
            fn from(id: theirs::$name) -> Self {
                Self(i64::try_from(id.get()).unwrap_or(i64::MAX))
            }
        }

        impl From<$name> for theirs::$name {
            fn from(id: $name) -> Self {
                // Discord has no id 0 and serenity's ids cannot hold it; 1 is as unknown to Discord.
                Self::new(u64::try_from(id.0).unwrap_or(1).max(1))
            }
        }
    )*};
}

both_ways!(ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId, WebhookId);
