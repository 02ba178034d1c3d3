//! The rows that reads hand out.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{ChannelId, GuildId, MessageId, OrderId, UserId};
use crate::ledger::model::books::by_hand::HandValue;
use crate::ledger::model::typed::order::handle_of;
use crate::order::{Currency, Money, OrderDetails, OrderItem, Status};

/// One order with all of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Ours.
    pub id: OrderId,
    /// 0 where an import could not tell.
    pub guild_id: GuildId,
    /// Upper case, without `#`. Absent: nobody knows it yet.
    pub order_number: Option<String>,
    /// The shop, as written.
    pub store: Option<String>,
    /// Of the first line.
    pub product: Option<String>,
    /// One unit of the first line.
    pub price_minor: Option<i64>,
    /// Stated, or computed where every line has a price.
    pub total_minor: Option<i64>,
    /// Of all amounts.
    pub currency: Option<Currency>,
    /// Units of the whole order.
    pub quantity: i64,
    /// Minor units.
    pub commission_minor: Option<i64>,
    /// The texts that are kept as stated.
    pub details: OrderDetails,
    /// What marks and messages make of it.
    pub status: Status,
    /// How many arrived, counted by a person.
    pub qty_received: Option<i64>,
    /// When the checkout happened.
    pub ordered_at: DateTime<Utc>,
    /// When Discord received its message.
    pub posted_at: Option<DateTime<Utc>>,
    /// When it was said or marked to be shipped.
    pub shipped_at: Option<DateTime<Utc>>,
    /// When it was said or marked to be delivered.
    pub delivered_at: Option<DateTime<Utc>>,
    /// `webhook`, `import`, `sheet` or `hand`.
    pub source: String,
    /// The message that announced it. `None`: a sheet or a person did.
    pub message_id: Option<MessageId>,
    /// Where that message stands.
    pub channel_id: Option<ChannelId>,
    /// Whether somebody deleted that message in Discord since. Only what loads orders by their ids looks for it.
    pub is_message_deleted: bool,
    /// When the ledger first had it.
    pub created_at: DateTime<Utc>,
    /// When something about it last changed.
    pub updated_at: DateTime<Utc>,
    /// The values that people set by hand.
    pub by_hand: Vec<HandValue>,
    /// Whether a person gave it its number.
    pub is_number_by_hand: bool,
    /// What sheets say of it.
    pub books: Books,
    /// Its lines, at least one where a product is known.
    pub items: Vec<OrderItem>,
}

/// What sheets say of an order: the buying group, the card, the sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// What the group pays.
    pub payout: Option<Money>,
    /// The group's word, in capitals: `VERIFIED`.
    pub group_status: Option<String>,
    /// The group's own numbers.
    pub group_order_id: Option<String>,
    /// When the group noted it.
    pub group_created_at: Option<DateTime<Utc>>,
    /// When the group last changed its note.
    pub group_modified_at: Option<DateTime<Utc>>,
    /// The day on which the first charge posted.
    pub charge_posted_on: Option<NaiveDate>,
    /// What the card was charged, in the order's currency where there is such a charge.
    pub charged: Option<Money>,
    /// What of that came back to the card, not negative.
    pub refunded: Option<Money>,
    /// What cards were charged in each currency, that of `charged` first.
    pub all_charged: Vec<Money>,
    /// What came back in each currency.
    pub all_refunded: Vec<Money>,
    /// What it was sold for.
    pub sold_price: Option<Money>,
    /// What selling cost.
    pub fees: Option<Money>,
    /// Who bought it in the end.
    pub buyer: Option<String>,
}

impl Order {
    /// Its tracking numbers.
    pub fn parcels(&self) -> Vec<&str> {
        let numbers = self.details.tracking_number.iter().flat_map(|numbers| numbers.split(','));
        numbers.map(str::trim).filter(|number| !number.is_empty()).collect()
    }

    /// The columns that people set by hand, by their names in JSON.
    pub fn corrected(&self) -> Vec<&'static str> {
        let number = self.is_number_by_hand.then_some("order_number");
        number.into_iter().chain(self.by_hand.iter().map(|value| value.field.column())).collect()
    }

    /// Whether a message announced it without the number that the shop gave it. Of what only a sheet brought nobody
    /// knows whether there is one.
    pub const fn awaits_number(&self) -> bool {
        self.order_number.is_none() && self.message_id.is_some()
    }

    /// What commands take it by: its number, or `no:` and ours.
    pub fn handle(&self) -> String {
        handle_of(self.order_number.as_deref(), self.id)
    }
}

/// One change of an order, as it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEvent {
    /// When it happened, by this machine's clock.
    pub at: DateTime<Utc>,
    /// `created`, `changed`, `status`.
    pub kind: String,
    /// `webhook`, `import`, `reaction`, `menu`, `command`.
    pub source: String,
    /// The person, where one did it.
    pub user_id: Option<UserId>,
    /// The message behind it.
    pub message_id: Option<MessageId>,
    /// JSON: `{"column": [before, after]}`.
    pub details: String,
    /// The sheet behind it.
    pub batch: Option<i64>,
}
