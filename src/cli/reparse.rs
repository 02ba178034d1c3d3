//! `reparse`: orders are built again from what was kept.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::Context;
use refract_ledger::config::Config;
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
            eprint!("\r{} messages", tally.messages);
        }
    })
    .await;
    ingest.close().await;
    writer.await.context("wait for the writer")?;
    let tally = tally?;
    if shows_progress {
        eprintln!();
    }
    println!("{} messages were read again", tally.messages);
    tell_left(&tally);
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

fn tell_left(tally: &Tally) {
    if tally.settled > 0 {
        println!(
            "{} messages were left as they are: older messages of their orders are kept no longer",
            tally.settled
        );
    }
    if tally.damaged > 0 {
        eprintln!(
            "refract-ledger: {} kept messages are damaged, their orders stay as they are; restore a \
             backup if there is one",
            tally.damaged
        );
    }
}
