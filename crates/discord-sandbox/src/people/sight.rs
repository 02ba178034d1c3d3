//! What a person sees of the messages of others.

use discord_ids::{ChannelId, MessageId, UserId};

use super::failure::Failure;
use crate::model::permission::VIEW_CHANNEL;
use crate::world::World;

/// Where a message stands, if the person sees it.
pub(super) fn channel_of(
    world: &World,
    user: UserId,
    message: MessageId,
) -> Result<ChannelId, Failure> {
    let found = world.message(message).ok_or_else(|| Failure::refused("no such message"))?;
    let visible = world.permissions(found.channel, user) & VIEW_CHANNEL != 0;
    if visible && found.only_for.is_none_or(|only| only == user) {
        Ok(found.channel)
    } else {
        Err(Failure::refused("the person does not see the message"))
    }
}
