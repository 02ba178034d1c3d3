//! Rows whose orders are not there yet.

use anyhow::Context;
use chrono::Utc;
use sqlx::{query, query_scalar};

use super::request::{Becomes, BulkLine, parcels_of};
use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::sheet::Row;

impl Ledger {
    /// The rows that wait, the oldest first. `None`: of all guilds.
    pub async fn waiting_rows(&self, guild: Option<GuildId>) -> anyhow::Result<Vec<BulkLine>> {
        let guild = guild.map(|guild| guild.0);
        let rows = query!(
            r#"SELECT batch_rows.batch_id AS "batch_id!", file AS "file!", line AS "line!", said AS "said!",
                      coalesce(files ->> ('$[' || file || '].name'), '') AS "name!: String",
                      (SELECT value FROM batch_keys WHERE row_id = batch_rows.id AND batch_keys.kind = 'order'
                       ORDER BY place LIMIT 1) AS "number?"
               FROM waiting_rows JOIN batch_rows ON batch_rows.id = waiting_rows.id
               JOIN batches ON batches.id = batch_rows.batch_id
               WHERE ?1 IS NULL OR batches.guild_id = ?1 ORDER BY batch_rows.id"#,
            guild
        );
        let mut lines = Vec::new();
        for row in rows.fetch_all(&self.readers).await.context("read what waits")? {
            let said = Row::from_json(&row.said).context("read a row of a sheet")?;
            lines.push(BulkLine {
                batch: Some(row.batch_id),
                file: row.name,
                line: u64::try_from(row.line).unwrap_or_default(),
                becomes: Becomes::Waiting,
                order_number: row.number,
                store: store_of(&said),
                tracking_number: parcels_of(&said),
                reason: super::judge::waits(&said).to_owned(),
            });
        }
        Ok(lines)
    }

    /// How many rows of a batch wait.
    pub(super) async fn waiting_of(&self, batch: i64) -> anyhow::Result<i64> {
        let count = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM waiting_rows WHERE batch_id = ?"#,
            batch
        );
        count.fetch_one(&self.readers).await.context("count what waits")
    }

    /// Takes rows away that wait: all of a batch, or those of one line. Gives how many there were.
    pub async fn drop_waiting(
        &self,
        guild: Option<GuildId>,
        batch: i64,
        line: Option<u64>,
    ) -> anyhow::Result<u64> {
        self.drop_waiting_of(guild, batch, (None, line)).await
    }

    /// The same, of the file with this name only.
    pub async fn drop_waiting_of(
        &self,
        guild: Option<GuildId>,
        batch: i64,
        (file, line): (Option<&str>, Option<u64>),
    ) -> anyhow::Result<u64> {
        let now = text_of(Utc::now());
        let line = line.map(|line| i64::try_from(line).unwrap_or(i64::MAX));
        let guild = guild.map(|guild| guild.0);
        let dropped = query!(
            "UPDATE batch_rows SET dropped_at = ?1
             WHERE batch_id = ?2 AND (?3 IS NULL OR line = ?3)
                 AND (?5 IS NULL OR ?5 = (SELECT files ->> ('$[' || file || '].name') FROM batches WHERE id = ?2))
                 AND id IN (SELECT id FROM waiting_rows WHERE batch_id = ?2)
                 AND (?4 IS NULL OR EXISTS (SELECT 1 FROM batches WHERE id = ?2 AND guild_id = ?4))",
            now,
            batch,
            line,
            guild,
            file
        );
        let mut transaction = self.begin().await.context("begin to take away what waits")?;
        let dropped = dropped.execute(&mut *transaction).await.context("take away what waits")?;
        transaction.commit().await.context("commit the taking away of what waits")?;
        self.committed();
        Ok(dropped.rows_affected())
    }
}

fn store_of(row: &Row) -> Option<String> {
    match row {
        Row::Track(row) => row.store.clone(),
        Row::Status(row) => row.store.clone(),
        Row::Orders(row) => row.store.clone(),
        Row::Received(_) | Row::Charges(_) => None,
    }
}
