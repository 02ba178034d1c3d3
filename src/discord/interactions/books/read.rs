//! Understanding files: by themselves, by what was said of the same headings before, or by what is said now.

use anyhow::Context as _;
use sha2::{Digest, Sha256};

use crate::discord::bot::Bot;
use crate::discord::bot::state::unread_sheets::{UnreadFile, UnreadSheets};
use crate::discord::interactions::error::Error;
use crate::ids::GuildId;
use crate::ledger::SheetFile;
use crate::sheet::{self, Kind, Known, NotUnderstood, Options, Why};

/// What came of reading files.
pub(super) enum Read {
    Understood(Vec<SheetFile>),
    /// The first that was not understood, by its place.
    Failed {
        place: usize,
        failed: NotUnderstood,
    },
}

/// Reads all files. What somebody said of columns holds for all files with the same headings.
pub(super) async fn read(bot: &Bot, sheets: &mut UnreadSheets) -> Result<Read, Error> {
    let (guild, kind, dates) = (sheets.guild, sheets.kind, sheets.dates);
    let status_is_said = sheets.status.is_some();
    let asked = |map: &[(String, String)]| Options {
        map: map.to_vec(),
        dates,
        status_is_said,
        known: Known::Unasked,
    };
    let mut understood = Vec::new();
    let mut said: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (place, file) in sheets.files.iter_mut().enumerate() {
        let mut result = looked_up(bot, (guild, kind), file, asked(&file.map)).await?;
        if let Err(failed) = &result
            && file.map.is_empty()
            && let Some(fingerprint) = fingerprint(&failed.why)
        {
            let same = said.iter().find(|(of, _)| of == fingerprint).map(|(_, map)| map.clone());
            let map = match same {
                Some(map) => Some(map),
                None => bot.ledger.remembered_columns(guild, kind, fingerprint).await?,
            };
            if let Some(map) = map {
                file.map = map;
                result = looked_up(bot, (guild, kind), file, asked(&file.map)).await?;
            }
        }
        let read = match result {
            Ok(read) => read,
            Err(failed) => return Ok(Read::Failed { place, failed }),
        };
        file.asked = None;
        let fingerprint = read.sheet.fingerprint().filter(|_| !file.map.is_empty());
        said.extend(fingerprint.map(|fingerprint| (fingerprint, file.map.clone())));
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

/// Reads a file, with what the ledger knows of its numbers where that matters.
async fn looked_up(
    bot: &Bot,
    (guild, kind): (GuildId, Kind),
    file: &UnreadFile,
    options: Options,
) -> Result<Result<SheetFile, NotUnderstood>, Error> {
    let result = parsed(file, kind, options.clone()).await?;
    let numbers = result.as_ref().err().map(NotUnderstood::numbers).unwrap_or_default();
    if numbers.is_empty() {
        return Ok(result);
    }
    let known = bot.ledger.known_numbers(guild, numbers).await?;
    parsed(file, kind, Options { known, ..options }).await
}

/// Reads a file beside everything else: a long one takes seconds.
async fn parsed(
    file: &UnreadFile,
    kind: Kind,
    options: Options,
) -> Result<Result<SheetFile, NotUnderstood>, Error> {
    let UnreadFile { name, bytes, .. } = file.clone();
    let read = move || {
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        let sheet = sheet::read(kind, &name, bytes.to_vec(), &options)?;
        Ok(SheetFile { name, sha256, sheet })
    };
    Ok(tokio::task::spawn_blocking(read).await.context("read a sheet")?)
}
