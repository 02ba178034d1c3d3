//! An order of the past, or one line of it.

use serde_json::Value;

use super::{dollars, known_status, written_here};
use crate::order::{Currency, Money, Status};
use crate::reading::{columns, email, is_no_status_yet, is_nothing};
use crate::sheet::amount::Amount;
use crate::sheet::cells::{Cells, shown};
use crate::sheet::field::Field;
use crate::sheet::headings::Meaning;
use crate::sheet::line::Refusal;
use crate::sheet::moment::Moment;
use crate::sheet::rows::{ItemRow, OrderRow};

use Field as F;

/// Lines of one order.
const MAX_ITEMS: usize = 1_000;

pub(super) fn row(cells: &Cells<'_>) -> Result<OrderRow, Refusal> {
    let is_item = cells.columns.meaning == Meaning::ExportItems;
    let mut row = OrderRow {
        order_number: number(cells)?,
        store: cells.text(F::Store)?,
        currency: currency(cells)?,
        is_dollars: dollars::any(cells)?,
        ordered_at: ordered_at(cells)?,
        is_item,
        adds_up: !matches!(
            cells.columns.meaning,
            Meaning::Export | Meaning::ExportItems | Meaning::Json
        ),
        is_shown: cells.columns.meaning == Meaning::Nineteen && written_here::is(cells)?,
        total: cells.cost(F::Total)?,
        commission: cells.amount(F::Commission)?,
        reference_number: cells.reference(F::Reference)?,
        status: status(cells)?,
        shipped_at: cells.moment(F::ShippedAt)?,
        delivered_at: cells.moment(F::DeliveredAt)?,
        ..OrderRow::default()
    };
    bought(cells, &mut row)?;
    parcels(cells, &mut row)?;
    texts(cells, &mut row)?;
    books(cells, &mut row)?;
    dollars::name(cells, &mut row)?;
    row.noted_at = clock(cells, &row)?;
    if row.order_number.is_empty() {
        origin(cells, &mut row)?;
    }
    Ok(row)
}

/// None where it speaks of what was asked for, or of a part of the order: the purchase is brought all the same.
fn status(cells: &Cells<'_>) -> Result<Option<Status>, Refusal> {
    match cells.text(F::Status)? {
        Some(words) if is_no_status_yet(&words) => Ok(None),
        _ => known_status(cells),
    }
}

/// Empty where the order has none, in a sheet of a program that writes such orders, too.
fn number(cells: &Cells<'_>) -> Result<String, Refusal> {
    let may_lack = !matches!(cells.columns.meaning, Meaning::Names | Meaning::Unclear);
    match cells.order_number() {
        Err(Refusal::NoOrderNumber) if may_lack => Ok(String::new()),
        number => number,
    }
}

/// By what an order without a number is known again: where our exports have it from, else when it was bought and
/// what.
fn origin(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    (row.message_id, row.ledger_id) = (cells.id(F::MessageId)?, cells.id(F::LedgerId)?);
    row.noted_at = row.noted_at.or(cells.moment(F::CreatedAt)?.filter(|_| row.ledger_id.is_some()));
    let is_named = row.items.iter().any(|item| item.product.is_some());
    let is_bought = row.ordered_at.is_some() && is_named;
    let is_noted = row.ledger_id.is_some() && row.noted_at.is_some();
    let is_known = row.message_id.is_some() || is_noted || is_bought;
    if is_known { Ok(()) } else { Err(Refusal::NoOrderNumber) }
}

/// The currency of all amounts of a row.
pub(super) fn currency(cells: &Cells<'_>) -> Result<Option<Currency>, Refusal> {
    currency_in(cells, F::Currency)
}

fn currency_in(cells: &Cells<'_>, field: Field) -> Result<Option<Currency>, Refusal> {
    let Some(word) = cells.word(field)? else { return Ok(None) };
    if word == "$" || word.eq_ignore_ascii_case("XXX") {
        return Ok(None);
    }
    let currency = Currency::from_code(&word.to_uppercase());
    currency.map(Some).ok_or_else(|| Refusal::UnknownCurrency(shown(&word)))
}

/// The day with its time.
fn ordered_at(cells: &Cells<'_>) -> Result<Option<Moment>, Refusal> {
    let Some(at) = cells.moment(F::Date)? else {
        let noted = cells.moment(F::CreatedAt)?;
        return Ok(noted.filter(|_| cells.columns.meaning == Meaning::Roms));
    };
    if at.time.is_some() {
        return Ok(Some(at));
    }
    let time = cells.time(F::Time, at.day)?;
    Ok(Some(time.map_or(at, |(time, offset)| Moment { time: Some(time), offset, ..at })))
}

/// Of our exports, which write day and time without an offset, the moment of the row that has one.
fn clock(cells: &Cells<'_>, row: &OrderRow) -> Result<Option<Moment>, Refusal> {
    let ours = matches!(cells.columns.meaning, Meaning::Export | Meaning::ExportItems);
    let lacks_offset = row.ordered_at.is_some_and(|at| at.time.is_some() && at.offset.is_none());
    if !ours || !lacks_offset {
        return Ok(None);
    }
    Ok(cells.moment(F::CreatedAt)?.filter(|noted| noted.offset.is_some()))
}

/// Products, prices and units.
fn bought(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    let quantity = cells.count(F::Quantity)?;
    // Of an order that was cancelled unit by unit our own files say 0.
    let is_ours =
        matches!(cells.columns.meaning, Meaning::Export | Meaning::ExportItems | Meaning::Json);
    if quantity == Some(0) && !is_ours {
        return Err(Refusal::NothingBought);
    }
    if let Some(items) = cells.lines(F::Items)? {
        row.items = items_of_json(&items)?;
    }
    if row.items.is_empty() && cells.columns.meaning == Meaning::Export {
        row.items = items_of_list(cells, quantity)?;
    }
    if row.items.is_empty() {
        let item = ItemRow {
            product: cells.text(F::Product)?,
            price: cells.cost(F::Price)?,
            quantity: cells.count(F::LineQuantity)?.or(quantity).filter(|_| row.is_item),
            sku: cells.text(F::Sku)?,
            size: cells.text(F::Size)?,
        };
        let nothing = ItemRow { quantity: item.quantity, ..ItemRow::default() };
        row.items.extend(Some(item).filter(|item| *item != nothing));
    }
    // An order without lines is one row, too.
    let of_order = quantity.filter(|_| !row.is_item || row.items.is_empty());
    row.quantity = cells.count(F::OrderQuantity)?.or(of_order);
    Ok(())
}

/// The products of an order as our CSV lists them, `2 × A; B`; none where that is not what the cell says.
fn items_of_list(cells: &Cells<'_>, quantity: Option<i64>) -> Result<Vec<ItemRow>, Refusal> {
    let Some(text) = cells.text(F::Product)? else { return Ok(Vec::new()) };
    let price = cells.cost(F::Price)?;
    let item = |part: &str| {
        let units = part.split_once(" × ");
        let units = units.and_then(|(units, name)| Some((units.parse::<i64>().ok()?, name)));
        let (units, name) = units.unwrap_or((1, part));
        let product = Some(name.to_owned()).filter(|name| name != "(not named)");
        ItemRow { product, price, quantity: Some(units), ..ItemRow::default() }
    };
    let items: Vec<ItemRow> = text.split("; ").map(item).collect();
    let units = items.iter().filter_map(|item| item.quantity).fold(0, i64::saturating_add);
    // A name may hold a semicolon; the units tell.
    let is_list = items.len() > 1 && items.len() <= MAX_ITEMS && Some(units) == quantity;
    Ok(if is_list { items } else { Vec::new() })
}

/// The lines of an order in our JSON.
fn items_of_json(text: &str) -> Result<Vec<ItemRow>, Refusal> {
    let broken = || Refusal::BrokenItems;
    let items: Vec<Value> = serde_json::from_str(text).map_err(|_| broken())?;
    if items.len() > MAX_ITEMS {
        return Err(broken());
    }
    let item = |item: &Value| {
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        // As in a column of its own.
        let clean = |name: &str| {
            let words = text(name)?.split_whitespace().collect::<Vec<_>>().join(" ");
            let clean = columns::column(name, &words).into_owned();
            Some(clean).filter(|text| !is_nothing(text))
        };
        let currency = text("currency").map(|code| Currency::from_code(code).ok_or_else(broken));
        let currency = currency.transpose()?;
        let price = text("price").map(str::parse::<Amount>).transpose().map_err(|_| broken())?;
        let price = price.map(|mut price| {
            price.currency = price.currency.or(currency);
            price
        });
        Ok(ItemRow {
            product: clean("product"),
            price,
            quantity: item.get("quantity").and_then(Value::as_i64),
            sku: clean("sku"),
            size: clean("size"),
        })
    };
    items.iter().map(item).collect()
}

/// Charges in other currencies in our JSON.
fn charges_of_json(text: &str) -> Result<Vec<(Amount, Amount)>, Refusal> {
    let broken = || Refusal::BrokenCharges;
    let charges: Vec<Value> = serde_json::from_str(text).map_err(|_| broken())?;
    if charges.len() > MAX_ITEMS {
        return Err(broken());
    }
    let charge = |charge: &Value| {
        let text = |name: &str| charge.get(name).and_then(Value::as_str);
        let amount = |name: &str| {
            let mut amount: Amount = text(name).unwrap_or("0").parse().map_err(|_| broken())?;
            amount.currency = match text("currency") {
                Some(Money::NO_CURRENCY) => None,
                code => Some(code.and_then(Currency::from_code).ok_or_else(broken)?),
            };
            amount.money(None).map(|_| amount).ok_or_else(broken)
        };
        Ok((amount("charged")?, amount("refunded")?))
    };
    charges.iter().map(charge).collect()
}

fn parcels(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    row.parcels = cells.parcels(F::Tracking)?;
    for parcel in cells.parcels(F::Parcels)? {
        if !row.parcels.contains(&parcel) {
            row.parcels.push(parcel);
        }
    }
    Ok(())
}

fn texts(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    row.email = cells.word(F::Email)?.and_then(|text| email(&text));
    for (slot, field) in [
        (&mut row.customer_name, F::CustomerName),
        (&mut row.profile, F::Profile),
        (&mut row.proxy_list, F::ProxyList),
        (&mut row.payment_method, F::PaymentMethod),
        (&mut row.shipping_address, F::ShippingAddress),
        (&mut row.shipping_method, F::ShippingMethod),
        (&mut row.notes, F::Notes),
        (&mut row.product_url, F::ProductUrl),
        (&mut row.order_url, F::OrderUrl),
        (&mut row.image_url, F::ImageUrl),
        (&mut row.buyer, F::Buyer),
    ] {
        *slot = cells.text(field)?;
    }
    Ok(())
}

/// What the group, the card and the sale say.
fn books(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    row.qty_received = cells.count(F::Received)?;
    row.group_status = cells.text(F::GroupStatus)?.map(|word| word.to_uppercase());
    row.group_order_number = cells.reference(F::GroupNumber)?;
    row.group_created = cells.moment(F::GroupCreated)?;
    row.group_modified = cells.moment(F::GroupModified)?;
    // Older exports have the time of the message there, which is no day of a charge.
    let posted = cells.moment(F::ChargePostedOn)?;
    let ours = matches!(cells.columns.meaning, Meaning::Export | Meaning::ExportItems);
    let posted = posted.filter(|posted| !ours || posted.time.is_none());
    row.charge_posted_on = posted.map(|posted| Moment { time: None, offset: None, ..posted });
    row.payout = cells.amount(F::Payout)?;
    for (slot, field) in [
        (&mut row.charged, F::Charged),
        (&mut row.refunded, F::Refunded),
        (&mut row.sold_price, F::SoldPrice),
        (&mut row.fees, F::Fees),
    ] {
        *slot = cells.cost(field)?;
    }
    if let Some(charges) = cells.lines(F::OtherCharges)? {
        row.other_charges = charges_of_json(&charges)?;
    }
    let of_charge = currency_in(cells, F::ChargeCurrency)?;
    for (amount, named) in [
        (&mut row.payout, currency_in(cells, F::PayoutCurrency)?),
        (&mut row.charged, of_charge),
        (&mut row.refunded, of_charge),
    ] {
        // That of the row is that of all its amounts.
        if let Some(amount) = amount {
            amount.currency =
                amount.currency.or(named.filter(|named| Some(*named) != row.currency));
        }
    }
    Ok(())
}
