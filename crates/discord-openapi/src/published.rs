//! The description as it lies beside the checkout, for the tests of the workspace.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::Description;

/// The environment variable with the file's path.
const VARIABLE: &str = "DISCORD_OPENAPI";
/// Where it is looked for otherwise, seen from the checkout.
const BESIDE_CHECKOUT: &str = "../shared/discord-openapi.json";

impl Description {
    /// Discord's description: the file that `DISCORD_OPENAPI` names, else `../shared/discord-openapi.json`
    /// seen from the checkout. `None` where there is no such file, which a line on standard error tells once.
    ///
    /// # Panics
    /// Where the file cannot be read, or is named and not there: what was to be checked would not be.
    pub fn published(checkout: &Path) -> Option<&'static Self> {
        static READ: OnceLock<Option<Description>> = OnceLock::new();
        READ.get_or_init(|| read(checkout)).as_ref()
    }
}

fn read(checkout: &Path) -> Option<Description> {
    let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = named.clone().unwrap_or_else(|| checkout.join(BESIDE_CHECKOUT));
    if named.is_none() && !path.exists() {
        // Written to standard error itself: the harness of the tests swallows what is printed.
        let line = format!(
            "not held against Discord's description: {VARIABLE} is not set, and there is no {}\n",
            BESIDE_CHECKOUT
        );
        std::io::stderr().write_all(line.as_bytes()).ok();
        return None;
    }
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(Description::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
