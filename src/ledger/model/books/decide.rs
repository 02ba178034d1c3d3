//! What becomes of a row, by what its order is.

pub(crate) mod waited;

use std::borrow::Cow;

use super::{Evidence, copies};
use crate::ledger::model::books::received::currencies::odd_cents;
use crate::ledger::model::books::received::facts;
use crate::order::{Currency, Money, Status};
use crate::sheet::{Row, StatusRow};

/// What the command line offers behind the reason why an order is not cancelled.
pub const ANYWAY: &str = "; cancel it all the same with --anyway";

/// Why a row of a tracking list says nothing.
pub(crate) const NO_PARCEL: &str = "the cell of the tracking number is empty";

/// The same of a group's file.
pub(crate) const NOTHING_OF_PARCEL: &str = "it says nothing of the parcel";

/// The same of a list of statuses.
const NO_STATUS: &str = "it names no status";

/// Why a row changes nothing that says nothing.
pub(crate) const SAY_NOTHING: [&str; 3] = [NO_PARCEL, NOTHING_OF_PARCEL, NO_STATUS];

/// Why a row sets no status.
pub(crate) const HAS_STATUS: &str = "the order has this status";

/// An order as far as rows can change it; it changes with each row that is decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) status: Option<Status>,
    pub(crate) units: i64,
    /// Whether a group has received some of it.
    pub(crate) is_received: bool,
    /// Whether the group has paid for it.
    pub(crate) is_paid: bool,
    /// Its parcels as they are compared.
    pub(crate) parcels: Vec<String>,
    /// What its amounts are in.
    pub(crate) currency: Option<Currency>,
    /// What it costs however many units are left: stated, or the sum of several lines.
    pub(crate) fixed_cost: Option<Money>,
}

impl Side {
    /// What a row has done to its status and its units, as people read it before they apply a sheet; empty: nothing.
    pub(crate) fn told_since(&self, was: &Self) -> Cow<'static, str> {
        let status = |side: &Self| side.status.map_or("unknown", Status::as_str);
        if self.status != was.status {
            return format!("{} → {}", status(was), status(self)).into();
        }
        if self.units != was.units {
            let units = format!("{} → {} units", was.units, self.units);
            return match self.fixed_cost {
                Some(cost) => {
                    format!("{units}; its cost stays {cost}, correct the total if less was charged")
                }
                None => units,
            }
            .into();
        }
        Cow::Borrowed("")
    }
}

/// What becomes of a row of an order that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    Changed,
    /// Why it changes nothing.
    Already(&'static str),
    /// Why it cannot be.
    Refused(String),
}

use Decision::{Already, Changed, Refused};

/// Whether this row is one of the rows already, where rows of the same words count as often as in the file that has
/// most of them. `row` names the file in which it stands.
pub(crate) fn is_known(rows: &[Evidence], row: &Evidence) -> bool {
    let here = |known: &&Evidence| {
        known.fingerprint == row.fingerprint && (known.batch, known.file) == (row.batch, row.file)
    };
    rows.iter().filter(here).count() < copies(rows, &row.fingerprint)
}

/// Decides about a row of an order, and lets the order be what it makes of it. `rows`: those that hold of this
/// number.
pub(crate) fn decide(
    row: &Evidence,
    side: &mut Side,
    rows: &[Evidence],
    (anyway, key_of): (bool, fn(&str) -> String),
) -> Decision {
    match &row.row {
        Row::Track(track) => {
            let keys = track.parcels.iter().map(|parcel| key_of(parcel));
            let new: Vec<String> = keys.filter(|key| !side.parcels.contains(key)).collect();
            if track.parcels.is_empty() {
                return Already(NO_PARCEL);
            }
            let is_marked = track.status.is_none() || track.status == side.status;
            if new.is_empty() && is_marked {
                return Already("the order has this tracking number");
            }
            side.parcels.extend(new);
            side.status = track.status.or(side.status);
            Changed
        }
        Row::Status(status) => of_status(status, side, is_known(rows, row), anyway),
        Row::Charges(_) if is_known(rows, row) => Already("this line was brought before"),
        Row::Charges(charge) => {
            odd_cents("amount", Some(charge.amount), side.currency).map_or(Changed, Refused)
        }
        Row::Received(_) | Row::Orders(_) => Already(""),
    }
}

fn of_status(row: &StatusRow, side: &mut Side, is_known: bool, anyway: bool) -> Decision {
    let Some(status) = row.status else { return Already(NO_STATUS) };
    let is_whole = row.units.is_none_or(|units| units == side.units);
    match row.units {
        Some(_) if is_known && ends_life(status) => {
            return Already("this part was taken off before");
        }
        None if side.status == Some(status) => return Already(HAS_STATUS),
        Some(_) if is_whole && !ends_life(status) && side.status == Some(status) => {
            return Already(HAS_STATUS);
        }
        Some(units) if units > side.units => {
            return Refused(format!("the order has {} units, not {units}", side.units));
        }
        Some(_) if !is_whole && !ends_life(status) => {
            return Refused(format!(
                "a part of an order can be cancelled, refunded or returned, not {}",
                status.as_str()
            ));
        }
        _ => {}
    }
    if status == Status::Cancelled
        && !anyway
        && let Some(why) = not_cancelled(side)
    {
        return Refused(format!("it {why}{ANYWAY}"));
    }
    if ends_life(status) {
        side.units = row.units.map_or(side.units, |units| side.units.saturating_sub(units));
    }
    if is_whole {
        side.status = Some(status);
    }
    Changed
}

/// Whether units with this status are no longer the order's.
pub(crate) fn ends_life(status: Status) -> bool {
    matches!(status, Status::Cancelled | Status::Refunded | Status::Returned)
}

/// What speaks against a cancellation.
fn not_cancelled(side: &Side) -> Option<&'static str> {
    match side.status {
        _ if side.is_paid => Some("was paid by the group"),
        _ if side.is_received => Some("was received by the group"),
        Some(Status::Shipped) => Some("is shipped"),
        Some(Status::Delivered) => Some("is delivered"),
        Some(Status::Sold) => Some("is sold"),
        _ => None,
    }
}

/// Decides about rows of a group's file by the rows that hold of their parcel. `true`: they say something new.
pub(crate) fn says_more_of_parcel(brought: &[Evidence], rows: &[Evidence]) -> bool {
    facts(rows) != facts(rows.iter().chain(brought))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(row: Row, file: i64) -> Evidence {
        Evidence { file, fingerprint: row.to_json(), ..Evidence::of(1, row) }
    }

    fn status(status: Status, units: Option<i64>) -> Evidence {
        let row =
            StatusRow { order_number: "A-1".to_owned(), store: None, status: Some(status), units };
        evidence(Row::Status(row), 0)
    }

    #[test]
    fn what_is_on_its_way_is_not_cancelled_unless_anyway() {
        let shipped = Side { status: Some(Status::Shipped), units: 3, ..Side::default() };
        let of = |anyway| {
            let mut side = shipped.clone();
            let row = status(Status::Cancelled, None);
            (decide(&row, &mut side, &[], (anyway, str::to_owned)), side.status)
        };
        assert!(matches!(of(false), (Refused(_), Some(Status::Shipped))));
        assert_eq!(of(true), (Changed, Some(Status::Cancelled)));
    }

    #[test]
    fn a_part_leaves_the_status_until_nothing_is_left() {
        let mut side = Side { status: Some(Status::Verified), units: 3, ..Side::default() };
        let mut take = |units| {
            let row = status(Status::Cancelled, Some(units));
            (decide(&row, &mut side, &[], (false, str::to_owned)), side.units, side.status)
        };
        assert_eq!(take(2), (Changed, 1, Some(Status::Verified)));
        assert!(matches!(take(2), (Refused(_), 1, _)));
        assert_eq!(take(1), (Changed, 0, Some(Status::Cancelled)));
    }

    #[test]
    fn the_same_part_in_another_file_is_the_same() {
        let known = [status(Status::Cancelled, Some(1))];
        assert!(!is_known(&known, &status(Status::Cancelled, Some(1))), "twice in one file");
        let elsewhere = Evidence { file: 1, ..status(Status::Cancelled, Some(1)) };
        assert!(is_known(&known, &elsewhere));
    }
}
