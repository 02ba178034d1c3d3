//! Rows of sheets that come after somebody was forgotten whom they name.

use chrono_tz::Tz;

use super::Forgettable;
use super::blank::empty;
use super::hash::{Forgotten, Past};
use super::names::addresses_of;
use crate::ids::{GuildId, MessageId};
use crate::ledger::model::books::purchase::{Origin, Purchase};
use crate::sheet::Row;

/// Why a row is not taken.
pub(crate) const DELETED: &str = "its order was deleted with /forget, and is not stored again";

impl Forgotten {
    /// The row as it may be kept, as messages are: without what tells who bought. `None`: its order was deleted.
    /// `zone`: the clock of times that name none.
    pub(crate) fn without(&self, (guild, zone): (GuildId, Tz), row: Row) -> Option<Row> {
        let of_address = |address: &str| self.past(guild, &Forgettable::Email(address.to_owned()));
        let mut named = addresses_of(&row.to_json());
        named.retain(|address| of_address(address).is_some());
        let of_number = |number: &String| self.past(guild, &Forgettable::Order(number.clone()));
        let of_message = |message| self.past(guild, &Forgettable::Message(message));
        let numbered = row.order_numbers().iter().filter_map(of_number);
        let of_order: Vec<Past> = numbered.chain(announcing(&row).and_then(of_message)).collect();
        if named.is_empty() && of_order.is_empty() {
            return Some(row);
        }
        let (ordered_at, buyer) = match &row {
            Row::Orders(order) => (order.ordered_at, order.email.as_deref()),
            Row::Track(_) | Row::Received(_) | Row::Status(_) | Row::Charges(_) => (None, None),
        };
        // A new order of somebody whose orders were deleted is an order all the same.
        let is_old = |past: &Past| ordered_at.is_none_or(|at| at.utc(zone) < past.at);
        let of_buyer = buyer.and_then(of_address).filter(is_old);
        if of_order.iter().chain(&of_buyer).any(|past| past.deleted) {
            return None;
        }
        let holds = |text: &str| addresses_of(text).iter().any(|address| named.contains(address));
        cleared(row, &holds)
    }
}

/// The message that announced the order of a row without a number.
fn announcing(row: &Row) -> Option<MessageId> {
    let Row::Orders(row) = row else { return None };
    let named = || match row.purchase.as_deref()?.parse().ok()? {
        Purchase { origin: Origin::Message(message), .. } => Some(message),
        Purchase { .. } => None,
    };
    row.message_id.or_else(named).map(MessageId)
}

/// The row without what tells who bought, and without the texts of which this holds. `None`: it says nothing then.
pub(super) fn cleared(mut row: Row, holds: &impl Fn(&str) -> bool) -> Option<Row> {
    row.clear_personal();
    let mut said = serde_json::to_value(&row).ok()?;
    empty("", &mut said, holds);
    for member in said.as_object_mut()?.values_mut() {
        if let Some(elements) = member.as_array_mut() {
            elements.retain(|element| !element.is_null());
        }
    }
    serde_json::from_value(said).ok()
}
