//! What sheets say, laid over what the messages say of orders.

pub(super) mod held_back;
mod loaded;
mod received;

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query, query_scalar};

use super::columns::{columns_of, write_columns, write_items};
use super::widen::{json, with_shared_parcels};
use super::{BookCause, history, rows_of};
use crate::ledger::StatusChange;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::by_hand::{self, said};
use crate::ledger::model::books::decide::ends_life;
use crate::ledger::model::books::overlay::{lay_over, say_no_values, take_off};
use crate::ledger::model::books::shares::Received;
use crate::ledger::model::fold::OrderState;
use crate::ledger::recompute::by_hand::note_said;
use crate::ledger::recompute::{keep_said_row, reapply, write_state};
use loaded::{Loaded, load};
use received::brought;

/// What became of orders.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Those of which messages and sheets say another status by now.
    pub(super) said: BTreeSet<i64>,
    /// Those that neither a message nor a row announces any more.
    pub(super) unannounced: BTreeSet<i64>,
}

/// Brings the rows of these orders in line.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<Written> {
    let (ids, mut written) = (to_look_at(connection, orders, rows).await?, Written::default());
    if ids.is_empty() {
        return Ok(written);
    }
    let (loaded, unannounced) = load(connection, &ids, rows).await?;
    written.unannounced = unannounced;
    let mut brought = brought(connection, &ids).await?;
    held_back::keep_misplaced(connection, &ids, (&mut brought, &loaded)).await?;
    let mut received = brought.divided(&loaded, rows, None)?;
    let mut items = Vec::new();
    for (order, loaded) in loaded {
        let rows = rows.get(&order).map(Vec::as_slice).unwrap_or_default();
        let received = received.remove(&order).unwrap_or_default();
        let said = loaded.shown.said;
        let Some(desired) = write_one(connection, loaded, rows, received).await? else { continue };
        if desired.said != said {
            written.said.insert(order);
        }
        items.push((order, desired.lines.items));
    }
    write_items(connection, items).await?;
    Ok(written)
}

/// Those of these orders whose rows sheets may make anything else of. Most are all that their messages say of them, and
/// sheets name nothing but their parcels and statuses, which are laid over that already.
async fn to_look_at(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<BTreeSet<i64>> {
    let is_laid = |order: &&i64| rows.get(*order).is_none_or(|rows| say_no_values(rows));
    let (laid, others): (BTreeSet<i64>, BTreeSet<i64>) = orders.iter().partition(is_laid);
    let list = json(&laid);
    let more = query_scalar!(
        r#"SELECT orders.id AS "id!" FROM json_each(?) AS wanted CROSS JOIN orders ON orders.id = wanted.value
           LEFT JOIN amended_orders ON amended_orders.order_id = orders.id
           WHERE message_id IS NULL OR said_row IS NOT NULL
               OR coalesce(qty_received, payout_minor, payout_currency, group_status, group_order_id,
                           group_created_at, group_modified_at, charge_posted_on, charged_minor, refunded_minor,
                           charge_currency, sold_price_minor, fees_minor, buyer, other_charges) IS NOT NULL
               OR EXISTS (SELECT 1 FROM corrections WHERE corrections.order_id = orders.id AND undone_at IS NULL)
               OR EXISTS (SELECT 1 FROM held_back WHERE held_back.order_id = orders.id)
               OR EXISTS (SELECT 1 FROM parcels CROSS JOIN batch_keys ON batch_keys.guild_id = parcels.guild_id
                              AND batch_keys.kind = 'parcel' AND batch_keys.value = parcels.number
                          WHERE parcels.order_id = orders.id)"#,
        list
    );
    let more = more.fetch_all(connection).await?;
    Ok(others.into_iter().chain(more).collect())
}

/// Divides anew what parcels brought whose orders have ended, or live again, by these changes.
pub(crate) async fn share_anew(
    connection: &mut SqliteConnection,
    changes: &[StatusChange],
    cause: BookCause<'_>,
) -> sqlx::Result<()> {
    let ended = changes.iter().filter(|change| ends_life(change.before) != ends_life(change.after));
    let ended: BTreeSet<i64> = ended.map(|change| change.order.0).collect();
    if ended.is_empty() {
        return Ok(());
    }
    let sharing = with_shared_parcels(connection, ended).await?;
    // An order that is alone in its parcels has all of them, whatever became of it.
    if sharing.len() < 2 {
        return Ok(());
    }
    let mut rows = rows_of(connection, &sharing).await?;
    for rows in rows.values_mut() {
        rows.retain(|row| !row.is_held_back);
    }
    let before = history::look(connection, &sharing).await?;
    write(connection, &sharing, &rows).await?;
    let noted = history::note(connection, &before, &BTreeSet::new(), cause).await?;
    history::touch(connection, &noted, cause.at).await
}

/// Brings one row in line, but for its lines. Gives what the order is by now, where that is something else.
async fn write_one(
    connection: &mut SqliteConnection,
    Loaded { row, shown, base, laid, old, values }: Loaded,
    rows: &[Evidence],
    received: Received,
) -> sqlx::Result<Option<OrderState>> {
    let (order, mut desired) = (row.id, laid);
    let mut books = lay_over(&mut desired, rows, (received, old));
    for value in &values {
        let said = said(value.field, &desired, &books);
        if said != value.said {
            note_said(connection, value.id, said.as_deref()).await?;
        }
    }
    by_hand::lay(&mut desired, &mut books, &values);
    if let Some((_, stated)) = by_hand::units(&values) {
        take_off(&mut desired, rows, &stated);
    }
    let differs = desired != base;
    let notes = std::mem::replace(&mut desired.details.notes, shown.details.notes.clone());
    // Laid over by what people added.
    desired.details.tracking_number.clone_from(&shown.details.tracking_number);
    let is_other = desired != shown;
    let said_notes = if row.is_amended() { &row.said_notes } else { &shown.details.notes };
    let are_notes_others = notes != *said_notes;
    // Of an order without any message there is nothing to keep.
    if differs && (is_other || are_notes_others) && base.last_message_id.is_some() {
        keep_said_row(connection, order).await?;
    }
    if is_other {
        let of = (row.guild_id, row.order_number.as_deref());
        write_state(connection, order, of, &desired, None).await?;
    }
    if are_notes_others {
        write_notes(connection, order, notes.as_deref()).await?;
    }
    if !differs && row.said_row.is_some() {
        forget_said_row(connection, order).await?;
    }
    let columns = columns_of(&books, &desired);
    if columns != row.books {
        write_columns(connection, order, &columns).await?;
    }
    Ok(is_other.then_some(desired))
}

/// Lets the notes of messages and sheets be these; what a person wrote stays below them.
async fn write_notes(
    connection: &mut SqliteConnection,
    order: i64,
    notes: Option<&str>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO amended_orders (order_id, said_tracking, said_notes)
         SELECT id, tracking_number, ?2 FROM orders WHERE id = ?1
         ON CONFLICT DO UPDATE SET said_notes = excluded.said_notes",
        order,
        notes
    )
    .execute(&mut *connection)
    .await?;
    reapply(connection, &[order]).await
}

async fn forget_said_row(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
    query!("UPDATE amended_orders SET said_row = NULL WHERE order_id = ?", order)
        .execute(connection)
        .await?;
    Ok(())
}
