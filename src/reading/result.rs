//! What a message says: the result of reading it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::order::{Currency, OrderDetails};

/// What a message is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It announces an order.
    Checkout,
    /// It names an order and a status or a tracking number, without a success heading.
    Update,
    /// A failed attempt: kept in the log, never an order.
    Decline,
    /// A test notification, or placeholder data in the normal layout.
    Test,
    /// Anything else: chat, stock alerts, queue and cart notices.
    #[default]
    Other,
    /// No content and no embeds: what a bot without the `MESSAGE_CONTENT` intent sees of every message.
    Empty,
}

/// Why a failed attempt may be an order all the same, so that somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It names an order.
    NamesOrder,
    /// It announces a success as well.
    SaysSuccess,
}

/// What one message says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// What the message is.
    pub kind: Kind,
    /// Why it is of that kind, or what it lacks, as a short sentence for `/logs`.
    pub reason: String,
    /// Why a `Decline` may be an order, or why an announcement that was edited may be none. `None` for a plain failure
    /// and for every other kind.
    pub doubt: Option<Doubt>,
    /// What it says of each order: one entry for a checkout or update, several where it holds several,
    /// none for the other kinds but `Decline`, which may hold the attempt.
    pub orders: Vec<OrderReading>,
    /// Whether it announced its orders before it was edited, and announces none by now.
    pub is_continued: bool,
    /// Whether reading it broke off: what it says by now is not known.
    pub broke_off: bool,
}

impl Reading {
    /// Whether it announces an order that is known well enough to be kept.
    pub fn announces(&self) -> bool {
        self.announced().next().is_some()
    }

    /// Whether it announces orders, and each of them by its number.
    pub fn announces_by_number(&self) -> bool {
        self.announces() && self.announced().all(OrderReading::has_number)
    }

    fn announced(&self) -> impl Iterator<Item = &OrderReading> {
        let is_kept = |order: &&OrderReading| order.has_number() || order.is_purchase();
        let orders = if self.kind == Kind::Checkout { self.orders.as_slice() } else { &[] };
        orders.iter().filter(|order| !order.is_notice).filter(is_kept)
    }
}

/// What one message says of one order. `None` means: it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderReading {
    /// Upper case, without `#`, spaces and markup. Absent: the message has no usable number.
    pub order_number: Option<String>,
    /// As written: `Best Buy US`.
    pub store: Option<String>,
    /// Whether nothing names the store, and it is the host of the product's link.
    pub store_is_guessed: bool,
    /// ISO currency of all amounts; absent without a symbol or code.
    pub currency: Option<Currency>,
    /// The lines, in the order in which they stand. Empty when no product is named.
    pub items: Vec<ItemReading>,
    /// Units of the whole order, where stated; of several items the sum.
    pub quantity: Option<i64>,
    /// Stated total in minor units; never computed.
    pub total_minor: Option<i64>,
    /// Stated commission in minor units.
    pub commission_minor: Option<i64>,
    /// The texts that are kept as stated.
    pub details: OrderDetails,
    /// The proxy of the checkout itself; another thing than its `proxy_list`. Without credentials.
    pub checkout_proxy: Option<String>,
    /// The status as stated, in the message's own words.
    pub status: Option<String>,
    /// When the checkout happened, by the embed's own time.
    pub ordered_at: Option<DateTime<Utc>>,
    /// What edits of the message that announce nothing say of it, the oldest first, but for their texts: only
    /// tracking numbers are not above.
    pub edits: Vec<Edit>,
    /// Whether only such edits or a notice beside the announcement name it: then the message does not announce it.
    pub is_notice: bool,
    /// Whether its amounts are those of the order as it was changed: `Price Adjusted`, `Order Updated`.
    pub restates: bool,
}

/// What a message says of an order since it was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// When it was edited. `None`: as it was posted.
    pub at: Option<DateTime<Utc>>,
    /// What it says of it by then.
    pub said: OrderReading,
}

impl OrderReading {
    /// Takes out what tells who bought.
    pub fn clear_personal(&mut self) {
        for edit in &mut self.edits {
            edit.said.clear_personal();
        }
        self.details.clear_where(|detail, _| detail.is_personal());
        self.checkout_proxy = None;
    }

    /// Takes out all other texts for which this holds.
    pub fn clear_where(&mut self, holds: &dyn Fn(&str) -> bool) {
        for edit in &mut self.edits {
            edit.said.clear_where(holds);
        }
        self.details.clear_where(|detail, text| !detail.is_personal() && holds(text));
        let own = [&mut self.store, &mut self.status];
        let items = self.items.iter_mut();
        let items = items.flat_map(|item| [&mut item.product, &mut item.sku, &mut item.size]);
        for value in own.into_iter().chain(items) {
            if value.as_deref().is_some_and(holds) {
                *value = None;
            }
        }
    }
}

impl OrderReading {
    /// Whether its order number is known.
    pub fn has_number(&self) -> bool {
        self.order_number.as_deref().is_some_and(|number| !number.is_empty())
    }

    /// Whether it is known well enough to be a purchase without a number.
    pub fn is_purchase(&self) -> bool {
        self.total_minor.is_some() || self.items.iter().any(|item| item.product.is_some())
    }

    /// Whether it has a number, a product, a total or a price: a purchase with none of them is not known
    /// well enough to be kept.
    pub(super) fn says_what_was_bought(&self) -> bool {
        let says = |item: &ItemReading| item.product.is_some() || item.price_minor.is_some();
        self.order_number.is_some() || self.total_minor.is_some() || self.items.iter().any(says)
    }
}

/// One line of an order, as a message states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemReading {
    /// The product's name, without markup.
    pub product: Option<String>,
    /// Price of ONE unit, minor units.
    pub price_minor: Option<i64>,
    /// Units of this line.
    pub quantity: Option<i64>,
    /// The shop's product number.
    pub sku: Option<String>,
    /// Size or variant.
    pub size: Option<String>,
}
