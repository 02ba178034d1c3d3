//! Sheets are read without what names somebody who was forgotten, as messages are.

use std::borrow::Cow;

use sqlx::SqliteConnection;

use super::{Becomes, Brought, BulkRequest, Said};
use crate::ledger::privacy::forget::{DELETED, Forgotten};
use crate::sheet::{Refusal, Sheet, What};

/// Rows as they may be kept. Within the transaction that writes them: nothing that was on its way while somebody was
/// forgotten slips through.
pub(in crate::ledger::books) async fn rows_that_may_be_kept<'r>(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
    rows: &'r [Brought],
) -> sqlx::Result<Cow<'r, [Brought]>> {
    let Some(forgotten) = Forgotten::load(connection).await? else {
        return Ok(Cow::Borrowed(rows));
    };
    let mut rows = rows.to_vec();
    for row in &mut rows {
        let Ok(said) = &row.said else { continue };
        match forgotten.without((request.guild, request.zone), said.row.clone()) {
            Some(kept) if kept == said.row => {}
            Some(kept) => row.said = Ok(Said::of(kept)),
            None => row.said = Err((Becomes::Refused, DELETED.to_owned())),
        }
    }
    Ok(Cow::Owned(rows))
}

/// What is asked, with files whose rows may be kept.
pub(in crate::ledger::books) async fn may_be_kept<'r>(
    connection: &mut SqliteConnection,
    request: &'r BulkRequest,
) -> sqlx::Result<Cow<'r, BulkRequest>> {
    let Some(forgotten) = Forgotten::load(connection).await? else {
        return Ok(Cow::Borrowed(request));
    };
    let mut kept = request.clone();
    for file in &mut kept.files {
        let lines = file.sheet.lines().map(|mut line| {
            if let What::Says(row) = line.what {
                let row = forgotten.without((request.guild, request.zone), row);
                line.what = row
                    .map_or_else(|| What::Refused(Refusal::Noted(DELETED.to_owned())), What::Says);
            }
            line
        });
        file.sheet = Sheet::of_lines(lines.collect());
    }
    Ok(Cow::Owned(kept))
}
