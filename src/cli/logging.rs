//! The log: to stderr, as text for people or JSON for machines.

use std::io::IsTerminal;

use refract_ledger::discord::RefusedFrames;
use tracing::Metadata;
use tracing_subscriber::filter::{FilterExt as _, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

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

/// Starts the log, and lets a panic be a line of it. `RUST_LOG` sets how much is logged, else `level` does.
///
/// Only the bot's own lines are shown, at every level: those of libraries hold what they were given, whole
/// frames of Discord with their messages, tokens of interactions, texts of statements.
pub(crate) fn start(format: LogFormat, level: &str) {
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let log = fmt::layer()
        // A log that cannot be written (its disk is full, its reader gone) must not stop the bot:
        // the complaint about it would be a panic of whatever was just being done.
        .log_internal_errors(false)
        .with_writer(CleanStderr)
        .with_ansi(std::io::stderr().is_terminal());
    let log = match format {
        LogFormat::Text => log.with_target(false).boxed(),
        LogFormat::Json => log.json().boxed(),
    };
    let refused = filter_fn(RefusedFrames::concerns).with_max_level_hint(LevelFilter::WARN);
    tracing_subscriber::registry()
        .with(log.with_filter(level.and(filter_fn(is_own))))
        .with(RefusedFrames.with_filter(refused))
        .init();
    std::panic::set_hook(Box::new(|panic| {
        // The payload may quote what was handled, personal data too: the place is what helps.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the bot crashed; please report this line");
    }));
}

/// Whether a line, or what it happened within, is of this program.
fn is_own(line: &Metadata<'_>) -> bool {
    line.target().split("::").next() == Some(env!("CARGO_CRATE_NAME"))
}
