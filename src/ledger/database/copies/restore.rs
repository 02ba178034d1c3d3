//! The way back: a backup takes the place of the database.
//!
//! At every moment either the old or the new database stands in its place, whole: the old one is
//! folded into a single file, gets a second name, and is replaced by renaming the finished copy.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::Connection;

use super::copy::{Copied, CopyError, Unfinished, examine};
use crate::atomic_file::{SIDECARS, linked, sync_folder};
use crate::ledger::database::locks;
use crate::ledger::database::migrate::{Contents, MIGRATIONS, newest_of};
use crate::ledger::database::open::{is_new, look};
use crate::ledger::database::open_error::OpenError;
use crate::ledger::database::pragmas;
use crate::ledger::database::sidecar_files::{asides, belongs_to, can_be_there, sidecar};
use crate::platform::{keep_rights, make_beside};

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the database holds now.
    pub copied: Copied,
    /// Where the one of before is; absent where there was none.
    pub aside: Option<PathBuf>,
    /// Whether the backup may hold what was forgotten since it was made.
    pub forgotten: ForgottenSince,
}

/// Whether something was forgotten since a backup was made, by what the database of before tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgottenSince {
    /// No.
    Nothing,
    /// Yes: the backup may hold it.
    Something,
    /// There is no database of before, or it cannot be read.
    Unknown,
}

/// Puts a backup in the place of the database, which is kept under another name. Refused while a
/// bot runs on it.
///
/// # Errors
/// A sentence; then the database is as it was.
pub async fn restore(path: &Path, from: &Path) -> Result<Restored, CopyError> {
    // A link stays one: what it leads to is replaced.
    let path = &linked(path);
    can_be_there(path)?;
    if belongs_to(path, from) {
        return Err(CopyError::Itself(from.to_owned()));
    }
    usable(from).await?;
    let _locks = (locks::own(path).await?, locks::alone(path).await?);
    let is_one_file = fold(path).await?;
    let forgotten = match (forgotten(path).await, forgotten(from).await) {
        (Some(now), Some(then)) if now.is_subset(&then) => ForgottenSince::Nothing,
        (Some(_), Some(_)) => ForgottenSince::Something,
        _ => ForgottenSince::Unknown,
    };
    let copy = Unfinished::begin(unfinished_restore(path), path)?;
    let copied = copy.fill(from).await?;
    keep_rights(copy.path(), path).map_err(|error| CopyError::writing(path, &error))?;
    let aside = set_aside(path, is_one_file).map_err(|error| CopyError::writing(path, &error))?;
    copy.finish(path)?;
    Ok(Restored { copied, aside, forgotten })
}

/// Where [`restore`] writes what is to become the database.
pub fn unfinished_restore(path: &Path) -> PathBuf {
    sidecar(&linked(path), ".restoring")
}

/// The hashes of what was forgotten in a database; `None` where it cannot tell.
async fn forgotten(path: &Path) -> Option<HashSet<Vec<u8>>> {
    if is_new(path) {
        return None;
    }
    let hashes = async {
        let mut connection = pragmas::copier(path).await?;
        // One of before the table came has forgotten nothing.
        let table = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name = 'forgotten'");
        let hashes: Vec<Vec<u8>> = match table.fetch_optional(&mut connection).await? {
            Some(_) => {
                let hashes = sqlx::query_scalar("SELECT hash FROM forgotten");
                hashes.fetch_all(&mut connection).await?
            }
            None => Vec::new(),
        };
        connection.close().await?;
        Ok::<_, sqlx::Error>(hashes)
    };
    Some(hashes.await.ok()?.into_iter().collect())
}

async fn usable(from: &Path) -> Result<(), CopyError> {
    if !from.is_file() {
        return Err(CopyError::NoSuchBackup(from.to_owned()));
    }
    match examine(from).await {
        Ok((_, version)) if version > newest_of(&MIGRATIONS) => {
            Err(CopyError::FromNewerVersion(from.to_owned()))
        }
        Ok(_) => Ok(()),
        Err(why) => Err(CopyError::Unusable(from.to_owned(), why)),
    }
}

/// Folds SQLite's log into the database, so that it is one file. Says whether it is: a damaged one
/// cannot be, and is what a backup is restored for.
async fn fold(path: &Path) -> Result<bool, OpenError> {
    if is_new(path) {
        return Ok(false);
    }
    match look(path).await {
        Ok(Contents::Foreign) => return Err(OpenError::NotOurs(path.to_owned())),
        Ok(_) => {}
        Err(OpenError::Damaged(_)) => return Ok(false),
        Err(error) => return Err(error),
    }
    let folded = async {
        let mut connection = pragmas::folding(path).await?;
        // Refused while any other program has the database open: it would go on in a file that is
        // no longer in its place.
        sqlx::query("PRAGMA journal_mode = DELETE").execute(&mut connection).await?;
        connection.close().await
    };
    match folded.await.map_err(|error| OpenError::of(path, &error)) {
        Ok(()) => Ok(true),
        Err(OpenError::Damaged(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Gives the present database a second name that nothing has, and moves what SQLite left beside it.
fn set_aside(path: &Path, is_one_file: bool) -> io::Result<Option<PathBuf>> {
    let name = free_name(path)?;
    if !is_one_file {
        for ending in ["-wal", "-shm", "-journal"] {
            match std::fs::rename(sidecar(path, ending), sidecar(&name, ending)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    if !path.exists() {
        return Ok(None);
    }
    if std::fs::hard_link(path, &name).is_err() {
        // Not every file system knows second names.
        let mut aside = make_beside(&name, path)?;
        io::copy(&mut std::fs::File::open(path)?, &mut aside)?;
        aside.sync_all()?;
    }
    sync_folder(path)?;
    Ok(Some(name))
}

fn free_name(path: &Path) -> io::Result<PathBuf> {
    let is_free = |name: &PathBuf| {
        !name.exists() && !SIDECARS.iter().any(|ending| sidecar(name, ending).exists())
    };
    let mut free = asides(path).filter(is_free);
    free.next().ok_or_else(|| io::Error::other("too many earlier databases lie beside it"))
}
