//! Looking at a sheet, and applying it: one transaction for all of its rows.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::judge::{Judged, judge};
use super::request::{Becomes, Brought, Bulk, BulkLine, BulkRequest, brought};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::recompute::books::{BookCause, project};

/// Rows that one transaction applies: a longer sheet becomes several batches.
pub(super) const MOST_ROWS: usize = 100_000;
/// Orders that are brought in line together.
const TOGETHER: usize = 500;
/// Rows of one statement.
const ROWS: usize = 1_000;

impl Ledger {
    /// What applying a sheet would do by now. Changes nothing.
    pub async fn preview_sheet(&self, request: &BulkRequest) -> anyhow::Result<Bulk> {
        let rows = brought(request);
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let judged = judge(&mut connection, request, &rows).await.context("preview a sheet")?;
        Ok(Bulk { batch: None, sums: judged.sums, lines: judged.lines })
    }

    /// Applies a sheet: all of it, or nothing where that fails. One that changes nothing leaves no batch.
    pub async fn apply_sheet(&self, request: &BulkRequest) -> anyhow::Result<Bulk> {
        let rows = brought(request);
        let mut whole = Bulk::default();
        for rows in rows.chunks(MOST_ROWS) {
            let applied = self.apply_rows(request, rows).await?;
            whole.batch = whole.batch.or(applied.batch);
            whole.lines.extend(applied.lines);
            whole.sums = add(whole.sums, applied.sums);
        }
        Ok(whole)
    }

    async fn apply_rows(&self, request: &BulkRequest, rows: &[Brought]) -> anyhow::Result<Bulk> {
        let mut transaction = self.begin().await.context("begin to apply a sheet")?;
        let applied = self.take_in(&mut transaction, request, rows).await?;
        transaction.commit().await.context("commit a sheet")?;
        if applied.batch.is_some() {
            self.committed();
        }
        Ok(applied)
    }

    /// Does what the rows say by now, in a transaction that its caller commits.
    pub(super) async fn take_in(
        &self,
        transaction: &mut SqliteConnection,
        request: &BulkRequest,
        rows: &[Brought],
    ) -> anyhow::Result<Bulk> {
        let judged = judge(transaction, request, rows).await.context("judge a sheet")?;
        let Judged { lines, sums, orders } = judged;
        let says_something =
            |line: &BulkLine| [Becomes::Changed, Becomes::Waiting].contains(&line.becomes);
        if !lines.iter().any(says_something) {
            return Ok(Bulk { batch: None, sums, lines });
        }
        let now = text_of(Utc::now());
        let batch = keep(transaction, request, (rows, &lines), &now).await;
        let batch = batch.context("keep the rows of a sheet")?;
        let user = request.user.map(|user| user.0);
        let cause = BookCause { batch: Some(batch), user, at: &now };
        self.bring_in_line(transaction, &orders, cause).await?;
        Ok(Bulk { batch: Some(batch), sums, lines })
    }

    /// Brings orders in line with the sheets that hold by now, and lets the bot show what they are.
    pub(super) async fn bring_in_line(
        &self,
        connection: &mut SqliteConnection,
        orders: &BTreeSet<i64>,
        cause: BookCause<'_>,
    ) -> anyhow::Result<()> {
        let orders: Vec<i64> = orders.iter().copied().collect();
        for chunk in orders.chunks(TOGETHER) {
            let chunk: BTreeSet<i64> = chunk.iter().copied().collect();
            let changed = project(connection, &chunk, &BTreeSet::new(), cause).await;
            for order in changed.context("bring orders in line with sheets")? {
                self.show_first(connection, order, cause.at).await?;
            }
        }
        Ok(())
    }
}

fn add(
    mut sums: Vec<crate::order::Money>,
    more: Vec<crate::order::Money>,
) -> Vec<crate::order::Money> {
    for money in more {
        match sums.iter_mut().find(|sum| sum.currency == money.currency) {
            Some(sum) => sum.minor = sum.minor.saturating_add(money.minor),
            None => sums.push(money),
        }
    }
    sums
}

/// Keeps the batch and those of its rows that hold.
async fn keep(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
    (rows, lines): (&[Brought], &[BulkLine]),
    now: &str,
) -> sqlx::Result<i64> {
    let files = request.files.iter();
    let files: Vec<serde_json::Value> =
        files.map(|file| serde_json::json!({ "name": file.name, "sha256": file.sha256 })).collect();
    let files = serde_json::Value::Array(files).to_string();
    let changed = lines.iter().filter(|line| line.becomes == Becomes::Changed).count();
    let (all, changed) = (to_i64(rows.len()), to_i64(changed));
    let (kind, user) = (request.kind.as_str(), request.user.map(|user| user.0));
    let batch = query_scalar!(
        r#"INSERT INTO batches (guild_id, kind, files, user_id, rows, changed, applied_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!""#,
        request.guild.0,
        kind,
        files,
        user,
        all,
        changed,
        now
    );
    let batch = batch.fetch_one(&mut *connection).await?;
    let last = query_scalar!(r#"SELECT coalesce(max(id), 0) AS "id!: i64" FROM batch_rows"#);
    let mut next = last.fetch_one(&mut *connection).await? + 1;
    let holds = |line: &BulkLine| {
        [Becomes::Changed, Becomes::Already, Becomes::Waiting].contains(&line.becomes)
    };
    let held: Vec<&Brought> =
        rows.iter().zip(lines).filter(|(_, line)| holds(line)).map(|(row, _)| row).collect();
    for chunk in held.chunks(ROWS) {
        keep_rows(connection, (request.guild.0, batch), chunk, next).await?;
        next += to_i64(chunk.len());
    }
    Ok(batch)
}

async fn keep_rows(
    connection: &mut SqliteConnection,
    (guild, batch): (i64, i64),
    rows: &[&Brought],
    first: i64,
) -> sqlx::Result<()> {
    let (mut kept, mut keys) = (Vec::new(), Vec::new());
    for (row, id) in rows.iter().zip(first..) {
        let Ok(said) = &row.said else { continue };
        let store = StoreKey::of(said.store.as_deref());
        kept.push((
            id,
            row.file,
            row.line,
            &said.json,
            &said.fingerprint,
            store.as_str().to_owned(),
        ));
        let numbers = said.numbers.iter().zip(0_i64..);
        keys.extend(numbers.map(|(number, place)| ("order", number, id, place)));
        keys.extend(said.parcel.iter().map(|parcel| ("parcel", parcel, id, 0)));
    }
    let kept = serde_json::to_string(&kept).unwrap_or_default();
    query!(
        "INSERT INTO batch_rows (id, batch_id, file, line, said, fingerprint, store_key)
         SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
         FROM json_each(?)",
        batch,
        kept
    )
    .execute(&mut *connection)
    .await?;
    let keys = serde_json::to_string(&keys).unwrap_or_default();
    query!(
        "INSERT INTO batch_keys (guild_id, kind, value, row_id, place)
         SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)
         WHERE true ON CONFLICT DO NOTHING",
        guild,
        keys
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
