//! Rows whose orders are not there yet.

use anyhow::Context;
use chrono::Utc;
use sqlx::{query, query_scalar};

use super::batches::{ListRange, Ranged};
use super::request::{Becomes, BulkLine, parcels_of, store_of, unnumbered};
use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::is_purchase;
use crate::sheet::Row;

/// Which rows of a batch that wait are meant: those that all of this is true of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitingPlace<'a> {
    /// As [`BulkLine::row`].
    pub row: Option<i64>,
    /// The name of their file.
    pub file: Option<&'a str>,
    /// As [`BulkLine::line`].
    pub line: Option<u64>,
}

impl Ledger {
    /// The rows that wait, the oldest first. `None`: of all guilds.
    pub async fn waiting_rows(
        &self,
        guild: Option<GuildId>,
        range: ListRange,
    ) -> anyhow::Result<Ranged<BulkLine>> {
        let guild = guild.map(|guild| guild.0);
        let all = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM waiting_rows JOIN batches ON batches.id = batch_id
               WHERE ?1 IS NULL OR batches.guild_id = ?1"#,
            guild
        );
        let all = all.fetch_one(&self.readers).await.context("count what waits")?;
        let ListRange { offset, limit } = range.within(all);
        let rows = query!(
            r#"SELECT batch_rows.id AS "id!", batch_rows.batch_id AS "batch_id!", file AS "file!", line AS "line!", said AS "said!",
                      coalesce(files ->> ('$[' || file || '].name'), '') AS "name!: String",
                      (SELECT value FROM batch_keys WHERE row_id = batch_rows.id AND batch_keys.kind = 'order'
                       ORDER BY place LIMIT 1) AS "number?"
               FROM waiting_rows JOIN batch_rows ON batch_rows.id = waiting_rows.id
               JOIN batches ON batches.id = batch_rows.batch_id
               WHERE ?1 IS NULL OR batches.guild_id = ?1 ORDER BY batch_rows.id LIMIT ?2 OFFSET ?3"#,
            guild,
            limit,
            offset
        );
        let mut lines = Vec::new();
        for row in rows.fetch_all(&self.readers).await.context("read what waits")? {
            let said = Row::from_json(&row.said).context("read a row of a sheet")?;
            lines.push(BulkLine {
                row: Some(row.id),
                batch: Some(row.batch_id),
                file: row.name.into(),
                line: u64::try_from(row.line).unwrap_or_default(),
                becomes: Becomes::Waiting,
                order_number: row.number.filter(|number| !is_purchase(number)),
                product: unnumbered(&said),
                store: store_of(&said).map(Into::into),
                tracking_number: parcels_of(&said),
                reason: super::judge::waits(&said).into(),
            });
        }
        Ok(Ranged { rows: lines, all: usize::try_from(all).unwrap_or_default() })
    }

    /// The batch in which a row of the guild is.
    pub async fn batch_of_row(&self, guild: GuildId, row: i64) -> anyhow::Result<Option<i64>> {
        let batch = query_scalar!(
            "SELECT batch_id FROM batch_rows JOIN batches ON batches.id = batch_id
             WHERE batch_rows.id = ? AND guild_id = ?",
            row,
            guild.0
        );
        batch.fetch_optional(&self.readers).await.context("look for the batch of a row")
    }

    /// Takes these rows of a batch away that wait. Gives how many there were.
    pub async fn drop_waiting(
        &self,
        guild: Option<GuildId>,
        batch: i64,
        WaitingPlace { row, file, line }: WaitingPlace<'_>,
    ) -> anyhow::Result<u64> {
        let now = text_of(Utc::now());
        let line = line.map(|line| i64::try_from(line).unwrap_or(i64::MAX));
        let guild = guild.map(|guild| guild.0);
        let dropped = query!(
            "UPDATE batch_rows SET dropped_at = ?1
             WHERE batch_id = ?2 AND (?3 IS NULL OR line = ?3) AND (?6 IS NULL OR id = ?6)
                 AND (?5 IS NULL OR ?5 = (SELECT files ->> ('$[' || file || '].name') FROM batches WHERE id = ?2))
                 AND id IN (SELECT id FROM waiting_rows WHERE batch_id = ?2)
                 AND (?4 IS NULL OR EXISTS (SELECT 1 FROM batches WHERE id = ?2 AND guild_id = ?4))",
            now,
            batch,
            line,
            guild,
            file,
            row
        );
        let mut transaction = self.begin().await.context("begin to take away what waits")?;
        let dropped = dropped.execute(&mut *transaction).await.context("take away what waits")?;
        transaction.commit().await.context("commit the taking away of what waits")?;
        if dropped.rows_affected() > 0 {
            self.committed();
        }
        Ok(dropped.rows_affected())
    }
}
