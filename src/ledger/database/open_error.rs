//! Why the database cannot be used: each case one sentence for the person who runs the bot.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform::is_held;

/// Why the database cannot be used. What it prints says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder of the database file does not exist.
    #[error(
        "The folder {0} for the database does not exist: create it, or change `path` in [database]."
    )]
    NoSuchFolder(PathBuf),
    /// A folder stands where the database should be.
    #[error("{0} is a folder, but the database must be a file: change `path` in [database].")]
    IsFolder(PathBuf),
    /// There is no database yet, where one is needed to read from.
    #[error(
        "There is no database at {path}: run the bot or an import first, call the program in another folder, or change `path` in [database].",
        path = whole(.0).display()
    )]
    NoSuchFile(PathBuf),
    /// Reading or writing is not allowed.
    #[error(
        "The database {0} cannot be read or written: check the permissions of the file and its folder."
    )]
    NotWritable(PathBuf),
    /// It has a second name, a hard link.
    #[error(
        "The database {0} has a second name (a hard link), and orders would be lost if both were used: remove one of the two names."
    )]
    SecondName(PathBuf),
    /// Another refract-ledger runs on it.
    #[error("Another refract-ledger is already using the database {0}: stop that one first.")]
    InUse(PathBuf),
    /// An import writes to it.
    #[error("An import is running on the database {0}: wait until it has ended, or stop it.")]
    Importing(PathBuf),
    /// Another program holds a lock on it.
    #[error("Another program is using the database {0}: close that program and try again.")]
    Locked(PathBuf),
    /// The disk is full.
    #[error("The disk with the database {0} is full: free some space.")]
    DiskFull(PathBuf),
    /// The disk fails, or a limit that is none of its own is reached.
    #[error(
        "The disk with the database {0} reports an error: it is full, over its quota or failing."
    )]
    DiskFails(PathBuf),
    /// The file is no SQLite database, or a damaged one.
    #[error(
        "The file {0} is not an SQLite database, or it is damaged: restore a backup, or move it away to start with a new one."
    )]
    Damaged(PathBuf),
    /// It is a database of another program.
    #[error("The file {0} is the database of another program: change `path` in [database].")]
    NotOurs(PathBuf),
    /// A newer version of the bot made it.
    #[error("The database {0} was written by a newer refract-ledger: install that version.")]
    FromNewerVersion(PathBuf),
    /// An older version made it, and it is opened for reading only.
    #[error(
        "The database {0} was written by an older refract-ledger: start the bot once to update it."
    )]
    FromOlderVersion(PathBuf),
    /// The copy that is made before a migration failed.
    #[error("The database was not updated, because its copy {0} could not be written first ({1}).")]
    BackupFailed(PathBuf, String),
    /// A step of the migration failed.
    #[error(
        "The database {0} could not be updated ({1}). It is as it was before: keep using the previous refract-ledger, and report this."
    )]
    MigrationFailed(PathBuf, String),
    /// Anything else.
    #[error("The database {0} could not be opened: {1}.")]
    Other(PathBuf, String),
}

impl OpenError {
    /// The case behind SQLite's answer.
    pub(crate) fn of(path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_owned();
        match super::sqlite_codes::primary_code(error) {
            Some(3 | 8 | 14 | 23) => Self::NotWritable(path),
            Some(5 | 6) => Self::Locked(path),
            Some(10) => Self::DiskFails(path),
            Some(11 | 26) => Self::Damaged(path),
            Some(13) => Self::DiskFull(path),
            _ => Self::Other(path, error.to_string()),
        }
    }

    pub(crate) fn of_io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable(path)
            }
            io::ErrorKind::StorageFull => Self::DiskFull(path),
            _ if is_held(error) => Self::Locked(path),
            _ => Self::Other(path, error.to_string()),
        }
    }
}

/// A path that says where it leads, whatever the working directory is.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_do() {
        let path = || PathBuf::from("orders.db");
        let why = || "it says so".to_owned();
        let errors = [
            OpenError::NoSuchFolder(PathBuf::from("folder")),
            OpenError::IsFolder(path()),
            OpenError::NoSuchFile(PathBuf::from("/home/me/orders.db")),
            OpenError::NotWritable(path()),
            OpenError::SecondName(path()),
            OpenError::InUse(path()),
            OpenError::Importing(path()),
            OpenError::Locked(path()),
            OpenError::DiskFull(path()),
            OpenError::DiskFails(path()),
            OpenError::Damaged(path()),
            OpenError::NotOurs(path()),
            OpenError::FromNewerVersion(path()),
            OpenError::FromOlderVersion(path()),
            OpenError::BackupFailed(PathBuf::from("orders.db.version-7"), why()),
            OpenError::MigrationFailed(path(), why()),
            OpenError::Other(path(), why()),
        ];
        insta::assert_snapshot!(errors.map(|error| error.to_string()).join("\n"));
    }
}
