//! Files that are brought, read and understood.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use refract_ledger::config::Config;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{SheetFile, read_old_database};
use refract_ledger::sheet::{self, Kind, Options};
use sha2::{Digest, Sha256};

use super::held::Held;
use super::text::clean;
use crate::cli::bot::block_on;
use crate::cli::failure::Failure;
use crate::cli::files::unusable;

/// A file that cannot be read is as little understood as one without its columns.
fn unread(path: &Path, error: &std::io::Error) -> Failure {
    unusable(path, error).of_usage()
}

/// Reads the database of the system that this one replaces.
fn read_database(path: &Path, name: String, options: &Options) -> Result<SheetFile, Failure> {
    let unlike = |why: String| Failure::usage(clean(&format!("{name}: {why}")));
    let rows = block_on(read_old_database(path))?;
    let rows = rows.map_err(|why| unlike(why.to_string()))?;
    let sheet = rows.read(&name, options).map_err(|why| Failure::usage(clean(&why.to_string())))?;
    let mut file = std::fs::File::open(path).map_err(|error| unread(path, &error))?;
    let (mut hash, mut part) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut part).map_err(|error| unread(path, &error))?;
        let Some(read) = part.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(read);
    }
    Ok(SheetFile { name, sha256: format!("{:x}", hash.finalize()), sheet })
}

/// What each SQLite database begins with.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// A file that was opened, and what it is.
pub(super) enum Brought {
    Understood(SheetFile),
    /// It can be read once somebody has looked up which of these numbers are orders.
    Asks(Unread, Vec<String>),
}

/// A file with its bytes.
pub(super) struct Unread {
    name: String,
    bytes: Vec<u8>,
}

impl Unread {
    /// Understands it, as far as that can be.
    pub(super) fn understood(self, kind: Kind, options: &Options) -> Result<Brought, Failure> {
        let Self { name, bytes } = self;
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        // Only tracking lists are looked at twice.
        let kept = if kind == Kind::Track { bytes.clone() } else { Vec::new() };
        match sheet::read(kind, &name, bytes, options) {
            Ok(sheet) => Ok(Brought::Understood(SheetFile { name, sha256, sheet })),
            Err(why) if why.numbers().is_empty() => Err(Failure::usage(clean(&why.to_string()))),
            Err(why) => Ok(Brought::Asks(Self { name, bytes: kept }, why.numbers().to_vec())),
        }
    }
}

/// Reads a file and understands it.
pub(super) fn read(path: &Path, kind: Kind, options: &Options) -> Result<Brought, Failure> {
    let mut bytes = Vec::new();
    let name = if path == Path::new("-") {
        let input = std::io::stdin().lock().take(sheet::MAX_BYTES + 1).read_to_end(&mut bytes);
        input.context("read standard input")?;
        "standard input".to_owned()
    } else {
        let mut file = std::fs::File::open(path).map_err(|error| unread(path, &error))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let begun = file.by_ref().take(DATABASE.len() as u64).read_to_end(&mut bytes);
        begun.map_err(|error| unread(path, &error))?;
        if kind == Kind::Orders && bytes == DATABASE {
            return read_database(path, name, options).map(Brought::Understood);
        }
        let taken = file.take(sheet::MAX_BYTES + 1 - bytes.len() as u64).read_to_end(&mut bytes);
        taken.map_err(|error| unread(path, &error))?;
        name
    };
    Unread { name, bytes }.understood(kind, options)
}

/// A file, with what the ledger knows of its numbers where that matters.
pub(super) async fn looked_up(
    config: &Config,
    (kind, options): (Kind, &Options),
    named: Option<GuildId>,
    file: Brought,
) -> Result<SheetFile, Failure> {
    let (unread, numbers) = match file {
        Brought::Understood(file) => return Ok(file),
        Brought::Asks(unread, numbers) => (unread, numbers),
    };
    let held = Held::to_preview(config).await?;
    let known = async {
        let guild = held.guild(named).await?;
        Ok(held.ledger.known_numbers(guild, &numbers).await?)
    };
    let known: Result<_, Failure> = known.await;
    held.ledger.close().await;
    match unread.understood(kind, &Options { known: known?, ..options.clone() })? {
        Brought::Understood(file) => Ok(file),
        Brought::Asks(..) => Err(anyhow::anyhow!("asked for the same numbers again").into()),
    }
}
