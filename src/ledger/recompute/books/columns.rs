//! The columns that sheets fill beside those of messages, and the lines.

use sqlx::{SqliteConnection, query};

use super::widen::json;
use crate::ledger::model::books::charges::{Charges, others};
use crate::ledger::model::books::orders::Ranked;
use crate::ledger::model::books::overlay::Books;
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::BookColumns;
use crate::order::{Money, OrderItem};

/// The columns that sheets alone fill.
pub(crate) fn columns_of(books: &Books, state: &OrderState) -> BookColumns {
    use crate::ledger::database::time::text_of;
    let Books { received, charges, orders: old } = books;
    let (brought, card) = (received.rank, charges.as_ref().map_or(0, |charges| charges.rank));
    let of_card = |of: fn(&Charges) -> Option<Money>| charges.as_ref().and_then(of);
    let charged = latest(old.charged, of_card(|charges| charges.charged), card);
    // One column names the currency of both: minor units of another one would be wrong money.
    let refunded = latest(old.refunded, of_card(|charges| charges.refunded), card);
    let refunded =
        refunded.filter(|refund| charged.is_none_or(|money| money.currency == refund.currency));
    let other = |money: Option<Money>| {
        let currency = money.and_then(|money| money.currency);
        currency.filter(|currency| Some(*currency) != state.currency).map(|it| it.code().to_owned())
    };
    let posted_on = charges.as_ref().and_then(|charges| charges.posted_on);
    let posted_on = latest(old.posted_on, posted_on, card);
    let payout = latest(old.payout, received.payout, brought);
    let of_statements = charges.as_ref().map(|charges| charges.by_currency.clone());
    let by_currency = latest(old.other_charges.clone(), of_statements, card);
    BookColumns {
        qty_received: latest(old.qty_received, received.units, brought),
        payout_minor: payout.map(|money| money.minor),
        payout_currency: other(payout),
        group_status: latest(old.group_status.clone(), received.status.clone(), brought),
        group_order_id: latest(old.group_numbers.clone(), received.numbers.clone(), brought),
        group_created_at: latest(old.group_created, received.created, brought).map(text_of),
        group_modified_at: latest(old.group_modified, received.modified, brought).map(text_of),
        charge_posted_on: posted_on.map(|day| day.to_string()),
        charged_minor: charged.map(|money| money.minor),
        refunded_minor: refunded.map(|money| money.minor),
        charge_currency: other(charged.or(refunded)),
        sold_price_minor: old.sold_price.map(|(_, money)| money.minor),
        fees_minor: old.fees.map(|(_, money)| money.minor),
        buyer: old.buyer.clone().map(|(_, buyer)| buyer),
        other_charges: by_currency.and_then(|charges| others(&charges, charged.or(refunded))),
    }
}

/// What a sheet of old orders states, or another sheet whose rows have this rank: the later of both.
fn latest<T>(old: Ranked<T>, other: Option<T>, rank: i64) -> Option<T> {
    match (old, other) {
        (Some((stated, old)), Some(_)) if stated > rank => Some(old),
        (old, other) => other.or_else(|| old.map(|(_, old)| old)),
    }
}

pub(super) async fn write_columns(
    connection: &mut SqliteConnection,
    order: i64,
    columns: &BookColumns,
) -> sqlx::Result<()> {
    query!(
        "UPDATE orders SET qty_received = ?, payout_minor = ?, payout_currency = ?, group_status = ?,
             group_order_id = ?, group_created_at = ?, group_modified_at = ?, charge_posted_on = ?,
             charged_minor = ?, refunded_minor = ?, charge_currency = ?, sold_price_minor = ?,
             fees_minor = ?, buyer = ?, other_charges = ?
         WHERE id = ?",
        columns.qty_received,
        columns.payout_minor,
        columns.payout_currency,
        columns.group_status,
        columns.group_order_id,
        columns.group_created_at,
        columns.group_modified_at,
        columns.charge_posted_on,
        columns.charged_minor,
        columns.refunded_minor,
        columns.charge_currency,
        columns.sold_price_minor,
        columns.fees_minor,
        columns.buyer,
        columns.other_charges,
        order
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the lines of orders anew.
pub(super) async fn write_items(
    connection: &mut SqliteConnection,
    orders: Vec<(i64, Vec<OrderItem>)>,
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let ids = json(&orders.iter().map(|(order, _)| *order).collect());
    query!("DELETE FROM order_items WHERE order_id IN (SELECT value FROM json_each(?))", ids)
        .execute(&mut *connection)
        .await?;
    let row = |(order, items): (i64, Vec<OrderItem>)| {
        items.into_iter().zip(1_i64..).map(move |(item, line)| {
            let currency = item.currency.map(|currency| currency.code());
            serde_json::json!([
                order,
                line,
                item.product,
                item.price_minor,
                item.quantity,
                item.sku,
                item.size,
                currency,
                item.product_url
            ])
        })
    };
    let rows = serde_json::Value::Array(orders.into_iter().flat_map(row).collect()).to_string();
    query!(
        "INSERT INTO order_items (order_id, line, product, price_minor, quantity, sku, size, currency, product_url)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8 FROM json_each(?)",
        rows
    )
    .execute(connection)
    .await?;
    Ok(())
}
