//! What may happen to a ledger, drawn from any bytes.

use refract_ledger::order::Status;

/// Orders that are spoken of.
pub(crate) const NUMBERS: u8 = 6;
/// People who buy; each order is of one of them.
pub(crate) const BUYERS: u8 = 3;
/// Statuses that people set; messages say others, so that taking a mark back always shows.
const MARKS: [Status; 5] =
    [Status::Processing, Status::Sold, Status::Returned, Status::Refunded, Status::Cancelled];

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The checkout of an order comes, perhaps again.
    Checkout(u8, Bought),
    /// It is edited, in this minute.
    Edit(u8, Bought, u32),
    /// It is edited in this minute into something that announces nothing: a notice that the order is shipped or
    /// delivered, or something else.
    EditAway(u8, Option<bool>, u32),
    /// A message says that the order is shipped, or delivered.
    Update(u8, bool),
    /// A person sets its status.
    Mark(u8, Status),
    /// A person writes a note.
    Note(u8),
    /// A person adds a tracking number.
    Track(u8),
    /// A person sets what it cost.
    Correct(u8),
    /// A person takes the last of these back.
    Undo(u8),
    /// An order is forgotten, or deleted.
    ForgetOrder(u8, bool),
    /// A buyer is forgotten, or deleted.
    ForgetBuyer(u8, bool),
    /// All kept messages are read again.
    Reparse,
    /// The ledger is closed and opened.
    Restart,
}

/// What a checkout says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bought {
    /// Dollars for one.
    pub(crate) price: u32,
    pub(crate) units: u32,
    /// Whether it says as well that the order is shipped, or delivered.
    pub(crate) is_delivered: Option<bool>,
}

impl Step {
    /// The step that three bytes stand for.
    pub(crate) fn of([kind, which, how]: [u8; 3]) -> Self {
        let number = which % NUMBERS;
        let is_delivered = [None, Some(false), Some(true)][usize::from(how / 3 % 3)];
        let bought =
            Bought { price: 10 + u32::from(how), units: 1 + u32::from(how % 3), is_delivered };
        let first = Bought { price: 10 + u32::from(number), units: 2, is_delivered: None };
        let deletes = how.is_multiple_of(2);
        match kind % 32 {
            // When it comes again it says the same.
            0..=5 => Self::Checkout(number, first),
            6 | 7 => Self::EditAway(number, is_delivered, u32::from(how % 60)),
            8..=11 => Self::Edit(number, bought, u32::from(how % 60)),
            12..=15 => Self::Update(number, deletes),
            16..=18 => Self::Mark(number, MARKS[usize::from(how) % MARKS.len()]),
            19 | 20 => Self::Note(number),
            21 | 22 => Self::Track(number),
            23 | 24 => Self::Correct(number),
            25..=27 => Self::Undo(number),
            28 => Self::ForgetOrder(number, deletes),
            29 => Self::ForgetBuyer(which % BUYERS, deletes),
            30 => Self::Reparse,
            _ => Self::Restart,
        }
    }

    /// The steps that any bytes stand for.
    pub(crate) fn all_of(bytes: &[u8]) -> Vec<Self> {
        bytes.as_chunks().0.iter().copied().map(Self::of).collect()
    }
}

/// Who buys an order.
pub(crate) const fn buyer_of(number: u8) -> u8 {
    number % BUYERS
}
