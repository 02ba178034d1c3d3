//! `reparse`: orders are built again from what was kept, and secrets that older versions let through go.

use std::process::ExitCode;

use refract_ledger::cleaning;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::Ledger;
use refract_ledger::reparse::{self, Tally, Watched};

use super::bot::block_on;
use super::failure::Failure;
use super::files::cannot_open;
use super::output::print;
use super::output::progress::{Progress, share};

/// `reparse`
pub(super) fn reparse(config: &Config) -> Result<ExitCode, Failure> {
    block_on(read_again(config))?
}

async fn read_again(config: &Config) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_alone(&config.database.path).await.map_err(cannot_open)?;
    let ledger = ledger.with_emoji(config.emoji.clone()).with_labels(config.labels.clone());
    let tally = write(config, &ledger).await;
    let cleaned = clean(&ledger).await;
    // The last one to leave folds the log into the database, so that the file alone is a whole copy.
    ledger.close().await;
    let tally = tally?;
    let messages = count(tally.messages, "message", "messages");
    print::report(&format!("read {messages} again"));
    report_left(&tally);
    let cleaned = cleaned?;
    if cleaned > 0 {
        let rows = count(cleaned, "entry", "entries");
        print::report(&format!("took secrets out of {rows} that an older version had stored"));
    }
    Ok(if tally.damaged == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes out of the database what older versions let through; gives how many rows held a secret.
async fn clean(ledger: &Ledger) -> anyhow::Result<u64> {
    let mut progress = Progress::new("clean", "entries");
    let cleaned =
        cleaning::clean(ledger, |done, all| progress.show(done, share(done, all))).await?;
    // Nobody else works with the file: it can be written anew, however large it is.
    ledger.write_anew_if_due(|_| {}).await?;
    Ok(cleaned)
}

async fn write(config: &Config, ledger: &Ledger) -> Result<Tally, Failure> {
    let watched = watched(config, ledger).await?;
    let all = ledger.count_messages().await?;
    let ingest = Ingest::start(ledger.clone(), config.labels.clone())?;
    let mut progress = Progress::new("reparse", "messages");
    let tally = reparse::reparse(ledger, &ingest, &watched, |tally| {
        let seen = tally.messages + tally.settled + tally.damaged;
        progress.show(seen, share(seen, all));
    })
    .await;
    ingest.close().await;
    Ok(tally?)
}

/// The channels of the configuration, and those that were added in Discord.
async fn watched(config: &Config, ledger: &Ledger) -> anyhow::Result<Watched> {
    let added = ledger.watches().await?.into_iter();
    let mut watched: Watched = added.map(|watch| (watch.channel_id, watch.webhook_ids)).collect();
    watched.extend(config.watch.iter().map(|watch| (watch.channel_id, watch.webhook_ids.clone())));
    // What is posted in a thread is its channel's, unless it is watched itself.
    for thread in ledger.threads().await? {
        if let Some(webhooks) = watched.get(&thread.channel_id).cloned() {
            watched.entry(thread.thread_id).or_insert(webhooks);
        }
    }
    Ok(watched)
}

fn report_left(tally: &Tally) {
    if tally.settled > 0 {
        print::report(&format!(
            "left {} as they were, because older messages of their orders are no longer kept",
            count(tally.settled, "message", "messages")
        ));
    }
    if tally.damaged > 0 {
        print::remark(&format!(
            "{} damaged, and the orders stay as they were; restore a backup if you have one",
            count(tally.damaged, "kept message is", "kept messages are")
        ));
    }
}
