//! The pure part of taking a message in: read it, decide, strip secrets, pack it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};

use super::{Decision, Incoming, Packer, Via, decide};
use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};
use crate::reading::{self, Labels, Message};

/// What an order needs to know of a message besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageFacts {
    pub(crate) id: MessageId,
    pub(crate) channel_id: ChannelId,
    pub(crate) posted_at: Option<DateTime<Utc>>,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) via: Via,
}

/// A message that only needs to be written.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) facts: MessageFacts,
    pub(crate) guild_id: GuildId,
    pub(crate) webhook_id: Option<WebhookId>,
    pub(crate) edited_at: Option<DateTime<Utc>>,
    /// Whether its sender may make orders, or why not.
    pub(crate) trust: Result<(), String>,
    /// Neither content nor embeds: what there is may be hidden from the bot, or from all.
    pub(crate) says_nothing: bool,
    pub(crate) decision: Decision,
    /// The e-mail addresses that it names, lower-case.
    pub(crate) addresses: Vec<String>,
    /// Absent for plain chat.
    pub(crate) payload: Option<Vec<u8>>,
    /// Whether a step crashed while it was taken in, or read again: a copy that is kept already is worth more.
    pub(crate) is_lost: bool,
}

impl Prepared {
    /// Whether its sender may make orders.
    pub(crate) fn trusted(&self) -> bool {
        self.trust.is_ok()
    }

    /// Whether it is to be read again although nothing about it is new.
    pub(crate) fn forced(&self) -> bool {
        self.facts.via == Via::Retry
    }

    /// The same message, kept without what it says of orders.
    pub(crate) fn without_orders(mut self) -> Self {
        self.decision = Decision::unstorable();
        self
    }
}

/// Prepares one message. No message makes this fail: what cannot be read is kept and says so.
pub(crate) fn prepare(incoming: Incoming, labels: &Labels, packer: &mut Packer) -> Prepared {
    let Incoming { message, id, channel_id, guild_id, via, trust } = incoming;
    let facts = MessageFacts {
        id,
        channel_id,
        posted_at: message.posted_at.or_else(|| id.made_at()),
        received_at: Utc::now(),
        via,
    };
    let (webhook_id, edited_at) = (message.webhook_id, message.edited_at);
    let is_known = via == Via::Retry;
    let said = guarded(id, || said(message, (id, is_known), (&trust, labels), packer));
    let Said { says_nothing, decision, addresses, payload, is_lost } = said;
    Prepared {
        facts,
        guild_id,
        webhook_id,
        edited_at,
        trust,
        says_nothing,
        decision,
        addresses,
        payload,
        is_lost,
    }
}

/// What a message says, and how it is kept.
struct Said {
    says_nothing: bool,
    decision: Decision,
    addresses: Vec<String>,
    payload: Option<Vec<u8>>,
    is_lost: bool,
}

/// Where a step crashes, nothing of the message is kept but that it came: it may hold secrets still.
fn guarded(id: MessageId, say: impl FnOnce() -> Said) -> Said {
    catch_unwind(AssertUnwindSafe(say)).unwrap_or_else(|_| {
        tracing::error!(message_id = %id, "taking a message in crashed; please report this");
        let decision = Decision::unreadable();
        Said { says_nothing: false, decision, addresses: Vec::new(), payload: None, is_lost: true }
    })
}

fn said(
    message: Message,
    (id, is_known): (MessageId, bool),
    (trust, labels): (&Result<(), String>, &Labels),
    packer: &mut Packer,
) -> Said {
    // What is read is what is kept: reading it again gives the same.
    let message = reading::redact(message, labels);
    let reading = reading::read_redacted(&message, labels);
    let broke_off = reading.broke_off;
    if broke_off {
        tracing::error!(message_id = %id, "reading a message crashed; please report this");
    }
    let decision = decide(&message, reading, trust);
    let mut addresses = reading::addresses::of_message(&message);
    addresses.extend(decision.orders.iter().filter_map(|order| order.details.email.clone()));
    let says_nothing = message.says_nothing();
    let payload = decision.keep.then(|| packer.pack(message));
    let payload = payload.and_then(|packed| {
        packed
            .inspect_err(
                |error| tracing::error!(message_id = %id, "could not pack a message: {error:#}"),
            )
            .ok()
    });
    let is_lost = broke_off && is_known || decision.keep && payload.is_none();
    Said { says_nothing, decision, addresses, payload, is_lost }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(message: Message, via: Via) -> Prepared {
        let incoming = Incoming {
            message,
            id: MessageId(1 << 22),
            channel_id: ChannelId(7),
            guild_id: GuildId(8),
            via,
            trust: Ok(()),
        };
        prepare(incoming, &Labels::built_in(), &mut Packer::new().unwrap())
    }

    #[test]
    fn only_what_a_person_asked_for_is_read_again_without_news() {
        for via in [Via::Live, Via::Backfill, Via::Import] {
            assert!(!prepared(Message::default(), via).forced(), "{via:?}");
        }
        assert!(prepared(Message::default(), Via::Retry).forced());
    }

    #[test]
    fn what_is_stored_of_a_message_has_its_time_its_addresses_and_no_secrets() {
        let content = "Successful Checkout\nOrder Number: A-1001\nEmail: Buyer@Example.com:hunter2";
        let message = Message {
            webhook_id: Some(WebhookId(5)),
            content: content.to_owned(),
            ..Message::default()
        };
        let prepared = prepared(message, Via::Live);
        let second = DateTime::from_timestamp(1_420_070_400, 1_000_000);
        assert_eq!(prepared.facts.posted_at, second, "by its id");
        assert!(prepared.addresses.contains(&"buyer@example.com".to_owned()));
        assert!(prepared.trusted() && !prepared.says_nothing);
        let kept = crate::verdict::payload::unpack(prepared.payload.as_deref().unwrap()).unwrap();
        assert!(!kept.content.contains("hunter2"), "{}", kept.content);
        assert!(kept.content.contains("A-1001"));
    }

    #[test]
    fn a_step_that_crashes_leaves_a_message_that_could_not_be_read() {
        let said = guarded(MessageId(1), || panic!("a fault of a step"));
        assert_eq!(said.decision, Decision::unreadable());
        assert_eq!((said.payload, said.says_nothing, said.is_lost), (None, false, true));
    }

    #[test]
    fn orders_that_the_database_does_not_take_leave_the_message() {
        let kept = prepared(Message::default(), Via::Live).without_orders();
        assert_eq!(kept.decision, Decision::unstorable());
    }
}
