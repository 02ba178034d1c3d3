//! All rows that a batch will write, collected family by family.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::diff;
use super::families::{Before, Derived, FamilyKey};
use super::insert::EventRow;
use super::previous_orders::PreviousOrders;
use crate::ids::{MessageId, OrderId};
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::same_number::{Group, Link};
use crate::ledger::recompute::Part;
use crate::order::{OrderItem, Status};
use crate::verdict::Outcome;

/// An order that was not there before.
#[derive(Debug)]
pub(super) struct NewOrder {
    pub(super) id: i64,
    pub(super) key: FamilyKey,
    pub(super) state: OrderState,
}

/// An order whose row is written anew.
#[derive(Debug)]
pub(super) struct ChangedOrder {
    pub(super) id: i64,
    pub(super) key: FamilyKey,
    pub(super) state: OrderState,
}

/// A row of `order_messages`.
#[derive(Debug, Clone)]
pub(super) struct LinkRow {
    pub(super) message_id: i64,
    pub(super) position: i64,
    pub(super) order_id: Option<i64>,
    pub(super) waiting_for: Option<String>,
    pub(super) outcome: Outcome,
}

/// All that a batch will write.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) new: Vec<NewOrder>,
    pub(super) changed: Vec<ChangedOrder>,
    /// Orders whose status may change, and the source and message that may change it.
    pub(super) touched: BTreeMap<i64, (String, Option<i64>)>,
    /// Orders that no message announces any more.
    pub(super) gone: Vec<Before>,
    pub(super) previous: PreviousOrders,
    /// New orders that take the id that they had before.
    pub(super) reused: Vec<i64>,
    pub(super) items: Vec<(i64, i64, OrderItem)>,
    pub(super) links: Vec<LinkRow>,
    pub(super) events: Vec<EventRow>,
    /// The status of each new order.
    pub(super) statuses: HashMap<i64, Status>,
    /// Messages whose delivery is summed up again at the end.
    pub(super) stale: BTreeSet<MessageId>,
    pub(super) last_id: i64,
}

impl Plan {
    /// Adds what one family becomes.
    pub(super) fn take_in(&mut self, key: &FamilyKey, derived: Derived) {
        let Derived { partition, mut before, rebuilt, links, forced } = derived;
        self.previous.add(&links);
        for link in &partition.waiting {
            self.link(link, Err(key.number.clone()));
        }
        for group in partition.groups {
            if rebuilt {
                self.stale.extend(group.links.iter().map(|link| link.message_id));
            }
            let previous = self.previous.of(&group);
            let same = take_same(&mut before, &group, previous)
                .or_else(|| take(&mut self.gone, |order| Some(order.id) == previous));
            match same {
                Some(before) => self.change(key, before, group, forced),
                None => self.found(key, group, previous),
            }
        }
        if rebuilt {
            self.stale.extend(partition.waiting.iter().map(|link| link.message_id));
        }
        self.gone.extend(before);
    }

    fn found(&mut self, key: &FamilyKey, group: Group, previous: Option<i64>) {
        let id = if let Some(id) = previous.filter(|id| self.previous.missing.remove(id)) {
            // Marks and cards of it may still be there, and lines.
            self.touched.insert(id, (source_of(&group.state), None));
            self.reused.push(id);
            id
        } else {
            self.last_id += 1;
            self.last_id
        };
        for link in &group.links {
            self.link(link, Ok(id));
        }
        self.items_of(id, &group.state);
        self.statuses.insert(id, group.state.said.status.unwrap_or(Status::Verified));
        let announcement = group.state.announcement.as_ref();
        self.events.push(EventRow {
            order_id: id,
            kind: "created",
            source: source_of(&group.state),
            message_id: announcement.map(|announcement| announcement.message_id.0),
            details: "{}".to_owned(),
        });
        self.new.push(NewOrder { id, key: key.clone(), state: group.state });
    }

    fn change(&mut self, key: &FamilyKey, before: Before, group: Group, forced: bool) {
        let Before { id, key: old_key, state: before } = before;
        let after = group.state;
        for link in &group.links {
            self.link(link, Ok(id));
            self.stale.insert(link.message_id);
        }
        let source = source_of(&after);
        let message_id = group.links.last().map(|link| link.message_id.0);
        self.touched.insert(id, (source.clone(), message_id));
        let (before, now) = ((&old_key, &before), (key, &after));
        // What is read again is also written again: its row may have been changed by hand.
        if !forced && diff::same_row(before, now) {
            return;
        }
        if let Some(details) = diff::changes(before, now) {
            self.events.push(EventRow {
                order_id: id,
                kind: "changed",
                source,
                message_id,
                details,
            });
        }
        self.items_of(id, &after);
        self.changed.push(ChangedOrder { id, key: key.clone(), state: after });
    }

    fn items_of(&mut self, id: i64, state: &OrderState) {
        let lines = state.lines.items.iter().cloned().zip(1..);
        self.items.extend(lines.map(|(item, line)| (id, line, item)));
    }

    fn link(&mut self, link: &Link, order: Result<i64, String>) {
        self.links.push(LinkRow {
            message_id: link.message_id.0,
            position: link.position,
            order_id: order.as_ref().ok().copied(),
            waiting_for: order.err(),
            outcome: link.outcome,
        });
    }

    /// The parts of each message, as far as new orders tell; the rest is summed up at the end.
    pub(super) fn parts(&self) -> HashMap<MessageId, Vec<Part>> {
        let mut parts: HashMap<MessageId, Vec<Part>> = HashMap::new();
        for link in &self.links {
            let status = |id| self.statuses.get(&id).copied().unwrap_or(Status::Verified);
            parts.entry(MessageId(link.message_id)).or_default().push(Part {
                outcome: link.outcome,
                order: link.order_id.map(|id| (OrderId(id), status(id))),
                waiting_for: link.waiting_for.clone(),
            });
        }
        parts
    }
}

/// The order of before that this group continues: the one with the same founder, else the oldest
/// whose founder speaks of it, else the one that its messages spoke of.
fn take_same(before: &mut Vec<Before>, group: &Group, previous: Option<i64>) -> Option<Before> {
    let announcement = |state: &OrderState| {
        state.announcement.as_ref().map(|announcement| announcement.message_id)
    };
    let known = |order: &Before| {
        group.links.iter().any(|link| Some(link.message_id) == announcement(&order.state))
    };
    take(before, |order| announcement(&order.state) == announcement(&group.state))
        .or_else(|| take(before, known))
        .or_else(|| take(before, |order| Some(order.id) == previous))
}

fn take(orders: &mut Vec<Before>, is_it: impl Fn(&Before) -> bool) -> Option<Before> {
    let index = orders.iter().position(is_it)?;
    Some(orders.remove(index))
}

fn source_of(state: &OrderState) -> String {
    state.announcement.as_ref().map(|announcement| announcement.source.clone()).unwrap_or_default()
}
