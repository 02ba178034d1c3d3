//! Files beside the database: their names, and who may read them.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::open_error::OpenError;

/// What SQLite and the ledger keep beside a database.
pub(crate) const ENDINGS: [&str; 5] = ["-wal", "-shm", "-journal", ".lock", ".import-lock"];

/// The path with an ending added to its name.
pub(crate) fn sidecar(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Opens files that only their owner may read: they will hold addresses.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The folder that a file stands in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether there is a folder for it, and nothing else in its place.
pub(crate) fn can_be_there(path: &Path) -> Result<(), OpenError> {
    if !folder(path).is_dir() {
        return Err(OpenError::NoSuchFolder(folder(path).to_owned()));
    }
    if path.is_dir() { Err(OpenError::IsFolder(path.to_owned())) } else { Ok(()) }
}

/// Puts a finished file in the place of another one, durably: after a crash either the one or the
/// other is there, whole.
pub(crate) fn replace(finished: &Path, place: &Path) -> io::Result<()> {
    // Some systems write a file's contents only through a handle that may write.
    OpenOptions::new().write(true).open(finished)?.sync_all()?;
    std::fs::rename(finished, place)?;
    sync_folder(place)
}

/// Makes the names in the folder of a file durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder(path))?.sync_all() } else { Ok(()) }
}

/// Whether two paths lead to the same file, which may not be there yet.
pub(crate) fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(a), Ok(b)) => a == b || same_inode(&a, &b),
        (Err(_), Err(_)) => {
            one.file_name() == other.file_name()
                && match (folder(one).canonicalize(), folder(other).canonicalize()) {
                    (Ok(one), Ok(other)) => one == other,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// Two names may stand for one file: a hard link.
#[cfg(unix)]
fn same_inode(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_inode(_: &Path, _: &Path) -> bool {
    false
}
