//! Opening the database: the folder, the lock, the tables.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Arc;

use sqlx::migrate::Migrator;

use super::migrate::{Contents, MIGRATIONS, contents, migrate, newest_of, refuse_others};
use super::open_error::OpenError;
use super::pragmas;
use super::sidecar_files::{folder, private, sidecar};
use crate::ledger::Ledger;

impl Ledger {
    /// Opens the database for the bot, creating it where there is none, and brings its tables up
    /// to date. A second process that tries the same while this one runs is refused.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, &MIGRATIONS).await
    }

    /// Like [`Ledger::open`] with other steps than [`MIGRATIONS`]: the tests of what happens when
    /// one fails.
    pub async fn open_with(path: &Path, migrations: &Migrator) -> Result<Self, OpenError> {
        let of = |error: sqlx::Error| OpenError::of(path, &error);
        let lock = lock(path)?;
        // Looked at before it is opened for writing, which alone would change another's file.
        if !is_new(path) {
            refuse_others(path, look(path).await?, migrations)?;
        }
        create(path)?;
        let writer = pragmas::writer(path).await.map_err(of)?;
        let mut connection = writer.acquire().await.map_err(of)?;
        let migrated = migrate(path, &mut connection, migrations).await;
        drop(connection);
        if let Err(error) = migrated {
            writer.close().await;
            return Err(error);
        }
        Ok(Self::from_pools(writer, pragmas::readers(path), Some(lock)))
    }

    /// Opens an existing database for reading only, also while the bot runs.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        can_be_there(path)?;
        if is_new(path) {
            return Err(OpenError::NoSuchFile(path.to_owned()));
        }
        let readers = pragmas::readers(path);
        let of = |error: sqlx::Error| OpenError::of(path, &error);
        let mut connection = readers.acquire().await.map_err(of)?;
        let contents = contents(&mut connection).await.map_err(of)?;
        refuse_others(path, contents, &MIGRATIONS)?;
        match contents {
            Contents::Ledger(version) if version < newest_of(&MIGRATIONS) => {
                return Err(OpenError::FromOlderVersion(path.to_owned()));
            }
            Contents::Nothing => return Err(OpenError::NoSuchFile(path.to_owned())),
            _ => {}
        }
        drop(connection);
        Ok(Self::from_pools(readers.clone(), readers, None))
    }

    /// Waits for running work and closes all connections; the lock goes with the last clone.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// What the file holds; it is not changed.
pub(crate) async fn look(path: &Path) -> Result<Contents, OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = pragmas::copier(path).await.map_err(of)?;
    let contents = contents(&mut connection).await.map_err(of)?;
    sqlx::Connection::close(connection).await.map_err(of)?;
    Ok(contents)
}

/// Whether there is a folder for it, and nothing else in its place.
pub(crate) fn can_be_there(path: &Path) -> Result<(), OpenError> {
    if !folder(path).is_dir() {
        return Err(OpenError::NoSuchFolder(folder(path).to_owned()));
    }
    if path.is_dir() { Err(OpenError::IsFolder(path.to_owned())) } else { Ok(()) }
}

/// Whether there is no file yet, or one that was only just made.
pub(crate) fn is_new(path: &Path) -> bool {
    match path.metadata() {
        Ok(file) => file.len() == 0,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Takes the lock file beside the database. The system releases it when the process ends, however
/// it ends.
pub(crate) fn lock(path: &Path) -> Result<Arc<File>, OpenError> {
    can_be_there(path)?;
    let lock_path = sidecar(path, ".lock");
    let file = private().create(true).truncate(false).write(true).open(&lock_path);
    let file = file.map_err(|error| OpenError::of_io(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Arc::new(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(OpenError::of_io(path, &error)),
    }
}

/// Creates an empty file that only its owner may read.
fn create(path: &Path) -> Result<(), OpenError> {
    match private().create_new(true).write(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(OpenError::of_io(path, &error)),
    }
}
