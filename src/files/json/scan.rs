//! Where the values of a JSON text begin and end, without reading them: so that one broken value does
//! not cost the others, and a large file need not be held as a tree.

use std::io;

use super::super::window::{LONGEST, Window};

/// How far the end of a value was looked for; goes on where it stopped when more text is there.
#[derive(Debug, Default)]
struct Scan {
    from: usize,
    at: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

/// What a look gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The value ends before this byte.
    End(usize),
    /// More text is needed.
    Open,
    /// No value stands here.
    Nothing,
}

impl Scan {
    /// For the value that begins at this byte.
    fn from(from: usize) -> Self {
        Self { from, at: from, ..Self::default() }
    }

    /// For the rest of an array or object whose bracket was passed.
    fn within() -> Self {
        Self { depth: 1, ..Self::default() }
    }

    fn look(&mut self, text: &str) -> Seen {
        let begin = self.at;
        let bytes = text.as_bytes().get(begin..).unwrap_or_default();
        for (offset, byte) in bytes.iter().enumerate() {
            let at = begin + offset;
            if self.in_string {
                self.in_string = self.escaped || *byte != b'"';
                self.escaped = !self.escaped && *byte == b'\\';
                if self.in_string || self.depth > 0 {
                    continue;
                }
                return Seen::End(at + 1);
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 1 => self.depth -= 1,
                b'}' | b']' if self.depth == 1 => return Seen::End(at + 1),
                b'}' | b']' | b',' | b':' if self.depth == 0 && at == self.from => {
                    return Seen::Nothing;
                }
                b'}' | b']' | b',' | b':' if self.depth == 0 => return Seen::End(at),
                space if self.depth == 0 && space.is_ascii_whitespace() => return Seen::End(at),
                _ => {}
            }
        }
        self.at = text.len();
        Seen::Open
    }

    /// Whether a text that ends here ends with a whole value, a number perhaps.
    fn may_end(&self) -> bool {
        self.depth == 0 && !self.in_string
    }
}

/// The end of the value that begins at this byte of the rest, which is read on for it. `None` when it has
/// none, or is longer than any message.
pub(in super::super) fn value_end(
    window: &mut Window<'_>,
    from: usize,
) -> io::Result<Option<usize>> {
    let mut scan = Scan::from(from);
    loop {
        match scan.look(window.rest()) {
            Seen::End(end) => return Ok(Some(end)),
            Seen::Nothing => return Ok(None),
            Seen::Open if window.rest().len() > LONGEST => return Ok(None),
            Seen::Open if window.read_on()? => {}
            Seen::Open => {
                let end = window.rest().len();
                return Ok((end > from && scan.may_end()).then_some(end));
            }
        }
    }
}

/// Takes all up to the bracket that closes what was begun, and that bracket, without holding it.
pub(in super::super) fn take_to_close(window: &mut Window<'_>) -> io::Result<()> {
    let mut scan = Scan::within();
    loop {
        match scan.look(window.rest()) {
            Seen::End(end) => {
                window.take(end);
                return Ok(());
            }
            Seen::Nothing | Seen::Open => {
                window.take(window.rest().len());
                scan.at = 0;
                if !window.read_on()? {
                    return Ok(());
                }
            }
        }
    }
}

/// The first byte from this one on that is neither white space nor one of these marks, and where it is.
pub(in super::super) fn next_byte(
    window: &mut Window<'_>,
    from: usize,
    marks: &[u8],
) -> io::Result<(usize, Option<u8>)> {
    let mut at = from;
    loop {
        let rest = window.rest().as_bytes().get(at..).unwrap_or_default();
        let passes = |byte: &&u8| byte.is_ascii_whitespace() || marks.contains(byte);
        at += rest.iter().take_while(passes).count();
        match window.rest().as_bytes().get(at).copied() {
            Some(byte) => return Ok((at, Some(byte))),
            None if window.read_on()? => {}
            None => return Ok((at, None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::super::window::BytesRead;
    use super::*;

    fn end_of(text: &str, from: usize) -> Option<usize> {
        let mut source = Cursor::new(text.as_bytes().to_vec());
        let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
        value_end(&mut window, from).expect("read")
    }

    #[test]
    fn values_end_where_they_end() {
        for (text, from, value) in [
            ("{\"a\": \"]}\\\"\"}, 5", 0, Some("{\"a\": \"]}\\\"\"}")),
            ("[1, {}]]", 0, Some("[1, {}]")),
            ("\"x\\\\\" y", 0, Some("\"x\\\\\"")),
            ("[5 ]", 1, Some("5")),
            ("true", 0, Some("true")),
            ("\"name\":1", 0, Some("\"name\"")),
            ("{\"b\": ", 0, None),
            ("}", 0, None),
            (": 5", 0, None),
            ("", 0, None),
        ] {
            let end = end_of(text, from);
            assert_eq!(end.and_then(|end| text.get(from..end)), value, "{text}");
        }
    }

    #[test]
    fn a_value_that_is_longer_than_a_piece_is_found_whole() {
        let text = format!("{{\"a\": \"{}\\\"\", \"b\": [1]}} tail", "é".repeat(100_000));
        assert_eq!(end_of(&text, 0), Some(text.len() - " tail".len()));
    }

    #[test]
    fn what_is_longer_than_any_message_is_not_held() {
        let text = format!("[{}", "1,".repeat(LONGEST));
        assert_eq!(end_of(&text, 0), None);
        let mut source = Cursor::new(format!("{text}] rest").into_bytes());
        let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
        window.take(1);
        take_to_close(&mut window).expect("read");
        assert_eq!(window.rest(), " rest");
    }
}
