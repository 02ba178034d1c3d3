//! Where the configuration is, and what lies beside it.

use std::path::{Path, PathBuf};

use super::{Config, ConfigError, DEFAULT_PATH};
use crate::atomic_file::folder;

/// The file beside the configuration that holds the token, if nothing else says it; of this name, too, is the
/// credential that systemd hands over.
pub(super) const TOKEN_FILE: &str = "refract-ledger.token";

/// Where the configuration is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    named: Option<PathBuf>,
}

impl ConfigFile {
    /// The file that `--config` names; `None`: `config.toml` in this folder, if there is one.
    pub fn new(named: Option<PathBuf>) -> Self {
        Self { named }
    }

    /// Reads it, and the environment.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn load(&self) -> Result<Config, ConfigError> {
        // A variable that is no text is none of ours.
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        };
        Config::load(self.named.as_deref(), std::env::vars_os().filter_map(text))
    }

    /// The file that `--config` names.
    pub fn named(&self) -> Option<&Path> {
        self.named.as_deref()
    }

    /// The whole path of the file that is read; `None`: there is none, and the defaults count.
    pub fn there(&self) -> Option<PathBuf> {
        let path = self.path();
        (self.named.is_some() || path.exists()).then(|| whole(path))
    }

    /// The whole path of its folder.
    pub fn folder(&self) -> PathBuf {
        folder(&whole(self.path())).to_owned()
    }

    /// The whole path of the file beside it that holds the token.
    pub fn token_file(&self) -> PathBuf {
        self.folder().join(TOKEN_FILE)
    }

    fn path(&self) -> &Path {
        self.named.as_deref().unwrap_or(Path::new(DEFAULT_PATH))
    }
}

/// A path that says where it leads, whatever the working directory is.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_lies_beside_the_configuration() {
        let beside = |named: Option<&str>| ConfigFile::new(named.map(PathBuf::from)).token_file();
        let here = std::env::current_dir().unwrap();
        assert_eq!(beside(None), here.join("refract-ledger.token"));
        assert_eq!(beside(Some("own.toml")), here.join("refract-ledger.token"));
        assert_eq!(beside(Some("etc/own.toml")), here.join("etc").join("refract-ledger.token"));
        assert_eq!(
            ConfigFile::new(Some("no/such.toml".into())).there(),
            Some(here.join("no/such.toml"))
        );
    }
}
