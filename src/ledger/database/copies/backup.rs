//! A consistent copy of the database, also while the bot writes to it.

use std::path::{Path, PathBuf};

use super::copy::{Copied, CopyError, Unfinished, examine};
use crate::ledger::database::migrate::{Contents, MIGRATIONS, refuse_others};
use crate::ledger::database::open::{is_new, look};
use crate::ledger::database::open_error::OpenError;
use crate::ledger::database::sidecar_files::{ENDINGS, can_be_there, folder, same_file, sidecar};

/// Copies the database to a file. An earlier backup there is replaced, at once and whole, when the
/// new one has been looked over; anything else there is left alone.
///
/// # Errors
/// A sentence; then nothing was changed.
pub async fn backup(path: &Path, to: &Path) -> Result<Copied, CopyError> {
    can_be_there(path)?;
    if is_new(path) {
        return Err(OpenError::NoSuchFile(path.to_owned()).into());
    }
    if belongs_to(path, to) {
        return Err(CopyError::Itself(to.to_owned()));
    }
    match look(path).await? {
        Contents::Nothing => return Err(OpenError::NoSuchFile(path.to_owned()).into()),
        // An older version is copied as it is: it may be the copy before an update.
        contents => refuse_others(path, contents, &MIGRATIONS)?,
    }
    if !folder(to).is_dir() {
        return Err(CopyError::NoSuchFolder(folder(to).to_owned()));
    }
    may_be_replaced(to).await?;
    let copy = Unfinished::begin(unfinished_backup(to))?;
    let copied = copy.fill(path).await?;
    copy.finish(to)?;
    Ok(copied)
}

/// Where [`backup`] writes what is to become this file.
pub fn unfinished_backup(to: &Path) -> PathBuf {
    sidecar(to, &format!(".partial-{}", std::process::id()))
}

/// Whether a file is the database or one of those beside it.
pub fn belongs_to(path: &Path, file: &Path) -> bool {
    same_file(path, file) || ENDINGS.iter().any(|ending| same_file(&sidecar(path, ending), file))
}

async fn may_be_replaced(to: &Path) -> Result<(), CopyError> {
    if !to.exists() {
        return Ok(());
    }
    examine(to).await.map_err(|_| CopyError::Taken(to.to_owned()))?;
    // What another connection has not folded in would be read into the new copy.
    if ENDINGS.iter().any(|ending| !is_new(&sidecar(to, ending))) {
        return Err(CopyError::CopyInUse(to.to_owned()));
    }
    Ok(())
}
