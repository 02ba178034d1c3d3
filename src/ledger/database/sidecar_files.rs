//! Files beside the database: their names, and whose they are.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use super::open_error::OpenError;
use crate::atomic_file::{SIDECARS, folder, linked, sync_folder};
use crate::platform;

/// Earlier databases that may be kept beside the present one.
const MAX_ASIDE: usize = 1000;

/// The path with an ending added to its name.
pub(crate) fn sidecar(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
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
    platform::replace(finished, place)?;
    sync_folder(place)
}

/// Whether a file is the database or one of those beside it, by whatever name.
pub fn belongs_to(path: &Path, file: &Path) -> bool {
    let path = linked(path);
    same_file(&path, file) || SIDECARS.iter().any(|ending| same_file(&sidecar(&path, ending), file))
}

/// Names for what a restore sets aside, the first one first.
pub(crate) fn asides(path: &Path) -> impl Iterator<Item = PathBuf> {
    let ending = |number: usize| match number {
        1 => ".before-restore".to_owned(),
        number => format!(".before-restore-{number}"),
    };
    (1..=MAX_ASIDE).map(move |number| sidecar(path, &ending(number)))
}

/// Whether a database has a second name by which another process could open it: SQLite keeps a log for
/// each, and orders would be lost. A restore that a crash interrupted leaves one that nobody opens.
pub(crate) fn has_second_name(path: &Path) -> bool {
    let kept = asides(path).take_while(|aside| aside.exists());
    let kept = kept.filter(|aside| platform::same_file(aside, path)).map(|_| 1).sum::<u64>();
    platform::names(path) > 1 + kept
}

/// Whether two paths lead to the same file, which may not be there yet.
fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        // Two names may stand for one file: a hard link.
        (Ok(a), Ok(b)) => a == b || platform::same_file(&a, &b),
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
