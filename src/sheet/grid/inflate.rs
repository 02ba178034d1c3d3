//! Inflates the parts of a workbook under a cap, before a library sees them. What an archive says of its sizes
//! cannot be trusted, so they are measured.

use std::io::{self, Cursor, Read, Write};

use zip::ZipArchive;

use super::workbook::WRITTEN_BY;

/// Bytes of all parts together.
const MAX_INFLATED: u64 = 512 * 1024 * 1024;
/// Bytes of the texts that cells share, which the library keeps in memory.
const MAX_SHARED: u64 = 64 * 1024 * 1024;
/// Tags in them: each text that they hold takes one at least.
const MAX_SHARED_TAGS: u64 = 4_000_000;
/// Bytes without a tag: the library reads each text whole.
const MAX_TEXT: usize = 2 * 1024 * 1024;
/// Parts of a workbook.
const MAX_PARTS: usize = 2_000;
/// Bytes of what a workbook says of itself.
const MAX_PROPERTIES: u64 = 64 * 1024;
/// What begins the entry of a part in an archive's directory.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
/// Of the shared texts, where their number is announced.
const HEAD: usize = 4_096;

/// Why the parts may not be read.
pub(super) const TOO_LARGE: &str = "its parts are too large";
const BROKEN: &str = "the archive is damaged";

/// Whether the archive can be read within the caps.
pub(super) fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let parts = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count();
    if parts > MAX_PARTS {
        return Err("it has too many parts");
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let mut left = MAX_INFLATED;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| BROKEN)?;
        let is_shared =
            part.name().map_err(|_| BROKEN)?.to_lowercase().ends_with("sharedstrings.xml");
        let mut measure = Measure {
            left: if is_shared { left.min(MAX_SHARED) } else { left },
            taken: 0,
            tags: 0,
            text: 0,
            head: Vec::new(),
        };
        io::copy(&mut part, &mut measure).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => TOO_LARGE,
            _ => BROKEN,
        })?;
        if is_shared && announces_more(&measure) {
            return Err(BROKEN);
        }
        if is_shared && measure.tags > MAX_SHARED_TAGS {
            return Err(TOO_LARGE);
        }
        left -= measure.taken.min(left);
    }
    Ok(())
}

/// Whether a workbook that may be read says that this program has written it.
pub(super) fn is_ours(bytes: &[u8]) -> bool {
    let (name, value) = WRITTEN_BY;
    let properties = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let part = archive.by_name("docProps/custom.xml").ok()?;
        let mut text = String::new();
        part.take(MAX_PROPERTIES).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let says = |text: String| {
        let (_, behind) = text.split_once(&format!("name=\"{name}\""))?;
        let own = behind.split("</property>").next()?;
        Some(own.contains(&format!(">{value}<")))
    };
    properties().and_then(says).unwrap_or(false)
}

/// Takes bytes and keeps none but the first.
struct Measure {
    left: u64,
    taken: u64,
    tags: u64,
    /// Bytes since the last tag.
    text: usize,
    head: Vec<u8>,
}

impl Write for Measure {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.head.extend(bytes.iter().take(HEAD.saturating_sub(self.head.len())));
        self.taken += bytes.len() as u64;
        for byte in bytes {
            let is_tag = *byte == b'<';
            self.tags += u64::from(is_tag);
            self.text = if is_tag { 0 } else { self.text + 1 };
            if self.text > MAX_TEXT {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        if self.taken > self.left {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether more shared texts are announced than there are tags: the library makes room for as many as it is
/// promised.
fn announces_more(measure: &Measure) -> bool {
    let head = String::from_utf8_lossy(&measure.head);
    let Some((_, after)) = head.split_once("uniqueCount") else { return false };
    let digits: String = after
        .trim_start_matches(|mark: char| mark.is_whitespace() || "=\"'".contains(mark))
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    !digits.is_empty() && digits.parse::<u64>().map_or(true, |count| count > measure.tags)
}

#[cfg(test)]
pub(super) mod tests {
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of these parts.
    pub(in crate::sheet::grid) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_inflates_beyond_a_cap_is_not_read() {
        let line = [b"<".as_slice(), &[b'x'; 1_023]].concat();
        let shared = line.repeat(usize::try_from(MAX_SHARED).unwrap() / line.len() + 1);
        let long_text = vec![b'a'; MAX_TEXT + 1];
        let many = b"<si/>".repeat(usize::try_from(MAX_SHARED_TAGS).unwrap() + 1);
        let promised = b"<sst count=\"1\" uniqueCount=\"99999999999999999999\"><si/></sst>";
        assert_eq!(check(&archive(&[("xl/worksheets/sheet1.xml", b"<a>b</a>")])), Ok(()));
        assert_eq!(check(&archive(&[("xl/sharedStrings.xml", &shared)])), Err(TOO_LARGE));
        assert_eq!(check(&archive(&[("xl/sharedStrings.xml", &many)])), Err(TOO_LARGE));
        assert_eq!(check(&archive(&[("xl/worksheets/sheet1.xml", &long_text)])), Err(TOO_LARGE));
        assert_eq!(check(&archive(&[("xl/sharedStrings.xml", promised)])), Err(BROKEN));
        assert_eq!(check(b"PK\x03\x04 and nothing else"), Err(BROKEN));
        assert_eq!(check(&ENTRY.repeat(MAX_PARTS + 1)), Err("it has too many parts"));
    }
}
