//! Copies of the database: made, and put back.

use std::future::Future;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use refract_ledger::atomic_file::is_private;
use refract_ledger::bytes::bytes;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ledger::{self, Copied, ForgottenSince, Over};

use super::bot::block_on;
use super::failure::Failure;
use super::files::readable_by_others;
use super::output::print;
use super::output::progress::{Progress, share};

/// Bytes of a page of the database.
const PAGE: u64 = 4096;
/// How often it is looked how long a copy has become.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// `backup`
pub(super) fn backup(config: &Config, file: &Path, anyway: bool) -> Result<ExitCode, Failure> {
    let over = if anyway { Over::Anything } else { Over::Backups };
    let database = &config.database.path;
    let unfinished = ledger::unfinished_backup(file);
    let copying = ledger::backup(database, file, over);
    let copied = block_on(watched("backup", (database, &unfinished), copying))?;
    let copied = copied.map_err(anyhow::Error::new)?;
    print::report(&format!("{} holds {}", file.display(), contents(&copied)));
    if !is_private(file) {
        print::remark(&readable_by_others(file));
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for a copy, and tells how far it is by how long the unfinished file is.
async fn watched<T>(
    what: &'static str,
    (from, unfinished): (&Path, &Path),
    copying: impl Future<Output = T>,
) -> T {
    let pages = |path: &Path| path.metadata().map_or(0, |file| file.len() / PAGE);
    let all = pages(from);
    let mut progress = Progress::new(what, "pages");
    let mut before = 0;
    let mut copying = std::pin::pin!(copying);
    loop {
        tokio::select! {
            copied = &mut copying => return copied,
            () = tokio::time::sleep(BETWEEN_LOOKS) => {
                let done = pages(unfinished);
                match done {
                    // Before the copy and behind it, which has no free pages, so that it ends before the
                    // other file would.
                    _ if done == before => progress.say(&format!("{what}: checking the file")),
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
    let unfinished = ledger::unfinished_restore(path);
    let restored = block_on(watched("restore", (file, &unfinished), ledger::restore(path, file)))?;
    let restored = restored.map_err(anyhow::Error::new)?;
    print::report(&format!("{} holds {} again", path.display(), contents(&restored.copied)));
    if let Some(aside) = &restored.aside {
        print::report(&format!("the previous database is kept as {}", aside.display()));
    }
    match restored.forgotten {
        ForgottenSince::Nothing => {}
        ForgottenSince::Something => print::report(
            "it may hold what /forget erased after the backup was made: run /forget again for those \
             buyers",
        ),
        ForgottenSince::Unknown => print::report(
            "if /forget erased something after the backup was made, it may be back: run /forget again \
             for those buyers",
        ),
    }
    print::report("the next `run` reads newer messages from the channels' history");
    Ok(ExitCode::SUCCESS)
}

fn contents(copied: &Copied) -> String {
    let orders = count(copied.orders, "order", "orders");
    let messages = count(copied.messages, "message", "messages");
    format!("{orders} and {messages}, {}", bytes(copied.bytes))
}
