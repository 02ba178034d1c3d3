//! Answers and remarks. `print!` and its siblings panic where a pipe is closed, as `check | head -1` does
//! it: nothing else in the program uses them.

use std::io::{self, ErrorKind, Write};

/// Writes an answer to standard output, as lines. What was asked for is done, whether somebody reads the
/// answer or not.
pub(crate) fn answer(text: &str) {
    if let Err(error) = writeln!(io::stdout().lock(), "{text}")
        && error.kind() != ErrorKind::BrokenPipe
    {
        remark(&format!("the answer cannot be printed ({error}); it is done all the same"));
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
