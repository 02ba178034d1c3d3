//! Messages that may be the first of a channel that was just set up.

use tokio::sync::mpsc;

use crate::discord::bot::watching::Watched;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::reading::Message;

/// Messages that may be the awaited ones of their channels.
const QUEUE: usize = 64;

/// A message that may be the awaited one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct First {
    pub(crate) guild: GuildId,
    /// The watched one.
    pub(crate) channel: ChannelId,
    /// Where the message stands: there, or in a thread of it.
    pub(crate) place: ChannelId,
    pub(crate) message: MessageId,
}

/// The entrance for them.
#[derive(Clone)]
pub(crate) struct FirstMessages {
    queue: mpsc::Sender<First>,
}

impl FirstMessages {
    pub(crate) fn new() -> (Self, mpsc::Receiver<First>) {
        let (queue, first) = mpsc::channel(QUEUE);
        (Self { queue }, first)
    }

    /// A message came that may make orders; it may be the one that is awaited.
    pub(crate) fn look(
        &self,
        (channel, watched): (ChannelId, &Watched),
        place: ChannelId,
        message: &Message,
    ) {
        let (Some(awaited), Some(guild)) = (watched.awaited, watched.guild_id) else { return };
        let Some(id) = message.id.filter(|id| *id >= MessageId::at(awaited.since)) else { return };
        if message.webhook_id == Some(awaited.webhook_id) {
            // What does not fit is no loss: the one before it is announced.
            self.queue.try_send(First { guild, channel, place, message: id }).ok();
        }
    }
}
