//! Answers, reports and remarks. `print!` and its siblings panic where a pipe is closed, as `check | head -1` does
//! it: nothing else in the program uses them.

use std::io::{self, ErrorKind, Write};

use crate::cli::failure::Failure;

/// Writes the answer to a question to standard output, as lines.
///
/// # Errors
/// Where it cannot be written: then nothing of what was asked for is done. Whoever closes the pipe has read enough.
pub(crate) fn answer(text: &str) -> Result<(), Failure> {
    let unwritten = |error| Failure::failed(format!("the answer cannot be printed: {error}"));
    written(text).map_err(unwritten)
}

/// Writes to standard output what was done, as lines. It is done, whether somebody reads that or not.
pub(crate) fn report(text: &str) {
    if let Err(error) = written(text) {
        remark(&format!("the answer cannot be printed ({error}); it is done all the same"));
    }
}

fn written(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match writeln!(output, "{text}").and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes to standard error what somebody should know beside the answer, with the program's name in front.
pub(crate) fn remark(text: &str) {
    plain_remark(&format!("refract-ledger: {text}"));
}

/// The same without the name.
pub(crate) fn plain_remark(text: &str) {
    // Where standard error is closed nobody can be told that it is.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Standard output for work that goes on when nobody reads it any more.
pub(crate) struct Unread;

impl Write for Unread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match io::stdout().write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match io::stdout().flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}
