//! The log: to stderr, as text for people or JSON for machines.

use std::sync::atomic::{AtomicBool, Ordering};

use refract_ledger::discord::RefusedFrames;
use refract_ledger::platform;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt as _, LevelFilter, dynamic_filter_fn, filter_fn};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::{Context, Layer as _, SubscriberExt as _};
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

/// Times for people: `2026-11-24T18:30:05Z`.
struct Seconds;

impl FormatTime for Seconds {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        write!(line, "{}", chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// Whether errors alone are written: the rest would get between the questions of
/// the first start.
static IS_HELD_BACK: AtomicBool = AtomicBool::new(false);

/// Holds everything back but errors, or nothing any more.
pub(crate) fn hold_back(is_held_back: bool) {
    IS_HELD_BACK.store(is_held_back, Ordering::Relaxed);
}

/// Starts the log, and lets a panic be a line of it. `RUST_LOG` sets how much is logged, else `level` does.
///
/// Only the bot's own lines are shown, at every level: those of libraries hold what they were given, whole
/// frames of Discord with their messages, tokens of interactions, texts of statements.
pub(crate) fn start(format: LogFormat, level: &str) {
    let level = filter(std::env::var(EnvFilter::DEFAULT_ENV).ok().as_deref(), level);
    let log = fmt::layer()
        // A log that cannot be written (its disk is full, its reader gone) must not stop the bot:
        // the complaint about it would be a panic of whatever was just being done.
        .log_internal_errors(false)
        .with_writer(CleanStderr)
        .with_ansi(platform::colours());
    let log = match format {
        LogFormat::Text => log.with_target(false).with_timer(Seconds).boxed(),
        LogFormat::Json => log.json().boxed(),
    };
    let refused = filter_fn(RefusedFrames::concerns).with_max_level_hint(LevelFilter::DEBUG);
    tracing_subscriber::registry()
        .with(log.with_filter(level.and(filter_fn(is_own)).and(dynamic_filter_fn(is_let_through))))
        .with(RefusedFrames.with_filter(refused))
        .init();
    std::panic::set_hook(Box::new(|panic| {
        // The payload may quote what was handled, personal data too: the place is what helps.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the bot crashed; please report this line");
    }));
}

/// How much is logged. Where `RUST_LOG` names no level for the bot, the configured one is kept.
fn filter(rust_log: Option<&str>, level: &str) -> EnvFilter {
    let typed = rust_log.unwrap_or_default();
    // Of two levels for the same the later one counts.
    EnvFilter::try_new(format!("{level},{typed}")).unwrap_or_else(|_| EnvFilter::new(level))
}

/// Whether a line, or what it happened within, is of this program.
fn is_own(line: &Metadata<'_>) -> bool {
    line.target().split("::").next() == Some(env!("CARGO_CRATE_NAME"))
}

/// Whether a line is not held back.
fn is_let_through<S>(line: &Metadata<'_>, _: &Context<'_, S>) -> bool {
    *line.level() == Level::ERROR || !IS_HELD_BACK.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the bot's warnings, messages and details are shown.
    fn shown(rust_log: Option<&str>) -> [bool; 3] {
        let subscriber = tracing_subscriber::registry().with(filter(rust_log, "info"));
        tracing::subscriber::with_default(subscriber, || {
            [
                tracing::enabled!(Level::WARN),
                tracing::enabled!(Level::INFO),
                tracing::enabled!(Level::DEBUG),
            ]
        })
    }

    #[test]
    fn the_bots_own_lines_are_hidden_only_where_that_is_asked_for() {
        for kept in [None, Some(""), Some("  "), Some("serenity=debug"), Some("a==b"), Some("=")] {
            assert_eq!(shown(kept), [true, true, false], "{kept:?}");
        }
        for (asked, expected) in [
            ("warn", [true, false, false]),
            ("debug", [true, true, true]),
            ("refract_ledger=debug", [true, true, true]),
            ("refract_ledger=error,serenity=debug", [false, false, false]),
            ("off", [false, false, false]),
        ] {
            assert_eq!(shown(Some(asked)), expected, "{asked}");
        }
    }
}
