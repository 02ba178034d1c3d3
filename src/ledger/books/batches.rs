//! Sheets that were applied: listed, and taken back.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use super::undoing::left_of;
use crate::count::page_start;
use crate::ids::{GuildId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::recompute::books::{BookCause, any_old, keep_evidenced};

/// A sheet that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// Whose orders it speaks of.
    pub guild: GuildId,
    /// The word of [`crate::sheet::Kind`].
    pub kind: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// `None`: on the command line.
    pub by: Option<UserId>,
    /// When it was applied.
    pub at: DateTime<Utc>,
    /// Rows of its files.
    pub rows: i64,
    /// How many of them changed something, then or when their order came.
    pub changed: i64,
    /// How many of them wait now.
    pub waiting: i64,
    /// `None`: it holds.
    pub undone_at: Option<DateTime<Utc>>,
    /// Orders that it announced and that are there although it was undone just now: their numbers and stores.
    pub left: Vec<(String, Option<String>)>,
}

/// Which part of a long list is wanted. Where the list ends before it, its last part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListRange {
    /// How many are left out before it.
    pub offset: u32,
    /// How many there are at most; below zero: all.
    pub limit: i64,
}

impl ListRange {
    /// The whole list.
    pub const ALL: Self = Self { offset: 0, limit: -1 };

    /// This part of a list of so many, or its last one.
    pub(super) fn within(self, all: i64) -> Self {
        let limit = u32::try_from(self.limit).unwrap_or(u32::MAX);
        Self { offset: page_start(self.offset, limit, all), ..self }
    }
}

/// A part of a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranged<T> {
    /// What is in it.
    pub rows: Vec<T>,
    /// How many are in the list.
    pub all: usize,
}

impl Ledger {
    /// The sheets that were applied, the latest first. `None`: of all guilds.
    pub async fn batches(
        &self,
        guild: Option<GuildId>,
        range: ListRange,
    ) -> anyhow::Result<Ranged<Batch>> {
        let guild_id = guild.map(|guild| guild.0);
        let all = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM batches
               WHERE (?1 IS NULL OR guild_id = ?1) AND kind <> 'hand'"#,
            guild_id
        );
        let all = all.fetch_one(&self.readers).await.context("count the batches")?;
        let rows = self.select_batches(guild, None, range.within(all)).await?;
        Ok(Ranged { rows, all: usize::try_from(all).unwrap_or_default() })
    }

    /// A sheet that was applied. `None`: there is none of this number in the guild.
    pub async fn batch(&self, guild: Option<GuildId>, id: i64) -> anyhow::Result<Option<Batch>> {
        Ok(self.select_batches(guild, Some(id), ListRange::ALL).await?.pop())
    }

    async fn select_batches(
        &self,
        guild: Option<GuildId>,
        id: Option<i64>,
        ListRange { offset, limit }: ListRange,
    ) -> anyhow::Result<Vec<Batch>> {
        let guild = guild.map(|guild| guild.0);
        let rows = query!(
            r#"SELECT id, guild_id, kind, (SELECT json_group_array(value ->> 'name') FROM json_each(files))
                          AS "files!: String",
                      user_id, rows, changed, applied_at, undone_at,
                      (SELECT count(*) FROM batch_rows WHERE batch_id = batches.id AND waited > 0
                           AND repeats IS NULL AND dropped_at IS NULL) AS "waited!: i64",
                      (SELECT count(*) FROM waiting_rows JOIN batch_rows USING (id)
                       WHERE waiting_rows.batch_id = batches.id AND waited > 0 AND repeats IS NULL) AS "still!: i64",
                      (SELECT count(*) FROM waiting_rows WHERE batch_id = batches.id) AS "waiting!: i64"
               FROM batches
               WHERE (?1 IS NULL OR guild_id = ?1) AND (?2 IS NULL OR id = ?2) AND kind <> 'hand'
               ORDER BY id DESC LIMIT ?3 OFFSET ?4"#,
            guild,
            id,
            limit,
            offset
        );
        let mut batches = Vec::new();
        for row in rows.fetch_all(&self.readers).await.context("read the batches")? {
            batches.push(Batch {
                id: row.id,
                guild: GuildId(row.guild_id),
                kind: row.kind,
                files: serde_json::from_str(&row.files).context("read the files of a batch")?,
                by: row.user_id.map(UserId),
                at: time_of(&row.applied_at),
                rows: row.rows,
                changed: row.changed + row.waited - row.still,
                waiting: row.waiting,
                undone_at: row.undone_at.as_deref().map(time_of),
                left: Vec::new(),
            });
        }
        Ok(batches)
    }

    /// Takes a batch back whole; once it is undone, that changes nothing: `true`, it was undone before. `None`:
    /// there is no such batch.
    pub async fn undo_batch(
        &self,
        guild: Option<GuildId>,
        batch: i64,
        user: Option<UserId>,
    ) -> anyhow::Result<Option<(Batch, bool)>> {
        let mut transaction = self.begin().await.context("begin to undo a batch")?;
        let now = text_of(Utc::now());
        let guild_id = guild.map(|guild| guild.0);
        // What waited for nothing has not taken effect, also when nothing waits any more.
        let waited = query!(
            "UPDATE batch_rows SET waited = 0 WHERE waited > 0
                 AND id IN (SELECT id FROM waiting_rows WHERE batch_id = ?1)
                 AND EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND kind <> 'hand'
                     AND (?2 IS NULL OR guild_id = ?2))",
            batch,
            guild_id
        );
        waited.execute(&mut *transaction).await.context("note what has waited for nothing")?;
        let undone = query!(
            "UPDATE batches SET undone_at = ?1
             WHERE id = ?2 AND undone_at IS NULL AND kind <> 'hand' AND (?3 IS NULL OR guild_id = ?3)",
            now,
            batch,
            guild_id
        );
        let undone = undone.execute(&mut *transaction).await.context("undo a batch")?;
        let mut left = Vec::new();
        let was_undone = undone.rows_affected() == 0;
        if !was_undone {
            let orders = orders_of(&mut transaction, batch).await.context("find its orders")?;
            keep_evidenced(&mut transaction, batch, &orders)
                .await
                .context("keep what else is known of its orders")?;
            let user = user.map(|user| user.0);
            let cause = BookCause { batch: Some(batch), user, at: &now };
            self.bring_in_line(&mut transaction, &orders, cause).await?;
            // Parcels that it gave to orders are gone by now, and with them what groups say of those.
            let again = keep_evidenced(&mut transaction, batch, &orders).await;
            if again.context("look again what is known of its orders")? {
                self.bring_in_line(&mut transaction, &orders, cause).await?;
            }
            // What nothing but sheets of old orders announces: where there is none, no order is.
            if any_old(&mut transaction).await.context("look for sheets of old orders")? {
                self.tell_anew_of(&mut transaction, batch).await?;
                left = left_of(&mut transaction, batch).await.context("find what is left of it")?;
            }
            transaction.commit().await.context("commit the undoing of a batch")?;
            self.committed();
        }
        let known = self.batch(guild, batch).await?;
        Ok(known.map(|known| (Batch { left, ..known }, was_undone)))
    }
}

/// The orders that rows of a batch may speak of.
pub(super) async fn orders_of(
    connection: &mut SqliteConnection,
    batch: i64,
) -> sqlx::Result<BTreeSet<i64>> {
    let orders = query_scalar!(
        r#"SELECT orders.id AS "id!" FROM batch_rows CROSS JOIN batch_keys ON row_id = batch_rows.id
               AND batch_keys.kind = 'order'
           CROSS JOIN orders ON orders.guild_id = batch_keys.guild_id AND order_number = value
           WHERE batch_id = ?1
           UNION
           SELECT order_id FROM batch_rows CROSS JOIN batch_keys ON row_id = batch_rows.id
               AND batch_keys.kind = 'order'
           CROSS JOIN purchases ON purchases.guild_id = batch_keys.guild_id AND name = value
           WHERE batch_id = ?1
           UNION
           SELECT order_id FROM batch_rows CROSS JOIN batch_keys ON row_id = batch_rows.id
               AND batch_keys.kind = 'parcel'
           CROSS JOIN parcels ON parcels.guild_id = batch_keys.guild_id AND number = value
           WHERE batch_id = ?1"#,
        batch
    );
    Ok(orders.fetch_all(connection).await?.into_iter().collect())
}
