//! Which orders the messages of a batch spoke of before, so that an order keeps its id: whoever
//! marked it, noted it or exported it knows it by that.

use std::collections::{HashMap, HashSet};

use crate::ids::MessageId;
use crate::ledger::model::same_number::{Group, Link};
use crate::ledger::write::change::Detached;
use crate::ledger::write::families::PreviousLink;
use crate::ledger::write::known::ExistingDelivery;
use crate::verdict::Prepared;

/// The orders that the messages of a batch spoke of before.
#[derive(Debug, Default)]
pub(in crate::ledger::write) struct PreviousOrders {
    /// By message and position.
    pub(in crate::ledger::write) orders: HashMap<(MessageId, i64), i64>,
    /// Those that are not there any more: somebody removed them by hand.
    pub(in crate::ledger::write) missing: HashSet<i64>,
}

impl PreviousOrders {
    /// Notes what a known message spoke of. Where its links went with the orders, its delivery still
    /// lists these: in the order of their numbers, as they were founded, those without one last.
    pub(in crate::ledger::write) fn note(
        &mut self,
        message: &Prepared,
        known: &ExistingDelivery,
        parts: &[Detached],
    ) {
        let id = message.facts.id;
        let linked = parts.iter().filter_map(|part| Some((part.position, part.order_id?)));
        self.orders.extend(linked.map(|(position, order)| ((id, position), order)));
        if parts.iter().any(|part| part.order_id.is_some()) {
            return;
        }
        let mut numbered: Vec<_> = message.decision.orders.iter().zip(0_i64..).collect();
        if known.orders.len() < numbered.len() {
            // What an edit names and no message has announced was no order.
            numbered.retain(|(order, _)| !order.is_notice);
        }
        if known.orders.len() != numbered.len() {
            return;
        }
        numbered.sort_by_key(|(order, _)| (order.order_number.is_none(), &order.order_number));
        for ((_, position), order) in numbered.into_iter().zip(&known.orders) {
            self.orders.insert((id, position), order.0);
        }
    }

    /// Notes what other messages of the same orders spoke of.
    pub(super) fn add(&mut self, links: &[PreviousLink]) {
        let links = links.iter().map(|link| ((link.message_id, link.position), link.order_id));
        self.orders.extend(links);
    }

    /// Whether a part of a message spoke of this order.
    pub(super) fn is(&self, link: &Link, order: i64) -> bool {
        self.of_part(link) == Some(order)
    }

    /// The order that a part of a message spoke of.
    pub(super) fn of_part(&self, link: &Link) -> Option<i64> {
        self.orders.get(&(link.message_id, link.position)).copied()
    }

    /// The order that a group of messages was before.
    pub(super) fn of(&self, group: &Group) -> Option<i64> {
        group.links.iter().find_map(|link| self.of_part(link))
    }
}
