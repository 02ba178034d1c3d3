//! `bulk`, `open`, `stats`: sheets that people bring, what is not finished, what it came to.

mod bulk;
mod held;
mod json;
mod open;
mod read;
mod stats;
mod text;
mod typed;
mod waited;

pub(super) use bulk::{BulkArguments, bulk};
pub(super) use open::{OpenArguments, open};
pub(super) use stats::{StatsArguments, stats};

use clap::ValueEnum;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::Ledger;

use super::failure::Failure;
use super::output::print::{answer, report};

/// How an answer is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The server that was named, or the only one that the database knows.
async fn guild_of(ledger: &Ledger, named: Option<GuildId>) -> Result<GuildId, Failure> {
    if let Some(guild) = named {
        return Ok(guild);
    }
    let known = ledger.known_guilds().await?;
    match known.as_slice() {
        [guild] => Ok(*guild),
        [] => Err(Failure::usage(
            "the database knows no server yet; say which one it is with --guild ID".to_owned(),
        )),
        several => {
            let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Failure::usage(format!(
                "the database knows several servers; say which one with --guild ID: {}",
                ids.join(", ")
            )))
        }
    }
}
