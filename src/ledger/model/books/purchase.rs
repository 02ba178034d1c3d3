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
    /// The second in which it was made, and a digest of what was bought.
    Words(DateTime<Utc>, String),
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
        Some(Self::Words(at, digest(&listed(lines))))
    }
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
            Origin::Words(at, digest) => write!(f, "bought|{}|{digest}", time(at))?,
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
            ["bought", at, digest, _] => {
                at.parse().ok().map(|at| Origin::Words(at, (*digest).to_owned()))
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
            Origin::Words(at, digest("Example Box")),
        ] {
            let purchase = Purchase { origin, place: 2 };
            let name = purchase.to_string();
            assert_eq!(name.parse(), Ok(purchase), "{name}");
            assert!(is_purchase(&name) && order_number::normal(&name).is_none(), "{name}");
        }
        assert_eq!("A-1001".parse::<Purchase>(), Err(NotAPurchase));
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
