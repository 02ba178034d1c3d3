//! `parse`: what messages say, as a JSON line for each.

use std::io::{self, Write};

use serde::Serialize;

use crate::order::Money;
use crate::reading::{ItemReading, Kind, Labels, Message, OrderReading, Reading, read};

/// Reads a message and writes its reading as one line of JSON. Fails when it cannot write.
pub fn parse_to(out: &mut impl Write, message: &Message, labels: &Labels) -> io::Result<()> {
    let reading = read(message, labels);
    serde_json::to_writer(&mut *out, &Answer::of(message, &reading))?;
    out.write_all(b"\n")
}

/// A reading as the command line prints it: every key is there, in this order, what is not stated is null, money is
/// a decimal string, ids are strings.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    message_id: Option<String>,
    kind: Kind,
    reason: &'a str,
    orders: Vec<Bought<'a>>,
}

/// What it says of one order.
#[derive(Debug, Serialize)]
struct Bought<'a> {
    order_number: Option<&'a str>,
    store: Option<&'a str>,
    product: Option<&'a str>,
    price: Option<String>,
    total: Option<String>,
    currency: Option<&'static str>,
    quantity: Option<i64>,
    email: Option<&'a str>,
    profile: Option<&'a str>,
    proxy: Option<&'a str>,
    checkout_proxy: Option<&'a str>,
    tracking_number: Option<&'a str>,
    status: Option<&'a str>,
    size: Option<&'a str>,
    sku: Option<&'a str>,
    product_url: Option<&'a str>,
    order_url: Option<&'a str>,
    image_url: Option<&'a str>,
    commission: Option<String>,
    reference_number: Option<&'a str>,
    payment_method: Option<&'a str>,
    shipping_address: Option<&'a str>,
    shipping_method: Option<&'a str>,
    customer_name: Option<&'a str>,
    notes: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Debug, Serialize)]
struct Item<'a> {
    product: Option<&'a str>,
    price: Option<String>,
    quantity: Option<i64>,
    sku: Option<&'a str>,
    size: Option<&'a str>,
}

impl<'a> Answer<'a> {
    /// What is printed of a message.
    pub fn of(message: &Message, reading: &'a Reading) -> Self {
        Self {
            message_id: message.id.map(|id| id.to_string()),
            kind: reading.kind,
            reason: &reading.reason,
            orders: reading.orders.iter().map(Bought::of).collect(),
        }
    }
}

impl<'a> Bought<'a> {
    fn of(order: &'a OrderReading) -> Self {
        let (first, details) = (order.items.first(), &order.details);
        let money = |minor| decimal(order, minor);
        Self {
            order_number: order.order_number.as_deref(),
            store: order.store.as_deref(),
            product: first.and_then(|item| item.product.as_deref()),
            price: money(first.and_then(|item| item.price_minor)),
            total: money(order.total_minor),
            currency: order.currency.map(|currency| currency.code()),
            quantity: order.quantity,
            email: details.email.as_deref(),
            profile: details.profile.as_deref(),
            proxy: details.proxy_list.as_deref(),
            checkout_proxy: order.checkout_proxy.as_deref(),
            tracking_number: details.tracking_number.as_deref(),
            status: order.status.as_deref(),
            size: first.and_then(|item| item.size.as_deref()),
            sku: first.and_then(|item| item.sku.as_deref()),
            product_url: details.product_url.as_deref(),
            order_url: details.order_url.as_deref(),
            image_url: details.image_url.as_deref(),
            commission: money(order.commission_minor),
            reference_number: details.reference_number.as_deref(),
            payment_method: details.payment_method.as_deref(),
            shipping_address: details.shipping_address.as_deref(),
            shipping_method: details.shipping_method.as_deref(),
            customer_name: details.customer_name.as_deref(),
            notes: details.notes.as_deref(),
            items: order.items.iter().map(|item| Item::of(order, item)).collect(),
        }
    }
}

impl<'a> Item<'a> {
    fn of(order: &OrderReading, item: &'a ItemReading) -> Self {
        Self {
            product: item.product.as_deref(),
            price: decimal(order, item.price_minor),
            quantity: item.quantity,
            sku: item.sku.as_deref(),
            size: item.size.as_deref(),
        }
    }
}

fn decimal(order: &OrderReading, minor: Option<i64>) -> Option<String> {
    minor.map(|minor| Money::new(minor, order.currency).decimal())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Detail;

    #[test]
    fn each_text_of_an_order_is_printed() {
        let mut order = OrderReading::default();
        for detail in Detail::ALL {
            *order.details.get_mut(detail) = Some(format!("<{}>", detail.name()));
        }
        let reading = Reading { orders: vec![order], ..Reading::default() };
        let answer = serde_json::to_string(&Answer::of(&Message::default(), &reading)).unwrap();
        for detail in Detail::ALL {
            let key = if detail == Detail::ProxyList { "proxy" } else { detail.name() };
            let said = format!("\"{key}\":\"<{}>\"", detail.name());
            assert!(answer.contains(&said), "{said} in {answer}");
        }
    }
}
