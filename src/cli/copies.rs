//! Copies of the database: made, and put back.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use refract_ledger::atomic_file::is_private;
use refract_ledger::bytes::bytes;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ledger::{self, Copied, CopyError, ForgottenSince, Over};

use super::bot::block_on;
use super::failure::Failure;
use super::files::readable_by_others;
use super::progress::{Progress, share};

/// Bytes of a page of the database.
const PAGE: u64 = 4096;
/// How often it is looked how long a copy has become.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// `backup`
pub(super) fn backup(config: &Config, file: &Path, anyway: bool) -> Result<ExitCode, Failure> {
    let over = if anyway { Over::Anything } else { Over::Backups };
    let copied = block_on(copy(&config.database.path, file, over))?.map_err(anyhow::Error::new)?;
    println!("{} holds {}", file.display(), contents(&copied));
    if !is_private(file) {
        eprintln!("refract-ledger: {}", readable_by_others(file));
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies, and tells how far it is by how long the copy is.
async fn copy(database: &Path, file: &Path, over: Over) -> Result<Copied, CopyError> {
    let pages = |path: &Path| path.metadata().map_or(0, |file| file.len() / PAGE);
    let (all, unfinished) = (pages(database), ledger::unfinished_backup(file));
    let mut progress = Progress::new("backup", "pages");
    let mut before = 0;
    let mut copying = std::pin::pin!(ledger::backup(database, file, over));
    loop {
        tokio::select! {
            copied = &mut copying => return copied,
            () = tokio::time::sleep(BETWEEN_LOOKS) => {
                let done = pages(&unfinished);
                match done {
                    // The copy has no free pages, so that it ends before the database would.
                    _ if done == before && done > 0 => progress.say("backup: checking the copy"),
                    0 => {}
                    _ => progress.show(done, share(done, all)),
                }
                before = done;
            }
        }
    }
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
