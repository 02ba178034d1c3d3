//! A file in memory that may not grow beyond a limit.

use std::io::{Cursor, Error, ErrorKind, Result, Seek, SeekFrom, Write};

/// The bytes so far.
#[derive(Debug, Default)]
pub(super) struct Limited {
    file: Cursor<Vec<u8>>,
    limit: u64,
    overflowed: bool,
}

impl Limited {
    /// An empty file of at most so many bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Whether more was written than fits: the bytes are then of no use.
    pub(super) fn overflowed(&self) -> bool {
        self.overflowed
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.file.into_inner()
    }
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let end = self.file.position().saturating_add(bytes.len() as u64);
        if end > self.limit {
            self.overflowed = true;
            return Err(Error::new(ErrorKind::FileTooLarge, "the file is too large"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Seek for Limited {
    fn seek(&mut self, place: SeekFrom) -> Result<u64> {
        self.file.seek(place)
    }
}
