//! Copies that updates left beside the database: they hold what it held before it was cleaned.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sqlx::query_scalar;

use crate::atomic_file::{folder, sync_folder};
use crate::ledger::Ledger;

impl Ledger {
    /// Removes what updates left beside the database.
    pub(super) fn remove_copies(&self) -> anyhow::Result<()> {
        remove(self.writer.connect_options().get_filename())
    }

    /// Whether anything was ever stored.
    pub(super) async fn holds_anything(&self) -> anyhow::Result<bool> {
        let any = query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM deliveries) OR EXISTS (SELECT 1 FROM orders)
                   OR EXISTS (SELECT 1 FROM batches) AS "any!: bool""#
        );
        any.fetch_one(&self.readers).await.context("look whether anything is stored")
    }
}

/// Removes them, also what a crash left half written.
///
/// # Errors
/// When one of them may not be removed; the others are gone then.
fn remove(database: &Path) -> anyhow::Result<()> {
    let mut refused = None;
    for copy in copies_beside(database).context("list the folder of the database")? {
        match std::fs::remove_file(&copy) {
            Ok(()) => tracing::info!(
                copy = %copy.display(),
                "removed the copy from before an update, since it may hold secrets that an older version stored"
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => refused = Some((copy, error)),
        }
    }
    // Where a folder cannot be synced a crash may bring a copy back, and the next update removes it.
    let _ = sync_folder(database);
    match refused {
        Some((copy, error)) => Err(error).with_context(|| format!("remove {}", copy.display())),
        None => Ok(()),
    }
}

fn copies_beside(database: &Path) -> io::Result<Vec<PathBuf>> {
    let name = database.file_name().unwrap_or_default();
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder(database))? {
        let entry = entry?;
        if is_copy(name, &entry.file_name()) {
            copies.push(entry.path());
        }
    }
    Ok(copies)
}

/// Whether a file is `….version-N` of a database, or the unfinished one.
fn is_copy(database: &OsStr, file: &OsStr) -> bool {
    let (database, file) = (database.to_string_lossy(), file.to_string_lossy());
    let ending = file.strip_prefix(&*database).and_then(|rest| rest.strip_prefix(".version-"));
    let version = ending.map(|ending| ending.strip_suffix(".partial").unwrap_or(ending));
    version.is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_copies_of_this_database_are_removed() {
        let is_copy = |file: &str| super::is_copy(OsStr::new("ledger.db"), OsStr::new(file));
        for copy in ["ledger.db.version-3", "ledger.db.version-13", "ledger.db.version-3.partial"] {
            assert!(is_copy(copy), "{copy}");
        }
        for other in [
            "ledger.db",
            "ledger.db-wal",
            "ledger.db.before-restore",
            "ledger.db.version-",
            "ledger.db.version-3b",
            "ledger.db.version-3.txt",
            "other-ledger.db.version-3",
        ] {
            assert!(!is_copy(other), "{other}");
        }
    }
}
