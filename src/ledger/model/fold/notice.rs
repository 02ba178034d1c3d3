//! What a notice says of an order, and what it says of itself: of a parcel, of a refund, of one item.

use super::{OrderState, Statement};
use crate::order::Status;
use crate::reading::OrderReading;

impl OrderState {
    /// What a notice says of the order. Its quantity and its money are those of the notice, of a parcel or a refund:
    /// they fill in what is missing. One of a changed order states the order's.
    pub(super) fn notice(&self, statement: &Statement) -> OrderReading {
        let mut reading = statement.reading.clone();
        if is_of_the_order(&reading) {
            return reading;
        }
        let undoes = |status| status > Status::Sold;
        let takes_back = reading.known_status().is_some_and(undoes) || reading.is_of_a_part();
        let prices = self.lines.items.iter().any(|item| item.price_minor.is_some());
        if takes_back || prices || self.stated_total.is_some() {
            reading.total_minor = None;
            reading.items.iter_mut().for_each(|item| item.price_minor = None);
        }
        let counts = self.lines.items.iter().any(|item| item.quantity.is_some());
        if takes_back || counts || self.lines.stated_quantity.is_some() {
            reading.quantity = None;
            reading.items.iter_mut().for_each(|item| item.quantity = None);
        }
        reading
    }

    /// Whether one item is all that was bought.
    pub(super) fn is_one_unit(&self) -> bool {
        self.announcement.is_some() && self.lines.items.len() < 2 && self.lines.quantity() == 1
    }
}

/// Whether a notice tells of a changed order, and of no parcel, refund or cancellation.
fn is_of_the_order(notice: &OrderReading) -> bool {
    let is_early = || notice.known_status().is_some_and(|status| status < Status::Shipped);
    notice.restates
        && (notice.status.is_none() || is_early())
        && notice.details.tracking_number.is_none()
}
