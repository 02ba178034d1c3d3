//! Rows that were copied out of a workbook, a database or JSON: packed as CSV, which takes the least memory.

use csv::{StringRecord, Writer};

/// Bytes of a table, at the most.
const MAX_BYTES: usize = 128 * 1024 * 1024;

/// The table has grown too large.
#[derive(Debug)]
pub(in crate::sheet) struct Full;

/// Rows and where each stands.
#[derive(Debug, Clone, Default)]
pub(in crate::sheet) struct Table {
    packed: Vec<u8>,
    lines: Vec<u64>,
    /// Whether it says that this program has written it.
    pub(super) is_ours: bool,
}

/// Takes rows up.
#[derive(Debug)]
pub(in crate::sheet) struct Builder {
    writer: Writer<Vec<u8>>,
    lines: Vec<u64>,
}

impl Builder {
    pub(in crate::sheet) fn push<'c>(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), Full> {
        // In memory nothing fails.
        let written = self.writer.write_record(cells.map(str::as_bytes));
        self.lines.push(line);
        let fits = self.writer.get_ref().len() <= MAX_BYTES && written.is_ok();
        if fits { Ok(()) } else { Err(Full) }
    }

    /// How many rows there are.
    pub(in crate::sheet) fn rows(&self) -> usize {
        self.lines.len()
    }

    pub(in crate::sheet) fn finish(self) -> Table {
        Table {
            packed: self.writer.into_inner().unwrap_or_default(),
            lines: self.lines,
            is_ours: false,
        }
    }
}

impl Table {
    pub(in crate::sheet) fn builder() -> Builder {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        Builder { writer, lines: Vec::new() }
    }

    /// The same, and whether it says that this program has written it.
    pub(super) fn written_here(self, is_ours: bool) -> Self {
        Self { is_ours, ..self }
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true);
        Rows { reader: builder.from_reader(&self.packed), lines: self.lines.iter() }
    }
}

pub(in crate::sheet) struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    lines: std::slice::Iter<'t, u64>,
}

impl Rows<'_> {
    pub(super) fn next_into(&mut self, record: &mut StringRecord) -> Option<u64> {
        self.reader.read_record(record).ok()?.then(|| self.lines.next().copied())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let mut builder = Table::builder();
        let given: [&[&str]; 4] = [&["a", "b\nc", "\"d\""], &[""], &["", ""], &["e"]];
        for (line, cells) in (3..).zip(given) {
            builder.push(line, cells.iter().copied()).unwrap();
        }
        let table = builder.finish();
        let (mut rows, mut record) = (table.rows(), StringRecord::new());
        for (line, cells) in (3..).zip(given) {
            assert_eq!(rows.next_into(&mut record), Some(line));
            assert_eq!(record.iter().collect::<Vec<_>>(), cells);
        }
        assert_eq!(rows.next_into(&mut record), None);
    }
}
