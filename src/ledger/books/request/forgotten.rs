//! Sheets are read without what names somebody who was forgotten, as messages are.

use std::borrow::Cow;

use sqlx::SqliteConnection;

use super::described::with_known;
use super::{Becomes, Brought, BulkRequest, NotSaid, Said};
use crate::ledger::privacy::forget::{DELETED, Forgotten};
use crate::sheet::Named;

/// Rows as they may be kept, with the orders that the ledger knows. Within the transaction that writes them: nothing
/// that was on its way while somebody was forgotten slips through.
pub(in crate::ledger::books) async fn rows_that_may_be_kept<'r>(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
    rows: &'r [Brought],
) -> sqlx::Result<Cow<'r, [Brought]>> {
    let rows = with_known(connection, request.guild, rows).await?;
    let Some(forgotten) = Forgotten::load(connection).await? else { return Ok(rows) };
    let mut kept = rows;
    for place in 0..kept.len() {
        let Some(Brought { said: Ok(said), .. }) = kept.get(place) else { continue };
        let without = match forgotten.without((request.guild, request.zone), said.row.clone()) {
            Some(without) if without == said.row => continue,
            Some(without) => Ok(Said::of(without)),
            None => Err(NotSaid::new(Becomes::Refused, DELETED.to_owned(), Named::default())),
        };
        if let Some(row) = kept.to_mut().get_mut(place) {
            row.said = without;
        }
    }
    Ok(kept)
}
