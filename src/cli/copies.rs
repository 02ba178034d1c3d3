//! Copies of the database: made, and put back.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use refract_ledger::config::Config;
use refract_ledger::ledger::{self, Copied, CopyError, ForgottenSince};

use super::bot::block_on;
use super::failure::Failure;
use super::progress::{Progress, count, share};

/// Bytes of a page of the database.
const PAGE: u64 = 4096;
/// How often it is looked how long a copy has become.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// `backup`
pub(super) fn backup(config: &Config, file: &Path) -> Result<ExitCode, Failure> {
    let copied = block_on(copy(&config.database.path, file))?.map_err(anyhow::Error::new)?;
    println!("{} holds {}", file.display(), contents(&copied));
    Ok(ExitCode::SUCCESS)
}

/// Copies, and tells how far it is by how long the copy is.
async fn copy(database: &Path, file: &Path) -> Result<Copied, CopyError> {
    let pages = |path: &Path| path.metadata().map_or(0, |file| file.len() / PAGE);
    let (all, unfinished) = (pages(database), ledger::unfinished_backup(file));
    let mut progress = Progress::new("backup", "page");
    let mut before = 0;
    let mut copying = std::pin::pin!(ledger::backup(database, file));
    loop {
        tokio::select! {
            copied = &mut copying => return copied,
            () = tokio::time::sleep(BETWEEN_LOOKS) => {
                let done = pages(&unfinished);
                match done {
                    // The copy has no free pages, so that it ends before the database would.
                    _ if done == before && done > 0 => progress.say("backup: looking the copy over"),
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
    let orders = count(copied.orders.unsigned_abs(), "order");
    let messages = count(copied.messages.unsigned_abs(), "message");
    format!("{orders} and {messages}, {}", size(copied.bytes))
}

/// In the largest unit of which there is at least one, with one digit after the point.
fn size(bytes: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB")];
    let (unit, name) =
        units.into_iter().find(|(unit, _)| bytes >= *unit).unwrap_or((1 << 10, "kB"));
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}
