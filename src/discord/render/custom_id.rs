//! What the buttons, menus and forms of the bot's messages carry: their state, so that they work after a
//! restart. Messages stay in their channels for years: a changed layout takes a new first word.

mod books;
mod order_ids;
mod read;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use crate::discord::bot::access::Right;
use crate::ids::{ChannelId, MessageId, OrderId, UserId};
use crate::ledger::Forgettable;
use crate::verdict::Outcome;

pub(crate) use books::{BooksPart, HandInList, LinePage, Turn};
pub(crate) use order_ids::{joined, split};

/// The first words of the ids.
const PAGE: &str = "orders2";
const LOG: &str = "log1";
const OPEN: &str = "open1";
const MARKS: &str = "marks1";
const CARD: &str = "card1";
const FORM: &str = "form1";
/// A form that says which state of the order it shows.
const FORM_SEEN: &str = "form2";
const FIELDS: &str = "fields1";
const FIELDS_SEEN: &str = "fields2";
const RETRY: &str = "retry1";
const FORGET: &str = "forget1";
const UNWATCH: &str = "unwatch1";
const SETTINGS: &str = "settings1";
const SHOW: &str = "show1";
const CANCEL: &str = "cancel1";
const BOOKS: &str = "books1";

/// What a part of a message or a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CustomId {
    /// Turns a list of orders to another page.
    Page(PageTurn),
    /// Turns the log of messages to another page.
    Log(LogPage),
    /// Opens orders of the list that this person asked for.
    Open(UserId),
    /// Sets the status of several orders; more of them are in the values of the menu.
    Marks(Vec<OrderId>),
    /// Shows or changes the order of a card.
    Card(CardPart),
    /// Takes what was typed into a form of a card.
    Form(Form),
    /// Chooses which values of an order are corrected, and takes the form that asks for them.
    Fields(Fields),
    /// Reads a message again.
    Retry(MessageId),
    /// Confirms a `/forget`.
    Forget(Confirmation),
    /// Confirms a `/setup unwatch`.
    Unwatch(Unwatch),
    /// Takes a change of so many settings back, which was made at this time.
    Settings(DateTime<Utc>, usize),
    /// Opens an order that may be meant.
    Show(OrderId),
    /// Leaves all as it is; only who asked may.
    Cancel(UserId),
    /// Is about sheets.
    Books(BooksPart),
}

/// A page of a list of orders, as a button leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageTurn {
    /// Who asked for the list; nobody else may turn it.
    pub(crate) user: UserId,
    /// Orders a page, 1 to 25.
    pub(crate) limit: u32,
    /// Orders before the page.
    pub(crate) offset: u32,
    pub(crate) which: Which,
}

/// Which orders a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    /// As [`super::orders::list_query::ListQuery::encoded`] writes it.
    Here(String),
    /// A query that the ledger keeps, since it is too long for an id.
    Kept(i64),
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(query) => write!(f, "={query}"),
            Self::Kept(id) => write!(f, "#{id}"),
        }
    }
}

impl FromStr for Which {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(query) = text.strip_prefix('=') {
            return Ok(Self::Here(query.to_owned()));
        }
        let id = text.strip_prefix('#').and_then(|id| id.parse().ok());
        id.map(Self::Kept).ok_or(UnknownId)
    }
}

/// A page of the log of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogPage {
    /// Who asked for the log; nobody else may turn it.
    pub(crate) user: UserId,
    /// Messages a page, 1 to 25.
    pub(crate) limit: u32,
    /// `None`: messages of every outcome.
    pub(crate) outcome: Option<Outcome>,
    /// When the last message of the page before was received, and its id. `None`: the first page.
    pub(crate) behind: Option<(DateTime<Utc>, MessageId)>,
}

/// A menu or a button of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CardPart {
    pub(crate) action: CardAction,
    pub(crate) order: OrderId,
    /// [`crate::ledger::order_version`] of the order when the card was made.
    pub(crate) version: i64,
}

/// What a part of a card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardAction {
    Status,
    Tracking,
    Note,
    History,
    Undo,
    /// Counts a product that was counted once and may be another one.
    CountBoth,
    /// Asks for the number of an order without one.
    Number,
    /// Asks which values are to be corrected.
    Correct,
}

/// A form of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) kind: FormKind,
    pub(crate) order: OrderId,
    /// [`crate::ledger::order_version`] of the order when the form was opened. `None`: what is typed holds for any.
    pub(crate) seen: Option<i64>,
}

/// The values of an order that are corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) order: OrderId,
    /// As [`Form::seen`]. `None`: they are chosen first.
    pub(crate) seen: Option<i64>,
}

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormKind {
    Tracking,
    Note,
    Number,
}

/// A `/forget` that waits for its confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Confirmation {
    /// Who asked; nobody else may confirm it.
    pub(crate) user: UserId,
    /// Whether the orders are deleted, too.
    pub(crate) delete_orders: bool,
    pub(crate) what: Forgettable,
}

/// A `/setup unwatch` that waits for its confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unwatch {
    /// Who asked; nobody else may confirm it.
    pub(crate) user: UserId,
    pub(crate) channel: ChannelId,
    /// Whether the bot's own webhook is deleted, too.
    pub(crate) deletes: bool,
}

impl CustomId {
    /// All that a person needs to use it. Discord asks nobody's permission for parts of a message:
    /// whoever sees one can press it.
    pub(crate) fn rights(&self) -> &'static [Right] {
        match self {
            Self::Page(_)
            | Self::Books(_)
            | Self::Log(_)
            | Self::Open(_)
            | Self::Show(_)
            | Self::Card(CardPart { action: CardAction::History, .. }) => &[Right::View],
            Self::Marks(_) | Self::Card(_) | Self::Form(_) | Self::Fields(_) => {
                &[Right::View, Right::Mark]
            }
            Self::Retry(_) => &[Right::View, Right::Admin],
            // Whoever runs the bot need not be somebody who looks at the orders.
            Self::Forget(_) | Self::Unwatch(_) | Self::Settings(..) => &[Right::Admin],
            // It changes nothing, and is for who asked alone.
            Self::Cancel(_) => &[],
        }
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(PageTurn { user, limit, offset, which }) => {
                write!(f, "{PAGE}|{user}|{limit}|{offset}|{which}")
            }
            Self::Log(LogPage { user, limit, outcome, behind }) => {
                let outcome = outcome.map_or("", Outcome::as_str);
                let (at, id) = behind.map_or((0, 0), |(at, id)| (at.timestamp_millis(), id.0));
                write!(f, "{LOG}|{user}|{limit}|{outcome}|{at}|{id}")
            }
            Self::Open(user) => write!(f, "{OPEN}|{user}"),
            Self::Marks(orders) => write!(f, "{MARKS}|{}", joined(orders)),
            Self::Card(CardPart { action, order, version }) => {
                write!(f, "{CARD}|{}|{order}|{version}", action.word())
            }
            Self::Form(Form { kind, order, seen: None }) => {
                write!(f, "{FORM}|{}|{order}", kind.word())
            }
            Self::Form(Form { kind, order, seen: Some(version) }) => {
                write!(f, "{FORM_SEEN}|{}|{order}|{version}", kind.word())
            }
            Self::Fields(Fields { order, seen: None }) => write!(f, "{FIELDS}|{order}"),
            Self::Fields(Fields { order, seen: Some(version) }) => {
                write!(f, "{FIELDS_SEEN}|{order}|{version}")
            }
            Self::Retry(message) => write!(f, "{RETRY}|{message}"),
            Self::Forget(Confirmation { user, delete_orders, what }) => {
                let (kind, word) = match what {
                    Forgettable::Email(address) => ("email", address),
                    Forgettable::Order(number) => ("order", number),
                    Forgettable::Message(message) => ("message", &message.to_string()),
                };
                // What is forgotten comes last, since it may hold anything.
                write!(f, "{FORGET}|{user}|{}|{kind}|{word}", u8::from(*delete_orders))
            }
            Self::Books(part) => write!(f, "{BOOKS}|{part}"),
            Self::Settings(at, count) => write!(f, "{SETTINGS}|{}|{count}", at.timestamp_millis()),
            Self::Show(order) => write!(f, "{SHOW}|{order}"),
            Self::Cancel(user) => write!(f, "{CANCEL}|{user}"),
            Self::Unwatch(Unwatch { user, channel, deletes }) => {
                let what = if *deletes { "delete" } else { "keep" };
                write!(f, "{UNWATCH}|{user}|{channel}|{what}")
            }
        }
    }
}

/// The id is of an older version of the bot, or of nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnknownId;

impl FromStr for CustomId {
    type Err = UnknownId;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        read::custom_id(id).ok_or(UnknownId)
    }
}
