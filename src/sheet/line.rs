//! A row of a sheet and what it comes to.

use super::options::DateOrder;
use super::rows::Row;

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1: the line of a text at which the row begins, as an editor counts; the row of a workbook; the
    /// rowid of a database.
    pub line: u64,
    /// What it says.
    pub what: What,
    /// Of a row that is refused.
    pub named: Named,
    /// Of a line of a statement the words that are numbers of orders only where the ledger knows these. Where they are
    /// all that it has, its row names no order.
    pub others: Vec<String>,
}

/// What a row that is refused speaks of, as far as that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The order.
    pub order_number: Option<String>,
    /// The parcels, as people read them.
    pub tracking_number: Option<String>,
}

impl Line {
    /// A row that says something, or of which nothing more is known.
    pub const fn new(line: u64, what: What) -> Self {
        let named = Named { order_number: None, tracking_number: None };
        Self { line, what, named, others: Vec::new() }
    }
}

/// What a row comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It says something.
    Says(Row),
    /// It is no row of data.
    Ignored(Ignored),
    /// It says something impossible, or too little.
    Refused(Refusal),
}

/// Why a row is no row of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Ignored {
    /// Nothing is in it.
    #[error("an empty row")]
    Blank,
    /// The headings, once more.
    #[error("the headings again")]
    Headings,
    /// Sums of the rows above.
    #[error("a row of sums")]
    Sums,
}

impl Ignored {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Blank, Self::Headings, Self::Sums];
}

/// Why a row of data cannot be taken. Reads as a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The cell of the order's number is empty.
    #[error("it names no order number")]
    NoOrderNumber,
    /// What is in that cell is none.
    #[error("\"{0}\" is not an order number")]
    NotAnOrderNumber(String),
    /// A plain list says nothing but numbers.
    #[error(
        "\"{0}\" says more than an order number; leave the words out, or bring columns with headings, like order number, status, qty"
    )]
    WordsBeside(String),
    /// A line of a tracking list without headings.
    #[error(
        "\"{0}\" is not an order number with its tracking numbers; leave other words out, or bring columns with headings"
    )]
    NoPair(String),
    /// Of two numbers of a line each can be the order's.
    #[error(
        "nothing tells which number of \"{0}\" is the order's; put headings above the list, like order number, tracking number"
    )]
    WhichIsTheOrder(String),
    /// One row speaks of one order.
    #[error("\"{0}\" names several orders; give each a row of its own")]
    SeveralOrders(String),
    /// The cell of the parcel is empty.
    #[error("it names no tracking number")]
    NoParcel,
    /// What is in that cell is none.
    #[error("\"{0}\" is not a tracking number")]
    NotAParcel(String),
    /// A row of a buying group's file speaks of one parcel.
    #[error("\"{0}\" names several parcels; give each a row of its own")]
    SeveralParcels(String),
    /// A spreadsheet has cut a long number: its last digits are lost.
    #[error(
        "\"{0}\" is a number that a spreadsheet has rounded; format the column as text, and bring the original numbers"
    )]
    Rounded(String),
    /// A formula as text: its value is not known here.
    #[error("\"{0}\" is a formula; bring its value")]
    Formula(String),
    /// Not money, or more than fits.
    #[error("\"{0}\" in the column \"{1}\" is not an amount")]
    NotAnAmount(String, String),
    /// Cents of a currency without cents, which is named by its code.
    #[error(
        "\"{0}\" in the column \"{1}\" has cents, and {2} has none; bring it without, or name the currency that it is in"
    )]
    OddCents(String, String, &'static str),
    /// Not a whole number of units, or more than fits.
    #[error("\"{0}\" in the column \"{1}\" is not a number of units up to 1,000,000")]
    NotACount(String, String),
    /// No date, or one that no order can have.
    #[error("\"{0}\" in the column \"{1}\" is not a date")]
    NotADate(String, String),
    /// A date, but not in the order in which a person said that the dates are written.
    #[error("\"{0}\" in the column \"{1}\" is not a date with the {first} first, as you said the dates are", first = first(*.2))]
    OtherOrder(String, String, DateOrder),
    /// No time of the day of its row.
    #[error("\"{0}\" in the column \"{1}\" is not a time of its day")]
    NotATime(String, String),
    /// Nothing costs less than nothing.
    #[error("\"{0}\" in the column \"{1}\" is negative")]
    Negative(String, String),
    /// A part of no units.
    #[error("a part of 0 units changes nothing; leave the cell blank for the whole order")]
    NoUnits,
    /// An order of nothing.
    #[error(
        "an order of 0 units is none; leave the cell blank where the number of units is not known"
    )]
    NothingBought,
    /// The lines of an order in our JSON cannot be read.
    #[error("its items are not as `export` writes them")]
    BrokenItems,
    /// The charges of an order in other currencies in our JSON cannot be read.
    #[error("its other charges are not as `export` writes them")]
    BrokenCharges,
    /// None of the words for a status.
    #[error("\"{0}\" is not a status")]
    UnknownStatus(String),
    /// Neither a code nor a name of a currency.
    #[error("\"{0}\" is not a currency")]
    UnknownCurrency(String),
    /// A line of a statement without its amount.
    #[error("it names no amount")]
    NoAmount,
    /// A line of a statement is a charge or a refund, of one amount.
    #[error("{0} and {1} are two amounts; give each a row of its own")]
    TwoAmounts(String, String),
    /// A line of a statement without its day.
    #[error("it names no date")]
    NoDate,
    /// A comma in a value that is not in quotes shifts all cells behind it.
    #[error(
        "it has more cells than there are headings: a value with a comma in it has to be in quotes"
    )]
    MoreCells,
    /// Bytes of the longest cell.
    #[error("a cell of {0} bytes is too long")]
    LongCell(usize),
    /// A line of a statement may be of many things; this one holds no number.
    #[error("its description holds no order number")]
    NoNumberInDescription,
    /// As it was said when the row was read first.
    #[error("{0}")]
    Noted(String),
}

/// What stands first in a date of this order.
const fn first(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Mdy => "month",
        DateOrder::Dmy => "day",
        DateOrder::Ymd => "year",
    }
}
