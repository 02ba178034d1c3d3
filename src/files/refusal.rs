//! Files that hold no messages: what they are, and what to use instead.

use std::fmt;

/// What a file holds in place of messages. Prints as the rest of a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A CSV of DiscordChatExporter.
    ExporterCsv,
    /// A web page, as DiscordChatExporter writes them, too.
    WebPage,
    /// Rows of cells.
    Table,
    /// Orders, as `export` writes them.
    Orders,
    /// A plain-text export with dates that cannot be read.
    Date {
        /// From 1.
        line: usize,
        /// As it stands there.
        date: String,
    },
    /// A database of SQLite.
    Database,
    /// A workbook, or another archive.
    Archive,
    /// Bytes that are no text.
    Binary,
}

/// What to do for messages that were exported in another way.
const AS_JSON: &str = "export the channel again as JSON (DiscordChatExporter: --format Json)";
/// What `import` and `parse` take.
const TAKES: &str = "give messages, as JSON (DiscordChatExporter: --format Json) or as text copied \
    from Discord";

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExporterCsv => write!(
                f,
                "is a CSV export of DiscordChatExporter, which leaves out the embeds with \
                 the checkouts: {AS_JSON}"
            ),
            Self::WebPage => write!(f, "is a web page (HTML): {AS_JSON}"),
            Self::Table => write!(f, "is a table, not messages: {TAKES}"),
            Self::Orders => {
                write!(f, "holds orders, as `export` writes them, not messages: {TAKES}")
            }
            Self::Date { line, date } => write!(
                f,
                "has dates that cannot be read ([{date}] in line {line}), so that its orders would have \
                 no time: {AS_JSON}"
            ),
            Self::Database => f.write_str("is a database: `restore` puts a backup in its place"),
            Self::Archive => {
                write!(
                    f,
                    "is a workbook or an archive: if it holds messages, unpack it first; otherwise, {TAKES}"
                )
            }
            Self::Binary => write!(f, "is not text: {TAKES}"),
        }
    }
}

impl Refusal {
    /// What the beginning of a text shows at once.
    pub(super) fn of_beginning(text: &str) -> Option<Self> {
        let begins = |words: &[&str]| {
            let beginning = text.get(..words.iter().map(|word| word.len()).max()?);
            let beginning = beginning.unwrap_or(text).to_ascii_lowercase();
            words.iter().any(|word| beginning.starts_with(word)).then_some(())
        };
        if begins(&["sqlite format 3\0"]).is_some() {
            return Some(Self::Database);
        }
        // A byte that is no letter stands for itself in a sample that was read as Windows-1252.
        if begins(&["pk\u{3}\u{4}", "\u{1f}\u{2039}", "7z\u{bc}\u{af}", "rar!"]).is_some() {
            return Some(Self::Archive);
        }
        if begins(&["<!doctype html", "<html"]).is_some() {
            return Some(Self::WebPage);
        }
        if begins(&["authorid,author,date,content", "\"authorid\",\"author\""]).is_some() {
            return Some(Self::ExporterCsv);
        }
        text.contains('\0').then_some(Self::Binary)
    }
}
