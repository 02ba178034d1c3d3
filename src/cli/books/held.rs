//! The ledger that a sheet is held against.

use std::path::{Path, PathBuf};

use anyhow::Context;
use refract_ledger::config::Config;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{Ledger, OpenError};
use tempfile::TempDir;

use super::guild_of;
use crate::cli::failure::Failure;
use crate::cli::files::cannot_open;

/// A ledger and the server whose orders the sheet speaks of.
pub(super) struct Held {
    pub(super) ledger: Ledger,
    /// Where an empty ledger lies that nobody keeps; it goes with this.
    empty: Option<TempDir>,
}

impl Held {
    /// Opens the database to bring rows, beside the bot. Where there is none yet it makes one, if the server is named:
    /// the past may be the first that somebody brings, and rows wait for orders that are not there.
    pub(super) async fn to_change(
        config: &Config,
        named: Option<GuildId>,
    ) -> Result<Self, Failure> {
        let path = &config.database.path;
        let ledger = match named {
            Some(_) => Ledger::open_beside(path).await,
            None => Ledger::open_existing_beside(path).await,
        };
        let ledger = ledger.map_err(|error| match error {
            OpenError::NoSuchFile(_) => Failure::usage(format!(
                "there is no database at {} yet; to make one with these rows, say whose they are with --guild ID",
                whole(path).display()
            )),
            error => cannot_open(error),
        })?;
        Ok(Self { ledger: with(config, ledger), empty: None })
    }

    /// Opens the database for a preview. Where there is none yet it compares with an empty ledger, and makes no file.
    pub(super) async fn to_preview(config: &Config) -> Result<Self, Failure> {
        let path = &config.database.path;
        if !matches!(Ledger::open_read_only(path).await, Err(OpenError::NoSuchFile(_))) {
            return Ok(Self { ledger: open(config, false).await?, empty: None });
        }
        let folder = tempfile::tempdir().context("make a folder for an empty ledger")?;
        let ledger = Ledger::open(&folder.path().join("empty.db")).await.map_err(cannot_open)?;
        Ok(Self { ledger: with(config, ledger), empty: Some(folder) })
    }

    /// The server that was named, or the only one that the database knows. An empty ledger knows none, and for a
    /// preview any is as good.
    pub(super) async fn guild(&self, named: Option<GuildId>) -> Result<GuildId, Failure> {
        match &self.empty {
            Some(_) => Ok(named.unwrap_or(GuildId(0))),
            None => guild_of(&self.ledger, named).await,
        }
    }

    /// What to know of a preview where there is no database; `None`: there is one.
    pub(super) fn remark(&self, config: &Config) -> Option<String> {
        self.empty.as_ref().map(|_| {
            let path = whole(&config.database.path);
            format!(
                "There is no database at {} yet: this compares with an empty ledger and makes no file. \
                 To make one with these rows, add --apply and --guild ID.",
                path.display()
            )
        })
    }
}

/// Opens the database, which must exist; to change it, beside the bot.
pub(super) async fn open(config: &Config, changes: bool) -> Result<Ledger, Failure> {
    let path = &config.database.path;
    let opened = if changes {
        Ledger::open_existing_beside(path).await
    } else {
        Ledger::open_read_only(path).await
    };
    Ok(with(config, opened.map_err(cannot_open)?))
}

fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn with(config: &Config, ledger: Ledger) -> Ledger {
    ledger.with_emoji(config.emoji.clone()).with_labels(config.labels.clone())
}
