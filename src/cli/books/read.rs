//! Files that are brought, read and understood.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use refract_ledger::ledger::{SheetFile, read_old_database};
use refract_ledger::sheet::{self, Kind, Options};
use sha2::{Digest, Sha256};

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

/// Reads a file and understands it.
pub(super) fn read(path: &Path, kind: Kind, options: &Options) -> Result<SheetFile, Failure> {
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
            return read_database(path, name, options);
        }
        let taken = file.take(sheet::MAX_BYTES + 1 - bytes.len() as u64).read_to_end(&mut bytes);
        taken.map_err(|error| unread(path, &error))?;
        name
    };
    let sha256 = format!("{:x}", Sha256::digest(&bytes));
    let sheet = sheet::read(kind, &name, bytes, options)
        .map_err(|why| Failure::usage(clean(&why.to_string())))?;
    Ok(SheetFile { name, sha256, sheet })
}
