//! Understanding files: by themselves, by what was said of the same headings before, or by what is said now.

use anyhow::Context as _;
use sha2::{Digest, Sha256};

use crate::discord::bot::Bot;
use crate::discord::bot::state::unread_sheets::{UnreadFile, UnreadSheets};
use crate::discord::interactions::error::Error;
use crate::ledger::SheetFile;
use crate::sheet::{self, DateOrder, Kind, NotUnderstood, Options, Why};

/// What came of reading files.
pub(super) enum Read {
    Understood(Vec<SheetFile>),
    /// The first that was not understood, by its place.
    Failed {
        place: usize,
        failed: NotUnderstood,
    },
}

/// Reads all files. Columns that somebody named are remembered when they are right.
pub(super) async fn read(bot: &Bot, sheets: &mut UnreadSheets) -> Result<Read, Error> {
    let (guild, kind, dates) = (sheets.guild, sheets.kind, sheets.dates);
    let mut understood = Vec::new();
    for (place, file) in sheets.files.iter_mut().enumerate() {
        let mut result = parsed(file, kind, dates).await?;
        if let Err(failed) = &result
            && file.map.is_empty()
            && let Some(fingerprint) = fingerprint(&failed.why)
            && let Some(map) = bot.ledger.remembered_columns(guild, kind, fingerprint).await?
        {
            file.map = map;
            result = parsed(file, kind, dates).await?;
        }
        let read = match result {
            Ok(read) => read,
            Err(failed) => return Ok(Read::Failed { place, failed }),
        };
        if let Some(asked) = file.asked.take() {
            let kept = bot.ledger.remember_columns(guild, kind, &asked.fingerprint, &file.map);
            if let Err(error) = kept.await {
                tracing::warn!("could not remember the columns of a sheet: {error:#}");
            }
        }
        understood.push(read);
    }
    Ok(Read::Understood(understood))
}

const fn fingerprint(why: &Why) -> Option<&String> {
    match why {
        Why::MissingColumn { fingerprint, .. } | Why::NeedsMap { fingerprint, .. } => {
            Some(fingerprint)
        }
        _ => None,
    }
}

/// Reads a file beside everything else: a long one takes seconds.
async fn parsed(
    file: &UnreadFile,
    kind: Kind,
    dates: Option<DateOrder>,
) -> Result<Result<SheetFile, NotUnderstood>, Error> {
    let UnreadFile { name, bytes, map, .. } = file.clone();
    let read = move || {
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        let sheet = sheet::read(kind, &name, bytes.to_vec(), &Options { map, dates })?;
        Ok(SheetFile { name, sha256, sheet })
    };
    Ok(tokio::task::spawn_blocking(read).await.context("read a sheet")?)
}
