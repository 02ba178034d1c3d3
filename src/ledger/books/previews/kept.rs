//! The rows of a preview as they are kept, and read again.

use std::borrow::Cow;

use anyhow::Context;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, query};

use super::columns::SaidColumns;
use crate::ids::{GuildId, UserId};
use crate::ledger::books::request::{Becomes, Brought, BulkRequest, NotSaid, SheetFile};
use crate::reading::redact;
use crate::sheet::{Ignored, Line, Named, Refusal, Row, Sheet, What};

/// A row: its file, its line, what it comes to, and what it says or why it says nothing.
type KeptRow = (usize, u64, String, String);

const SAYS: &str = "says";
const IGNORED: &str = "ignored";
const REFUSED: &str = "refused";

/// A preview as it is kept.
pub(super) enum Kept {
    Open { request: Box<BulkRequest>, shown: String, columns: Vec<SaidColumns> },
    Applied(Option<i64>),
}

/// The rows of all files, compressed: purchases without a number have their names, by which they are known.
pub(super) fn packed(rows: &[Brought]) -> anyhow::Result<Vec<u8>> {
    let rows: Vec<KeptRow> = rows.iter().map(kept).collect();
    let json = serde_json::to_vec(&rows).context("write the rows of a preview")?;
    zstd::bulk::compress(&json, zstd::DEFAULT_COMPRESSION_LEVEL).context("pack a preview")
}

fn kept(row: &Brought) -> KeptRow {
    let (word, text) = match &row.said {
        Ok(said) => (SAYS.to_owned(), said.row.to_json()),
        Err(NotSaid { becomes: Becomes::Ignored, why, .. }) => (IGNORED.to_owned(), why.clone()),
        // It quotes a cell that may hold anything.
        Err(NotSaid { why, named, .. }) => (refused(named), redact::text(why).into_owned()),
    };
    (usize::try_from(row.file).unwrap_or_default(), row.line, word, text)
}

/// The word for a row that is refused, and behind it the order and the parcels that it names.
fn refused(named: &Named) -> String {
    let order_number = named.order_number.as_deref().unwrap_or_default();
    let parcels = redact::text(named.tracking_number.as_deref().unwrap_or_default());
    format!("{REFUSED} {order_number} {parcels}").trim_end().to_owned()
}

/// What stands behind that word.
fn named(word: &str) -> Named {
    let numbers = word.split_once(' ').map_or("", |(_, numbers)| numbers);
    let (order_number, parcels) = numbers.split_once(' ').unwrap_or((numbers, ""));
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Named { order_number: known(order_number), tracking_number: known(parcels) }
}

fn line((_, line, word, text): KeptRow) -> anyhow::Result<Line> {
    let what = match word.as_str() {
        SAYS => What::Says(Row::from_json(&text).context("read a row of a preview")?),
        IGNORED => {
            let why = Ignored::ALL.into_iter().find(|why| why.to_string() == text);
            What::Ignored(why.unwrap_or(Ignored::Blank))
        }
        _ => What::Refused(Refusal::Noted(text)),
    };
    Ok(Line { named: named(&word), ..Line::new(line, what) })
}

/// A file as it is kept: its name, its hash, and if somebody had to say its columns, under what they are remembered
/// once it is applied, and what they are.
#[derive(Serialize, Deserialize)]
struct KeptFile<'f>(
    Cow<'f, str>,
    Cow<'f, str>,
    #[serde(default)] Option<String>,
    #[serde(default)] Vec<(String, String)>,
);

/// What is kept of the files beside their rows.
pub(super) fn files(request: &BulkRequest) -> String {
    let files: Vec<KeptFile<'_>> = request.files.iter().map(kept_file).collect();
    serde_json::to_string(&files).unwrap_or_default()
}

fn kept_file(file: &SheetFile) -> KeptFile<'_> {
    let said = Some(&file.sheet).filter(|sheet| !sheet.said().is_empty());
    let (name, meanings) = (file.kept_name(), file.sheet.said().to_vec());
    KeptFile(name, Cow::from(&file.sha256), said.and_then(Sheet::fingerprint), meanings)
}

/// What was said of the columns by which files of a preview were read.
pub(super) fn columns(files: &str) -> anyhow::Result<Vec<SaidColumns>> {
    let files: Vec<KeptFile<'_>> = serde_json::from_str(files).context("read a preview's files")?;
    let said = |KeptFile(_, _, fingerprint, meanings): KeptFile<'_>| {
        Some(SaidColumns { fingerprint: fingerprint?, meanings })
    };
    Ok(files.into_iter().filter_map(said).collect())
}

/// A preview of a guild that is not older.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    (guild, id): (GuildId, i64),
    oldest: &str,
    zone: Tz,
) -> anyhow::Result<Option<Kept>> {
    let row = query!(
        "SELECT user_id, kind, files, status, rows, shown, batch_id FROM previews
         WHERE id = ? AND guild_id = ? AND created_at >= ?",
        id,
        guild.0,
        oldest
    );
    let Some(row) = row.fetch_optional(connection).await.context("read a preview")? else {
        return Ok(None);
    };
    let Some(packed) = row.rows else { return Ok(Some(Kept::Applied(row.batch_id))) };
    let json = zstd::decode_all(packed.as_slice()).context("unpack a preview")?;
    let rows: Vec<KeptRow> = serde_json::from_slice(&json).context("read a preview's rows")?;
    let named: Vec<KeptFile<'_>> =
        serde_json::from_str(&row.files).context("read a preview's files")?;
    let mut lines: Vec<Vec<Line>> = vec![Vec::new(); named.len()];
    for row in rows {
        if let Some(of_file) = lines.get_mut(row.0) {
            of_file.push(line(row)?);
        }
    }
    let file = |(file, lines): (KeptFile<'_>, Vec<Line>)| SheetFile {
        name: file.0.into_owned(),
        sha256: file.1.into_owned(),
        sheet: Sheet::of_lines(lines),
    };
    let request = BulkRequest {
        guild,
        kind: row.kind.parse()?,
        files: named.into_iter().zip(lines).map(file).collect(),
        status: row.status.map(|word| word.parse()).transpose()?,
        anyway: false,
        user: Some(UserId(row.user_id)),
        zone,
    };
    let columns = columns(&row.files)?;
    Ok(Some(Kept::Open { request: Box::new(request), shown: row.shown, columns }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Kind;

    #[test]
    fn what_a_refused_row_names_is_kept_with_it() {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for (order, parcels) in [
            ("A-1000", "1Z999AA10123456784, TBA000000000001"),
            ("A-1000", ""),
            ("", "1Z1"),
            ("", ""),
        ] {
            let of = Named { order_number: text(order), tracking_number: text(parcels) };
            assert_eq!(named(&refused(&of)), of);
        }
        // As it was written before parcels were kept.
        assert_eq!(named("refused A-1000").order_number.as_deref(), Some("A-1000"));
    }

    #[test]
    fn a_secret_in_the_name_of_a_file_is_not_kept() {
        let file = SheetFile {
            name: "card 4111 1111 1111 1111.csv".to_owned(),
            sha256: "00".to_owned(),
            sheet: Sheet::of_lines(Vec::new()),
        };
        let request = BulkRequest {
            guild: GuildId(1),
            kind: Kind::Track,
            files: vec![file],
            status: None,
            anyway: false,
            user: None,
            zone: Tz::UTC,
        };
        let kept = files(&request);
        assert!(!kept.contains("1111") && kept.contains(".csv"), "{kept}");
    }
}
