//! What the bot runs on, as the first lines of its log say it: whose orders these are is seen by the paths.

use std::path::Path;

use refract_ledger::config::{Config, ConfigFile};
use refract_ledger::count::count;
use refract_ledger::ledger::{Ledger, OrderFilter};

use super::failure::Failure;
use super::files::cannot_open;

/// An open database, and what it was before.
pub(super) struct Opened {
    /// The database.
    pub(super) ledger: Ledger,
    /// Its orders; `None`: it was only just made.
    orders: Option<i64>,
}

/// Opens the database for the bot.
pub(super) async fn open(config: &Config) -> Result<Opened, Failure> {
    let path = &config.database.path;
    let is_new = path.metadata().map_or(true, |file| file.len() == 0);
    let ledger = Ledger::open(path).await.map_err(cannot_open)?;
    let orders = if is_new {
        None
    } else {
        Some(ledger.count_and_sum(&OrderFilter::default()).await?.count)
    };
    let ledger = ledger.with_emoji(config.emoji.clone()).with_labels(config.labels.clone());
    Ok(Opened { ledger, orders })
}

impl Opened {
    /// The version, the configuration and the database, a line each.
    pub(super) fn lines(&self, file: &ConfigFile, config: &Config) -> [String; 2] {
        let version = env!("CARGO_PKG_VERSION");
        let configuration = match file.there() {
            Some(path) => format!("configuration: {}", path.display()),
            None => format!("no config.toml in {}", file.folder().display()),
        };
        [
            format!("refract-ledger {version}, {configuration}"),
            database(&config.database.path, self.orders),
        ]
    }
}

fn database(path: &Path, orders: Option<i64>) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let path = path.display();
    match orders {
        Some(orders) => format!("database: {path}, with {}", count(orders, "order", "orders")),
        None => format!(
            "database: {path}, which is new. If you already have one, stop the bot, and start it in the \
             folder of that one or set `path` in [database]"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_database_is_told_from_one_with_orders() {
        let said = |orders| database(Path::new("ledger.db"), orders);
        let path = std::env::current_dir().unwrap().join("ledger.db");
        assert_eq!(said(Some(1)), format!("database: {}, with 1 order", path.display()));
        assert_eq!(said(Some(12_345)), format!("database: {}, with 12,345 orders", path.display()));
        assert!(said(None).contains("which is new"), "{}", said(None));
    }
}
