//! Who may write to a database at the same time.
//!
//! The bot holds `….lock` alone for as long as it runs, and so do `reparse` and `restore`. An import holds
//! `….import-lock` together with other imports, beside the bot: each of its transactions is whole, and the
//! bot notices them. Whoever cannot bear that holds that one alone, too: `reparse`, `restore`, and a change
//! of the tables.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use super::open_error::OpenError;
use super::sidecar_files::{can_be_there, has_second_name, sidecar};
use crate::atomic_file::linked;
use crate::platform::{make_beside, private};

mod other_writers;

/// Others hold a lock for a moment when they look whether somebody is there.
const ATTEMPTS: u32 = 20;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(50);

/// What one ledger holds; the system releases it when the process ends, however it ends.
#[derive(Debug, Default)]
pub(crate) struct Locks {
    _held: Vec<File>,
    beside: Option<Beside>,
}

impl Locks {
    /// What nobody else may hold meanwhile.
    pub(crate) fn of(held: Vec<File>) -> Self {
        Self { _held: held, beside: None }
    }

    /// What an import holds.
    pub(crate) fn of_import(beside: Beside) -> Self {
        Self { beside: Some(beside), ..Self::default() }
    }

    /// Whether this is an import, and a bot runs on the database now.
    pub(crate) fn are_beside_a_bot(&self) -> bool {
        self.beside.as_ref().is_some_and(Beside::bot_runs)
    }
}

/// What an import holds.
#[derive(Debug)]
pub(crate) struct Beside {
    _import: File,
    /// Locked for a moment, to see whether somebody holds it.
    owner: Mutex<File>,
}

impl Beside {
    fn bot_runs(&self) -> bool {
        let Ok(owner) = self.owner.lock() else { return true };
        let held = matches!(owner.try_lock_shared(), Err(TryLockError::WouldBlock));
        // Without a lock there is nothing to give back.
        let _ = owner.unlock();
        held
    }
}

/// Takes the place of the bot.
pub(crate) async fn own(path: &Path) -> Result<File, OpenError> {
    for _ in 1..ATTEMPTS {
        if let Some(lock) = try_own(path)? {
            return Ok(lock);
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    try_own(path)?.ok_or_else(|| OpenError::InUse(path.to_owned()))
}

/// The same; `None`: another one holds it.
pub(crate) fn try_own(path: &Path) -> Result<Option<File>, OpenError> {
    let file = open(path, ".lock")?;
    let taken = taken(path, file.try_lock())?;
    Ok(taken.then_some(file))
}

/// Sees to it that no import runs, and that none begins.
pub(crate) async fn alone(path: &Path) -> Result<File, OpenError> {
    let file = open(path, ".import-lock")?;
    for _ in 0..ATTEMPTS {
        if taken(path, file.try_lock())? {
            return Ok(file);
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    Err(OpenError::Importing(path.to_owned()))
}

/// Comes in beside the bot.
pub(crate) fn join(path: &Path) -> Result<Beside, OpenError> {
    let import = open(path, ".import-lock")?;
    if taken(path, import.try_lock_shared())? {
        return Ok(Beside { _import: import, owner: Mutex::new(open(path, ".lock")?) });
    }
    Err(OpenError::InUse(path.to_owned()))
}

fn open(path: &Path, ending: &str) -> Result<File, OpenError> {
    // The lock is the file's and not the path's: whoever comes by a link finds the same one.
    let place = linked(path);
    can_be_there(&place)?;
    if has_second_name(&place) {
        return Err(OpenError::SecondName(place));
    }
    let lock = sidecar(&place, ending);
    let file = match make_beside(&lock, &place) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            private().read(true).write(true).open(&lock)
        }
        made => made,
    };
    file.map_err(|error| OpenError::of_io(path, &error))
}

/// Whether a lock was got; an error where it cannot be.
fn taken(path: &Path, tried: Result<(), TryLockError>) -> Result<bool, OpenError> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(OpenError::of_io(path, &error)),
    }
}
