//! Linux and macOS.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, IsTerminal};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::Path;

use rustix::process::geteuid;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Access, Hiding, folder};

/// What others may do with a file.
const OTHERS: u32 = 0o077;
/// Every user may read it.
const READ_BY_ALL: u32 = 0o004;

/// Asks to stop: Ctrl-C and SIGTERM, from the moment on when they are listened for.
#[derive(Debug)]
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
    /// The window was closed.
    hangup: Option<Signal>,
}

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn listen() -> io::Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())?, hangup: None })
    }

    /// The same for what ends with its window. A bot may be told by `nohup` to outlive that.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn of_window() -> io::Result<Self> {
        Ok(Self { hangup: Some(signal(SignalKind::hangup())?), ..Self::listen()? })
    }

    /// Done when the process is asked to stop.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = closed(self.hangup.as_mut()) => {}
        }
    }
}

async fn closed(hangup: Option<&mut Signal>) {
    match hangup {
        Some(hangup) => _ = hangup.recv().await,
        None => std::future::pending().await,
    }
}

/// Opens files that only their owner may read: they will hold addresses.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// Makes a file that is not there yet, which only its owner may read: see [`give`].
///
/// # Errors
/// When it is there, or cannot be made.
pub fn make_beside(path: &Path, beside: &Path) -> io::Result<File> {
    // Before it is there: it may be the one that it is to be like.
    let owner = owner(beside);
    let file = private().create_new(true).read(true).write(true).open(path)?;
    give_to(&file, owner);
    Ok(file)
}

/// What root makes in the folder of a service or of somebody else is theirs, who could not use it otherwise: a
/// database, a token, an export. It gets the owner of what stands in the place `beside`, or of its folder. Only for
/// files that were just made.
pub fn give(file: &File, beside: &Path) {
    give_to(file, owner(beside));
}

fn owner(beside: &Path) -> io::Result<Metadata> {
    beside.metadata().or_else(|_| folder(beside).metadata())
}

fn give_to(file: &File, owner: io::Result<Metadata>) {
    let (Ok(owner), Ok(own)) = (owner, file.metadata()) else { return };
    if geteuid().is_root() && !is_owned_like(&own, &owner) {
        // Not every file system knows owners.
        let _ = fchown(file, Some(owner.uid()), Some(owner.gid()));
    }
}

fn is_owned_like(one: &Metadata, other: &Metadata) -> bool {
    (one.uid(), one.gid()) == (other.uid(), other.gid())
}

/// Gives a file that takes the place of another one the rights that that one's group has.
///
/// # Errors
/// When they cannot be looked at or changed.
pub fn keep_rights(file: &Path, of: &Path) -> io::Result<()> {
    match of.metadata() {
        Ok(found) if access(&found) == Access::Some => std::fs::set_permissions(
            file,
            Permissions::from_mode(found.permissions().mode() & 0o770),
        ),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Who may use a file.
pub fn access(file: &Metadata) -> Access {
    match file.permissions().mode() {
        mode if mode & OTHERS == 0 => Access::Owner,
        mode if mode & READ_BY_ALL == 0 => Access::Some,
        _ => Access::Everybody,
    }
}

/// Whether a file could be taken away from others: tried, and put back, since a file system that keeps no
/// permissions accepts every change of them without a word.
///
/// # Errors
/// When the file cannot be looked at.
pub fn try_to_hide(path: &Path) -> io::Result<Hiding> {
    let before = path.metadata()?;
    let hidden = Permissions::from_mode(before.permissions().mode() & !OTHERS);
    match std::fs::set_permissions(path, hidden) {
        Ok(()) => {
            let is_hidden = access(&path.metadata()?) == Access::Owner;
            std::fs::set_permissions(path, before.permissions())?;
            Ok(if is_hidden { Hiding::Possible } else { Hiding::Impossible })
        }
        // FAT refuses its owner.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let is_own = before.uid() == geteuid().as_raw();
            Ok(if is_own { Hiding::Impossible } else { Hiding::ByAnother })
        }
        Err(_) => Ok(Hiding::Impossible),
    }
}

/// Takes a file away from others, where everybody may read it: rights that a group was given stay.
///
/// # Errors
/// When the file cannot be looked at, or belongs to another user.
pub fn hide_from_everybody(path: &Path) -> io::Result<()> {
    let file = path.metadata()?;
    if access(&file) != Access::Everybody {
        return Ok(());
    }
    std::fs::set_permissions(path, Permissions::from_mode(file.permissions().mode() & !OTHERS))
}

/// Makes the names in a folder durable.
///
/// # Errors
/// When the system cannot.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// How many names a file has; 1 where it is not there.
pub fn names(path: &Path) -> u64 {
    path.metadata().map_or(1, |found| found.nlink())
}

/// Whether two names lead to one file that is there.
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Tells systemd, where it has started the bot.
///
/// # Errors
/// When systemd does not take it.
#[cfg(target_os = "linux")]
pub fn notify(state: &str) -> io::Result<()> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    let Some(path) = std::env::var("NOTIFY_SOCKET").ok().filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let address = match path.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(&path),
    }?;
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address).map(drop)
}

/// Nobody to tell.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn notify(_state: &str) -> io::Result<()> {
    Ok(())
}

/// Whether the log may be coloured.
pub fn colours() -> bool {
    io::stderr().is_terminal()
}

/// Nothing that is typed is shown, until this is dropped.
#[derive(Debug)]
pub struct Echo(Termios);

impl Echo {
    /// Shows nothing of what is typed from now on.
    ///
    /// # Errors
    /// When standard input is no terminal.
    pub fn off() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent)?;
        Ok(Self(before))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // What was typed meanwhile was for nobody to see, neither for whoever reads next. A terminal that is gone
        // needs no mending.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_read_a_file_is_seen_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "").unwrap();
        for (mode, expected) in [
            (0o600, Access::Owner),
            (0o400, Access::Owner),
            (0o640, Access::Some),
            (0o444, Access::Everybody),
            (0o777, Access::Everybody),
        ] {
            std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(access(&path.metadata().unwrap()), expected, "{mode:o}");
            assert_eq!(try_to_hide(&path).unwrap(), Hiding::Possible, "{mode:o}");
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn a_second_name_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("one"), "").unwrap();
        std::fs::write(path("three"), "").unwrap();
        assert_eq!((names(&path("one")), names(&path("none"))), (1, 1));
        std::fs::hard_link(path("one"), path("two")).unwrap();
        assert_eq!(names(&path("one")), 2);
        assert!(same_file(&path("one"), &path("two")));
        assert!(!same_file(&path("one"), &path("three")));
        assert!(!same_file(&path("none"), &path("none")));
    }
}
