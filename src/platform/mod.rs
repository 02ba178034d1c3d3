//! What differs between operating systems: signals, permissions, names of files, the terminal.
//!
//! No other file of `src` asks which system it is compiled for. `unix` and `windows` offer the same
//! functions, so that a caller cannot forget one of them; what is decided by their answers is in plain
//! functions that are tested for every system on each of them.
//!
//! ```text
//! system     which system this is, and what its users do there
//! access     who may read a file
//! held       waiting for a file that another program holds open
//! unix       Linux and macOS
//! windows    Windows
//! ```

use std::path::Path;

mod access;
mod held;
mod system;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use access::{Access, Hiding};
pub use held::{is_held, replace, within_patience};
pub use system::System;
#[cfg(unix)]
pub use unix::{
    Echo, Signals, access, colours, give, hide_from_everybody, keep_rights, make_beside, names,
    notify, private, same_file, sync_folder, try_to_hide,
};
#[cfg(windows)]
pub use windows::{
    Echo, Signals, access, colours, give, hide_from_everybody, keep_rights, make_beside, names,
    notify, private, same_file, sync_folder, try_to_hide,
};

/// The folder that a file stands in.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
