//! An order as a JSON object.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::ledger::{Books, Order};
use crate::order::{Money, OrderDetails, OrderItem};

/// The columns of `orders`, in the order of the table; money as decimal strings, in `currency` where no other one is
/// named beside it.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    id: i64,
    guild_id: String,
    order_number: Option<&'a str>,
    store: Option<&'a str>,
    product: Option<&'a str>,
    price: Option<String>,
    total: Option<String>,
    currency: Option<&'a str>,
    quantity: i64,
    commission: Option<String>,
    #[serde(flatten)]
    details: &'a OrderDetails,
    status: &'a str,
    qty_received: Option<i64>,
    ordered_at: String,
    posted_at: Option<String>,
    shipped_at: Option<String>,
    delivered_at: Option<String>,
    source: &'a str,
    message_id: Option<String>,
    channel_id: Option<String>,
    created_at: String,
    updated_at: String,
    parcels: Vec<&'a str>,
    payout: Option<String>,
    payout_currency: Option<&'a str>,
    group_status: Option<&'a str>,
    group_order_id: Option<&'a str>,
    group_created_at: Option<String>,
    group_modified_at: Option<String>,
    charge_posted_on: Option<String>,
    charged: Option<String>,
    refunded: Option<String>,
    charge_currency: Option<&'a str>,
    /// What was charged in other currencies; absent: nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_charges: Vec<OtherCharge>,
    corrected: Vec<&'a str>,
    sold_price: Option<String>,
    fees: Option<String>,
    buyer: Option<&'a str>,
    items: Vec<Item<'a>>,
}

/// What was charged in a currency that is not that of `charged`, and what came back.
#[derive(Serialize)]
struct OtherCharge {
    currency: &'static str,
    charged: String,
    refunded: String,
}

#[derive(Serialize)]
struct Item<'a> {
    product: Option<&'a str>,
    price: Option<String>,
    /// Of the price, where it is not the order's.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    quantity: Option<i64>,
    sku: Option<&'a str>,
    size: Option<&'a str>,
}

impl<'a> Row<'a> {
    pub(super) fn of(order: &'a Order) -> Self {
        let money = |minor: Option<i64>| decimal(order, minor);
        let books = &order.books;
        let sum = |money: Option<Money>| money.map(|money| money.decimal());
        let of = |money: Option<Money>| Some(money?.currency?.code());
        // It is that of the first line, which names its own currency.
        let is_own = order.items.first().is_none_or(|first| first.currency.is_none());
        Self {
            id: order.id.0,
            guild_id: order.guild_id.to_string(),
            order_number: order.order_number.as_deref(),
            store: order.store.as_deref(),
            product: order.product.as_deref(),
            price: money(order.price_minor.filter(|_| is_own)),
            total: money(order.total_minor),
            currency: order.currency.map(|currency| currency.code()),
            quantity: order.quantity,
            commission: money(order.commission_minor),
            details: &order.details,
            status: order.status.as_str(),
            qty_received: order.qty_received,
            ordered_at: time(order.ordered_at),
            posted_at: order.posted_at.map(time),
            shipped_at: order.shipped_at.map(time),
            delivered_at: order.delivered_at.map(time),
            source: &order.source,
            message_id: order.message_id.map(|id| id.to_string()),
            channel_id: order.channel_id.map(|id| id.to_string()),
            created_at: time(order.created_at),
            updated_at: time(order.updated_at),
            parcels: order.parcels(),
            payout: sum(books.payout),
            payout_currency: of(books.payout),
            group_status: books.group_status.as_deref(),
            group_order_id: books.group_order_id.as_deref(),
            group_created_at: books.group_created_at.map(time),
            group_modified_at: books.group_modified_at.map(time),
            charge_posted_on: books.charge_posted_on.map(|day| day.to_string()),
            charged: sum(books.charged),
            refunded: sum(books.refunded),
            charge_currency: of(books.charged.or(books.refunded)),
            other_charges: other_charges(books),
            corrected: order.corrected(),
            sold_price: sum(books.sold_price),
            fees: sum(books.fees),
            buyer: books.buyer.as_deref(),
            items: order.items.iter().map(|item| Item::of(order, item)).collect(),
        }
    }
}

impl<'a> Item<'a> {
    fn of(order: &Order, item: &'a OrderItem) -> Self {
        Self {
            product: item.product.as_deref(),
            price: item
                .price_minor
                .map(|minor| Money { minor, currency: item.currency.or(order.currency) }.decimal()),
            currency: item.currency.map(|currency| currency.code()),
            quantity: item.quantity,
            sku: item.sku.as_deref(),
            size: item.size.as_deref(),
        }
    }
}

/// Charges in other currencies than the one that a column has room for, as JSON; `None`: there are none.
pub(super) fn other_charges_json(books: &Books) -> Option<String> {
    let charges = other_charges(books);
    let json = serde_json::to_string(&charges).ok();
    json.filter(|_| !charges.is_empty())
}

fn other_charges(books: &Books) -> Vec<OtherCharge> {
    let shown = books.charged.or(books.refunded).map(|money| money.currency);
    let all = books.all_charged.iter().chain(&books.all_refunded);
    let currencies: BTreeMap<_, _> = all.map(|money| (money.code(), money.currency)).collect();
    let others = currencies.into_iter().filter(|(_, currency)| Some(*currency) != shown);
    let charge = |(code, currency)| {
        let of = |sums: &[Money]| {
            let sum = sums.iter().find(|money| money.currency == currency);
            sum.copied().unwrap_or(Money { minor: 0, currency }).decimal()
        };
        let (charged, refunded) = (of(&books.all_charged), of(&books.all_refunded));
        OtherCharge { currency: code, charged, refunded }
    };
    others.map(charge).collect()
}

fn decimal(order: &Order, minor: Option<i64>) -> Option<String> {
    minor.map(|minor| Money { minor, currency: order.currency }.decimal())
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
