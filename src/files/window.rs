//! A file's text as far as it is needed: read piece by piece, so that memory does not grow with the file.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::decode::Decoding;

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;
/// Longer than any message, in bytes: what does not end within it is none.
pub(super) const LONGEST: usize = 8 * 1024 * 1024;

/// What a file's bytes come from.
pub(super) trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Counts the bytes that were read of all files that share it.
#[derive(Debug, Clone, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// How many so far.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The text from a place on.
pub(super) struct Window<'s> {
    source: &'s mut dyn Source,
    decoding: Decoding,
    piece: Vec<u8>,
    text: String,
    /// Bytes of `text` that were taken already.
    taken: usize,
    /// The line at which the rest begins, from 1.
    line: usize,
    ended: bool,
    bytes_read: BytesRead,
}

impl<'s> Window<'s> {
    /// From the beginning of the file on.
    pub(super) fn open(source: &'s mut dyn Source, bytes_read: BytesRead) -> io::Result<Self> {
        source.seek(SeekFrom::Start(0))?;
        let mut piece = Vec::with_capacity(PIECE);
        (&mut *source).take(PIECE as u64).read_to_end(&mut piece)?;
        let (mut decoding, mark) = Decoding::of(&piece);
        let ended = piece.len() < PIECE;
        let mut text = String::new();
        decoding.read(piece.get(mark..).unwrap_or_default(), ended, &mut text);
        bytes_read.0.fetch_add(piece.len() as u64, Ordering::Relaxed);
        Ok(Self { source, decoding, piece, text, taken: 0, line: 1, ended, bytes_read })
    }

    /// The text that is here and was not taken.
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.taken..).unwrap_or_default()
    }

    /// The line at which the rest begins, from 1.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Whether the rest is all that there is.
    pub(super) fn has_all(&self) -> bool {
        self.ended
    }

    /// Lets the rest grow. False: it was all.
    pub(super) fn read_on(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.text.drain(..self.taken);
        self.taken = 0;
        self.piece.clear();
        (&mut *self.source).take(PIECE as u64).read_to_end(&mut self.piece)?;
        self.ended = self.piece.len() < PIECE;
        self.decoding.read(&self.piece, self.ended, &mut self.text);
        self.bytes_read.0.fetch_add(self.piece.len() as u64, Ordering::Relaxed);
        Ok(true)
    }

    /// Lets the rest grow until it has so many bytes or is all.
    pub(super) fn read_to(&mut self, bytes: usize) -> io::Result<()> {
        while self.rest().len() < bytes && self.read_on()? {}
        Ok(())
    }

    /// Passes over so many bytes of the rest.
    pub(super) fn take(&mut self, bytes: usize) {
        let lines = self.rest().get(..bytes).map_or(0, count_lines);
        self.line += lines;
        self.taken += bytes;
    }

    /// Takes the next line, without its end. `None`: there is none. One that is longer than [`LONGEST`]
    /// comes in parts.
    pub(super) fn take_line(&mut self) -> io::Result<Option<String>> {
        let mut looked = 0;
        loop {
            let rest = self.rest();
            let end = rest.get(looked..).and_then(|rest| rest.find('\n')).map(|at| looked + at);
            let (end, behind) = match end {
                Some(end) => (end, end + 1),
                None if self.ended && rest.is_empty() => return Ok(None),
                None if self.ended || rest.len() >= LONGEST => (rest.len(), rest.len()),
                None => {
                    looked = rest.len();
                    self.read_on()?;
                    continue;
                }
            };
            let line = rest.get(..end).unwrap_or_default();
            let line = line.strip_suffix('\r').unwrap_or(line).to_owned();
            self.take(behind);
            return Ok(Some(line));
        }
    }
}

pub(super) fn count_lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn lines_come_whole_however_long_the_file_is() {
        let lines: Vec<String> = (0..20_000).map(|number| format!("é {number}")).collect();
        let mut source = Cursor::new(lines.join("\r\n").into_bytes());
        let read = BytesRead::default();
        let mut window = Window::open(&mut source, read.clone()).expect("read");
        for (number, line) in lines.iter().enumerate() {
            assert_eq!(window.line(), number + 1);
            assert_eq!(window.take_line().expect("read").as_ref(), Some(line));
            assert!(window.text.len() <= 2 * PIECE, "{}", window.text.len());
        }
        assert_eq!(window.take_line().expect("read"), None);
        assert_eq!(read.count(), lines.join("\r\n").len() as u64);
    }
}
