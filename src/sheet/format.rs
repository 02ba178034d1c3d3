//! Files that are no sheets, told by how they begin.

/// How files of other formats begin, and what people are told.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"\xD0\xCF\x11\xE0", "it is an old Excel workbook; save it as XLSX or CSV"),
    (b"SQLite format 3\0", "it is a database; bring it as CSV or XLSX"),
    (b"%PDF", "it is a PDF; bring it as CSV or XLSX"),
    (b"\x89PNG", PICTURE),
    (b"\xFF\xD8\xFF", PICTURE),
    (b"GIF8", PICTURE),
    (b"RIFF", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"\x1F\x8B", PACKED),
    (b"7z\xBC\xAF", PACKED),
    (b"Rar!", PACKED),
    (b"{\\rtf", "it is a document; bring its table as CSV or XLSX"),
    (b"bplist", "it is a file of Apple's that is no table; bring it as CSV or XLSX"),
];
const PICTURE: &str = "it is a picture; bring the table itself, as CSV, XLSX or a list of numbers";
const PACKED: &str = "it is a packed file; unpack it and bring what is in it";
const WEB_PAGE: &str =
    "it is a web page (HTML); open it in a spreadsheet and save it as CSV or XLSX";
const NO_TEXT: &str = "it is no text; bring a table as CSV or XLSX, or a list of numbers";

/// How web pages begin, in small letters.
const TAGS: [&str; 8] =
    ["<!doctype", "<html", "<head", "<body", "<table", "<meta", "<style", "<script"];
/// Characters that are looked at; fewer than these tell nothing.
const SAMPLE: usize = 4_096;
const FEWEST: usize = 256;

/// What a file is by its first bytes, if it is no sheet; a sentence without its full stop.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    // Pictures of telephones name their format behind the length of the first part.
    let is_box = bytes.get(4..8) == Some(b"ftyp");
    let known = SIGNATURES.iter().find(|(begin, _)| bytes.starts_with(begin));
    known.map(|(_, told)| *told).or(is_box.then_some(PICTURE))
}

/// The same by what can be read of it.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let begin: String = text.trim_start().chars().take(10).flat_map(char::to_lowercase).collect();
    if TAGS.iter().any(|tag| begin.starts_with(tag)) {
        return Some(WEB_PAGE);
    }
    let is_none = |letter: &char| letter.is_control() && !letter.is_whitespace();
    let seen = text.chars().take(SAMPLE).count();
    let none = text.chars().take(SAMPLE).filter(is_none).count();
    // A few may stand in any text.
    (seen >= FEWEST && none * 20 > seen).then_some(NO_TEXT)
}
