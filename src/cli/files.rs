//! Files of messages, and `parse`.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono_tz::Tz;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::files::{BytesRead, DateOrder, Dates, FileError, MessageFile};
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{Ledger, OpenError};
use refract_ledger::parse::parse_to;
use refract_ledger::platform::is_held;

use super::failure::Failure;
use super::output::{print, progress};

/// Parts that are no message and are told one by one; thousands would hide what matters.
const FAULTS_TOLD: u64 = 20;

/// What a database that cannot be opened means for the command.
pub(super) fn cannot_open(error: OpenError) -> Failure {
    anyhow::Error::new(error).into()
}

/// The time zone of days: the one that was set in the server, else that of the configuration.
pub(super) async fn zone_in(config: &Config, guild: Option<GuildId>) -> Tz {
    // A database that cannot be opened is reported by the command that needs it.
    let Ok(ledger) = Ledger::open_read_only(&config.database.path).await else {
        return config.zone;
    };
    ledger.zone_set_in(guild).await.ok().flatten().unwrap_or(config.zone)
}

/// What a file that cannot be read or written means for the command.
pub(super) fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    let why = match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::IsADirectory => "this is a folder; name the files in it".to_owned(),
        ErrorKind::PermissionDenied => "it may not be opened; check its permissions".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ if is_held(error) => "another program has it open; close it there".to_owned(),
        _ => error.to_string(),
    };
    Failure::failed(format!("{}: {why}", path.display()))
}

/// That a file system keeps no permissions.
pub(super) fn readable_by_others(path: &Path) -> String {
    format!(
        "other users of this machine may be able to read {}: its file system keeps no permissions",
        path.display()
    )
}

/// `parse`
pub(super) fn parse(config: &Config, files: &[PathBuf]) -> Result<ExitCode, Failure> {
    let standard_input = [PathBuf::from("-")];
    let files = if files.is_empty() { &standard_input } else { files };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut faults = Faults::default();
    for mut file in open_all(files)? {
        // What is printed has no dates: where they can be read in two ways, either will do.
        let order = file.date_order(None).context("read the dates")?.unwrap_or(DateOrder::Mdy);
        let messages = file.messages(Dates { order, zone: Tz::UTC }, BytesRead::default());
        for message in messages.context("read a file from its beginning")? {
            let Some(message) = faults.of(message) else { continue };
            match parse_to(&mut out, &message, &config.labels) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    return Ok(ExitCode::SUCCESS);
                }
                written => written.context("print what a message says")?,
            }
        }
    }
    out.flush().context("print the last message")?;
    faults.tell_rest();
    Ok(if faults.any() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The files of these paths; `-` is standard input. Wrong usage where one holds no messages.
pub(super) fn open_all(paths: &[PathBuf]) -> Result<Vec<MessageFile>, Failure> {
    let files: Vec<MessageFile> =
        paths.iter().map(|path| open(path)).collect::<Result<_, Failure>>()?;
    match files.iter().find_map(MessageFile::refusal) {
        Some(refusal) => Err(Failure::usage(refusal)),
        None => Ok(files),
    }
}

fn open(path: &Path) -> Result<MessageFile, Failure> {
    if path == Path::new("-") {
        let input = MessageFile::spooled("standard input", std::io::stdin().lock());
        return Ok(input.context("read standard input")?);
    }
    MessageFile::open(path).map_err(|error| unusable(path, &error))
}

/// The parts of files that are no messages.
#[derive(Default)]
pub(super) struct Faults(u64);

impl Faults {
    /// The message; what is none is told, and the rest goes on.
    pub(super) fn of<T>(&mut self, found: Result<T, FileError>) -> Option<T> {
        let error = match found {
            Ok(message) => return Some(message),
            Err(error) => error,
        };
        self.0 += 1;
        if self.0 <= FAULTS_TOLD {
            progress::clear();
            print::remark(&error.to_string());
        }
        None
    }

    /// Whether there were any.
    pub(super) fn any(&self) -> bool {
        self.0 > 0
    }

    /// How many were not told.
    pub(super) fn tell_rest(&self) {
        if let Some(rest) = self.0.checked_sub(FAULTS_TOLD).filter(|rest| *rest > 0) {
            let parts = count(rest, "more part", "more parts");
            print::remark(&format!("{parts} could not be read as messages"));
        }
    }
}
