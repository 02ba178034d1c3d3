//! How far the cleaning is, as it is stored.

use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::step::ALL;
use crate::ledger::database::time::text_of;
use crate::reading::columns::RULES;

/// Where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which of [`ALL`]; behind the last one all rows are clean.
    pub(super) step: usize,
    /// The rows of this step up to this id are clean.
    pub(super) after: i64,
    /// Whether the file is clean, too.
    pub(super) finished: bool,
}

impl Default for Place {
    fn default() -> Self {
        // Imports make up ids below zero.
        Self { step: 0, after: i64::MIN, finished: false }
    }
}

/// `None`: by these rules it was not begun.
pub(super) async fn load(connection: &mut SqliteConnection) -> sqlx::Result<Option<Place>> {
    let row = query!(
        r#"SELECT step, after, finished_at IS NOT NULL AS "finished!: bool" FROM cleanings
           WHERE rules = ?"#,
        RULES
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Place {
        step: usize::try_from(row.step).unwrap_or_default(),
        after: row.after,
        finished: row.finished,
    }))
}

pub(super) async fn save(connection: &mut SqliteConnection, place: Place) -> sqlx::Result<()> {
    let step = i64::try_from(place.step).unwrap_or_default();
    query!(
        "INSERT INTO cleanings (rules, step, after, changed) VALUES (?, ?, ?, 0)
         ON CONFLICT (rules) DO UPDATE SET step = excluded.step, after = excluded.after",
        RULES,
        step,
        place.after
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts rows that held a secret.
pub(super) async fn count(connection: &mut SqliteConnection, changed: i64) -> sqlx::Result<()> {
    let Place { after, .. } = Place::default();
    query!(
        "INSERT INTO cleanings (rules, step, after, changed) VALUES (?, 0, ?, ?)
         ON CONFLICT (rules) DO UPDATE SET changed = changed + excluded.changed",
        RULES,
        after,
        changed
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Rows that held a secret so far.
pub(super) async fn changed(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    let changed = query_scalar!("SELECT changed FROM cleanings WHERE rules = ?", RULES);
    Ok(changed.fetch_optional(connection).await?.unwrap_or_default())
}

/// Notes the end, and gives how many rows held a secret.
pub(super) async fn finish(connection: &mut SqliteConnection) -> sqlx::Result<u64> {
    let now = text_of(Utc::now());
    let changed = query_scalar!(
        "UPDATE cleanings SET finished_at = ? WHERE rules = ? RETURNING changed",
        now,
        RULES
    );
    Ok(changed.fetch_one(connection).await?.unsigned_abs())
}

/// Rows behind a place, in this step and all later ones.
pub(super) async fn rows_left(
    connection: &mut SqliteConnection,
    place: Place,
) -> sqlx::Result<u64> {
    let mut left = 0;
    for (number, step) in ALL.iter().enumerate().skip(place.step) {
        let after = if number == place.step { place.after } else { i64::MIN };
        left += step.count(connection, after).await?.unsigned_abs();
    }
    Ok(left)
}
