//! Opening the database: the folder, the lock, the tables.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::SqlitePool;
use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::open_error::OpenError;
use super::{Ledger, pragmas};

/// The steps that bring a database from any earlier version to this one's.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

impl Ledger {
    /// Opens the database for the bot, creating it where there is none, and brings its tables up
    /// to date. A second process that tries the same while this one runs is refused.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let lock = lock(path)?;
        create(path)?;
        let writer = pragmas::writer(path).await.map_err(|error| OpenError::of(path, &error))?;
        migrate(path, &writer).await?;
        Ok(Self::from_pools(writer, pragmas::readers(path), Some(lock)))
    }

    /// Opens an existing database for reading only, also while the bot runs.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        folder_of(path)?;
        if !path.exists() {
            return Err(OpenError::NoSuchFile(path.to_owned()));
        }
        let readers = pragmas::readers(path);
        let of = |error: sqlx::Error| OpenError::of(path, &error);
        let mut connection = readers.acquire().await.map_err(of)?;
        let applied = applied_versions(&mut connection).await.map_err(of)?;
        match (applied.last(), newest_version()) {
            (None, _) => return Err(OpenError::NotOurs(path.to_owned())),
            (Some(&applied), newest) if applied > newest => {
                return Err(OpenError::FromNewerVersion(path.to_owned()));
            }
            (Some(&applied), newest) if applied < newest => {
                return Err(OpenError::FromOlderVersion(path.to_owned()));
            }
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

fn folder_of(path: &Path) -> Result<(), OpenError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(OpenError::NoSuchFolder(folder.to_owned())),
        _ => Ok(()),
    }
}

/// Takes the lock file beside the database. The system releases it when the process ends, however
/// it ends.
fn lock(path: &Path) -> Result<Arc<File>, OpenError> {
    folder_of(path)?;
    let lock_path = beside(path, ".lock");
    let file = private().create(true).truncate(false).write(true).open(&lock_path);
    let file = file.map_err(|error| OpenError::of_io(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Arc::new(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(OpenError::of_io(path, &error)),
    }
}

/// Creates an empty file that only its owner may read: it will hold addresses.
fn create(path: &Path) -> Result<(), OpenError> {
    match private().create_new(true).write(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(OpenError::of_io(path, &error)),
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn newest_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Brings the tables up to date. What it changes was copied before.
async fn migrate(path: &Path, writer: &SqlitePool) -> Result<(), OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = writer.acquire().await.map_err(of)?;
    let applied = applied_versions(&mut connection).await.map_err(of)?;
    let tables = count_tables(&mut connection).await.map_err(of)?;
    match applied.last() {
        None if tables > 0 => return Err(OpenError::NotOurs(path.to_owned())),
        Some(&applied) if applied > newest_version() => {
            return Err(OpenError::FromNewerVersion(path.to_owned()));
        }
        Some(&applied) if applied < newest_version() => {
            back_up(path, applied, &mut connection).await?;
        }
        _ => {}
    }
    MIGRATIONS.run(&mut *connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(_) => OpenError::FromNewerVersion(path.to_owned()),
        MigrateError::Execute(error) => OpenError::of(path, &error),
        error => OpenError::Other(path.to_owned(), error.to_string()),
    })
}

async fn applied_versions(connection: &mut sqlx::SqliteConnection) -> sqlx::Result<Vec<i64>> {
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    if sqlx::query_scalar::<_, i64>(table).fetch_one(&mut *connection).await? == 0 {
        return Ok(Vec::new());
    }
    let applied = connection.list_applied_migrations(&MIGRATIONS.table_name).await;
    let mut versions: Vec<i64> = match applied {
        Ok(applied) => applied.iter().map(|migration| migration.version).collect(),
        Err(MigrateError::Execute(error)) => return Err(error),
        Err(error) => return Err(sqlx::Error::Migrate(Box::new(error))),
    };
    versions.sort_unstable();
    Ok(versions)
}

async fn count_tables(connection: &mut sqlx::SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(connection).await
}

/// Copies the database as it is, consistent, to a file beside it.
async fn back_up(
    path: &Path,
    version: i64,
    connection: &mut sqlx::SqliteConnection,
) -> Result<(), OpenError> {
    let copy = beside(path, &format!(".version-{version}"));
    let failed = |why: String| OpenError::BackupFailed(copy.clone(), why);
    let file = private().create(true).truncate(true).write(true).open(&copy);
    file.map_err(|error| failed(error.to_string()))?;
    let target = copy.to_str().ok_or_else(|| failed("its name is not text".to_owned()))?;
    let statement = sqlx::query("VACUUM INTO ?").bind(target);
    statement.execute(connection).await.map_err(|error| failed(error.to_string()))?;
    tracing::info!(copy = %copy.display(), "copied the database before changing its tables");
    Ok(())
}
