//! Opening the database: the folder, the locks, the tables.

use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::migrate::Migrator;

use super::locks::{self, Locks};
use super::migrate::{Contents, MIGRATIONS, contents, migrate, newest_of, refuse_others};
use super::open_error::OpenError;
use super::pragmas;
use super::sidecar_files::can_be_there;
use crate::ledger::Ledger;
use crate::platform::{hide_from_everybody, make_beside};

/// How often, and how long, an import waits for a bot that has only just begun to make its tables.
const ATTEMPTS: u32 = 50;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(100);

impl Ledger {
    /// Opens the database for the bot, creating it where there is none, and brings its tables up
    /// to date. A second process that tries the same while this one runs is refused.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, &MIGRATIONS).await
    }

    /// Like [`Ledger::open`] with other steps than [`MIGRATIONS`]: the tests of what happens when
    /// one fails.
    pub async fn open_with(path: &Path, migrations: &Migrator) -> Result<Self, OpenError> {
        let owner = locks::own(path).await?;
        let writer = up_to_date(path, migrations).await?;
        Ok(Self::from_pools(writer, pragmas::readers(path), Locks::of(vec![owner])))
    }

    /// Opens an existing database for work beside which nobody else may write, not even an import.
    pub async fn open_alone(path: &Path) -> Result<Self, OpenError> {
        must_exist(path)?;
        let locks = Locks::of(vec![locks::own(path).await?, locks::alone(path).await?]);
        refuse_others(path, look(path).await?, &MIGRATIONS)?;
        Ok(Self::from_pools(migrated(path, &MIGRATIONS).await?, pragmas::readers(path), locks))
    }

    /// Opens an existing database like [`Ledger::open_beside`]: to change what must be in it already.
    pub async fn open_existing_beside(path: &Path) -> Result<Self, OpenError> {
        must_exist(path)?;
        Self::open_beside(path).await
    }

    /// Opens the database for an import, which may write beside the bot, creating it where there is none.
    pub async fn open_beside(path: &Path) -> Result<Self, OpenError> {
        for _ in 0..ATTEMPTS {
            let owner = locks::try_own(path)?;
            let (writer, beside) = if owner.is_some() {
                (up_to_date(path, &MIGRATIONS).await?, locks::join(path)?)
            } else {
                let beside = locks::join(path)?;
                if !is_of_this_version(path).await? {
                    drop(beside);
                    tokio::time::sleep(BETWEEN_ATTEMPTS).await;
                    continue;
                }
                (writer(path).await?, beside)
            };
            let locks = Locks::of_import(beside);
            return Ok(Self::from_pools(writer, pragmas::readers(path), locks));
        }
        Err(OpenError::InUse(path.to_owned()))
    }

    /// Opens an existing database for reading only, also while the bot runs.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        must_exist(path)?;
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
        Ok(Self::from_pools(readers.clone(), readers, Locks::default()))
    }

    /// Waits for running work and closes all connections; the last one folds SQLite's log into the
    /// database. The locks go with the last clone.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Creates the database where there is none, and brings its tables up to date. Whoever calls it is the
/// owner.
async fn up_to_date(path: &Path, migrations: &Migrator) -> Result<SqlitePool, OpenError> {
    // Looked at before it is opened for writing, which alone would change another's file.
    let contents = if is_new(path) { Contents::Nothing } else { look(path).await? };
    refuse_others(path, contents, migrations)?;
    let is_older = matches!(contents, Contents::Ledger(version) if version < newest_of(migrations));
    let _alone = if is_older { Some(locks::alone(path).await?) } else { None };
    migrated(path, migrations).await
}

async fn migrated(path: &Path, migrations: &Migrator) -> Result<SqlitePool, OpenError> {
    create(path)?;
    let writer = writer(path).await?;
    let mut connection = writer.acquire().await.map_err(|error| OpenError::of(path, &error))?;
    let migrated = migrate(path, &mut connection, migrations).await;
    drop(connection);
    if let Err(error) = migrated {
        writer.close().await;
        return Err(error);
    }
    Ok(writer)
}

async fn writer(path: &Path) -> Result<SqlitePool, OpenError> {
    pragmas::writer(path).await.map_err(|error| OpenError::of(path, &error))
}

/// Whether a ledger with the tables of this version is there.
async fn is_of_this_version(path: &Path) -> Result<bool, OpenError> {
    if is_new(path) {
        return Ok(false);
    }
    let contents = look(path).await?;
    refuse_others(path, contents, &MIGRATIONS)?;
    Ok(contents == Contents::Ledger(newest_of(&MIGRATIONS)))
}

/// Refuses where there is no database.
fn must_exist(path: &Path) -> Result<(), OpenError> {
    can_be_there(path)?;
    if is_new(path) { Err(OpenError::NoSuchFile(path.to_owned())) } else { Ok(()) }
}

/// What the file holds; it is not changed.
pub(crate) async fn look(path: &Path) -> Result<Contents, OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = pragmas::copier(path).await.map_err(of)?;
    let contents = contents(&mut connection).await.map_err(of)?;
    sqlx::Connection::close(connection).await.map_err(of)?;
    Ok(contents)
}

/// Whether there is no file yet, or one that was only just made.
pub(crate) fn is_new(path: &Path) -> bool {
    match path.metadata() {
        Ok(file) => file.len() == 0,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Creates an empty file that only its owner may read. One that is there, copied from elsewhere perhaps, is taken away
/// from everybody else.
fn create(path: &Path) -> Result<(), OpenError> {
    match make_beside(path, path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if let Err(error) = hide_from_everybody(path) {
                let path = path.display();
                tracing::warn!("other users of this machine can read {path}: {error}");
            }
            Ok(())
        }
        Err(error) => Err(OpenError::of_io(path, &error)),
    }
}
