//! All rows that a batch will write, collected family by family.

mod diff;
pub(super) mod previous_orders;
mod same;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::families::{Before, Derived, FamilyKey};
use super::insert::EventRow;
use crate::ids::{MessageId, OrderId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::same_number::{Group, Link};
use crate::ledger::recompute::Part;
use crate::ledger::recompute::merged::Merged;
use crate::order::{OrderItem, Status};
use crate::verdict::Outcome;
use previous_orders::PreviousOrders;
use same::{announcing, take, take_same};

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
    pub(super) doubt: Option<String>,
    pub(super) unnumbered_at: Option<String>,
    /// Whether its order has no number.
    pub(super) lacks_number: bool,
}

/// An order to be, and the one that it was.
#[derive(Debug)]
struct Place {
    key: FamilyKey,
    group: Group,
    forced: bool,
    rebuilt: bool,
    before: Option<Before>,
}

/// All that a batch will write.
#[derive(Debug, Default)]
pub(super) struct Plan {
    places: Vec<Place>,
    pub(super) new: Vec<NewOrder>,
    pub(super) changed: Vec<ChangedOrder>,
    /// Orders whose status may change, and the source and message that may change it.
    pub(super) touched: BTreeMap<i64, (String, Option<i64>)>,
    /// Orders that no message announces any more.
    pub(super) gone: Vec<Before>,
    pub(super) previous: PreviousOrders,
    /// New orders that take the id that they had before.
    pub(super) reused: Vec<i64>,
    /// Orders that become a part of others.
    pub(super) merged: Vec<Merged>,
    /// Where the orders that were merged before are announced by now: their ids, and those of the orders.
    pub(super) homes: Vec<(i64, i64)>,
    pub(super) items: Vec<(i64, i64, OrderItem)>,
    pub(super) links: Vec<LinkRow>,
    pub(super) events: Vec<EventRow>,
    /// The status of each new order.
    pub(super) statuses: HashMap<i64, Status>,
    /// Messages whose delivery is summed up again at the end.
    pub(super) stale: BTreeSet<MessageId>,
    last_id: i64,
}

impl Plan {
    /// Nothing yet; new orders get the ids behind this one.
    pub(super) fn behind(last_id: i64) -> Self {
        Self { last_id, ..Self::default() }
    }

    /// Adds what one family becomes.
    pub(super) fn take_in(&mut self, key: &FamilyKey, derived: Derived) {
        let Derived { partition, mut before, rebuilt, links, forced } = derived;
        self.previous.add(&links);
        for link in &partition.waiting {
            self.link(link, key, None);
        }
        if rebuilt {
            self.stale.extend(partition.waiting.iter().map(|link| link.message_id));
        }
        for group in partition.groups {
            let before = take_same(&mut before, &group);
            if before.is_none() && group.state.announcement.is_none() {
                // The sheet that announces it is laid over the messages later.
                for link in &group.links {
                    self.link(link, key, None);
                }
                continue;
            }
            self.places.push(Place { key: key.clone(), group, forced, rebuilt, before });
        }
        self.gone.extend(before);
    }

    /// The messages of orders that are new or built anew: what they were before decides which orders they are.
    pub(super) fn rebuilt_messages(&self) -> BTreeSet<MessageId> {
        let rebuilt = self.places.iter().filter(|place| place.rebuilt || place.before.is_none());
        rebuilt.flat_map(|place| &place.group.links).map(|link| link.message_id).collect()
    }

    /// Gives each order its row. `merged`: the orders that were announced by parts of messages before they
    /// became a part of others.
    pub(super) fn settle(&mut self, merged: &HashMap<(MessageId, i64), i64>) {
        let mut places = std::mem::take(&mut self.places);
        for place in &mut places {
            self.claim(place, merged);
        }
        for place in places.iter_mut().filter(|place| place.before.is_none()) {
            let mut own = place.group.links.iter().filter_map(|link| {
                self.previous.of_part(link).filter(|order| !was_other(merged, link, *order))
            });
            let previous = own.next();
            let was = |order: &Before| Some(order.id) == previous;
            place.before = take(&mut self.gone, was);
        }
        for place in places {
            let parts = place.group.links.iter().map(|link| (link.message_id, link.position));
            let parts: Vec<i64> = parts.filter_map(|part| merged.get(&part).copied()).collect();
            if place.rebuilt {
                self.stale.extend(place.group.links.iter().map(|link| link.message_id));
            }
            let own = parts.iter().copied().min();
            let id = match place.before {
                Some(before) => self.change(&place.key, before, place.group, place.forced),
                None => self.found(&place.key, place.group, own),
            };
            self.homes.extend(parts.into_iter().map(|merged| (merged, id)));
        }
    }

    /// An order keeps the oldest of the rows that its messages announced; the others become a part of it.
    fn claim(&mut self, place: &mut Place, merged: &HashMap<(MessageId, i64), i64>) {
        let claims = |order: &Before, previous: &PreviousOrders| {
            let announcing = announcing(&order.state);
            let own = place.group.links.iter().find(|link| {
                let announces = link.is_checkout && Some(link.message_id) == announcing;
                announces && previous.is(link, order.id) && !was_other(merged, link, order.id)
            });
            own.map(|link| (link.message_id, link.position))
        };
        let mut rows = Vec::new();
        while let Some(row) = take(&mut self.gone, |order| claims(order, &self.previous).is_some())
        {
            rows.push(row);
        }
        if rows.is_empty() {
            return;
        }
        // Where its other messages stay linked as they are, its row stays, too.
        let stays = if place.rebuilt { None } else { place.before.take() };
        rows.extend(place.before.take());
        rows.sort_by_key(|row| row.id);
        let mut rows = rows.into_iter();
        let Some(kept) = stays.or_else(|| rows.next()) else { return };
        for row in rows {
            let part = claims(&row, &self.previous);
            self.merged.extend(part.map(|part| Merged { id: row.id, into: kept.id, part }));
            self.gone.push(row);
        }
        place.before = Some(kept);
    }

    fn found(&mut self, key: &FamilyKey, group: Group, merged: Option<i64>) -> i64 {
        let previous = self.previous.of(&group).filter(|id| self.previous.missing.remove(id));
        let id = if let Some(id) = previous.or(merged) {
            // Marks and cards of it may still be there, and lines.
            self.touched.insert(id, (source_of(&group.state), None));
            self.reused.push(id);
            id
        } else {
            self.last_id += 1;
            self.last_id
        };
        for link in &group.links {
            self.link(link, key, Some(id));
        }
        self.items_of(id, &group.state);
        self.statuses.insert(id, group.state.said.status.unwrap_or(Status::Verified));
        if merged != Some(id) {
            self.events.push(EventRow {
                order_id: id,
                kind: "created",
                source: source_of(&group.state),
                message_id: announcing(&group.state).map(|message| message.0),
                details: "{}".to_owned(),
            });
        }
        self.new.push(NewOrder { id, key: key.clone(), state: group.state });
        id
    }

    fn change(&mut self, key: &FamilyKey, before: Before, group: Group, forced: bool) -> i64 {
        let Before { id, key: old_key, state: before } = before;
        let after = group.state;
        for link in &group.links {
            self.link(link, key, Some(id));
            self.stale.insert(link.message_id);
        }
        let source = source_of(&after);
        let message_id = group.links.last().map(|link| link.message_id.0);
        self.touched.insert(id, (source.clone(), message_id));
        let (before, now) = ((&old_key, &before), (key, &after));
        let merges = self.merged.iter().any(|merged| merged.into == id);
        // What is read again is also written again: its row may have been changed by hand.
        if !forced && !merges && diff::same_row(before, now) {
            return id;
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
        id
    }

    fn items_of(&mut self, id: i64, state: &OrderState) {
        let lines = state.lines.items.iter().cloned().zip(1..);
        self.items.extend(lines.map(|(item, line)| (id, line, item)));
    }

    fn link(&mut self, link: &Link, key: &FamilyKey, order: Option<i64>) {
        let waiting_for = key.number().filter(|_| order.is_none()).map(str::to_owned);
        self.links.push(LinkRow {
            message_id: link.message_id.0,
            position: link.position,
            order_id: order,
            waiting_for,
            outcome: link.outcome,
            doubt: link.doubt.clone(),
            unnumbered_at: link.unnumbered_at.map(text_of),
            lacks_number: key.number().is_none(),
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
                doubt: link.doubt.clone(),
                lacks_number: link.lacks_number,
                is_marked: false,
            });
        }
        parts
    }
}

/// Whether this part of a message was another order before it became a part of this one, which is not the part's then.
fn was_other(merged: &HashMap<(MessageId, i64), i64>, link: &Link, order: i64) -> bool {
    merged.get(&(link.message_id, link.position)).is_some_and(|was| *was != order)
}

fn source_of(state: &OrderState) -> String {
    let announced = state.announcement.as_ref().map(|announcement| announcement.source.clone());
    // A message about an order of a sheet.
    announced.unwrap_or_else(|| "webhook".to_owned())
}
