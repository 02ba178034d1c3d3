//! Made-up orders and messages, each as plain as can be.

use chrono::{DateTime, Utc};

use super::time;
use crate::figures::{Counted, Figures, Line};
use crate::ids::{ChannelId, GuildId, MessageId, OrderId, UserId, WebhookId};
use crate::ledger::{Delivery, Order, OrderEvent};
use crate::order::{Currency, OrderDetails, OrderItem, Status};
use crate::verdict::{Outcome, Via};

pub(crate) const CHANNEL: ChannelId = ChannelId(20);

/// So many minutes before now.
pub(crate) fn ago(minutes: i64) -> DateTime<Utc> {
    time() - chrono::TimeDelta::minutes(minutes)
}

/// An order of which no more is known than that there is one.
pub(crate) fn bare(number: &str) -> Order {
    Order {
        id: OrderId(12),
        guild_id: GuildId(10),
        order_number: Some(number.to_owned()),
        store: None,
        product: None,
        price_minor: None,
        total_minor: None,
        currency: None,
        quantity: 1,
        commission_minor: None,
        details: OrderDetails::default(),
        status: Status::Verified,
        qty_received: None,
        ordered_at: ago(90),
        posted_at: None,
        shipped_at: None,
        delivered_at: None,
        source: "import".to_owned(),
        message_id: Some(MessageId(-1)),
        channel_id: Some(ChannelId(0)),
        is_message_deleted: false,
        created_at: ago(90),
        updated_at: ago(5),
        books: crate::ledger::Books::default(),
        by_hand: Vec::new(),
        is_number_by_hand: false,
        items: Vec::new(),
    }
}

/// An order as Refract announces most of them.
pub(crate) fn order(number: &str, store: &str, product: &str) -> Order {
    let mut order = bare(number);
    (order.message_id, order.channel_id) = (Some(MessageId(30)), Some(CHANNEL));
    order.source = "webhook".to_owned();
    order.store = Some(store.to_owned());
    order.product = Some(product.to_owned());
    order.price_minor = Some(129_999);
    order.total_minor = Some(129_999);
    order.currency = Some(Currency::USD);
    order.items = vec![item(product, 1)];
    order
}

pub(crate) fn item(product: &str, quantity: i64) -> OrderItem {
    OrderItem {
        product: Some(product.to_owned()),
        price_minor: Some(129_999),
        quantity: Some(quantity),
        sku: None,
        size: None,
        currency: None,
        product_url: None,
    }
}

/// Something that happened to an order: `details` as JSON; by nobody where `user` is 0.
pub(crate) fn event(kind: &str, source: &str, user: i64, details: &str) -> OrderEvent {
    OrderEvent {
        at: ago(5),
        kind: kind.to_owned(),
        source: source.to_owned(),
        user_id: Some(UserId(user)).filter(|user| user.0 > 0),
        message_id: None,
        details: details.to_owned(),
        batch: None,
    }
}

/// A message that ended so.
pub(crate) fn delivery(outcome: Outcome, reason: &str) -> Delivery {
    Delivery {
        message_id: MessageId(30),
        guild_id: GuildId(10),
        channel_id: CHANNEL,
        webhook_id: Some(WebhookId(40)),
        posted_at: Some(ago(2)),
        edited_at: None,
        received_at: ago(2),
        via: Via::Live,
        outcome,
        reason: reason.to_owned(),
        orders: Vec::new(),
        reaction_shown: None,
        deleted_at: None,
    }
}

/// What orders of these stores come to, at 100 a unit; without a store nothing of an order is known.
pub(crate) fn figures(orders: &[(&str, Status, i64)]) -> Figures {
    let mut figures = Figures::default();
    for (store, status, units) in orders {
        let known = Some((*store).to_owned()).filter(|store| !store.is_empty());
        let counted = Counted {
            ordered_at: ago(90),
            units: *units,
            total_minor: known.as_ref().map(|_| 10_000 * units),
            currency: Some(if *store == "Shop" { Currency::EUR } else { Currency::USD }),
            payout: None,
            status: *status,
            profile: known.clone().map(|store| format!("{store} buyer")),
            lines: vec![Line { product: known.clone().map(|_| "Box".to_owned()), units: *units }],
            store: known,
        };
        figures.add(&counted, chrono_tz::UTC);
    }
    figures
}
