//! An order as a row of a spreadsheet.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Timelike, Utc};

use crate::ledger::Order;
use crate::order::Money;

/// The columns: first those that people have in their own spreadsheets, in that order.
pub(super) const HEADINGS: [&str; 35] = [
    "Date",
    "Time",
    "Product",
    "Price",
    "Total",
    "Commission",
    "Quantity",
    "Profile",
    "Proxy List",
    "Order Number",
    "Email",
    "Reference #",
    "Posted Date",
    "Tracking Number",
    "Status",
    "Notes",
    "Payment Method",
    "Shipping Address",
    "Shipping Method",
    "QTY Received",
    "Order ID",
    "Created",
    "Modified",
    "Store",
    "Currency",
    "Customer Name",
    "Product Link",
    "Order Link",
    "Picture",
    "Shipped",
    "Delivered",
    "Source",
    "Server",
    "Channel",
    "Message",
];

/// A value of a column, as its kind: a spreadsheet shows and counts each in its own way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Written by others.
    Text(&'a str),
    /// One of our own words.
    Word(&'a str),
    /// An id: too long for a spreadsheet's numbers.
    Id(i64),
    Count(i64),
    Money(Money),
    Day(NaiveDate),
    Clock(NaiveTime),
    At(DateTime<Utc>),
}

/// The cells of one order, under [`HEADINGS`].
pub(super) fn row(order: &Order) -> [Cell<'_>; 35] {
    let money = |minor: Option<i64>| {
        minor.map_or(Cell::Empty, |minor| Cell::Money(Money { minor, currency: order.currency }))
    };
    [
        Cell::Day(order.ordered_at.date_naive()),
        Cell::Clock(order.ordered_at.time()),
        text(order.product.as_ref()),
        money(order.price_minor),
        money(order.total_minor),
        money(order.commission_minor),
        Cell::Count(order.quantity),
        text(order.profile.as_ref()),
        text(order.proxy_list.as_ref()),
        text(order.order_number.as_ref()),
        text(order.email.as_ref()),
        text(order.reference_number.as_ref()),
        time(order.posted_at),
        text(order.tracking_number.as_ref()),
        Cell::Word(order.status.as_str()),
        text(order.notes.as_ref()),
        text(order.payment_method.as_ref()),
        text(order.shipping_address.as_ref()),
        text(order.shipping_method.as_ref()),
        order.qty_received.map_or(Cell::Empty, Cell::Count),
        Cell::Count(order.id.0),
        time(Some(order.created_at)),
        time(Some(order.updated_at)),
        text(order.store.as_ref()),
        order.currency.map_or(Cell::Empty, |currency| Cell::Word(currency.code())),
        text(order.customer_name.as_ref()),
        text(order.product_url.as_ref()),
        text(order.order_url.as_ref()),
        text(order.image_url.as_ref()),
        time(order.shipped_at),
        time(order.delivered_at),
        Cell::Word(&order.source),
        Cell::Id(order.guild_id.0),
        Cell::Id(order.channel_id.0),
        Cell::Id(order.message_id.0),
    ]
}

fn time(at: Option<DateTime<Utc>>) -> Cell<'static> {
    at.map_or(Cell::Empty, Cell::At)
}

fn text(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(text))
}

impl<'a> Cell<'a> {
    /// The cell in a CSV, which knows nothing but text.
    pub(super) fn csv(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => guarded(text),
            Self::Word(word) => Cow::Borrowed(word),
            Self::Id(id) => guarded(&id.to_string()).into_owned().into(),
            Self::Count(count) => count.to_string().into(),
            Self::Money(money) => money.decimal().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Clock(time) => time.with_nanosecond(0).unwrap_or(time).to_string().into(),
            Self::At(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
        }
    }
}

/// Digits from which on a spreadsheet shows a number as 2.00014E+14.
const LONG_NUMBER: usize = 12;

/// A text as spreadsheets keep it: an apostrophe goes before what they would run as a formula, or
/// take for a number and round or strip of its zeros.
fn guarded(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        digits && (text.len() >= LONG_NUMBER || (text.len() > 1 && text.starts_with('0')));
    if is_formula || is_number { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_not_run() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn long_numbers_and_leading_zeros_stay_as_they_are() {
        assert_eq!(guarded("200014000000000"), "'200014000000000");
        assert_eq!(guarded("0012"), "'0012");
        assert_eq!(guarded("BBY01-807100000011"), "BBY01-807100000011");
        assert_eq!(guarded("12345"), "12345");
        assert_eq!(guarded(""), "");
    }
}
