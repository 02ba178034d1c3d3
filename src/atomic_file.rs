//! Files that are written beside their place, and take it when they are whole.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use crate::platform::folder;
use crate::platform::{self, Access};

/// What every database of SQLite begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// What SQLite and the ledger keep beside a database, each as the ending of its name.
pub const SIDECARS: [&str; 5] = ["-wal", "-shm", "-journal", ".lock", ".import-lock"];
/// Links to links that are followed.
const LINKS: u32 = 40;

/// A file that is not in its place yet. Given up, it goes, and what was there stays as it was.
#[derive(Debug)]
pub struct AtomicFile {
    place: PathBuf,
    writing: Writing,
}

#[derive(Debug)]
enum Writing {
    Beside(BufWriter<NamedTempFile>),
    /// A pipe or a device cannot be replaced.
    Through(BufWriter<File>),
}

/// Why a file is not begun.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A database stands there, or a file that belongs to one.
    #[error("{0} is a database or belongs to one; choose another file")]
    Database(PathBuf),
    /// The system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl AtomicFile {
    /// Begins a file that only its owner may read. A link is followed: what it leads to is replaced.
    ///
    /// # Errors
    /// Where the place belongs to a database, by whatever name, and where nothing can be written.
    pub fn create(path: &Path) -> Result<Self, Refused> {
        let place = linked(path);
        if belongs_to_a_database(path)? || belongs_to_a_database(&place)? {
            return Err(Refused::Database(path.to_owned()));
        }
        let kind = place.metadata().map(|found| found.file_type());
        let writing = match kind {
            Ok(kind) if kind.is_dir() => {
                return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
            }
            Ok(kind) if !kind.is_file() => {
                Writing::Through(BufWriter::new(OpenOptions::new().write(true).open(&place)?))
            }
            _ => Writing::Beside(BufWriter::new(NamedTempFile::new_in(folder(&place))?)),
        };
        Ok(Self { place, writing })
    }

    /// Puts the file in its place, durably. After a crash either the old or the new one is there, whole.
    /// Says whether nobody but its owner may read it: not every file system keeps permissions.
    ///
    /// # Errors
    /// Then the old one is there, or the new one, which a power cut could still take away.
    pub fn commit(self) -> io::Result<bool> {
        match self.writing {
            Writing::Through(mut out) => out.flush().map(|()| true),
            Writing::Beside(out) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                platform::give(file.as_file(), &self.place);
                file.as_file().sync_all()?;
                platform::within_patience(file, |file| {
                    file.persist(&self.place).map_err(|error| (error.error, error.file))
                })?;
                sync_folder(&self.place)?;
                Ok(is_private(&self.place))
            }
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writing {
            Writing::Beside(out) => out.write(bytes),
            Writing::Through(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writing {
            Writing::Beside(out) => out.flush(),
            Writing::Through(out) => out.flush(),
        }
    }
}

impl Seek for AtomicFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.writing {
            Writing::Beside(out) => out.seek(to),
            Writing::Through(out) => out.seek(to),
        }
    }
}

/// Writes a whole file in place of what was there.
///
/// # Errors
/// As [`AtomicFile::create`] and [`AtomicFile::commit`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Refused> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes)?;
    file.commit()?;
    Ok(())
}

/// Whether only its owner may use a file. Where a system keeps no permissions with files, its folder decides.
pub fn is_private(path: &Path) -> bool {
    let access = path.metadata().map(|found| platform::access(&found));
    !matches!(access, Ok(Access::Some | Access::Everybody))
}

/// Makes the names in the folder of a file durable.
///
/// # Errors
/// When the system cannot.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    platform::sync_folder(folder(path))
}

/// Where a path leads, if it is a link; the file itself need not be there.
pub fn linked(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = place.read_link() else { break };
        place = folder(&place).join(target);
    }
    place
}

/// Whether a file is a database of SQLite, by whatever name, or bears the name of what lies beside one.
fn belongs_to_a_database(path: &Path) -> io::Result<bool> {
    Ok(is_database(path)? || is_beside_a_database(path)?)
}

/// Whether a path bears the name of what SQLite or the ledger keeps beside a database that is there: SQLite would read
/// the file as its own log, or delete it.
///
/// # Errors
/// When that database cannot be read.
pub(crate) fn is_beside_a_database(path: &Path) -> io::Result<bool> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(false) };
    for owner in SIDECARS.iter().filter_map(|ending| name.strip_suffix(ending)) {
        if is_database(&path.with_file_name(owner))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_database(path: &Path) -> io::Result<bool> {
    if !path.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    File::open(path)?.take(SQLITE.len() as u64).read_to_end(&mut head)?;
    Ok(head == SQLITE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("orders.csv");
        write(&path, b"old").expect("written");
        let mut file = AtomicFile::create(&path).expect("begun");
        file.write_all(b"new, but the disk is full").expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        drop(file);
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
        let mut file = AtomicFile::create(&path).expect("begun");
        file.write_all(b"new").expect("written");
        assert!(file.commit().expect("put in place"));
        assert_eq!(std::fs::read(&path).expect("read"), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_database_is_known_by_what_it_holds_and_its_neighbours_by_their_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a.db"), [SQLITE, b"and more"].concat()).expect("written");
        std::fs::write(path("b.txt"), "SQLite format").expect("written");
        for ending in SIDECARS {
            let name = format!("a.db{ending}");
            assert!(
                matches!(AtomicFile::create(&path(&name)), Err(Refused::Database(_))),
                "{name}"
            );
            assert!(AtomicFile::create(&path(&format!("b.txt{ending}"))).is_ok());
        }
        assert!(matches!(AtomicFile::create(&path("a.db")), Err(Refused::Database(_))));
        assert!(AtomicFile::create(&path("b.txt")).is_ok());
    }
}
