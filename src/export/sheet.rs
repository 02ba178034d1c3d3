//! An order as rows of a spreadsheet.

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;

use super::cell::Cell;
use super::columns::{Column, OF_SHEETS};
use super::json::other_charges_json;
use super::layout::{Layout, Rows};
use crate::ledger::Order;
use crate::order::{Money, OrderItem, listed};

/// The rows of one order, with these columns; days and times are those of the zone.
pub(super) fn rows<'a>(
    order: &'a Order,
    layout: &Layout,
    columns: &[Column],
) -> Vec<Vec<Cell<'a>>> {
    let zone = layout.zone;
    let mut rows = match layout.rows {
        Rows::Orders => vec![cells(order, Line::of_order(order), zone)],
        Rows::Items if order.items.is_empty() => {
            vec![with_item(cells(order, Line::of_order(order), zone), Some(order), None)]
        }
        Rows::Items => {
            let row = |(index, item)| {
                let line = Line::of_item(order, item, index == 0);
                let whole = Some(order).filter(|_| index == 0);
                with_item(cells(order, line, zone), whole, Some(item))
            };
            order.items.iter().enumerate().map(row).collect()
        }
    };
    // Those that every file has stand where they are made.
    if columns.iter().enumerate().all(|(place, column)| column.place == place)
        && rows.iter().all(|row| row.len() == columns.len())
    {
        return rows;
    }
    if layout.rows == Rows::Orders {
        rows = rows.into_iter().map(|row| with_item(row, None, None)).collect();
    }
    let chosen = |(index, mut row): (usize, Vec<Cell<'a>>)| {
        // What is the whole order's stands in its first row.
        row.extend(if index == 0 {
            of_sheets(order, zone)
        } else {
            vec![Cell::Empty; OF_SHEETS.len()]
        });
        let cell = |column: &Column| row.get(column.place).cloned().unwrap_or(Cell::Empty);
        columns.iter().map(cell).collect()
    };
    rows.into_iter().enumerate().map(chosen).collect()
}

/// What sheets say of an order, in the order of their columns.
fn of_sheets(order: &Order, zone: Tz) -> Vec<Cell<'_>> {
    let books = &order.books;
    let money = |money: Option<Money>| money.map_or(Cell::Empty, |money| stated(order, money));
    let time = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map_or(Cell::Empty, |at| Cell::At(at.with_timezone(&zone)))
    };
    let cells: [Cell<'_>; OF_SHEETS.len()] = [
        money(books.payout),
        text(books.group_status.as_ref()),
        text(books.group_order_id.as_ref()),
        time(books.group_created_at),
        time(books.group_modified_at),
        money(books.charged),
        money(books.refunded),
        money(books.sold_price),
        money(books.fees),
        text(books.buyer.as_ref()),
        other_charges_json(books).map_or(Cell::Empty, |json| Cell::Text(json.into())),
        line_quantity(order).map_or(Cell::Empty, Cell::Count),
    ];
    cells.into()
}

/// Units of the only line, where those of the order are others by now: some were cancelled or corrected.
fn line_quantity(order: &Order) -> Option<i64> {
    let [item] = order.items.as_slice() else { return None };
    item.quantity.filter(|units| *units != order.quantity)
}

/// What a row says of products, money and units. What is the whole order's stands in its first row, so
/// that the sum of a column is right.
struct Line<'a> {
    product: Cell<'a>,
    price: Cell<'a>,
    total: Cell<'a>,
    commission: Cell<'a>,
    quantity: Cell<'a>,
    qty_received: Cell<'a>,
}

impl<'a> Line<'a> {
    fn of_order(order: &'a Order) -> Self {
        Self {
            product: products(order),
            price: common_price(order),
            total: money(order, order.total_minor),
            commission: money(order, order.commission_minor),
            quantity: Cell::Count(order.quantity),
            qty_received: order.qty_received.map_or(Cell::Empty, Cell::Count),
        }
    }

    fn of_item(order: &'a Order, item: &'a OrderItem, is_first: bool) -> Self {
        let is_only = order.items.len() == 1;
        let is_counted = item.quantity.is_some() || order.quantity != 1;
        let of_order = Some(order.quantity).filter(|_| is_only && is_counted);
        let quantity = of_order.or(item.quantity);
        // What is not counted costs as much as one.
        let sum = item.price_minor.and_then(|price| price.checked_mul(quantity.unwrap_or(1)));
        let sum = sum.map(|sum| of_line(order, item, sum));
        let total = || money(order, order.total_minor.filter(|_| is_only));
        let of_first = |cell: Cell<'a>| if is_first { cell } else { Cell::Empty };
        Self {
            product: text(item.product.as_ref()),
            price: item.price_minor.map_or(Cell::Empty, |price| of_line(order, item, price)),
            total: sum.unwrap_or_else(total),
            commission: of_first(money(order, order.commission_minor)),
            quantity: quantity.map_or(Cell::Empty, Cell::Count),
            qty_received: of_first(order.qty_received.map_or(Cell::Empty, Cell::Count)),
        }
    }
}

/// `2 × A; B`; of one product its name alone, since its units stand in a column of their own.
fn products(order: &Order) -> Cell<'_> {
    if order.items.len() < 2 {
        return text(order.product.as_ref());
    }
    let lines = order.items.iter().map(|item| (item.product.as_deref(), item.quantity));
    Cell::Text(listed(lines).into())
}

/// The price of a unit, where all have the same.
fn common_price(order: &Order) -> Cell<'static> {
    let Some((first, others)) = order.items.split_first() else {
        return money(order, order.price_minor);
    };
    let price = |item: &OrderItem| (item.price_minor, item.currency);
    let common =
        first.price_minor.filter(|_| others.iter().all(|item| price(item) == price(first)));
    common.map_or(Cell::Empty, |minor| of_line(order, first, minor))
}

/// An amount of a line, whose currency may be its own.
fn of_line(order: &Order, item: &OrderItem, minor: i64) -> Cell<'static> {
    stated(order, Money { minor, currency: item.currency.or(order.currency) })
}

/// An amount beside those of the order.
fn stated(order: &Order, money: Money) -> Cell<'static> {
    let is_foreign = money.currency.is_some() && money.currency != order.currency;
    if is_foreign { Cell::ForeignMoney(money) } else { Cell::Money(money) }
}

/// `whole`: the order, in the row that says what is the whole order's.
fn with_item<'a>(
    mut row: Vec<Cell<'a>>,
    whole: Option<&'a Order>,
    item: Option<&'a OrderItem>,
) -> Vec<Cell<'a>> {
    let total = whole.map_or(Cell::Empty, |order| money(order, order.total_minor));
    // Of units that were cancelled it is not known which line they were of.
    let units = whole.map_or(Cell::Empty, |order| Cell::Count(order.quantity));
    let sku = text(item.and_then(|item| item.sku.as_ref()));
    row.extend([total, units, sku, text(item.and_then(|item| item.size.as_ref()))]);
    row
}

fn cells<'a>(order: &'a Order, line: Line<'a>, zone: Tz) -> Vec<Cell<'a>> {
    let time = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map_or(Cell::Empty, |at| Cell::At(at.with_timezone(&zone)))
    };
    let ordered_at = order.ordered_at.with_timezone(&zone);
    vec![
        Cell::Day(ordered_at.date_naive()),
        clock(ordered_at),
        line.product,
        line.price,
        line.total,
        line.commission,
        line.quantity,
        text(order.details.profile.as_ref()),
        text(order.details.proxy_list.as_ref()),
        text(order.order_number.as_ref()),
        text(order.details.email.as_ref()),
        text(order.details.reference_number.as_ref()),
        order.books.charge_posted_on.map_or(Cell::Empty, Cell::Day),
        text(order.details.tracking_number.as_ref()),
        Cell::Word(order.status.as_str()),
        text(order.details.notes.as_ref()),
        text(order.details.payment_method.as_ref()),
        text(order.details.shipping_address.as_ref()),
        text(order.details.shipping_method.as_ref()),
        line.qty_received,
        Cell::Count(order.id.0),
        time(Some(order.created_at)),
        time(Some(order.updated_at)),
        text(order.store.as_ref()),
        order.currency.map_or(Cell::Empty, |currency| Cell::Word(currency.code())),
        text(order.details.customer_name.as_ref()),
        text(order.details.product_url.as_ref()),
        text(order.details.order_url.as_ref()),
        text(order.details.image_url.as_ref()),
        time(order.shipped_at),
        time(order.delivered_at),
        Cell::Word(&order.source),
        Cell::Id(order.guild_id.0),
        order.channel_id.map_or(Cell::Empty, |id| Cell::Id(id.0)),
        order.message_id.map_or(Cell::Empty, |id| Cell::Id(id.0)),
    ]
}

/// The time of a day. Where clocks show it twice, the second one has its offset.
fn clock(at: DateTime<Tz>) -> Cell<'static> {
    let local = at.naive_local();
    let first = at.timezone().from_local_datetime(&local).earliest();
    if first.is_some_and(|first| first < at) {
        return Cell::Text(at.format("%H:%M:%S%:z").to_string().into());
    }
    Cell::Clock(local.time())
}

fn money(order: &Order, minor: Option<i64>) -> Cell<'static> {
    minor.map_or(Cell::Empty, |minor| Cell::Money(Money { minor, currency: order.currency }))
}

fn text(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
}
