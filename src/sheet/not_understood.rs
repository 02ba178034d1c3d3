//! Why a file as a whole cannot be read: one sentence that names what is missing and what was found.

use super::field::Field;
use super::options::Kind;

/// A file that was not understood; nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct NotUnderstood {
    /// Its name, without folders.
    pub file: String,
    /// What it lacks.
    pub why: Why,
}

impl NotUnderstood {
    /// The numbers that may be orders' in a file that can be understood once somebody has looked
    /// which of them are: [`super::Known`].
    pub fn numbers(&self) -> &[String] {
        match &self.why {
            Why::NoHeadings { numbers, .. } => numbers,
            _ => &[],
        }
    }
}

/// What a file lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// No row of headings names what a sheet of its kind must have. A map of columns helps.
    #[error(
        "{what}",
        what = missing_column(*kind, missing, &list(found))
    )]
    MissingColumn {
        /// What it was read as.
        kind: Kind,
        /// The names of the column, as people write it.
        missing: &'static str,
        /// The headings that were found instead.
        found: Vec<String>,
        /// Of these headings.
        fingerprint: String,
    },
    /// Its first row is one of numbers, and what stands in the columns does not tell what they mean.
    #[error(
        "it has no headings. {}",
        without_headings(*kind, found)
    )]
    NoHeadings {
        /// What it was read as.
        kind: Kind,
        /// What its columns are called by their places, with what stands in them.
        found: Vec<String>,
        /// What may be numbers of orders, where it matters which of them are and nobody has looked.
        numbers: Vec<String>,
    },
    /// A map takes a row of numbers for the headings.
    #[error(
        "\"{0}\" is a number, and no heading; the columns of a file without headings are called \"column 1\", \"column 2\""
    )]
    NumberForHeading(String),
    /// An `orders` sheet whose headings are none of those that have known meanings.
    #[error(
        "its columns could mean several things; say what they are with --map COLUMN=FIELD. Columns: {columns}. Fields: {fields}",
        columns = list(found)
    )]
    NeedsMap {
        /// The headings.
        found: Vec<String>,
        /// The words for what they may be.
        fields: String,
        /// Of these headings.
        fingerprint: String,
    },
    /// A map names a column that the sheet does not have.
    #[error("it has no column \"{column}\"; found: {found}", found = list(found))]
    UnknownColumn {
        /// As typed.
        column: String,
        /// The headings.
        found: Vec<String>,
    },
    /// A map names something that a sheet of this kind does not have.
    #[error("\"{field}\" is not a field of a sheet of {kind}; use one of {fields}", kind = kind.as_str())]
    UnknownField {
        /// As typed.
        field: String,
        /// What the sheet was read as.
        kind: Kind,
        /// The words that there are.
        fields: String,
    },
    /// Two columns have the same meaning.
    #[error("the columns \"{0}\" and \"{1}\" mean the same; say with --map which of them counts")]
    TwoColumns(String, String),
    /// A date could be read in two ways, and the others do not decide it.
    #[error(
        "\"{example}\" in line {line} can be two dates, and {others} with --dates mdy or --dates dmy",
        others = undecided(against.as_ref())
    )]
    Dates {
        /// A date as it is written.
        example: String,
        /// Where it is.
        line: u64,
        /// A date with the day first, and its line, where the others are written month first.
        against: Option<(String, u64)>,
    },
    /// A quotation mark has swallowed the rest of the file.
    #[error("the quotation mark that opens in line {0} is never closed")]
    OpenQuotation(u64),
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// More bytes than are read.
    #[error("it is larger than {0}")]
    TooLarge(String),
    /// More rows than are read.
    #[error("it has more than {0} rows; bring it in parts")]
    TooManyRows(String),
    /// It is a file of another format.
    #[error("{0}")]
    OtherFormat(&'static str),
    /// A workbook that the library cannot open.
    #[error("it cannot be read as a workbook: {0}")]
    Workbook(String),
    /// Several worksheets could be meant.
    #[error("several of its worksheets can be read ({}); save the one that you mean as a file of its own", list(.0))]
    SeveralWorksheets(Vec<String>),
    /// The JSON text breaks off or is none.
    #[error("line {0} is not JSON as `export` writes it")]
    Json(u64),
}

impl Why {
    /// Whether it can be understood once somebody has looked which numbers are orders'.
    pub(super) fn may_be_told(&self) -> bool {
        matches!(self, Self::NoHeadings { numbers, .. } if !numbers.is_empty())
    }

    /// Whether the column of order numbers was found: then the file is no plain list of them.
    pub(super) fn is_of_a_table(&self) -> bool {
        matches!(self, Self::MissingColumn { kind: Kind::Status, missing, .. } if *missing != "order number")
    }

    pub(super) fn too_many_rows() -> Self {
        Self::TooManyRows(super::limits::MAX_ROWS_TEXT.to_owned())
    }
}

/// A sheet of status needs no more than the order number: what else it may say is only asked about.
fn missing_column(kind: Kind, missing: &str, found: &str) -> String {
    if kind == Kind::Status && missing != "order number" {
        return format!(
            "a column of it may say the {missing}, and none is called so; found: {found}. Say which column it is with --map COLUMN=FIELD, or with --status which status all its orders have"
        );
    }
    format!(
        "a sheet of {} needs a column {missing}; found: {found}. Say which column it is with --map COLUMN=FIELD",
        kind.as_str()
    )
}

/// Why the other dates do not tell the order of one.
fn undecided(against: Option<&(String, u64)>) -> String {
    match against {
        Some((date, line)) => format!(
            "\"{date}\" in line {line} has the day first where others have the month first; correct it, or say which comes first"
        ),
        None => "no other date in the file tells which comes first, the month or the day; say so"
            .to_owned(),
    }
}

/// What to do about a file without headings.
fn without_headings(kind: Kind, found: &[String]) -> String {
    if found.len() < 2 && kind == Kind::Track {
        return "Write each order number and its tracking number into one line, with a comma between them".to_owned();
    }
    let field = Field::of_kind(kind).next().map_or("", Field::as_str);
    let found = list(found);
    format!("Its columns: {found}. Say what they are, like --map \"column 1\"={field}")
}

/// Headings that a sentence names, at the most.
const MAX_NAMED: usize = 40;

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "no headings".to_owned();
    }
    let mut quoted: Vec<String> =
        names.iter().take(MAX_NAMED).map(|name| format!("\"{name}\"")).collect();
    if names.len() > MAX_NAMED {
        quoted.push(format!("and {} more", names.len() - MAX_NAMED));
    }
    quoted.join(", ")
}
