//! Taking an order back that somebody added by hand.

use std::collections::BTreeSet;

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_scalar};

use super::acts::Act;
use super::{Undoing, Undone};
use crate::ids::UserId;
use crate::ledger::Ledger;
use crate::ledger::people::values::bring_in_line;
use crate::ledger::recompute::books::keep_evidenced;

/// Takes the order away. Where a message or a sheet announces it by now, it stays, without what the person wrote.
/// Where nothing else announces it and other things are known of it, it must stay as it is: then the caller
/// commits nothing, so that it can be taken away once those are taken back.
pub(super) async fn take_added_back(
    ledger: &Ledger,
    connection: &mut SqliteConnection,
    (act, batch): (&Act, i64),
    (user, now): (UserId, &str),
) -> anyhow::Result<Undone> {
    query!("UPDATE batches SET undone_at = ? WHERE id = ?", now, batch)
        .execute(&mut *connection)
        .await
        .context("undo an order by hand")?;
    keep_evidenced(connection, batch, &BTreeSet::from([act.order.0]))
        .await
        .context("look what else is known of an order by hand")?;
    let must_stay = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM batch_rows WHERE batch_id = ? AND stays = 1) AS "stays!: bool""#,
        batch
    );
    if must_stay.fetch_one(&mut *connection).await.context("look whether an order must stay")? {
        return Ok(undone(act, Undoing::Evidenced, true));
    }
    bring_in_line(ledger, connection, act.order, (user, now)).await?;
    // It may have kept others from messages that speak of them.
    ledger.tell_anew_of(connection, batch).await?;
    let is_there = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM orders WHERE id = ?) AS "is_there!: bool""#,
        act.order.0
    );
    let is_there = is_there.fetch_one(&mut *connection).await.context("look for the order")?;
    if is_there {
        ledger.show_first(connection, &[act.order], now).await?;
    }
    Ok(undone(act, Undoing::Done, is_there))
}

fn undone(act: &Act, result: Undoing, is_there: bool) -> Undone {
    let before = act.after.clone();
    let after = before.clone().filter(|_| is_there);
    Undone { column: act.column.clone(), before, after, order: act.order, result }
}
