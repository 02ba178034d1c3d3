//! What sheets say, laid over what the messages say of orders.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use super::evidence::{NumberKey, evidence_of_parcels};
use super::parcels::holders_of;
use super::widen::json;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::overlay::{Books, lay_over, taken_off};
use crate::ledger::model::books::received::facts;
use crate::ledger::model::books::shares::{Holder, Parcel, Received, shares};
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::{self, BookColumns, OrderRow};
use crate::ledger::recompute::{keep_said_row, write_state};
use crate::order::OrderItem;

/// An order as it is, and as its messages alone make it.
struct Loaded {
    row: OrderRow,
    shown: OrderState,
    base: OrderState,
}

/// Brings the rows of these orders in line.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<()> {
    let ids: Vec<i64> = orders.iter().copied().collect();
    let mut loaded = BTreeMap::new();
    for (row, items) in row::load(connection, &ids).await? {
        let order = row.id;
        loaded.insert(order, of(row, items)?);
    }
    let mut received = received(connection, orders, &loaded, rows).await?;
    for (order, Loaded { row, shown, base }) in loaded {
        let rows = rows.get(&order).map(Vec::as_slice).unwrap_or_default();
        let mut desired = base.clone();
        let received = received.remove(&order).unwrap_or_default();
        let books = lay_over(&mut desired, rows, received);
        let differs = desired != base;
        // These are laid over by what people added.
        desired.details.tracking_number.clone_from(&shown.details.tracking_number);
        desired.details.notes.clone_from(&shown.details.notes);
        if desired != shown {
            if differs {
                keep_said_row(connection, order).await?;
            }
            let of = (row.guild_id, row.order_number.as_deref());
            write_state(connection, order, of, &desired, None).await?;
        }
        if !differs && row.said_row.is_some() {
            forget_said_row(connection, order).await?;
        }
        let columns = columns(&books, &desired);
        if columns != row.books {
            write_columns(connection, order, &columns).await?;
        }
    }
    Ok(())
}

fn of(row: OrderRow, items: Vec<OrderItem>) -> sqlx::Result<Loaded> {
    let shown = row.clone().into_shown_state(items.clone())?;
    let base = row.clone().into_state(items)?;
    Ok(Loaded { row, shown, base })
}

/// What the parcels of these orders brought to each.
async fn received(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    loaded: &BTreeMap<i64, Loaded>,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<HashMap<i64, Received>> {
    let list = json(orders);
    let held = query!(
        r#"SELECT DISTINCT parcels.guild_id AS "guild_id!", number AS "number!" FROM json_each(?) AS wanted
           CROSS JOIN parcels ON order_id = wanted.value
           CROSS JOIN batch_keys ON batch_keys.guild_id = parcels.guild_id AND kind = 'parcel'
               AND batch_keys.value = number"#,
        list
    );
    let held = held.fetch_all(&mut *connection).await?.into_iter();
    let held: BTreeSet<NumberKey> = held.map(|row| (row.guild_id, row.number)).collect();
    if held.is_empty() {
        return Ok(HashMap::new());
    }
    let mut parcels: BTreeMap<NumberKey, Parcel> = BTreeMap::new();
    for (number, said) in evidence_of_parcels(connection, &held).await? {
        let facts = facts(&said);
        parcels.insert(number.clone(), Parcel { number: number.1, facts, ..Parcel::default() });
    }
    for (number, order) in holders_of(connection, &held).await? {
        if let (Some(parcel), Some(loaded)) = (parcels.get_mut(&number), loaded.get(&order)) {
            let taken = rows.get(&order).map_or(0, |rows| taken_off(rows));
            parcel.holders.push(holder(order, loaded, taken));
        }
    }
    Ok(shares(parcels.into_values().collect()))
}

fn holder(order: i64, loaded: &Loaded, taken: i64) -> Holder {
    Holder {
        order,
        ordered_at: loaded.row.ordered_at.clone(),
        number: loaded.row.order_number.clone().unwrap_or_default(),
        units: loaded.base.lines.quantity().saturating_sub(taken).max(0),
        cost: loaded.base.total_minor().unwrap_or(0),
        currency: loaded.base.currency,
    }
}

/// The columns that sheets alone fill.
fn columns(books: &Books, state: &OrderState) -> BookColumns {
    use crate::ledger::database::time::text_of;
    let Books { received, charges } = books;
    let charged = charges.as_ref().and_then(|charges| charges.charged);
    // One column names the currency of both: minor units of another one would be wrong money.
    let refunded = charges.as_ref().and_then(|charges| charges.refunded);
    let refunded =
        refunded.filter(|refund| charged.is_none_or(|money| money.currency == refund.currency));
    let other = |money: Option<crate::order::Money>| {
        let currency = money.and_then(|money| money.currency);
        currency.filter(|currency| Some(*currency) != state.currency).map(|it| it.code().to_owned())
    };
    let posted_on = charges.as_ref().and_then(|charges| charges.posted_on);
    BookColumns {
        qty_received: received.units,
        payout_minor: received.payout.map(|money| money.minor),
        payout_currency: other(received.payout),
        group_status: received.status.clone(),
        group_order_id: received.numbers.clone(),
        group_created_at: received.created.map(text_of),
        group_modified_at: received.modified.map(text_of),
        charge_posted_on: posted_on.map(|day| day.to_string()),
        charged_minor: charged.map(|money| money.minor),
        refunded_minor: refunded.map(|money| money.minor),
        charge_currency: other(charged.or(refunded)),
        ..BookColumns::default()
    }
}

async fn write_columns(
    connection: &mut SqliteConnection,
    order: i64,
    columns: &BookColumns,
) -> sqlx::Result<()> {
    query!(
        "UPDATE orders SET qty_received = ?, payout_minor = ?, payout_currency = ?, group_status = ?,
             group_order_id = ?, group_created_at = ?, group_modified_at = ?, charge_posted_on = ?,
             charged_minor = ?, refunded_minor = ?, charge_currency = ?, sold_price_minor = ?,
             fees_minor = ?, buyer = ?
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
        order
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn forget_said_row(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
    query!("UPDATE amended_orders SET said_row = NULL WHERE order_id = ?", order)
        .execute(connection)
        .await?;
    Ok(())
}
