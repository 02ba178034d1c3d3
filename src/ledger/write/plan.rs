//! All rows that a batch will write, collected family by family.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::family::{Group, Link};
use super::super::fold::OrderState;
use super::super::{OrderItem, Outcome};
use super::diff;
use super::families::{Before, Derived, FamilyKey};
use super::insert::EventRow;
use super::refresh::Part;
use crate::checkout::Status;
use crate::ids::{MessageId, OrderId};

/// An order that was not there before.
#[derive(Debug)]
pub(super) struct NewOrder {
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
    pub(super) changed: Vec<(i64, OrderState)>,
    /// Orders whose status may change, and the source and message that may change it.
    pub(super) touched: BTreeMap<i64, (String, Option<i64>)>,
    pub(super) gone: Vec<i64>,
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
        let Derived { partition, mut before, rebuilt } = derived;
        for link in &partition.waiting {
            self.link(link, Err(key.number.clone()));
        }
        for group in partition.groups {
            if rebuilt {
                self.stale.extend(group.links.iter().map(|link| link.message_id));
            }
            match take_same(&mut before, &group) {
                Some(before) => self.change(before, group),
                None => self.found(key, group),
            }
        }
        if rebuilt {
            self.stale.extend(partition.waiting.iter().map(|link| link.message_id));
        }
        self.gone.extend(before.iter().map(|order| order.id));
    }

    fn found(&mut self, key: &FamilyKey, group: Group) {
        self.last_id += 1;
        let id = self.last_id;
        for link in &group.links {
            self.link(link, Ok(id));
        }
        self.items_of(id, &group.state);
        self.statuses.insert(id, group.state.said.status.unwrap_or(Status::Verified));
        let founder = group.state.founder.as_ref();
        self.events.push(EventRow {
            order_id: id,
            kind: "created",
            source: founder.map(|founder| founder.source.clone()).unwrap_or_default(),
            message_id: founder.map(|founder| founder.message_id.0),
            details: "{}".to_owned(),
        });
        self.new.push(NewOrder { id, key: key.clone(), state: group.state });
    }

    fn change(&mut self, before: Before, group: Group) {
        let Before { id, state: before } = before;
        let after = group.state;
        for link in &group.links {
            self.link(link, Ok(id));
            self.stale.insert(link.message_id);
        }
        let source = after.founder.as_ref().map(|founder| founder.source.clone());
        let source = source.unwrap_or_default();
        let message_id = group.links.last().map(|link| link.message_id.0);
        self.touched.insert(id, (source.clone(), message_id));
        if diff::same_row(&before, &after) {
            return;
        }
        if let Some(details) = diff::changes(&before, &after) {
            self.events.push(EventRow {
                order_id: id,
                kind: "changed",
                source,
                message_id,
                details,
            });
        }
        self.items_of(id, &after);
        self.changed.push((id, after));
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

/// The order of before that this group continues: the one with the same founder, else the oldest.
fn take_same(before: &mut Vec<Before>, group: &Group) -> Option<Before> {
    let founder = |state: &OrderState| state.founder.as_ref().map(|founder| founder.message_id);
    let same = before.iter().position(|order| founder(&order.state) == founder(&group.state));
    let known = |order: &Before| {
        group.links.iter().any(|link| Some(link.message_id) == founder(&order.state))
    };
    let index = same.or_else(|| before.iter().position(known))?;
    Some(before.remove(index))
}
