//! Copies of the database: made, and put back.

use std::path::Path;
use std::process::ExitCode;

use refract_ledger::bytes::bytes;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ledger::{self, Copied, ForgottenSince};

use super::bot::block_on;
use super::failure::Failure;

/// `backup`
pub(super) fn backup(config: &Config, file: &Path) -> Result<ExitCode, Failure> {
    let copied = block_on(ledger::backup(&config.database.path, file))?;
    let copied = copied.map_err(anyhow::Error::new)?;
    println!("{} holds {}", file.display(), contents(&copied));
    Ok(ExitCode::SUCCESS)
}

/// `restore`
pub(super) fn restore(config: &Config, file: &Path) -> Result<ExitCode, Failure> {
    let path = &config.database.path;
    let restored = block_on(ledger::restore(path, file))?.map_err(anyhow::Error::new)?;
    println!("{} holds {} again", path.display(), contents(&restored.copied));
    if let Some(aside) = &restored.aside {
        println!("the previous database is kept as {}", aside.display());
    }
    match restored.forgotten {
        ForgottenSince::Nothing => {}
        ForgottenSince::Something => println!(
            "it may hold what /forget erased after the backup was made: run /forget again for those \
             buyers"
        ),
        ForgottenSince::Unknown => println!(
            "if /forget erased something after the backup was made, it may be back: run /forget again \
             for those buyers"
        ),
    }
    println!("the next `run` reads newer messages from the channels' history");
    Ok(ExitCode::SUCCESS)
}

fn contents(copied: &Copied) -> String {
    let orders = count(copied.orders, "order", "orders");
    let messages = count(copied.messages, "message", "messages");
    format!("{orders} and {messages}, {}", bytes(copied.bytes))
}
