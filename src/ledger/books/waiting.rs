//! Rows whose orders are not there yet or are such that they cannot take effect, and messages whose orders are by now.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::apply::TOGETHER;
use super::batches::{ListRange, Ranged};
use super::request::{Becomes, BulkLine, parcels_of, store_of, unnumbered};
use crate::ids::{GuildId, MessageId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::orders::row::json_of;
use crate::ledger::recompute::books::BookCause;
use crate::ledger::write::read_again;
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
    /// Lets messages that wait for orders of these numbers, and notices of orders whose store is guessed, find what
    /// they speak of by now.
    pub(super) async fn tell_anew(
        &self,
        connection: &mut SqliteConnection,
        guild: GuildId,
        numbers: &[&String],
    ) -> anyhow::Result<()> {
        let list = serde_json::to_string(numbers).unwrap_or_default();
        let waiting = query_scalar!(
            r#"SELECT order_messages.message_id AS "id!"
               FROM json_each(?1) AS wanted CROSS JOIN order_messages ON waiting_for = wanted.value
               CROSS JOIN deliveries ON deliveries.message_id = order_messages.message_id AND guild_id = ?2
               UNION
               SELECT link.message_id FROM json_each(?1) AS wanted
               CROSS JOIN orders ON orders.guild_id = ?2 AND order_number = wanted.value
               LEFT JOIN amended_orders ON amended_orders.order_id = orders.id
               CROSS JOIN order_messages AS link ON link.order_id = orders.id
                   AND link.message_id IS NOT orders.message_id
               -- Two bars: a guess.
               WHERE coalesce(said_row ->> '$[0][22]', store_key) GLOB '*|*|'"#,
            list,
            guild.0
        );
        let waiting = waiting.fetch_all(&mut *connection).await;
        let waiting: Vec<MessageId> =
            waiting.context("find messages that wait")?.into_iter().map(MessageId).collect();
        if !waiting.is_empty() {
            Box::pin(read_again(connection, &waiting, &self.labels, &self.emoji)).await?;
        }
        Ok(())
    }

    /// The same for the numbers that a batch announces.
    pub(in crate::ledger) async fn tell_anew_of(
        &self,
        connection: &mut SqliteConnection,
        batch: i64,
    ) -> anyhow::Result<()> {
        let keys = query!(
            r#"SELECT DISTINCT batches.guild_id AS "guild_id!", value AS "number!" FROM batches
               CROSS JOIN batch_rows ON batch_id = batches.id
               CROSS JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
               WHERE batches.id = ? AND batches.kind IN ('orders', 'hand')"#,
            batch
        );
        let keys = keys.fetch_all(&mut *connection).await.context("find what a batch announces")?;
        let Some(guild) = keys.first().map(|key| GuildId(key.guild_id)) else { return Ok(()) };
        let numbers: Vec<&String> = keys.iter().map(|key| &key.number).collect();
        for chunk in numbers.chunks(TOGETHER) {
            self.tell_anew(connection, guild, chunk).await?;
        }
        Ok(())
    }

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
                       ORDER BY place LIMIT 1) AS "number?", reason AS "reason?"
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
                reason: row.reason.map_or_else(|| super::judge::waits(&said).into(), Into::into),
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
        let dropped = query_scalar!(
            "UPDATE batch_rows SET dropped_at = ?1
             WHERE batch_id = ?2 AND (?3 IS NULL OR line = ?3) AND (?6 IS NULL OR id = ?6)
                 AND (?5 IS NULL OR ?5 = (SELECT files ->> ('$[' || file || '].name') FROM batches WHERE id = ?2))
                 AND id IN (SELECT id FROM waiting_rows WHERE batch_id = ?2)
                 AND (?4 IS NULL OR EXISTS (SELECT 1 FROM batches WHERE id = ?2 AND guild_id = ?4))
             RETURNING id",
            now,
            batch,
            line,
            guild,
            file,
            row
        );
        let mut transaction = self.begin().await.context("begin to take away what waits")?;
        let dropped = dropped.fetch_all(&mut *transaction).await.context("take away what waits")?;
        // What they say is no part of what other rows are judged by any more.
        let orders =
            orders_of_rows(&mut transaction, &dropped).await.context("find their orders")?;
        let cause = BookCause { batch: Some(batch), user: None, at: &now };
        self.bring_in_line(&mut transaction, &orders, cause).await?;
        transaction.commit().await.context("commit the taking away of what waits")?;
        if !dropped.is_empty() {
            self.committed();
        }
        Ok(dropped.len() as u64)
    }
}

/// The orders whose numbers or parcels these rows name.
async fn orders_of_rows(
    connection: &mut SqliteConnection,
    rows: &[i64],
) -> sqlx::Result<BTreeSet<i64>> {
    let rows = json_of(rows);
    let orders = query_scalar!(
        r#"SELECT orders.id AS "id!" FROM json_each(?1) AS wanted
           CROSS JOIN batch_keys ON row_id = wanted.value AND batch_keys.kind = 'order'
           CROSS JOIN orders ON orders.guild_id = batch_keys.guild_id AND order_number = batch_keys.value
           UNION
           SELECT order_id FROM json_each(?1) AS wanted
           CROSS JOIN batch_keys ON row_id = wanted.value AND batch_keys.kind = 'parcel'
           CROSS JOIN parcels ON parcels.guild_id = batch_keys.guild_id AND number = batch_keys.value"#,
        rows
    );
    Ok(orders.fetch_all(connection).await?.into_iter().collect())
}
