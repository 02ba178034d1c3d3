//! What people typed: searches whose buttons had no room for them, notes, tracking numbers, corrections.

use serde_json::{Value, json};
use sqlx::{SqliteConnection, query};

use super::content::Content;

pub(super) async fn searches(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, filter FROM kept_lists WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of("filter", words(&row.filter)))).collect())
}

/// What was asked for, one by one, as it was typed.
fn words(filter: &str) -> Vec<String> {
    filter.split('|').map(|part| part.replace("~1", "|").replace("~0", "~")).collect()
}

/// A list that was asked for by a secret: its pages turn no more.
pub(super) async fn drop_search(connection: &mut SqliteConnection, list: i64) -> sqlx::Result<()> {
    query!("DELETE FROM kept_lists WHERE id = ?", list).execute(connection).await?;
    Ok(())
}

pub(super) async fn additions(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, kind, value FROM additions WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of(&row.kind, row.value))).collect())
}

pub(super) async fn write_addition(
    connection: &mut SqliteConnection,
    addition: i64,
    by_kind: &Value,
) -> sqlx::Result<()> {
    let by_kind = by_kind.to_string();
    query!(
        "UPDATE additions SET value = coalesce((SELECT value FROM json_each(?) WHERE key = kind), value)
         WHERE id = ?",
        by_kind,
        addition
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Sheets that wait for somebody to apply them are compressed: they can be brought again. Gives how many there were.
pub(super) async fn drop_previews(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    let dropped = query!("DELETE FROM previews").execute(&mut *connection).await?.rows_affected();
    // Which column is which is asked for again: a heading cannot be known again without what it said.
    let asked = query!("DELETE FROM sheet_columns").execute(connection).await?.rows_affected();
    let dropped = dropped + asked;
    Ok(i64::try_from(dropped).unwrap_or(i64::MAX))
}

/// What was set, and what messages and sheets said when it was.
pub(super) async fn corrections(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, kind, value, said FROM corrections WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of(&row.kind, json!([row.value, row.said])))).collect())
}

pub(super) async fn write_correction(
    connection: &mut SqliteConnection,
    correction: i64,
    by_kind: &Value,
) -> sqlx::Result<()> {
    let by_kind = by_kind.to_string();
    query!(
        "UPDATE corrections
         SET value = coalesce((SELECT clean.value ->> '$[0]' FROM json_each(?1) AS clean WHERE key = kind), value),
             said = coalesce((SELECT clean.value ->> '$[1]' FROM json_each(?1) AS clean WHERE key = kind), said)
         WHERE id = ?2",
        by_kind,
        correction
    )
    .execute(connection)
    .await?;
    Ok(())
}
