//! Sheets that people brought: their rows, and the names of their files.

use serde_json::Value;
use sqlx::{SqliteConnection, query};

use super::content::Content;
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

pub(super) async fn sheet_rows(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, said FROM batch_rows WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of_json("said", &row.said))).collect())
}

/// Writes what a row says, with what is made of it.
pub(in crate::ledger::privacy) async fn write_sheet_row(
    connection: &mut SqliteConnection,
    row: i64,
    said: &Value,
) -> sqlx::Result<()> {
    let store = StoreKey::of(said.get("store").and_then(Value::as_str));
    let store = store.as_str();
    let said = said.to_string();
    let fingerprint = Row::fingerprint(&said);
    query!(
        "UPDATE batch_rows SET said = ?2, fingerprint = ?3, store_key = iif(store_key = '', '', ?4)
         WHERE id = ?1",
        row,
        said,
        fingerprint,
        store
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn sheet_names(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, files FROM batches WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of_json("files", &row.files))).collect())
}

/// Writes how the files of a sheet are called.
pub(in crate::ledger::privacy) async fn write_sheet_names(
    connection: &mut SqliteConnection,
    batch: i64,
    files: &Value,
) -> sqlx::Result<()> {
    let files = files.to_string();
    query!("UPDATE batches SET files = ? WHERE id = ?", files, batch).execute(connection).await?;
    Ok(())
}
