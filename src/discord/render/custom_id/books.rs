//! What the parts of messages about sheets carry.

use std::fmt;

use super::Which;
use super::read::parts;
use crate::ids::UserId;
use crate::ledger::{Applying, OpenKey};
use crate::order::Status;
use crate::sheet::{DateOrder, Field};

/// A part of a message about sheets. What a person needs to use it depends on the sheet: it is asked for when the
/// sheet is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BooksPart {
    /// Applies a preview.
    Apply(Applying, i64),
    /// Drops a preview.
    Cancel(i64),
    /// Says which column of an unread sheet is this field.
    Column(Field, i64),
    /// Offers other fields that its columns may be.
    More(i64),
    /// Says how the dates of an unread sheet are written.
    Dates(DateOrder, i64),
    /// Reads a sheet whose columns were named.
    Read(i64),
    /// Lets go of an unread sheet.
    Leave(i64),
    /// Takes the numbers that were typed into a form, for this status.
    Numbers(Option<Status>),
    /// Turns the list of batches.
    Batches(Turn),
    /// Turns the list of what waits.
    Waiting(Turn),
    /// Takes away what waits.
    Drop(Turn),
    /// Shows the orders of a line of what is open, for the person who asked.
    Lines(UserId, Which),
    /// Turns the orders of a line.
    Line(LinePage),
    /// Marks parcels as handed in.
    HandIn(HandInList),
    /// Takes a handing in back.
    Unhand(i64),
}

/// A page of the orders of a line of what is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinePage {
    /// Who asked; nobody else may turn it.
    pub(crate) user: UserId,
    pub(crate) key: OpenKey,
    /// Orders before the page.
    pub(crate) offset: u32,
    /// The store and the profile, as a list of orders has them.
    pub(crate) which: Which,
}

/// Parcels that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HandInList {
    /// Who saw them; nobody else may mark them by this button.
    pub(crate) user: UserId,
    /// The same for the same parcels.
    pub(crate) digest: String,
    /// The store and the day since which they were ordered.
    pub(crate) which: Which,
}

/// A page of a list, as a button leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Who asked for the list; nobody else may turn it.
    pub(crate) user: UserId,
    /// Entries before the page.
    pub(crate) offset: u32,
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.user, self.offset)
    }
}

impl fmt::Display for BooksPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Apply(how, id) => write!(f, "{}|{id}", word(*how)),
            Self::Cancel(id) => write!(f, "cancel|{id}"),
            Self::Column(field, id) => write!(f, "column|{id}|{}", field.as_str()),
            Self::More(id) => write!(f, "more|{id}"),
            Self::Dates(order, id) => write!(f, "dates|{id}|{order}"),
            Self::Read(id) => write!(f, "read|{id}"),
            Self::Leave(id) => write!(f, "leave|{id}"),
            Self::Numbers(status) => write!(f, "numbers|{}", status.map_or("", Status::as_str)),
            Self::Batches(turn) => write!(f, "batches|{turn}"),
            Self::Waiting(turn) => write!(f, "waiting|{turn}"),
            Self::Drop(turn) => write!(f, "drop|{turn}"),
            Self::Lines(user, which) => write!(f, "lines|{user}|{which}"),
            Self::Line(LinePage { user, key, offset, which }) => {
                write!(f, "line|{user}|{}|{offset}|{which}", key.as_str())
            }
            Self::HandIn(HandInList { user, digest, which }) => {
                write!(f, "handin|{user}|{digest}|{which}")
            }
            Self::Unhand(id) => write!(f, "unhand|{id}"),
        }
    }
}

const fn word(how: Applying) -> &'static str {
    match how {
        Applying::AsShown => "apply",
        Applying::Shipped => "shipped",
        Applying::Anyway => "anyway",
    }
}

/// Such a text read back.
pub(super) fn read(text: &str) -> Option<BooksPart> {
    let (word, rest) = text.split_once('|')?;
    let id = || rest.parse::<i64>().ok();
    Some(match word {
        "apply" => BooksPart::Apply(Applying::AsShown, id()?),
        "shipped" => BooksPart::Apply(Applying::Shipped, id()?),
        "anyway" => BooksPart::Apply(Applying::Anyway, id()?),
        "cancel" => BooksPart::Cancel(id()?),
        "column" => {
            let [id, word] = parts(rest)?;
            let field = Field::ALL.iter().find(|field| field.as_str() == word)?;
            BooksPart::Column(*field, id.parse().ok()?)
        }
        "more" => BooksPart::More(id()?),
        "dates" => {
            let [id, order] = parts(rest)?;
            BooksPart::Dates(order.parse().ok()?, id.parse().ok()?)
        }
        "read" => BooksPart::Read(id()?),
        "leave" => BooksPart::Leave(id()?),
        "numbers" if rest.is_empty() => BooksPart::Numbers(None),
        "numbers" => BooksPart::Numbers(Some(rest.parse().ok()?)),
        "batches" => BooksPart::Batches(turn(rest)?),
        "waiting" => BooksPart::Waiting(turn(rest)?),
        "drop" => BooksPart::Drop(turn(rest)?),
        "lines" => {
            let [user, which] = parts(rest)?;
            BooksPart::Lines(user.parse().ok()?, which.parse().ok()?)
        }
        "line" => BooksPart::Line(line(rest)?),
        "handin" => {
            let [user, digest, which] = parts(rest)?;
            let (user, which) = (user.parse().ok()?, which.parse().ok()?);
            BooksPart::HandIn(HandInList { user, digest: digest.to_owned(), which })
        }
        "unhand" => BooksPart::Unhand(id()?),
        _ => return None,
    })
}

fn line(text: &str) -> Option<LinePage> {
    let [user, key, offset, which] = parts(text)?;
    let key = OpenKey::ALL.into_iter().find(|known| known.as_str() == key)?;
    let (user, offset) = (user.parse().ok()?, offset.parse().ok()?);
    Some(LinePage { user, key, offset, which: which.parse().ok()? })
}

fn turn(text: &str) -> Option<Turn> {
    let [user, offset] = parts(text)?;
    Some(Turn { user: user.parse().ok()?, offset: offset.parse().ok()? })
}
