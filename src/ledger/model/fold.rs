//! An order as a pure fold over its messages, in the order of their ids.
//!
//! Each fact comes from the latest message that states it; one that is silent about a fact blanks nothing. The columns
//! of `orders` hold the whole state, so that a message newer than all others is applied to them as they stand.

pub(crate) mod corrected;
mod notice;

use chrono::{DateTime, Utc};

use super::additions;
use super::effective_status::Said;
use super::lines::{self, Around, Effect, Lines};
use super::store_key::StoreKey;
use crate::ids::{ChannelId, MessageId};
use crate::order::{Currency, OrderDetails, Status};
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
    /// A person said that its products count apart, where they may be known ones.
    pub(crate) counts_apart: bool,
    /// Of a checkout without a number that belongs to an order with one: the store of that order.
    pub(crate) joined: Option<StoreKey>,
}

impl Statement {
    /// Whether it is a purchase whose order number is not known.
    pub(crate) fn is_unnumbered(&self) -> bool {
        self.reading.order_number.is_none()
    }

    /// What its message says since it was edited to announce nothing: notices of the order, of the times of the edits.
    fn edits(&self) -> impl Iterator<Item = Self> + '_ {
        self.reading.edits.iter().map(|edit| {
            let posted_at = edit.at.or(self.message.posted_at);
            Self {
                message: MessageFacts { posted_at, ..self.message },
                kind: Kind::Update,
                reading: edit.said.clone(),
                joined: self.joined.clone(),
                ..*self
            }
        })
    }

    /// When it was posted or, by its own word, bought; absent where nobody knows.
    pub(crate) fn stated_time(&self) -> Option<DateTime<Utc>> {
        self.reading.ordered_at.or(self.message.posted_at)
    }
}

/// What a statement did to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Applied {
    pub(crate) outcome: Outcome,
    /// The names of products that were counted once and may be others.
    pub(crate) doubts: Vec<String>,
}

/// The checkout that announced the order, or the row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// `None`: a row of a sheet, here and below.
    pub(crate) message_id: Option<MessageId>,
    pub(crate) channel_id: Option<ChannelId>,
    pub(crate) posted_at: Option<DateTime<Utc>>,
    pub(crate) ordered_at: DateTime<Utc>,
    /// When the ledger first had it.
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) source: String,
}

impl Announcement {
    /// When the checkout happened; absent where neither the message nor Discord said so.
    pub(crate) fn stated_time(&self) -> Option<DateTime<Utc>> {
        let is_guessed = self.posted_at.is_none() && self.ordered_at == self.received_at;
        (!is_guessed).then_some(self.ordered_at)
    }
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
    pub(crate) details: OrderDetails,
    pub(crate) said: Said,
}

impl OrderState {
    /// Takes in the next statement and says what it did: founded the order, changed it, or nothing.
    pub(crate) fn apply(&mut self, statement: &Statement) -> Applied {
        self.last_message_id = self.last_message_id.max(Some(statement.message.id));
        if statement.kind == Kind::Checkout && self.announcement.is_none() {
            self.announcement = Some(announcement(statement));
            let doubts = self.take_in(statement);
            return Applied { outcome: Outcome::Stored, doubts };
        }
        let before = self.clone();
        let doubts = self.take_in(statement);
        let is_same = doubts.is_empty() && *self == before;
        Applied { outcome: if is_same { Outcome::Unchanged } else { Outcome::Updated }, doubts }
    }

    /// The total: stated, or the sum of the lines where each has a price.
    pub(crate) fn total_minor(&self) -> Option<i64> {
        self.stated_total.or_else(|| self.lines.sum_minor())
    }

    /// What lines are compared by besides what they say themselves.
    pub(crate) fn around(&self) -> Around<'_> {
        Around {
            store: self.store.as_deref(),
            product_url: self.details.product_url.as_deref(),
            currency: self.currency,
        }
    }

    /// Gives the names of products that may be known ones.
    fn take_in(&mut self, statement: &Statement) -> Vec<String> {
        let doubts = self.take_text(statement);
        for edit in statement.edits() {
            self.take_text(&edit);
        }
        doubts
    }

    fn take_text(&mut self, statement: &Statement) -> Vec<String> {
        if statement.kind == Kind::Checkout {
            return self.take_said(statement);
        }
        let reading = self.notice(statement);
        self.take_said(&Statement { reading, joined: statement.joined.clone(), ..*statement })
    }

    fn take_said(&mut self, statement: &Statement) -> Vec<String> {
        let reading = &statement.reading;
        self.take_store(statement);
        let before = Sums::of(self);
        let effect = self.take_lines(statement);
        self.take_total(reading, &effect, before);
        self.take_texts(reading);
        if statement.kind == Kind::Checkout {
            self.said.hear(Status::Verified, statement.message.posted_at);
        }
        let of_item = || reading.known_status_of_one_item().filter(|_| self.is_one_unit());
        if let Some(status) = reading.known_status().or_else(of_item) {
            self.said.hear(status, statement.message.posted_at);
        }
        effect.doubts
    }

    fn take_lines(&mut self, statement: &Statement) -> Effect {
        let reading = &statement.reading;
        let (rule, mut lines) = (self.line_rule(statement), std::mem::take(&mut self.lines));
        let effect = lines.take_in(reading, rule, self.around());
        self.lines = lines;
        let stated = reading.currency.or(self.currency);
        let currency = self.lines.settle_currency(stated);
        if currency != self.currency && self.currency.is_some() {
            // What was said in the other currency is not the same amount of this one.
            (self.stated_total, self.commission_minor) = (None, None);
        }
        self.currency = currency;
        if reading.currency.is_none() || reading.currency == currency {
            keep_latest(&mut self.commission_minor, reading.commission_minor);
        }
        effect
    }

    /// The latest total counts, for as long as the order is the one that it was stated for.
    fn take_total(&mut self, reading: &OrderReading, effect: &Effect, before: Sums) {
        let after = Sums::of(self);
        let is_other_money = reading.currency.is_some() && reading.currency != self.currency;
        self.stated_total = match reading.total_minor.filter(|_| !is_other_money) {
            // Two currencies are never added.
            _ if effect.added && after.are_mixed => None,
            Some(total) if !effect.is_of_part(total, &before, &after) => Some(total),
            // Each message of a cart states the total of its own line.
            Some(total) if effect.added => before.total.and_then(|sum| sum.checked_add(total)),
            _ if effect.added || before.units != after.units => None,
            // It was nothing but the sum of the prices of then.
            _ if before.lines != after.lines && self.stated_total == before.lines => None,
            _ => self.stated_total,
        };
    }

    /// A later checkout may add a product; an update only fills in what is missing, since shops
    /// call the same product by other names.
    fn line_rule(&self, statement: &Statement) -> lines::Rule {
        match statement.kind {
            Kind::Checkout if statement.counts_apart => lines::Rule::AddApart,
            Kind::Checkout => lines::Rule::Add,
            _ if self.announcement.is_some() => lines::Rule::Fill,
            _ => lines::Rule::Ignore,
        }
    }

    fn take_store(&mut self, statement: &Statement) {
        let reading = &statement.reading;
        let Some(name) = reading.store.as_deref() else { return };
        let (key, shown) = (StoreKey::of(Some(name)), StoreKey::of(self.store.as_deref()));
        let (founds, is_guessed) = (statement.kind == Kind::Checkout, reading.store_is_guessed);
        // One that is named replaces a guess.
        let is_better = |key: &StoreKey, known: &StoreKey| {
            if key.fits(known) { key.says_more_than(known) } else { founds && !is_guessed }
        };
        if self.store.is_none() || is_better(&key, &shown) {
            self.store = Some(name.to_owned());
        }
        let key = if is_guessed { StoreKey::guessed(Some(name)) } else { key };
        if founds && is_better(&key, &self.store_key) {
            self.store_key = key;
        }
    }

    fn take_texts(&mut self, reading: &OrderReading) {
        self.details.overlay(&reading.details);
        // Another number is another parcel.
        if let Some(numbers) = &reading.details.tracking_number {
            let known = self.details.tracking_number.as_deref();
            self.details.tracking_number = additions::more_tracking(known, numbers);
        }
    }
}

/// What an order comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sums {
    /// Stated or computed.
    total: Option<i64>,
    /// Of the lines alone.
    lines: Option<i64>,
    units: i64,
    are_mixed: bool,
}

impl Sums {
    fn of(state: &OrderState) -> Self {
        Self {
            total: state.total_minor(),
            lines: state.lines.sum_minor(),
            units: state.lines.quantity(),
            are_mixed: state.lines.mixes_currencies(),
        }
    }
}

impl Effect {
    /// Whether a message's total is of its own lines, and not of the whole order: it is closer to these.
    fn is_of_part(&self, total: i64, before: &Sums, after: &Sums) -> bool {
        if !self.left_out {
            return false;
        }
        match (self.own_sum, after.lines) {
            (Some(own), Some(all)) => total.abs_diff(own) < total.abs_diff(all),
            _ => after.are_mixed || (self.added && before.total != Some(total)),
        }
    }
}

fn announcement(statement: &Statement) -> Announcement {
    let message = &statement.message;
    let ordered_at = statement.stated_time();
    Announcement {
        message_id: Some(message.id),
        channel_id: Some(message.channel_id),
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
