//! Whole copies of a database: written, looked over, put in place.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::{Connection, SqliteConnection};

use crate::ledger::database::migrate::{Contents, contents};
use crate::ledger::database::open_error::OpenError;
use crate::ledger::database::sidecar_files::replace;
use crate::ledger::database::{pragmas, sqlite_codes};
use crate::platform::{is_held, make_beside, private};

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// How large it is.
    pub bytes: u64,
    /// Orders in it.
    pub orders: i64,
    /// Messages in its log.
    pub messages: i64,
}

/// Why there is no copy. What it prints says what to do; nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// The database itself.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The file is the database, or one that belongs to it.
    #[error("{0} belongs to the database itself: choose another file.")]
    Itself(PathBuf),
    /// It has the name of what SQLite keeps beside another database.
    #[error("{0} has the name of a file that belongs to another database: choose another name.")]
    BesideAnother(PathBuf),
    /// The folder of the copy does not exist.
    #[error("The folder {0} does not exist: create it first.")]
    NoSuchFolder(PathBuf),
    /// The place of the copy is taken by something else than an earlier copy.
    #[error(
        "{0} already exists and is not an intact backup: choose another file, or move that one away."
    )]
    Taken(PathBuf),
    /// The earlier copy in that place is in use.
    #[error("{0} is in use, or was not closed properly: choose another file.")]
    CopyInUse(PathBuf),
    /// The earlier copy holds messages, and the database none.
    #[error(
        "{0} holds {1}, and the database is empty: choose another file, or add --anyway to replace that backup."
    )]
    Fuller(PathBuf, String),
    /// The backup is not there.
    #[error("There is no file {0}: check the name of the backup.")]
    NoSuchBackup(PathBuf),
    /// The backup is damaged, or none.
    #[error("{0} cannot be restored ({1}): choose another backup. The database was not changed.")]
    Unusable(PathBuf, String),
    /// A newer version of the bot made the backup.
    #[error(
        "{0} was written by a newer refract-ledger: install that version. The database was not changed."
    )]
    FromNewerVersion(PathBuf),
    /// The copy could not be written.
    #[error("The copy {0} could not be written ({1}); nothing was changed.")]
    Failed(PathBuf, String),
}

impl CopyError {
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        let why = if is_held(error) {
            "another program has it open; close that one".to_owned()
        } else {
            error.to_string()
        };
        Self::Failed(path.to_owned(), why)
    }
}

/// A copy that is not in its place yet; it is removed when it is given up.
pub(crate) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes an empty file that only its owner may read, who is the owner of what stands in the place `beside`. One
    /// that a crash left there is emptied; what SQLite left beside that one it clears away itself.
    pub(crate) fn begin(path: PathBuf, beside: &Path) -> Result<Self, CopyError> {
        let made = match make_beside(&path, beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                private().truncate(true).write(true).open(&path)
            }
            made => made,
        };
        made.map_err(|error| CopyError::writing(&path, &error))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes all that a database holds into it, and looks it over.
    pub(crate) async fn fill(&self, from: &Path) -> Result<Copied, CopyError> {
        let of = |error: sqlx::Error| OpenError::of(from, &error);
        let mut connection = pragmas::copier(from).await.map_err(of)?;
        let written = vacuum_into(&mut connection, &self.0).await;
        written.map_err(|error| match sqlite_codes::primary_code(&error) {
            Some(5 | 6 | 11 | 26) => CopyError::Database(of(error)),
            _ => CopyError::Failed(self.0.clone(), sqlite_codes::cause(&error)),
        })?;
        connection.close().await.map_err(of)?;
        match examine(&self.0).await {
            Ok((copied, _)) => Ok(copied),
            Err(why) => Err(CopyError::Failed(self.0.clone(), why)),
        }
    }

    /// Puts it in its place, durably.
    pub(crate) fn finish(self, place: &Path) -> Result<(), CopyError> {
        replace(&self.0, place).map_err(|error| CopyError::writing(place, &error))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After `finish` there is none of that name.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes a consistent copy to a file that is empty or not there. The connection may be one that
/// cannot write, but not one with `query_only`.
pub(crate) async fn vacuum_into(
    connection: &mut SqliteConnection,
    target: &Path,
) -> sqlx::Result<()> {
    let name = target.to_str().ok_or_else(|| {
        sqlx::Error::Io(io::Error::new(io::ErrorKind::InvalidInput, "its name is not text"))
    })?;
    sqlx::query("VACUUM INTO ?").bind(name).execute(connection).await?;
    Ok(())
}

/// Reads a whole database: what it holds and its version, or what is wrong with it.
pub(crate) async fn examine(path: &Path) -> Result<(Copied, i64), String> {
    let told = |error: sqlx::Error| sqlite_codes::cause(&error);
    let mut connection = pragmas::copier(path).await.map_err(told)?;
    let Contents::Ledger(version) = contents(&mut connection).await.map_err(told)? else {
        return Err("it is not a database of refract-ledger".to_owned());
    };
    let check = sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)");
    let check = check.fetch_one(&mut connection).await.map_err(told)?;
    if check != "ok" {
        return Err(format!("it is damaged: {}", check.replace('\n', " ")));
    }
    let mut counts = [0, 0];
    for (count, statement) in
        counts.iter_mut().zip(["SELECT count(*) FROM orders", "SELECT count(*) FROM deliveries"])
    {
        *count = sqlx::query_scalar(statement).fetch_one(&mut connection).await.map_err(told)?;
    }
    connection.close().await.map_err(told)?;
    let bytes = path.metadata().map_err(|error| error.to_string())?.len();
    let [orders, messages] = counts;
    Ok((Copied { bytes, orders, messages }, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_do() {
        let path = || PathBuf::from("copy.db");
        let why = || "it says so".to_owned();
        let errors = [
            CopyError::Itself(path()),
            CopyError::NoSuchFolder(PathBuf::from("folder")),
            CopyError::Taken(path()),
            CopyError::CopyInUse(path()),
            CopyError::NoSuchBackup(path()),
            CopyError::Unusable(path(), why()),
            CopyError::FromNewerVersion(path()),
            CopyError::Failed(path(), why()),
        ];
        insta::assert_snapshot!(errors.map(|error| error.to_string()).join("\n"));
    }
}
