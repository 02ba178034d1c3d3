//! Rows that hold, by the numbers and names that they give.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query};

use super::widen::NumberKey;
use crate::ledger::model::books::{Evidence, Waited};
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

/// The rows of these numbers, with their stores, the oldest first. A row that may name one of several orders is there
/// with the likeliest of them; while there is none, with each.
pub(super) async fn rows_naming(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
) -> sqlx::Result<Vec<(NumberKey, StoreKey, Evidence)>> {
    let list = serde_json::to_string(numbers).unwrap_or_default();
    let found = query!(
        r#"SELECT batch_keys.guild_id AS "guild_id!", batch_keys.value AS "number!", batch_rows.id AS "id!",
                  coalesce(repeats, batch_rows.id) AS "rank!: i64", coalesce(part_of, batch_id) AS "batch_id!: i64",
                  file AS "file!", fingerprint AS "fingerprint!", said AS "said!",
                  store_key AS "store_key!", coalesce(
                      (SELECT first.applied_at FROM batch_rows AS repeated
                       CROSS JOIN batches AS first ON first.id = repeated.batch_id
                       WHERE repeated.id = batch_rows.repeats),
                      batches.applied_at
                  ) AS "applied_at!: String", batches.kind = 'hand' AS "by_hand!: bool",
                  undone_at IS NOT NULL AS "stays!: bool", waited AS "waited!",
                  EXISTS (SELECT 1 FROM held_back WHERE row_id = batch_rows.id) AS "is_held_back!: bool"
           FROM json_each(?) AS wanted CROSS JOIN batch_keys
           ON batch_keys.guild_id = wanted.value ->> 0 AND batch_keys.kind = 'order'
               AND batch_keys.value = wanted.value ->> 1
           CROSS JOIN batch_rows ON batch_rows.id = row_id AND dropped_at IS NULL
           CROSS JOIN batches ON batches.id = batch_id AND (undone_at IS NULL OR stays = 1)
           WHERE place = 0 OR NOT EXISTS (
               SELECT 1 FROM batch_keys AS likelier CROSS JOIN orders
               ON orders.guild_id = likelier.guild_id AND orders.order_number = likelier.value
               WHERE likelier.row_id = batch_keys.row_id AND likelier.place < batch_keys.place
           ) AND NOT EXISTS (
               SELECT 1 FROM batch_keys AS likelier CROSS JOIN purchases
               ON purchases.guild_id = likelier.guild_id AND purchases.name = likelier.value
               WHERE likelier.row_id = batch_keys.row_id AND likelier.place < batch_keys.place
           )
           ORDER BY batch_rows.id"#,
        list
    );
    let mut rows = Vec::new();
    for row in found.fetch_all(connection).await? {
        let store = StoreKey::stored(row.store_key);
        let evidence = Evidence {
            id: row.id,
            rank: row.rank,
            batch: row.batch_id,
            file: row.file,
            fingerprint: row.fingerprint,
            applied_at: row.applied_at,
            by_hand: row.by_hand,
            stays: row.stays,
            waited: Waited::stored(row.waited),
            is_held_back: row.is_held_back,
            row: read(&row.said)?,
        };
        rows.push(((row.guild_id, row.number), store, evidence));
    }
    Ok(rows)
}

/// A row as it is kept.
pub(super) fn read(said: &str) -> sqlx::Result<Row> {
    Row::from_json(said).map_err(|error| sqlx::Error::Decode(error.into()))
}
