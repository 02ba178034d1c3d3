//! An order as a pure fold over its messages, in the order of their ids.
//!
//! Each fact comes from the latest message that states it; a message that is silent about a fact
//! blanks nothing. The columns of `orders` hold the whole state, so that a message newer than all
//! others is applied to them as they stand.

use chrono::{DateTime, Utc};

use super::effective_status::Said;
use super::lines::{self, Lines};
use super::store_key::StoreKey;
use crate::ids::{ChannelId, MessageId};
use crate::order::{Currency, Status};
use crate::reading::{Kind, OrderReading};
use crate::verdict::{MessageFacts, Outcome, Via};

/// What one part of one message says of one order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    pub(crate) message: MessageFacts,
    /// 0, 1, ... among the orders of the message.
    pub(crate) position: i64,
    /// A checkout founds an order, anything else only changes one.
    pub(crate) kind: Kind,
    pub(crate) reading: OrderReading,
}

/// The checkout that announced the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announcement {
    pub(crate) message_id: MessageId,
    pub(crate) channel_id: ChannelId,
    pub(crate) posted_at: Option<DateTime<Utc>>,
    pub(crate) ordered_at: DateTime<Utc>,
    /// When the ledger first had it.
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) source: String,
}

/// All that the messages say of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OrderState {
    /// Absent while only updates were seen: then it is no order yet.
    pub(crate) announcement: Option<Announcement>,
    pub(crate) last_message_id: Option<MessageId>,
    pub(crate) store: Option<String>,
    /// What its checkouts make of the store: decides which messages belong to it.
    pub(crate) store_key: StoreKey,
    pub(crate) lines: Lines,
    pub(crate) stated_total: Option<i64>,
    pub(crate) currency: Option<Currency>,
    pub(crate) commission_minor: Option<i64>,
    pub(crate) email: Option<String>,
    pub(crate) customer_name: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) proxy_list: Option<String>,
    pub(crate) reference_number: Option<String>,
    pub(crate) tracking_number: Option<String>,
    pub(crate) payment_method: Option<String>,
    pub(crate) shipping_address: Option<String>,
    pub(crate) shipping_method: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) product_url: Option<String>,
    pub(crate) order_url: Option<String>,
    pub(crate) image_url: Option<String>,
    pub(crate) said: Said,
}

impl OrderState {
    /// Takes in the next statement and says what it did: founded the order, changed it, or nothing.
    pub(crate) fn apply(&mut self, statement: &Statement) -> Outcome {
        self.last_message_id = self.last_message_id.max(Some(statement.message.id));
        if statement.kind == Kind::Checkout && self.announcement.is_none() {
            self.announcement = Some(announcement(statement));
            self.take_in(statement);
            return Outcome::Stored;
        }
        let before = self.clone();
        self.take_in(statement);
        if *self == before { Outcome::Unchanged } else { Outcome::Updated }
    }

    /// The total: stated, or the sum of the lines where each has a price.
    pub(crate) fn total_minor(&self) -> Option<i64> {
        self.stated_total.or_else(|| self.lines.sum_minor())
    }

    fn take_in(&mut self, statement: &Statement) {
        let reading = &statement.reading;
        self.take_store(statement);
        let lines_added = self.lines.take_in(reading, self.line_rule(statement.kind));
        match reading.total_minor {
            Some(total) => self.stated_total = Some(total),
            // The total that was stated before was one of fewer lines.
            None if lines_added => self.stated_total = None,
            None => {}
        }
        keep_latest(&mut self.currency, reading.currency);
        keep_latest(&mut self.commission_minor, reading.commission_minor);
        self.take_texts(reading);
        if statement.kind == Kind::Checkout {
            self.said.hear(Status::Verified, statement.message.posted_at);
        }
        if let Some(status) = reading.known_status() {
            self.said.hear(status, statement.message.posted_at);
        }
    }

    /// A later checkout may add a product; an update only fills in what is missing, since shops
    /// call the same product by other names.
    fn line_rule(&self, kind: Kind) -> lines::Rule {
        match kind {
            Kind::Checkout => lines::Rule::Add,
            _ if self.announcement.is_some() => lines::Rule::Fill,
            _ => lines::Rule::Ignore,
        }
    }

    fn take_store(&mut self, statement: &Statement) {
        let Some(name) = statement.reading.store.as_deref() else { return };
        let key = StoreKey::of(Some(name));
        let shown = StoreKey::of(self.store.as_deref());
        if self.store.is_none() || (key.fits(&shown) && key.says_more_than(&shown)) {
            self.store = Some(name.to_owned());
        }
        if statement.kind == Kind::Checkout && key.says_more_than(&self.store_key) {
            self.store_key = key;
        }
    }

    fn take_texts(&mut self, reading: &OrderReading) {
        for (kept, stated) in [
            (&mut self.email, &reading.email),
            (&mut self.customer_name, &reading.customer_name),
            (&mut self.profile, &reading.profile),
            (&mut self.proxy_list, &reading.proxy),
            (&mut self.reference_number, &reading.reference_number),
            (&mut self.tracking_number, &reading.tracking_number),
            (&mut self.payment_method, &reading.payment_method),
            (&mut self.shipping_address, &reading.shipping_address),
            (&mut self.shipping_method, &reading.shipping_method),
            (&mut self.notes, &reading.notes),
            (&mut self.product_url, &reading.product_url),
            (&mut self.order_url, &reading.order_url),
            (&mut self.image_url, &reading.image_url),
        ] {
            if kept != stated && stated.is_some() {
                kept.clone_from(stated);
            }
        }
    }
}

fn announcement(statement: &Statement) -> Announcement {
    let message = &statement.message;
    let ordered_at = statement.reading.ordered_at.or(message.posted_at);
    Announcement {
        message_id: message.id,
        channel_id: message.channel_id,
        posted_at: message.posted_at,
        ordered_at: ordered_at.unwrap_or(message.received_at),
        received_at: message.received_at,
        source: if message.via == Via::Import { "import" } else { "webhook" }.to_owned(),
    }
}

fn keep_latest<T>(kept: &mut Option<T>, stated: Option<T>) {
    if stated.is_some() {
        *kept = stated;
    }
}

#[cfg(test)]
mod tests;
