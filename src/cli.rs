//! What can be typed, and which part of the library does it.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, Parser, Subcommand};
use refract_ledger::config::ConfigFile;
use refract_ledger::refract::Event;

mod books;
mod bot;
mod check;
mod confined;
mod copies;
mod export;
mod failure;
mod files;
mod first_start;
mod import;
mod notify;
mod opened;
pub(crate) mod output;
mod reparse;

use failure::Failure;
use output::logging::LogFormat;
use output::print;

/// The exit code of wrong usage.
const USAGE: i32 = 2;
/// The exit code of what failed.
const FAILED: i32 = 1;

/// A self-hosted Discord bot that turns Refract's checkout webhooks into an order ledger.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Without a command, in a terminal: step by step from nothing to a running bot."
)]
pub(crate) struct Arguments {
    /// The configuration file (default: config.toml in this folder, if there is one).
    #[arg(long, value_name = "PATH")]
    config: Option<PathBuf>,
    /// The form of the log; `RUST_LOG` sets how much.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the bot until it is stopped.
    Run,
    /// Show the bot at work in a small Discord of its own; no token needed.
    #[cfg(feature = "demo")]
    Demo(Demo),
    /// Check configuration, database and Discord, and say how to fix what is wrong.
    Check,
    /// Read messages and print what they say, one JSON line each.
    Parse {
        /// The files; none, or `-`, for standard input.
        files: Vec<PathBuf>,
    },
    /// Store the messages of files in the database, also while the bot runs.
    Import(import::Import),
    /// Write orders to a file.
    Export(export::Export),
    /// Bring sheets: tracking numbers, received goods, cancellations, card charges; also while the bot runs.
    Bulk(books::BulkArguments),
    /// Show what is not finished: without tracking, not received, not paid, not charged.
    Open(books::OpenArguments),
    /// Show what orders came to: placed and kept, cost, payout, profit.
    Stats(books::StatsArguments),
    /// Read all kept messages again and rebuild the orders.
    Reparse,
    /// Copy the database to a file, also while the bot runs.
    Backup {
        /// The file to write; an earlier backup there is replaced.
        file: PathBuf,
        /// Replace an earlier backup also if it holds messages and the database is empty.
        #[arg(long)]
        anyway: bool,
    },
    /// Replace the database with a backup; the old one is kept under another name.
    Restore {
        /// The backup to restore.
        file: PathBuf,
    },
    /// Post to a webhook what Refract would post, to try a set-up.
    Post(Post),
}

#[cfg(feature = "demo")]
#[derive(Args)]
struct Demo {
    /// Keep the database in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Write the card of an order as an SVG, as the README shows it.
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
}

#[derive(Args)]
struct Post {
    /// The webhook's URL.
    #[arg(long, value_name = "URL")]
    webhook: String,
    /// What to post.
    #[arg(long, value_enum, default_value = "checkout")]
    event: Event,
    /// How many to post.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,
}

/// Does what was asked.
///
/// # Errors
/// A sentence and an exit code.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let file = ConfigFile::new(arguments.config);
    let config = || file.load();
    let Some(command) = arguments.command else {
        return first_start::first_start(&file, config()?);
    };
    match command {
        Command::Run => bot::run(&file, config()?),
        #[cfg(feature = "demo")]
        Command::Demo(demo) => bot::demo(demo.keep.as_deref(), demo.picture.as_deref()),
        Command::Check => check::check(&file, &config()?),
        Command::Parse { files } => files::parse(&config()?, &files),
        Command::Import(asked) => import::import(&config()?, &asked),
        Command::Export(asked) => export::export(&config()?, &asked),
        Command::Bulk(asked) => books::bulk(&config()?, &asked),
        Command::Open(asked) => books::open(&config()?, &asked),
        Command::Stats(asked) => books::stats(&config()?, &asked),
        Command::Reparse => reparse::reparse(&config()?),
        Command::Backup { file, anyway } => copies::backup(&config()?, &file, anyway),
        Command::Restore { file } => copies::restore(&config()?, &file),
        Command::Post(post) => bot::post(&post),
    }
}

/// Less alike than this is no suggestion; 1 is equal.
const LEAST_SIMILARITY: f64 = 0.7;

/// `help expor` is answered like `expor`.
fn suggest_helped(error: &mut clap::Error) {
    let (clap::error::ErrorKind::InvalidSubcommand, None) =
        (error.kind(), error.get(ContextKind::SuggestedSubcommand))
    else {
        return;
    };
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    let names = names.map(|name| (name, strsim::jaro_winkler(name, typed)));
    let closest = names.max_by(|(_, one), (_, other)| one.total_cmp(other));
    if let Some((name, _)) = closest.filter(|(_, similarity)| *similarity >= LEAST_SIMILARITY) {
        let meant = ContextValue::Strings(vec![name.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, meant);
    }
}

/// Says what is wrong with what was typed, or the help that was asked for, and ends the process.
fn end(error: &clap::Error) -> ! {
    match error.print() {
        Err(unprinted) if !error.use_stderr() && unprinted.kind() != ErrorKind::BrokenPipe => {
            print::remark(&format!("the answer cannot be printed: {unprinted}"));
            std::process::exit(FAILED)
        }
        _ => std::process::exit(error.exit_code()),
    }
}

impl Arguments {
    /// What was typed. Where that is wrong, the process ends with a sentence.
    pub(crate) fn read() -> Self {
        let typed = Self::try_parse().unwrap_or_else(|mut error| {
            let unknown = error.get(ContextKind::InvalidArg);
            if unknown == Some(&ContextValue::String("--config".to_owned())) {
                let command = Self::command();
                let mut names = command.get_subcommands().map(clap::Command::get_name);
                let typed = |name: &&str| std::env::args().any(|argument| argument == **name);
                let command = names.find(typed).unwrap_or("run");
                let hint = format!(
                    "--config comes before the command: refract-ledger --config PATH {command}"
                );
                let hint = ContextValue::StyledStrs(vec![hint.into()]);
                error.insert(ContextKind::Suggested, hint);
            }
            suggest_helped(&mut error);
            end(&error)
        });
        // Somebody in a terminal is led; a script that forgot the command is told.
        if typed.command.is_none() && !first_start::can_be_led() {
            let help = Self::command().render_help().to_string();
            print::plain_remark(&help);
            std::process::exit(USAGE);
        }
        typed
    }

    /// How much is logged when `RUST_LOG` does not say. The demo's screen is for the story.
    pub(crate) fn log_level(&self) -> &'static str {
        match self.command {
            Some(Command::Run) | None => "info",
            Some(_) => "warn",
        }
    }
}
