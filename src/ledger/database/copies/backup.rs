//! A consistent copy of the database, also while the bot writes to it.

use std::path::{Path, PathBuf};

use super::copy::{Copied, CopyError, Unfinished, examine};
use crate::atomic_file::{SIDECARS, folder, is_beside_a_database, linked};
use crate::count::count;
use crate::ledger::database::migrate::{Contents, MIGRATIONS, refuse_others};
use crate::ledger::database::open::{is_new, look};
use crate::ledger::database::open_error::OpenError;
use crate::ledger::database::sidecar_files::{belongs_to, can_be_there, sidecar};

/// What a copy may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Backups, but none that holds messages where the database holds none.
    Backups,
    /// That one, too.
    Anything,
}

/// Copies the database to a file. An earlier backup there is replaced, at once and whole, when the
/// new one has been looked over; anything else there is left alone.
///
/// # Errors
/// A sentence; then nothing was changed.
pub async fn backup(path: &Path, to: &Path, over: Over) -> Result<Copied, CopyError> {
    let to = &linked(to);
    can_be_there(path)?;
    if is_new(path) {
        return Err(OpenError::NoSuchFile(path.to_owned()).into());
    }
    if belongs_to(path, to) {
        return Err(CopyError::Itself(to.to_owned()));
    }
    if is_beside_a_database(to).map_err(|error| CopyError::writing(to, &error))? {
        return Err(CopyError::BesideAnother(to.to_owned()));
    }
    match look(path).await? {
        Contents::Nothing => return Err(OpenError::NoSuchFile(path.to_owned()).into()),
        // An older version is copied as it is: it may be the copy before an update.
        contents => refuse_others(path, contents, &MIGRATIONS)?,
    }
    if !folder(to).is_dir() {
        return Err(CopyError::NoSuchFolder(folder(to).to_owned()));
    }
    let earlier = may_be_replaced(to).await?;
    let copy = Unfinished::begin(unfinished_backup(to), to)?;
    let copied = copy.fill(path).await?;
    if let Some(earlier) = earlier
        .filter(|earlier| over == Over::Backups && copied.messages == 0 && earlier.messages > 0)
    {
        let holds = count(earlier.messages, "message", "messages");
        return Err(CopyError::Fuller(to.to_owned(), holds));
    }
    copy.finish(to)?;
    Ok(copied)
}

/// Where [`backup`] writes what is to become this file.
pub fn unfinished_backup(to: &Path) -> PathBuf {
    sidecar(to, &format!(".partial-{}", std::process::id()))
}

/// The earlier backup in that place, if there is one.
async fn may_be_replaced(to: &Path) -> Result<Option<Copied>, CopyError> {
    if !to.exists() {
        return Ok(None);
    }
    let (earlier, _) = examine(to).await.map_err(|_| CopyError::Taken(to.to_owned()))?;
    // What another connection has not folded in would be read into the new copy.
    if SIDECARS.iter().any(|ending| !is_new(&sidecar(to, ending))) {
        return Err(CopyError::CopyInUse(to.to_owned()));
    }
    Ok(Some(earlier))
}
