//! A file of messages, in whichever form they stand in it.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::exporter::date::DateOrder;
use super::exporter::doubt::{DateDoubt, Evidence};
use super::exporter::text::{Dates, next_heading};
use super::messages::Messages;
use super::refusal::Refusal;
use super::shape::{Shape, shape};
use super::window::{BytesRead, Source, Window};

/// A file of messages. It is read piece by piece, each time from the beginning.
pub struct MessageFile {
    name: String,
    bytes: u64,
    source: Box<dyn Source>,
    shape: Shape,
}

impl fmt::Debug for MessageFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, bytes, source: _, shape } = self;
        f.debug_struct("MessageFile")
            .field("name", name)
            .field("bytes", bytes)
            .field("shape", shape)
            .finish()
    }
}

impl MessageFile {
    /// The file of this path. Its name stands in errors as it was typed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        match () {
            () if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            () if metadata.is_file() => Self::of(name, metadata.len(), Box::new(file)),
            () => Self::spooled(name, file),
        }
    }

    /// What comes from a pipe, and can be read once only: it goes into a temporary file.
    ///
    /// # Errors
    /// When it cannot be read, or the temporary file not be written.
    pub fn spooled(name: impl Into<String>, mut pipe: impl Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        let bytes = io::copy(&mut pipe, &mut file)?;
        Self::of(name.into(), bytes, Box::new(file))
    }

    /// These bytes.
    ///
    /// # Errors
    /// Never.
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> io::Result<Self> {
        Self::of(name.into(), bytes.len() as u64, Box::new(Cursor::new(bytes.to_vec())))
    }

    fn of(name: String, bytes: u64, mut source: Box<dyn Source>) -> io::Result<Self> {
        let shape = shape(&mut Window::open(source.as_mut(), BytesRead::default())?)?;
        Ok(Self { name, bytes, source, shape })
    }

    /// How long it is.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it holds in place of messages, in a sentence that says what to use instead.
    pub fn refusal(&self) -> Option<String> {
        match &self.shape {
            Shape::Refused(refusal) => Some(self.sentence(refusal)),
            _ => None,
        }
    }

    fn sentence(&self, refusal: &Refusal) -> String {
        format!("{} {refusal}", self.name)
    }

    /// In which order day, month and year stand in its dates; `asked`: what a person says of it.
    ///
    /// # Errors
    /// When it cannot be read. The inner one: when the dates do not say, in a sentence that names the file.
    pub fn date_order(
        &mut self,
        asked: Option<DateOrder>,
    ) -> io::Result<Result<DateOrder, String>> {
        let mut evidence = Evidence::new(asked);
        if self.shape == Shape::ExporterText {
            let mut window = Window::open(self.source.as_mut(), BytesRead::default())?;
            while let Some(heading) = next_heading(&mut window)? {
                if let Err(doubt) = evidence.add(heading) {
                    return Ok(Err(self.doubt(&doubt)));
                }
            }
        }
        Ok(evidence.order().map_err(|doubt| self.doubt(&doubt)))
    }

    fn doubt(&self, doubt: &DateDoubt) -> String {
        format!("{}, {doubt}", self.name)
    }

    /// The messages one by one. A part that is no message gives an error and costs no other.
    ///
    /// # Errors
    /// When the file cannot be read from its beginning on.
    pub fn messages(&mut self, dates: Dates, bytes_read: BytesRead) -> io::Result<Messages<'_>> {
        let window = Window::open(self.source.as_mut(), bytes_read)?;
        Ok(Messages::new(&self.name, window, &self.shape, dates))
    }
}
