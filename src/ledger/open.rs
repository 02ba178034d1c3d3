//! Opening the database.

use std::path::{Path, PathBuf};

use super::Ledger;

/// Why the database cannot be used: each case one sentence for the person who runs the bot.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder of the database file does not exist.
    NoSuchFolder(PathBuf),
    /// There is no database yet (only where one is needed, for an export).
    NoSuchFile(PathBuf),
    /// Reading or writing is not allowed.
    NotWritable(PathBuf, String),
    /// Another refract-ledger runs on it.
    InUse(PathBuf),
    /// Another program holds a lock on it.
    Locked(PathBuf),
    /// The file is no SQLite database, or a damaged one.
    NotADatabase(PathBuf, String),
    /// A newer version of the bot made it.
    FromNewerVersion(PathBuf),
    /// The copy that is made before a migration failed.
    BackupFailed(PathBuf, String),
    /// Anything else.
    Other(PathBuf, String),
}

impl Ledger {
    /// Opens the database for the bot, creating it where there is none, and brings its tables up
    /// to date. A second process that tries the same while this one runs is refused.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        Err(OpenError::Other(path.to_owned(), "not written yet".to_owned()))
    }

    /// Opens an existing database for reading only, also while the bot runs.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        Err(OpenError::Other(path.to_owned(), "not written yet".to_owned()))
    }
}
