//! What a purchase without an order number is called in rows of sheets. Pure.

use std::fmt;
use std::str::FromStr;

use chrono::SubsecRound as _;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use crate::ledger::model::folded::folded;
use crate::order::listed;
use crate::sheet::OrderRow;

/// By what a purchase is known again, the surest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// The message that announced it.
    Message(i64),
    /// Its id in the ledger that wrote the file, and the second in which that ledger noted it.
    Ledger(i64, DateTime<Utc>),
    /// The second in which it was made, a digest of what was bought, and who bought it, as [`who`] says it; empty:
    /// the row does not say.
    Words(DateTime<Utc>, String, String),
}

/// A purchase: of those with the same origin this one, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Purchase {
    pub(crate) origin: Origin,
    pub(crate) place: usize,
}

/// Between the parts of a name. No order number holds it.
const BETWEEN: char = '|';

/// Whether this names a purchase without a number.
pub(crate) fn is_purchase(name: &str) -> bool {
    name.contains(BETWEEN)
}

impl Origin {
    /// The origin of what a row speaks of. `zone`: the clock of times that name none.
    pub(crate) fn of(row: &OrderRow, zone: Tz) -> Option<Self> {
        let second = |at: DateTime<Utc>| at.trunc_subsecs(0);
        let ledger = row.ledger_id.zip(row.noted_at);
        if let Some(message) = row.message_id {
            return Some(Self::Message(message));
        }
        if let Some((id, noted_at)) = ledger {
            return Some(Self::Ledger(id, second(noted_at.utc(zone))));
        }
        let at = second(row.ordered_at?.utc(zone));
        let lines = row.items.iter().map(|item| (item.product.as_deref(), item.quantity));
        let who = who(row.profile.as_deref(), row.email.as_deref());
        Some(Self::Words(at, digest(&listed(lines)), who))
    }
}

/// Tells the few buyers apart who may have bought the same in one second. Too short to tell who they are; empty where
/// nothing is known.
pub(crate) fn who(profile: Option<&str>, email: Option<&str>) -> String {
    if profile.or(email).is_none() {
        return String::new();
    }
    let short = |text: Option<&str>| -> String {
        text.map(|text| digest(text).chars().take(4).collect()).unwrap_or_default()
    };
    format!("{}-{}", short(profile), short(email))
}

/// How well what a row says of a buyer goes with what an order says of its own: all of it is the same, or nothing
/// differs. `None`: something does.
pub(crate) fn is_same_buyer(row: &str, order: &str) -> Option<bool> {
    let parts = |who: &'_ str| {
        let (profile, email) = who.split_once('-').unwrap_or_default();
        [profile.to_owned(), email.to_owned()]
    };
    let pairs = || parts(row).into_iter().zip(parts(order));
    let differs =
        |(said, known): &(String, String)| !said.is_empty() && !known.is_empty() && said != known;
    let is_known = |(said, known): &(String, String)| said.is_empty() || said == known;
    (!pairs().any(|pair| differs(&pair))).then(|| pairs().all(|pair| is_known(&pair)))
}

/// The same for the same products, however a sheet spells them.
pub(crate) fn digest(products: &str) -> String {
    let hash = Sha256::digest(folded(products));
    let halves = hash.iter().take(8).flat_map(|byte| [byte >> 4, byte & 0xF]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// `message|1290000000000000301|0`.
impl fmt::Display for Purchase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        match &self.origin {
            Origin::Message(message) => write!(f, "message|{message}")?,
            Origin::Ledger(id, noted) => write!(f, "order|{id}|{}", time(noted))?,
            Origin::Words(at, digest, who) => {
                write!(f, "bought|{}|{digest}", time(at))?;
                if !who.is_empty() {
                    write!(f, "|{who}")?;
                }
            }
        }
        write!(f, "|{}", self.place)
    }
}

/// The text is no such name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no name of a purchase")]
pub(crate) struct NotAPurchase;

impl FromStr for Purchase {
    type Err = NotAPurchase;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = name.split(BETWEEN).collect();
        let origin = match parts.as_slice() {
            ["message", message, _] => message.parse().ok().map(Origin::Message),
            ["order", id, noted, _] => {
                id.parse().ok().zip(noted.parse().ok()).map(|(id, at)| Origin::Ledger(id, at))
            }
            // As they are without a buyer, and as all were once.
            ["bought", at, digest, _] => {
                at.parse().ok().map(|at| Origin::Words(at, (*digest).to_owned(), String::new()))
            }
            ["bought", at, digest, who, _] => {
                let (digest, who) = ((*digest).to_owned(), (*who).to_owned());
                at.parse().ok().map(|at| Origin::Words(at, digest, who))
            }
            _ => None,
        };
        let place = parts.last().and_then(|place| place.parse().ok());
        let (origin, place) = origin.zip(place).ok_or(NotAPurchase)?;
        Ok(Self { origin, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::order_number;
    use crate::sheet::{ItemRow, Moment};

    #[test]
    fn a_name_is_read_again_and_is_no_order_number() {
        let at = "2026-01-02T03:04:05Z".parse().unwrap();
        for origin in [
            Origin::Message(1_290_000_000_000_000_301),
            Origin::Ledger(17, at),
            Origin::Words(at, digest("Example Box"), String::new()),
            Origin::Words(at, digest("Example Box"), who(Some("Main"), None)),
        ] {
            let purchase = Purchase { origin, place: 2 };
            let name = purchase.to_string();
            assert_eq!(name.parse(), Ok(purchase), "{name}");
            assert!(is_purchase(&name) && order_number::normal(&name).is_none(), "{name}");
        }
        assert_eq!("A-1001".parse::<Purchase>(), Err(NotAPurchase));
    }

    #[test]
    fn buyers_are_the_same_as_far_as_both_are_known() {
        let main = who(Some("Main"), Some("a@example.com"));
        assert_eq!(is_same_buyer(&who(Some("main"), None), &main), Some(true));
        assert_eq!(is_same_buyer("", &main), Some(true));
        assert_eq!(is_same_buyer(&main, &who(Some("Main"), None)), Some(false));
        assert_eq!(is_same_buyer(&main, ""), Some(false));
        assert_eq!(is_same_buyer(&who(Some("Second"), Some("a@example.com")), &main), None);
    }

    #[test]
    fn a_row_is_known_by_the_surest_that_it_names() {
        let moment = |text: &str| text.parse::<Moment>().ok();
        let item = |product: &str| ItemRow { product: Some(product.into()), ..ItemRow::default() };
        let mut row = OrderRow {
            ordered_at: moment("2026-01-02T03:04:05"),
            items: vec![item("Example  Box")],
            noted_at: moment("2026-01-02T03:04:06.789Z"),
            ledger_id: Some(17),
            message_id: Some(5),
            ..OrderRow::default()
        };
        let name = |row: &OrderRow| {
            let origin = Origin::of(row, Tz::UTC).expect("an origin");
            Purchase { origin, place: 0 }.to_string()
        };
        assert_eq!(name(&row), "message|5|0");
        row.message_id = None;
        assert_eq!(name(&row), "order|17|2026-01-02T03:04:06Z|0");
        row.noted_at = None;
        let bought = name(&row);
        assert!(bought.starts_with("bought|2026-01-02T03:04:05Z|"), "{bought}");
        row.items = vec![item("example  box")];
        assert_eq!(name(&row), bought);
        row.items = vec![item("Example Cup")];
        assert_ne!(name(&row), bought);
    }
}
