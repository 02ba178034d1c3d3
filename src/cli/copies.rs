//! Copies of the database: made, and put back.

use std::path::Path;
use std::process::ExitCode;

use refract_ledger::bytes::bytes;
use refract_ledger::config::Config;
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
        println!("the database of before is kept as {}", aside.display());
    }
    match restored.forgotten {
        ForgottenSince::Nothing => {}
        ForgottenSince::Something => println!(
            "what /forget has erased since may be in it again: type it again for whom it was"
        ),
        ForgottenSince::Unknown => println!(
            "whether /forget has erased something since cannot be told: type it again for whom it was"
        ),
    }
    println!("what came since is fetched from the channels' history by the next `run`");
    Ok(ExitCode::SUCCESS)
}

fn contents(copied: &Copied) -> String {
    let count = |number: i64, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    let (orders, messages) = (count(copied.orders, "order"), count(copied.messages, "message"));
    format!("{orders} and {messages}, {}", bytes(copied.bytes))
}
