//! What waits in the queue. When many wait, each is kept as its JSON, which takes a third of the room: a
//! flood fits into memory, and fewer of its messages are turned away and read twice.

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::verdict::{Incoming, Via};

/// Messages that may wait as they are.
const AS_THEY_ARE: usize = 2_048;

/// A message that waits to be read.
#[derive(Debug)]
pub(super) enum Waiting {
    Whole(Box<Incoming>),
    Folded(Box<Folded>),
}

/// A message as its JSON.
#[derive(Debug)]
pub(super) struct Folded {
    json: Box<[u8]>,
    id: MessageId,
    channel_id: ChannelId,
    guild_id: GuildId,
    via: Via,
    trust: Result<(), String>,
}

impl Waiting {
    /// A message that waits behind so many others.
    pub(super) fn behind(others: usize, incoming: Incoming) -> Self {
        if others < AS_THEY_ARE {
            return Self::Whole(Box::new(incoming));
        }
        let Ok(json) = serde_json::to_vec(&incoming.message) else {
            return Self::Whole(Box::new(incoming));
        };
        let Incoming { message: _, id, channel_id, guild_id, via, trust } = incoming;
        let json = json.into_boxed_slice();
        Self::Folded(Box::new(Folded { json, id, channel_id, guild_id, via, trust }))
    }

    /// The message, whole. `None` never happens: its own JSON can be read.
    pub(super) fn whole(self) -> Option<Incoming> {
        let folded = match self {
            Self::Whole(incoming) => return Some(*incoming),
            Self::Folded(folded) => *folded,
        };
        let Folded { json, id, channel_id, guild_id, via, trust } = folded;
        let message = serde_json::from_slice(&json).inspect_err(|error| {
            tracing::error!(message_id = %id, "could not read a message that waited, please report this: {error}");
        });
        Some(Incoming { message: message.ok()?, id, channel_id, guild_id, via, trust })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Message;
    use crate::refract::{Event, payload};

    #[test]
    fn a_message_is_the_same_after_it_waited_behind_many() {
        for event in [Event::Checkout, Event::Decline] {
            let json = payload(event, 7, "2026-01-02T03:04:05.678Z".parse().unwrap());
            let mut message = Message::from_json(&json);
            message.posted_at = Some("2026-01-02T03:04:05.678901234Z".parse().unwrap());
            let incoming = Incoming {
                message,
                id: MessageId(1),
                channel_id: ChannelId(2),
                guild_id: GuildId(3),
                via: Via::Live,
                trust: Err("posted by a member".to_owned()),
            };
            for others in [0, AS_THEY_ARE, super::super::QUEUE] {
                let waiting = Waiting::behind(others, incoming.clone());
                assert_eq!(matches!(waiting, Waiting::Folded(_)), others > 0);
                let whole = waiting.whole().unwrap();
                assert_eq!(whole.message, incoming.message);
                assert_eq!((whole.id, whole.trust), (incoming.id, incoming.trust.clone()));
            }
        }
    }
}
