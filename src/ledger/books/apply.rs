//! Looking at a sheet, and applying it: one transaction for all of its rows.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::judge::months::months;
use super::judge::{Held, Judged, judge};
use super::request::{
    Becomes, Brought, Bulk, BulkLine, BulkRequest, brought, rows_that_may_be_kept,
};
use crate::ids::{GuildId, MessageId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::recompute::books::{BookCause, Concerns, project};
use crate::ledger::recompute::uncount;
use crate::ledger::write::read_again;
use crate::reading::redact;
use crate::sheet::{Kind, Row};

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
        let rows = rows_that_may_be_kept(&mut connection, request, &rows).await;
        look(&mut connection, request, &rows.context("read what was forgotten")?).await
    }

    /// Applies a sheet: all of it, or nothing where that fails. One that changes nothing leaves no batch. A sheet
    /// with more rows than one transaction applies becomes several batches.
    pub async fn apply_sheet(&self, request: &BulkRequest) -> anyhow::Result<Bulk> {
        let rows = brought(request);
        let (months, unread) = (months(&rows, request.zone), request.unread());
        let mut whole = Bulk { months, unread, ..Bulk::default() };
        for rows in rows.chunks(MOST_ROWS) {
            let applied = self.apply_rows((request, whole.batch), rows).await;
            let applied = applied.with_context(|| applied_so_far(&whole.batches))?;
            whole.batch = whole.batch.or(applied.batch);
            whole.batches.extend(applied.batches);
            // Most sheets are one batch: its lines are many, and are handed on as they are.
            if whole.lines.is_empty() {
                whole.lines = applied.lines;
            } else {
                whole.lines.extend(applied.lines);
            }
            whole.sums = add(whole.sums, applied.sums);
            whole.refunded = add(whole.refunded, applied.refunded);
        }
        Ok(whole)
    }

    async fn apply_rows(
        &self,
        (request, part_of): (&BulkRequest, Option<i64>),
        rows: &[Brought],
    ) -> anyhow::Result<Bulk> {
        let begun = self.writer.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.context("begin to apply a sheet")?;
        let rows = rows_that_may_be_kept(&mut transaction, request, rows).await;
        let rows = rows.context("read what was forgotten")?;
        let judged = judge(&mut transaction, (request, part_of), &rows).await;
        let judged = judged.context("judge a sheet")?;
        let applied = self.take_in(&mut transaction, (request, part_of), (&rows, judged)).await?;
        transaction.commit().await.context("commit a sheet")?;
        if applied.batch.is_some() {
            self.committed();
        }
        Ok(applied)
    }

    /// Does what rows say that were judged in the same transaction, which its caller commits.
    pub(super) async fn take_in(
        &self,
        transaction: &mut SqliteConnection,
        (request, part_of): (&BulkRequest, Option<i64>),
        (rows, judged): (&[Brought], Judged),
    ) -> anyhow::Result<Bulk> {
        let says_something =
            |line: &BulkLine| [Becomes::Changed, Becomes::Waiting].contains(&line.becomes);
        if !judged.lines.iter().any(says_something) {
            return Ok(judged.into_bulk());
        }
        let now = text_of(Utc::now());
        let batch = keep(transaction, (request, part_of), (rows, &judged), &now).await;
        let batch = batch.context("keep the rows of a sheet")?;
        let user = request.user.map(|user| user.0);
        let cause = BookCause { batch: Some(batch), user, at: &now };
        if request.kind == Kind::Orders {
            let guild = request.guild;
            self.found_orders(transaction, guild, &numbers_of(rows, &judged), cause).await?;
        }
        self.bring_in_line(transaction, &judged.orders, cause).await?;
        let (batches, unread) = (vec![batch], request.unread());
        Ok(Bulk { batch: Some(batch), batches, unread, ..judged.into_bulk() })
    }

    /// Brings orders in line with the sheets that hold by now, and lets the bot show what they are.
    pub(in crate::ledger) async fn bring_in_line(
        &self,
        connection: &mut SqliteConnection,
        orders: &BTreeSet<i64>,
        cause: BookCause<'_>,
    ) -> anyhow::Result<()> {
        let orders: Vec<i64> = orders.iter().copied().collect();
        self.steps.expect(orders.len());
        for chunk in orders.chunks(TOGETHER) {
            let uncounted = uncount(connection, chunk).await.context("take orders out of sums")?;
            let orders: BTreeSet<i64> = chunk.iter().copied().collect();
            let concerns = Concerns { orders, ..Concerns::default() };
            let changed = Box::pin(project(connection, concerns, cause)).await;
            let changed = changed.context("bring orders in line with sheets")?;
            uncounted.count(connection).await.context("count orders again")?;
            self.show_first(connection, &changed, cause.at).await?;
            self.steps.did(chunk.len());
        }
        Ok(())
    }

    /// Makes the orders of these numbers that rows of old orders announce; messages that waited for them take
    /// effect.
    pub(in crate::ledger) async fn found_orders(
        &self,
        connection: &mut SqliteConnection,
        guild: GuildId,
        numbers: &BTreeSet<String>,
        cause: BookCause<'_>,
    ) -> anyhow::Result<()> {
        self.steps.expect(numbers.len());
        for chunk in numbers.iter().collect::<Vec<_>>().chunks(TOGETHER) {
            self.steps.did(chunk.len());
            let keys = chunk.iter().map(|number| (guild.0, (*number).clone()));
            let concerns = Concerns { numbers: keys.collect(), ..Concerns::default() };
            let made = Box::pin(project(connection, concerns, cause)).await;
            made.context("make the orders of a sheet")?;
            let list = serde_json::to_string(chunk).unwrap_or_default();
            let waiting = query_scalar!(
                r#"SELECT DISTINCT order_messages.message_id AS "id!"
                   FROM json_each(?) AS wanted CROSS JOIN order_messages ON waiting_for = wanted.value
                   CROSS JOIN deliveries ON deliveries.message_id = order_messages.message_id AND guild_id = ?"#,
                list,
                guild.0
            );
            let waiting =
                waiting.fetch_all(&mut *connection).await.context("find messages that wait")?;
            let waiting: Vec<MessageId> = waiting.into_iter().map(MessageId).collect();
            if !waiting.is_empty() {
                Box::pin(read_again(connection, &waiting, &self.labels, &self.emoji)).await?;
            }
        }
        Ok(())
    }
}

/// What rows would do by now.
pub(super) async fn look(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
    rows: &[Brought],
) -> anyhow::Result<Bulk> {
    let judged = judge(connection, (request, None), rows).await.context("preview a sheet")?;
    Ok(Bulk { months: months(rows, request.zone), unread: request.unread(), ..judged.into_bulk() })
}

fn applied_so_far(batches: &[i64]) -> String {
    if batches.is_empty() {
        return "nothing was applied".to_owned();
    }
    let ids: Vec<String> = batches.iter().map(i64::to_string).collect();
    let ids = ids.join(", ");
    format!(
        "only the first rows were applied, as batch {ids}; the same call again applies the others"
    )
}

/// The order numbers of the rows that change something.
fn numbers_of(rows: &[Brought], judged: &Judged) -> BTreeSet<String> {
    let changed =
        rows.iter().zip(&judged.lines).filter(|(_, line)| line.becomes == Becomes::Changed);
    changed.filter_map(|(row, _)| row.said.as_ref().ok()?.numbers().first().cloned()).collect()
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
    (request, part_of): (&BulkRequest, Option<i64>),
    (rows, judged): (&[Brought], &Judged),
    now: &str,
) -> sqlx::Result<i64> {
    let files = request.files.iter();
    let files: Vec<serde_json::Value> = files
        .map(|file| {
            let name = redact::text(&file.name);
            serde_json::json!({ "name": name, "sha256": file.sha256 })
        })
        .collect();
    let files = serde_json::Value::Array(files).to_string();
    let changed = judged.lines.iter().filter(|line| line.becomes == Becomes::Changed).count();
    let (all, changed) = (to_i64(rows.len()), to_i64(changed));
    let (kind, user) = (request.kind.as_str(), request.user.map(|user| user.0));
    let batch = query_scalar!(
        r#"INSERT INTO batches (guild_id, kind, files, user_id, rows, changed, applied_at, part_of)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!""#,
        request.guild.0,
        kind,
        files,
        user,
        all,
        changed,
        now,
        part_of
    );
    let batch = batch.fetch_one(&mut *connection).await?;
    let last = query_scalar!(r#"SELECT coalesce(max(id), 0) AS "id!: i64" FROM batch_rows"#);
    let mut next = last.fetch_one(&mut *connection).await? + 1;
    let mut held = judged.held(rows);
    loop {
        let chunk: Vec<Held<'_>> = held.by_ref().take(ROWS).collect();
        if chunk.is_empty() {
            return Ok(batch);
        }
        keep_rows(connection, (request.guild.0, batch), &chunk, next).await?;
        next += to_i64(chunk.len());
    }
}

pub(super) async fn keep_rows(
    connection: &mut SqliteConnection,
    (guild, batch): (i64, i64),
    rows: &[Held<'_>],
    first: i64,
) -> sqlx::Result<()> {
    let (mut kept, mut keys) = (Vec::new(), Vec::new());
    for (Held { row, repeats, waits }, id) in rows.iter().zip(first..) {
        let Ok(said) = &row.said else { continue };
        let (store, json) = (said.store_key(), said.row.to_json());
        let fingerprint = Row::fingerprint(&json);
        let store = store.as_str().to_owned();
        let waited = i64::from(*waits);
        kept.push((id, row.file, row.line, json, fingerprint, store, repeats, waited));
        let numbers = said.numbers().iter().zip(0_i64..);
        keys.extend(numbers.map(|(number, place)| ("order", number, id, place)));
        keys.extend(said.parcel.iter().map(|parcel| ("parcel", parcel, id, 0)));
    }
    let kept = serde_json::to_string(&kept).unwrap_or_default();
    query!(
        "INSERT INTO batch_rows (id, batch_id, file, line, said, fingerprint, store_key, repeats, waited)
         SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
             value ->> 7
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
