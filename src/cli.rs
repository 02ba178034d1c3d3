//! What can be typed, and which part of the library does it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use refract_ledger::config::Config;
use refract_ledger::refract::Event;

mod bot;
mod check;
mod clean;
mod copies;
mod failure;
mod files;
pub(crate) mod logging;
mod notify;
mod reparse;

use failure::Failure;
use logging::LogFormat;

/// A self-hosted Discord bot that turns Refract's checkout webhooks into an order ledger.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// The configuration file; without it `config.toml` in the working directory, if there is one.
    #[arg(long, value_name = "PATH")]
    config: Option<PathBuf>,
    /// How the log on stderr is written; `RUST_LOG` sets how much.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the bot until it is stopped.
    Run,
    /// Shows the bot at work against a small Discord of its own: no token needed.
    #[cfg(feature = "demo")]
    Demo(Demo),
    /// Looks over the configuration and the database, and says how to mend what is wrong.
    Check,
    /// Reads messages and prints what they say, a JSON line each.
    Parse {
        /// Files; none or `-`: standard input.
        files: Vec<PathBuf>,
    },
    /// Puts the messages of files into the ledger.
    Import {
        /// Files; `-`: standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The server (guild) whose orders they are, where the files do not say.
        #[arg(long, value_name = "ID")]
        guild: Option<refract_ledger::ids::GuildId>,
    },
    /// Writes orders to a file.
    Export(Export),
    /// Reads the kept messages again, and rebuilds the orders from them and from the marks.
    Reparse,
    /// Copies the database to a file, also while the bot runs.
    Backup {
        /// The file; an earlier backup there is replaced.
        file: PathBuf,
    },
    /// Puts a backup in the place of the database, which is kept under another name.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Posts to a webhook what Refract would, to try a set-up.
    Post(Post),
}

#[cfg(feature = "demo")]
#[derive(Args)]
struct Demo {
    /// Keeps the database in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Writes the card of an order as an SVG, as the README shows it.
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
}

#[derive(Args)]
struct Export {
    /// The format of the file.
    #[arg(long, value_enum)]
    format: Format,
    /// The file; without it standard output.
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begins a CSV with the mark by which Excel knows UTF-8.
    #[arg(long)]
    bom: bool,
    /// Only this store.
    #[arg(long)]
    store: Option<String>,
    /// Only this status.
    #[arg(long)]
    status: Option<refract_ledger::order::Status>,
    /// Only this profile.
    #[arg(long)]
    profile: Option<String>,
    /// Only orders of this time or later: 2026-01-31, with the whole day (days are days of UTC), or a
    /// full time with its zone.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only orders before this time: 2026-02-01, without that day (days are days of UTC), or a full
    /// time with its zone.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only this server (guild).
    #[arg(long, value_name = "ID")]
    guild: Option<refract_ledger::ids::GuildId>,
}

/// A format of exported files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For spreadsheets.
    Csv,
    /// A workbook, for spreadsheets: needs a file.
    Xlsx,
    /// One array, for programs.
    Json,
}

#[derive(Args)]
struct Post {
    /// The webhook's URL.
    #[arg(long, value_name = "URL")]
    webhook: String,
    /// What is posted.
    #[arg(long, value_enum, default_value = "checkout")]
    event: Event,
    /// How many.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,
}

/// Does what was asked.
///
/// # Errors
/// A sentence and an exit code.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let config = || Config::load(arguments.config.as_deref(), std::env::vars());
    match arguments.command {
        Command::Run => bot::run(config()?),
        #[cfg(feature = "demo")]
        Command::Demo(demo) => bot::demo(demo.keep.as_deref(), demo.picture.as_deref()),
        Command::Check => check::check(&config()?),
        Command::Parse { files } => files::parse(&config()?, &files),
        Command::Import { files, guild } => files::import(&config()?, &files, guild),
        Command::Export(export) => files::export(&config()?, &export),
        Command::Reparse => reparse::reparse(&config()?),
        Command::Backup { file } => copies::backup(&config()?, &file),
        Command::Restore { file } => copies::restore(&config()?, &file),
        Command::Post(post) => bot::post(&post),
    }
}

impl Arguments {
    /// What was typed. Where that is wrong, the process ends with a sentence.
    pub(crate) fn read() -> Self {
        Self::try_parse().unwrap_or_else(|mut error| {
            let unknown = error.get(ContextKind::InvalidArg);
            if unknown == Some(&ContextValue::String("--config".to_owned())) {
                let hint =
                    "--config PATH stands before the command: refract-ledger --config PATH export";
                let hint = ContextValue::StyledStrs(vec![hint.into()]);
                error.insert(ContextKind::Suggested, hint);
            }
            error.exit()
        })
    }

    /// How much is logged when `RUST_LOG` does not say. The demo's screen is for the story.
    pub(crate) fn log_level(&self) -> &'static str {
        match self.command {
            Command::Run => "info",
            _ => "warn",
        }
    }
}
