//! The log: to stderr, as text for people or JSON for machines.

use std::io::IsTerminal;

use refract_ledger::discord::{QUIET, SILENT};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};

use super::clean::CleanStderr;

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Starts the log, and lets a panic be a line of it. `RUST_LOG` sets how much is logged, else `level`
/// does.
pub(crate) fn start(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(level))
        .add_directive(quiet("tungstenite"))
        .add_directive(quiet("reqwest"))
        .add_directive(quiet("hyper_util"))
        // A lock that another program holds makes a slow statement, and is logged in a sentence.
        .add_directive(silent("sqlx"));
    let of_discord = QUIET.map(quiet).into_iter().chain(SILENT.map(silent));
    let filter = of_discord.fold(filter, EnvFilter::add_directive);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A log that cannot be written (its disk is full, its reader gone) must not stop the bot:
        // the complaint about it would be a panic of whatever was just being done.
        .log_internal_errors(false)
        .with_writer(CleanStderr)
        .with_ansi(std::io::stderr().is_terminal());
    match format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        // The payload may quote what was handled, personal data too: the place is what helps.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the bot crashed; please report this line");
    }));
}

fn quiet(target: &str) -> Directive {
    at(target, LevelFilter::WARN)
}

fn silent(target: &str) -> Directive {
    at(target, LevelFilter::ERROR)
}

fn at(target: &str, level: LevelFilter) -> Directive {
    format!("{target}={level}").parse().unwrap_or_else(|_| level.into())
}
