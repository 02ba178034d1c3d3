//! `reparse`: orders are built again from what was kept.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::Context;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::Ledger;
use refract_ledger::reparse::{self, Tally, Watched};

use super::bot::block_on;
use super::failure::Failure;
use super::files::cannot_open;

/// `reparse`
pub(super) fn reparse(config: &Config) -> Result<ExitCode, Failure> {
    block_on(read_again(config))?
}

async fn read_again(config: &Config) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open(&config.database.path).await.map_err(cannot_open)?;
    let ledger = ledger.with_emoji(config.emoji.clone());
    let watched = watched(config, &ledger).await?;
    let (ingest, writer) = Ingest::start(ledger.clone(), config.labels.clone())?;
    let shows_progress = std::io::stderr().is_terminal();
    let tally = reparse::reparse(&ledger, &ingest, &watched, |tally| {
        if shows_progress {
            eprint!("\r{}", count(tally.messages, "message", "messages"));
        }
    })
    .await;
    ingest.close().await;
    writer.await.context("wait for the writer")?;
    let tally = tally?;
    if shows_progress {
        eprintln!();
    }
    println!("read {} again", count(tally.messages, "message", "messages"));
    report_left(&tally);
    ledger.close().await;
    Ok(if tally.damaged == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The channels of the configuration, and those that were added in Discord.
async fn watched(config: &Config, ledger: &Ledger) -> anyhow::Result<Watched> {
    let added = ledger.watches().await?.into_iter();
    let mut watched: Watched = added.map(|watch| (watch.channel_id, watch.webhook_ids)).collect();
    watched.extend(config.watch.iter().map(|watch| (watch.channel_id, watch.webhook_ids.clone())));
    Ok(watched)
}

fn report_left(tally: &Tally) {
    if tally.settled > 0 {
        println!(
            "left {} as they were, because older messages of their orders are no longer kept",
            count(tally.settled, "message", "messages")
        );
    }
    if tally.damaged > 0 {
        eprintln!(
            "refract-ledger: {} damaged, and the orders stay as they were; restore a backup if you \
             have one",
            count(tally.damaged, "kept message is", "kept messages are")
        );
    }
}
