//! Why the database cannot be used: each case one sentence for the person who runs the bot.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the database cannot be used. What it prints says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder of the database file does not exist.
    NoSuchFolder(PathBuf),
    /// A folder stands where the database should be.
    IsFolder(PathBuf),
    /// There is no database yet, where one is needed to read from.
    NoSuchFile(PathBuf),
    /// Reading or writing is not allowed.
    NotWritable(PathBuf),
    /// Another refract-ledger runs on it.
    InUse(PathBuf),
    /// An import writes to it.
    Importing(PathBuf),
    /// Another program holds a lock on it.
    Locked(PathBuf),
    /// The disk is full.
    DiskFull(PathBuf),
    /// The disk fails, or a limit that is none of its own is reached.
    DiskFails(PathBuf),
    /// The file is no SQLite database, or a damaged one.
    Damaged(PathBuf),
    /// It is a database of another program.
    NotOurs(PathBuf),
    /// A newer version of the bot made it.
    FromNewerVersion(PathBuf),
    /// An older version made it, and it is opened for reading only.
    FromOlderVersion(PathBuf),
    /// The copy that is made before a migration failed.
    BackupFailed(PathBuf, String),
    /// A step of the migration failed.
    MigrationFailed(PathBuf, String),
    /// Anything else.
    Other(PathBuf, String),
}

impl OpenError {
    /// The case behind SQLite's answer.
    pub(super) fn of(path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_owned();
        match super::retry::primary_code(error) {
            Some(3 | 8 | 14 | 23) => Self::NotWritable(path),
            Some(5 | 6) => Self::Locked(path),
            Some(10) => Self::DiskFails(path),
            Some(11 | 26) => Self::Damaged(path),
            Some(13) => Self::DiskFull(path),
            _ => Self::Other(path, error.to_string()),
        }
    }

    pub(super) fn of_io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable(path)
            }
            io::ErrorKind::StorageFull => Self::DiskFull(path),
            _ => Self::Other(path, error.to_string()),
        }
    }

    fn path(&self) -> &Path {
        let (Self::NoSuchFolder(path)
        | Self::IsFolder(path)
        | Self::NoSuchFile(path)
        | Self::NotWritable(path)
        | Self::InUse(path)
        | Self::Importing(path)
        | Self::Locked(path)
        | Self::DiskFull(path)
        | Self::DiskFails(path)
        | Self::Damaged(path)
        | Self::NotOurs(path)
        | Self::FromNewerVersion(path)
        | Self::FromOlderVersion(path)
        | Self::BackupFailed(path, _)
        | Self::MigrationFailed(path, _)
        | Self::Other(path, _)) = self;
        path
    }
}

/// A path that says where it leads, whatever the working directory is.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            Self::NoSuchFolder(_) => write!(
                f,
                "The folder {path} of the database does not exist: create it, or change `path` in [database]."
            ),
            Self::IsFolder(_) => write!(
                f,
                "{path} is a folder, where the database should be a file: change `path` in [database]."
            ),
            Self::NoSuchFile(_) => write!(
                f,
                "There is no database at {}: run the bot or an import first, call the program in another folder, or change `path` in [database].",
                whole(self.path()).display()
            ),
            Self::NotWritable(_) => write!(
                f,
                "The database {path} cannot be read and written: check the permissions of the file and its folder."
            ),
            Self::InUse(_) => write!(
                f,
                "Another refract-ledger already runs on the database {path}: stop that one first."
            ),
            Self::Importing(_) => write!(
                f,
                "An import is running on the database {path}: wait until it has ended, or stop it."
            ),
            Self::Locked(_) => {
                write!(f, "Another program holds the database {path}: close it and start again.")
            }
            Self::DiskFull(_) => write!(f, "The disk of the database {path} is full: make room."),
            Self::DiskFails(_) => write!(
                f,
                "The disk of the database {path} answers with an error: it is full, over a quota or failing."
            ),
            Self::Damaged(_) => write!(
                f,
                "The file {path} is not an SQLite database, or it is damaged: restore a backup, or move it away to begin a new one."
            ),
            Self::NotOurs(_) => write!(
                f,
                "The file {path} is a database of another program: change `path` in [database]."
            ),
            Self::FromNewerVersion(_) => write!(
                f,
                "The database {path} was written by a newer refract-ledger: install that version."
            ),
            Self::FromOlderVersion(_) => write!(
                f,
                "The database {path} was written by an older refract-ledger: start the bot once, it brings it up to date."
            ),
            Self::BackupFailed(_, why) => write!(
                f,
                "The copy {path}, made before the tables are changed, could not be written ({why}); the database was not touched."
            ),
            Self::MigrationFailed(_, why) => write!(
                f,
                "The tables of the database {path} could not be brought up to date ({why}). It is as it was before: go on with the refract-ledger that you had, and report this."
            ),
            Self::Other(_, why) => write!(f, "The database {path} could not be opened: {why}."),
        }
    }
}

impl std::error::Error for OpenError {}
