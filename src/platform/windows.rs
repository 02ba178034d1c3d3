//! Windows 10 or newer.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, IsTerminal};
use std::path::Path;

use tokio::signal::windows::{
    CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close,
    ctrl_logoff, ctrl_shutdown,
};
use winapi_util::HandleRef;
use winapi_util::console::{self, Console};
use winapi_util::file::{Information, information};

use super::{Access, Hiding};

/// What a console shows of what is typed: `ENABLE_ECHO_INPUT`.
const ECHO: u32 = 0x4;

/// Asks to stop: Ctrl-C, Ctrl-Break, closing the window, signing out and shutting down, from the moment on
/// when they are listened for. After the last three Windows ends the process a few seconds later by itself.
#[derive(Debug)]
pub struct Signals {
    interrupt: CtrlC,
    interrupt_key: CtrlBreak,
    close: CtrlClose,
    sign_out: CtrlLogoff,
    shut_down: CtrlShutdown,
}

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
            interrupt_key: ctrl_break()?,
            close: ctrl_close()?,
            sign_out: ctrl_logoff()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    /// The same: closing the window is among them.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn of_window() -> io::Result<Self> {
        Self::listen()
    }

    /// Done when the process is asked to stop.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.interrupt_key.recv() => {}
            _ = self.close.recv() => {}
            _ = self.sign_out.recv() => {}
            _ = self.shut_down.recv() => {}
        }
    }
}

/// Opens files; who may read them is what their folder says.
pub fn private() -> OpenOptions {
    OpenOptions::new()
}

/// Makes a file that is not there yet; whose it is, is what its folder says.
///
/// # Errors
/// When it is there, or cannot be made.
pub fn make_beside(path: &Path, _beside: &Path) -> io::Result<File> {
    private().create_new(true).read(true).write(true).open(path)
}

/// Nothing is to be done: whose a file is, is what its folder says.
pub fn give(_file: &File, _beside: &Path) {}

/// Nothing is to be done: who may read a file is decided by its folder.
///
/// # Errors
/// None: as on other systems, where it can fail.
pub fn keep_rights(_file: &Path, _of: &Path) -> io::Result<()> {
    Ok(())
}

/// Who may use a file.
pub fn access(_file: &Metadata) -> Access {
    Access::AsItsFolder
}

/// Whether a file could be taken away from others by what is kept with it.
///
/// # Errors
/// None: as on other systems, where a file is looked at.
pub fn try_to_hide(_path: &Path) -> io::Result<Hiding> {
    Ok(Hiding::Impossible)
}

/// Nothing is to be done: who may read a file is decided by its folder.
///
/// # Errors
/// None: as on other systems, where a file is looked at.
pub fn hide_from_everybody(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing is to be done: NTFS writes names in its own journal.
///
/// # Errors
/// None: as on other systems, where it can fail.
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// How many names a file has; 1 where it is not there.
pub fn names(path: &Path) -> u64 {
    identity(path).map_or(1, |found| found.number_of_links())
}

/// Whether two names lead to one file that is there.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let number = |found: Information| (found.volume_serial_number(), found.file_index());
    match (identity(one), identity(other)) {
        (Ok(one), Ok(other)) => number(one) == number(other),
        _ => false,
    }
}

fn identity(path: &Path) -> io::Result<Information> {
    information(File::open(path)?)
}

/// Nobody to tell: the Task Scheduler watches the process itself.
///
/// # Errors
/// None: as on other systems, where it can fail.
pub fn notify(_state: &str) -> io::Result<()> {
    Ok(())
}

/// Whether the log may be coloured. A console understands colours and lines that are written over when it
/// was asked to.
pub fn colours() -> bool {
    let asked = |console: io::Result<Console>| {
        console.and_then(|mut console| console.set_virtual_terminal_processing(true)).is_ok()
    };
    // Each of the two may be a file or a pipe.
    let [_, of_stderr] = [asked(Console::stdout()), asked(Console::stderr())];
    of_stderr && io::stderr().is_terminal()
}

/// Nothing that is typed is shown, until this is dropped.
#[derive(Debug)]
pub struct Echo(u32);

impl Echo {
    /// Shows nothing of what is typed from now on.
    ///
    /// # Errors
    /// When standard input is no console.
    pub fn off() -> io::Result<Self> {
        let before = console::mode(HandleRef::stdin())?;
        console::set_mode(HandleRef::stdin(), before & !ECHO)?;
        Ok(Self(before))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // A console that is gone needs no mending.
        let _ = console::set_mode(HandleRef::stdin(), self.0);
    }
}
