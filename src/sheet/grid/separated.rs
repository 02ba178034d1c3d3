//! A text whose cells are separated by commas, semicolons, tabs or bars. The `csv` library passes over empty
//! lines and counts only line feeds; people count both, and both kinds of ends of lines.

use csv::StringRecord;

/// A text and what separates its cells.
#[derive(Debug, Clone)]
pub(in crate::sheet) struct Separated {
    text: String,
    separator: u8,
}

impl Separated {
    /// What may separate cells.
    pub(in crate::sheet) const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

    pub(in crate::sheet) fn new(text: String) -> Self {
        Self { text, separator: b',' }
    }

    /// The separator that the first line names, as Excel writes it: `sep=;`.
    pub(in crate::sheet) fn named_separator(&self) -> Option<u8> {
        let first = self.text.lines().next()?.trim_matches(['"', ' ']);
        let mark = first.strip_prefix("sep=")?.bytes().next().unwrap_or(b'\t');
        Self::SEPARATORS.contains(&mark).then_some(mark)
    }

    pub(super) fn ends_quoted(&self) -> bool {
        self.text.trim_end().ends_with('"')
    }

    pub(in crate::sheet) fn separate_by(&mut self, separator: u8) {
        self.separator = separator;
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        let bytes = self.text.as_bytes();
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.separator);
        Rows { reader: builder.from_reader(bytes), bytes, at: 0, counted: 0, line: 1 }
    }
}

pub(in crate::sheet) struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    bytes: &'t [u8],
    /// Behind the empty lines that were handed out.
    at: usize,
    /// Up to where ends of lines were counted, and the line that begins there.
    counted: usize,
    line: u64,
}

impl Rows<'_> {
    pub(super) fn next_into(&mut self, record: &mut StringRecord) -> Option<u64> {
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        self.at = self.at.max(read);
        let byte = |at: usize| self.bytes.get(at).copied();
        // The library stops between the two bytes of an end of line.
        let in_between = self.at > 0 && byte(self.at - 1) == Some(b'\r');
        if in_between && self.at == read && byte(self.at) == Some(b'\n') {
            self.at += 1;
        }
        let end = match (byte(self.at), byte(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        };
        let line = self.line_at(self.at);
        if end > 0 {
            self.at += end;
            record.clear();
            return Some(line);
        }
        self.reader.read_record(record).ok()?.then_some(line)
    }

    fn line_at(&mut self, at: usize) -> u64 {
        let passed = self.bytes.get(self.counted..at).unwrap_or_default();
        let mut before = self.counted.checked_sub(1).and_then(|at| self.bytes.get(at)).copied();
        for byte in passed.iter().copied() {
            let ends = byte == b'\r' || (byte == b'\n' && before != Some(b'\r'));
            self.line += u64::from(ends);
            before = Some(byte);
        }
        self.counted = self.counted.max(at);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let grid = Separated::new(text.to_owned());
        let (mut rows, mut record, mut all) = (grid.rows(), StringRecord::new(), Vec::new());
        while let Some(line) = rows.next_into(&mut record) {
            all.push((line, record.iter().map(str::to_owned).collect()));
        }
        all
    }

    #[test]
    fn lines_are_those_of_an_editor_with_every_end_of_line() {
        let row = |line, cells: &[&str]| {
            (line, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
        };
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "", "\"c\nd\",e", "f", ""].join(end);
            let expected = [
                row(1, &["a", "b"]),
                row(2, &[]),
                row(3, &[]),
                row(4, &["c\nd", "e"]),
                row(6, &["f"]),
            ];
            assert_eq!(rows(&text), expected, "{end:?}");
        }
        assert_eq!(rows("\n\na\n\n"), [row(1, &[]), row(2, &[]), row(3, &["a"]), row(4, &[])]);
        assert_eq!(rows("\r\na"), [row(1, &[]), row(2, &["a"])]);
        assert_eq!(rows(""), []);
    }

    #[test]
    fn the_first_line_may_name_the_separator() {
        let named = |text: &str| Separated::new(text.to_owned()).named_separator();
        assert_eq!(named("sep=;\na;b"), Some(b';'));
        assert_eq!(named("sep=\t\r\n"), Some(b'\t'));
        assert_eq!(named("order,tracking"), None);
    }
}
