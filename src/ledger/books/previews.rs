//! Sheets that somebody looked at in Discord and has not applied yet. Their rows are kept as evidence is, for a
//! day: without what is secret or not needed, and not the file.

mod columns;
mod dropped;
mod kept;

use std::borrow::Cow;
use std::sync::Arc;

use anyhow::{Context, ensure};
use chrono::{TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, query, query_scalar};

use super::apply::{MOST_ROWS, look};
use super::judge::months::months;
use super::judge::{Judged, judge};
use super::request::{
    Becomes, Brought, Bulk, BulkLine, BulkRequest, brought, rows_that_may_be_kept,
};
use crate::ids::{GuildId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::order::{Money, Status};
use crate::reading::redact;
use crate::sheet::Kind;

/// For so long a preview can be applied.
const KEPT: TimeDelta = TimeDelta::days(1);
/// Previews of a guild; the oldest make room.
const MOST: i64 = 50;

/// What a sheet would do, and the number under which it is kept.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its number.
    pub id: i64,
    /// What the files are.
    pub kind: Kind,
    /// Names of the files.
    pub files: Vec<String>,
    /// Headings that somebody had to say the meaning of, with the words of the fields; none where this is not known
    /// any more.
    pub said: Vec<(String, String)>,
    /// What would become of each row.
    pub bulk: Bulk,
    /// How many rows are refused only because their orders are shipped, delivered, received or paid.
    pub refused_unless_anyway: u64,
}

/// Whose preview it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewOf {
    /// Who brought the sheet.
    pub user: UserId,
    /// What it is.
    pub kind: Kind,
}

/// How a preview is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applying {
    /// As it was shown.
    AsShown,
    /// The orders of a `track` sheet are shipped, too.
    Shipped,
    /// What is shipped, delivered, received or paid is cancelled, too.
    Anyway,
}

/// What came of applying a preview.
#[derive(Debug, Clone)]
pub enum Applied {
    /// It was done; without a batch, there was nothing to change.
    Done(Bulk, Kind, Vec<String>),
    /// A row would end otherwise by now: nothing was changed, and this is what would.
    Otherwise(Box<Preview>),
    /// It was applied before, as this batch.
    Before(Option<i64>),
    /// It is too old, or was cancelled.
    Gone,
}

impl Ledger {
    /// Shows what a sheet would do, and keeps it for a day.
    pub async fn keep_preview(&self, request: Arc<BulkRequest>) -> anyhow::Result<Preview> {
        let (brought, packed) = read_and_packed(Arc::clone(&request)).await?;
        ensure!(brought.len() <= MOST_ROWS, "a preview of too many rows");
        let request = request.as_ref();
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let rows = rows_that_may_be_kept(&mut connection, request, &brought).await;
        let rows = rows.context("read what was forgotten")?;
        let bulk = look(&mut connection, request, &rows).await?;
        let anyway = refused_unless_anyway(&mut connection, (request, &rows), &bulk.lines).await?;
        drop(connection);
        let files = kept::files(request);
        let (user, kind) = (request.user.map(|user| user.0), request.kind.as_str());
        let (status, shown) =
            (request.status.map(Status::as_str), digest(&bulk.lines, [&bulk.sums, &bulk.refunded]));
        let now = Utc::now();
        let (at, oldest) = (text_of(now), text_of(now - KEPT));
        let mut transaction = self.begin().await.context("begin to keep a preview")?;
        let kept = rows_that_may_be_kept(&mut transaction, request, &brought).await;
        let kept = kept.context("read what was forgotten")?;
        // Packing takes time in which nobody else may write.
        let packed = match &kept {
            Cow::Borrowed(_) => packed,
            Cow::Owned(kept) => kept::packed(kept)?,
        };
        dropped::drop_old(&mut transaction, request.guild, &oldest)
            .await
            .context("drop old previews")?;
        let id = query_scalar!(
            r#"INSERT INTO previews (guild_id, user_id, kind, files, status, rows, shown, created_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!""#,
            request.guild.0,
            user,
            kind,
            files,
            status,
            packed,
            shown,
            at
        );
        let id = id.fetch_one(&mut *transaction).await.context("keep a preview")?;
        transaction.commit().await.context("commit a preview")?;
        Ok(preview(id, request, bulk, anyway))
    }

    /// Whose preview it is, if it is kept.
    pub async fn preview_of(&self, guild: GuildId, id: i64) -> anyhow::Result<Option<PreviewOf>> {
        let oldest = text_of(Utc::now() - KEPT);
        let row = query!(
            "SELECT user_id, kind FROM previews WHERE id = ? AND guild_id = ? AND created_at >= ?",
            id,
            guild.0,
            oldest
        );
        let row = row.fetch_optional(&self.readers).await.context("look for a preview")?;
        row.map(|row| Ok(PreviewOf { user: UserId(row.user_id), kind: row.kind.parse()? }))
            .transpose()
    }

    /// Applies a preview once. Where a row would end otherwise than it was shown, nothing is changed.
    pub async fn apply_preview(
        &self,
        guild: GuildId,
        id: i64,
        how: Applying,
        zone: chrono_tz::Tz,
    ) -> anyhow::Result<Applied> {
        let mut transaction = self.begin().await.context("begin to apply a preview")?;
        let oldest = text_of(Utc::now() - KEPT);
        let kept = kept::read(&mut transaction, (guild, id), &oldest, zone);
        let kept = match kept.await? {
            None => return Ok(Applied::Gone),
            Some(kept::Kept::Applied(batch)) => return Ok(Applied::Before(batch)),
            Some(kept::Kept::Open { request, shown, columns }) => (*request, shown, columns),
        };
        let (mut request, shown, columns) = kept;
        let (rows, judged) = judged(&mut transaction, &request).await?;
        let now = digest(&judged.lines, [&judged.sums, &judged.refunded]);
        if now != shown {
            let of = (&request, rows.as_slice());
            let anyway = refused_unless_anyway(&mut transaction, of, &judged.lines).await?;
            query!("UPDATE previews SET shown = ? WHERE id = ?", now, id)
                .execute(&mut *transaction)
                .await
                .context("keep what is shown now")?;
            transaction.commit().await.context("commit a preview")?;
            let bulk = Bulk { months: months(&rows, zone), ..judged.into_bulk() };
            return Ok(Applied::Otherwise(Box::new(preview(id, &request, bulk, anyway))));
        }
        match how {
            Applying::AsShown => {}
            Applying::Shipped => request.status = Some(Status::Shipped),
            Applying::Anyway => request.anyway = true,
        }
        let is_as_shown = how == Applying::AsShown;
        let (rows, judged) = if is_as_shown {
            (rows, judged)
        } else {
            self::judged(&mut transaction, &request).await?
        };
        let done = self.take_in(&mut transaction, (&request, None), (&rows, judged)).await?;
        query!("UPDATE previews SET rows = NULL, batch_id = ? WHERE id = ?", done.batch, id)
            .execute(&mut *transaction)
            .await
            .context("note that a preview is applied")?;
        columns::remember(&mut transaction, (guild, request.kind), &columns).await?;
        transaction.commit().await.context("commit a sheet")?;
        self.committed();
        let files = request.files.into_iter().map(|file| file.name).collect();
        Ok(Applied::Done(done, request.kind, files))
    }
}

/// The rows of the files, and the same as they are kept; beside everything else, since many take a second.
async fn read_and_packed(request: Arc<BulkRequest>) -> anyhow::Result<(Vec<Brought>, Vec<u8>)> {
    let read = move || {
        let rows = brought(&request);
        let packed = kept::packed(&rows)?;
        Ok((rows, packed))
    };
    tokio::task::spawn_blocking(read).await.context("read the rows of a preview")?
}

/// The rows of a preview, and what they would do by now.
async fn judged(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
) -> anyhow::Result<(Vec<Brought>, Judged)> {
    let mut rows = brought(request);
    let kept = rows_that_may_be_kept(connection, request, &rows).await;
    if let Cow::Owned(kept) = kept.context("read what was forgotten")? {
        rows = kept;
    }
    let judged = judge(connection, (request, None), &rows).await.context("judge a preview")?;
    Ok((rows, judged))
}

/// How many of the rows that became this are refused only without `anyway`.
async fn refused_unless_anyway(
    connection: &mut SqliteConnection,
    (request, rows): (&BulkRequest, &[Brought]),
    lines: &[BulkLine],
) -> anyhow::Result<u64> {
    let refused = refused(lines);
    if request.kind != Kind::Status || refused == 0 {
        return Ok(0);
    }
    let anyway = BulkRequest { anyway: true, ..request.clone() };
    let judged = judge(connection, (&anyway, None), rows).await;
    let still = self::refused(&judged.context("preview a sheet anyway")?.lines);
    Ok(refused.saturating_sub(still))
}

fn refused(lines: &[BulkLine]) -> u64 {
    lines.iter().filter(|line| line.becomes == Becomes::Refused).count() as u64
}

fn preview(id: i64, request: &BulkRequest, bulk: Bulk, refused_unless_anyway: u64) -> Preview {
    let files = request.files.iter().map(|file| file.name.clone()).collect();
    let mut said: Vec<(String, String)> = Vec::new();
    for of_column in request.files.iter().flat_map(|file| file.sheet.said()) {
        if !said.contains(of_column) {
            said.push(of_column.clone());
        }
    }
    Preview { id, kind: request.kind, files, said, bulk, refused_unless_anyway }
}

/// The same where people are shown the same: of each row what it names and as what it ends, and what all come to.
/// What a row is refused for quotes its cells, and they are kept without secrets.
fn digest(lines: &[BulkLine], sums: [&[Money]; 2]) -> String {
    let mut digest = Sha256::new();
    let mut take = |part: &str| {
        digest.update(part.as_bytes());
        digest.update([0]);
    };
    for line in lines {
        let kept = |text| match line.becomes {
            Becomes::Refused => redact::text(text),
            _ => Cow::Borrowed(text),
        };
        take(line.becomes.as_str());
        for text in [&line.order_number, &line.product, &line.tracking_number] {
            take(&kept(text.as_deref().unwrap_or_default()));
        }
        take(line.store.as_deref().unwrap_or_default());
        take(&kept(&line.reason));
    }
    for money in sums.into_iter().flatten() {
        take(money.code());
        take(&money.minor.to_string());
    }
    format!("{:x}", digest.finalize())
}
