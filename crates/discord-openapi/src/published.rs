//! The description as it lies beside the repository, for the tests of the workspace.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::Description;

/// The environment variable with the file's path.
const VARIABLE: &str = "DISCORD_OPENAPI";
/// Where it is looked for otherwise, seen from the repository.
const BESIDE: &str = "../shared/discord-openapi.json";

impl Description {
    /// Discord's description: the file that `DISCORD_OPENAPI` names, else `../shared/discord-openapi.json`
    /// seen from the repository. `None` where there is no such file, which a line on standard error tells once.
    ///
    /// # Panics
    /// Where the file cannot be read, or is named and not there: what was to be checked would not be.
    pub fn published(repository: &Path) -> Option<&'static Self> {
        static READ: OnceLock<Option<Description>> = OnceLock::new();
        let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
        READ.get_or_init(|| read(named.map(PathBuf::from), repository)).as_ref()
    }
}

fn read(named: Option<PathBuf>, repository: &Path) -> Option<Description> {
    let is_named = named.is_some();
    let path = named.unwrap_or_else(|| repository.join(BESIDE));
    if !is_named && !path.exists() {
        // Written to standard error itself: the harness of the tests swallows what is printed.
        let line = format!(
            "not held against Discord's description: {VARIABLE} is not set, and there is no {BESIDE}\n"
        );
        std::io::stderr().write_all(line.as_bytes()).ok();
        return None;
    }
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(Description::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_file_nothing_is_held_against_it_unless_it_was_named() {
        assert!(read(None, Path::new("no/such/folder")).is_none());
        let named = || read(Some(PathBuf::from("no/such/file.json")), Path::new("."));
        assert!(std::panic::catch_unwind(named).is_err());
    }
}
