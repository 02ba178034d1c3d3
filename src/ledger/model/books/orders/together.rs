//! The rows of one sheet that speak of one order, as one: what they count and pay adds up.

use std::collections::HashSet;

use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::shares::VERIFIED;
use crate::sheet::{Amount, ItemRow, Moment, OrderRow};

/// Adds rows up. The same row twice is one, unless each row is a line of an order.
pub(super) fn together(rows: &[(&Evidence, &OrderRow)]) -> Option<OrderRow> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut whole: Option<OrderRow> = None;
    for (evidence, row) in rows {
        if !row.is_item && !seen.insert(&evidence.fingerprint) {
            continue;
        }
        match &mut whole {
            Some(whole) => add(whole, row),
            None => whole = Some((*row).clone()),
        }
    }
    whole.map(|whole| counted_by_product(whole, rows))
}

/// Where a row leaves its units blank beside other products, the sum is not of the whole order: each line counts,
/// a blank one as 1.
fn counted_by_product(whole: OrderRow, rows: &[(&Evidence, &OrderRow)]) -> OrderRow {
    let is_blank = |(_, row): &(&Evidence, &OrderRow)| {
        !row.items.is_empty() && row.quantity.is_none() && !row.is_item
    };
    let names_units = whole.items.iter().any(|item| item.quantity.is_some());
    let is_partial = whole.items.len() > 1 && names_units && rows.iter().any(is_blank);
    OrderRow { quantity: whole.quantity.filter(|_| !is_partial), ..whole }
}

fn add(whole: &mut OrderRow, row: &OrderRow) {
    add_items(whole, row);
    whole.quantity = match (whole.quantity, row.quantity) {
        (Some(units), Some(more)) => Some(units.saturating_add(more)),
        (units, more) => units.or(more),
    };
    whole.qty_received = match (whole.qty_received, row.qty_received) {
        (Some(units), Some(more)) => Some(units.saturating_add(more)),
        (units, more) => units.or(more),
    };
    for (sum, amount) in [
        (&mut whole.total, row.total),
        (&mut whole.commission, row.commission),
        (&mut whole.payout, row.payout),
        (&mut whole.charged, row.charged),
        (&mut whole.refunded, row.refunded),
        (&mut whole.sold_price, row.sold_price),
        (&mut whole.fees, row.fees),
    ] {
        *sum = plus(*sum, amount);
    }
    if whole.other_charges.is_empty() {
        whole.other_charges.clone_from(&row.other_charges);
    }
    add_texts(whole, row);
    for parcel in &row.parcels {
        if !whole.parcels.contains(parcel) {
            whole.parcels.push(parcel.clone());
        }
    }
    for (kept, moment) in [
        (&mut whole.ordered_at, row.ordered_at),
        (&mut whole.charge_posted_on, row.charge_posted_on),
        (&mut whole.group_created, row.group_created),
    ] {
        *kept = earliest(*kept, moment);
    }
    whole.group_modified = latest(whole.group_modified, row.group_modified);
    whole.shipped_at = whole.shipped_at.or(row.shipped_at);
    whole.delivered_at = whole.delivered_at.or(row.delivered_at);
    whole.currency = whole.currency.or(row.currency);
    whole.is_dollars |= row.is_dollars;
}

/// Another product is another line; more of the same are more units of it.
fn add_items(whole: &mut OrderRow, row: &OrderRow) {
    if row.is_item {
        whole.items.extend(row.items.iter().cloned());
        return;
    }
    if let ([item], Some(units)) = (whole.items.as_mut_slice(), whole.quantity) {
        item.quantity = item.quantity.or(Some(units));
    }
    let is_only = row.items.len() == 1;
    for item in &row.items {
        let units = item.quantity.or(row.quantity.filter(|_| is_only));
        let is_same = |known: &&mut ItemRow| {
            (&known.product, known.price, &known.sku, &known.size)
                == (&item.product, item.price, &item.sku, &item.size)
        };
        if let Some(known) = whole.items.iter_mut().find(is_same) {
            let all = known.quantity.unwrap_or(1).saturating_add(units.unwrap_or(1));
            known.quantity = Some(all);
        } else {
            whole.items.push(ItemRow { quantity: units, ..item.clone() });
        }
    }
}

fn add_texts(whole: &mut OrderRow, row: &OrderRow) {
    for (kept, text) in [
        (&mut whole.store, &row.store),
        (&mut whole.email, &row.email),
        (&mut whole.customer_name, &row.customer_name),
        (&mut whole.profile, &row.profile),
        (&mut whole.proxy_list, &row.proxy_list),
        (&mut whole.reference_number, &row.reference_number),
        (&mut whole.payment_method, &row.payment_method),
        (&mut whole.shipping_address, &row.shipping_address),
        (&mut whole.shipping_method, &row.shipping_method),
        (&mut whole.notes, &row.notes),
        (&mut whole.product_url, &row.product_url),
        (&mut whole.order_url, &row.order_url),
        (&mut whole.image_url, &row.image_url),
        (&mut whole.buyer, &row.buyer),
    ] {
        if kept.is_none() {
            kept.clone_from(text);
        }
    }
    // The first word that is not VERIFIED, as with parcels.
    if whole.group_status.as_deref().is_none_or(|word| word == VERIFIED) {
        whole.group_status = row.group_status.clone().or_else(|| whole.group_status.take());
    }
    let number = row.group_order_number.as_ref();
    whole.group_order_number = match (whole.group_order_number.take(), number) {
        (Some(known), Some(number)) if !known.split(", ").any(|one| one == number) => {
            Some(format!("{known}, {number}"))
        }
        (known, number) => known.or_else(|| number.cloned()),
    };
}

/// Two currencies are never added: the first stays.
fn plus(sum: Option<Amount>, amount: Option<Amount>) -> Option<Amount> {
    match (sum, amount) {
        (Some(sum), Some(amount)) => Some(sum.plus(amount).unwrap_or(sum)),
        (sum, amount) => sum.or(amount),
    }
}

fn earliest(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    let (Some(first), Some(second)) = (one, other) else { return one.or(other) };
    let at = |moment: Moment| moment.utc(chrono_tz::Tz::UTC);
    Some(if at(second) < at(first) { second } else { first })
}

fn latest(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    let (Some(first), Some(second)) = (one, other) else { return one.or(other) };
    let at = |moment: Moment| moment.utc(chrono_tz::Tz::UTC);
    Some(if at(second) > at(first) { second } else { first })
}
