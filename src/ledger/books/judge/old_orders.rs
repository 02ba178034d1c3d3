//! What rows of old orders would make of the orders of a number: each is laid over what is there, with those above it.

mod by_hand;
mod columns;
mod replaced;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{Becomes, Judging};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::matching::{Match, matching};
use crate::ledger::model::books::orders::{lay_orders, leave_out_undone, says_last};
use crate::ledger::model::books::overlay::{Books, lay_over};
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::shares::Received;
use crate::ledger::model::effective_status::Said;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::orders::row::{BookColumns, OrderRow};
use crate::ledger::recompute::books::Family;
use crate::order::{Money, OrderItem};
use crate::sheet::{Moment, Row};
use by_hand::{is_of_export, take_out_set};
use columns::with;

/// The orders of one number by their ids, with their lines.
pub(super) type Loaded = HashMap<i64, (OrderRow, Vec<OrderItem>)>;

const AS_IT_SAYS: &str = "the order is as it says";
/// Why a row changes something whose order stayed when its sheet was undone.
const HOLDS_AGAIN: &str = "the order was only there for what else is known of it";
/// Why a row changes something whose order is not there.
pub(super) const NEW: &str = "a new order";

/// An order while its rows are judged.
struct Seen<'a> {
    key: StoreKey,
    /// `None`: a row above announces it.
    order: Option<&'a OrderRow>,
    /// The order that the rows meant before it joined this one.
    home: Option<i64>,
    before: OrderState,
    columns: BookColumns,
    /// The status that people see.
    shown: Said,
    /// The rows that hold of it.
    held: Vec<Evidence>,
    /// The rows of the sheet that were not said before, so far.
    brought: Vec<Evidence>,
    /// Those that count, whether they were said before or not.
    above: Vec<Evidence>,
    /// What it is with these.
    after: (OrderState, BookColumns),
    parcels: Vec<String>,
    /// Whether a row names a parcel that it has not.
    has_new_parcel: bool,
    /// The places of rows that are lines of it.
    lines: Vec<usize>,
}

impl Judging<'_> {
    /// The family of a number, as it will be with these rows.
    pub(super) fn laid(&self, mut family: Family, places: &[usize]) -> Family {
        let brought = places.iter().filter_map(|place| self.brought(*place));
        let stores: Vec<StoreKey> = brought.map(|(_, said)| said.store_key()).collect();
        family.lay(&stores);
        family
    }

    pub(super) fn of_old_orders(
        &mut self,
        family: &Family,
        loaded: &Loaded,
        places: &[usize],
    ) -> sqlx::Result<()> {
        let mut seen = Vec::new();
        let mut rows = places.iter().filter_map(|place| Some(&self.brought(*place)?.1.row));
        let is_export = rows.all(is_of_export);
        for order in &family.orders {
            let Some((row, items)) = loaded.get(&order.id) else { continue };
            let rows = family.rows.iter().filter(|(store, _)| store.fits(&order.store_key));
            let mut held = rows.map(|(_, row)| row.clone()).collect();
            leave_out_undone(&mut held);
            let home = order.home;
            let known = Seen::of((row, items), order.store_key.clone(), held, is_export)?;
            seen.push(Seen { home, ..known });
        }
        for &place in self.not_too_many(places) {
            let Some((brought, said)) = self.brought(place) else { continue };
            let mut row = self.evidence(place, brought, said);
            let store = said.store_key();
            let means = match matching(&store, seen.iter().map(|order| &order.key)) {
                // What was said before stays where it took effect.
                Match::Several => {
                    let is_said = |seen: &Seen<'_>| {
                        seen.held.iter().any(|held| held.fingerprint == row.fingerprint)
                    };
                    seen.iter().position(is_said).map_or(Match::Several, Match::One)
                }
                means => means,
            };
            match means {
                Match::Several => self.set(place, Becomes::Unclear, super::SEVERAL),
                Match::One(order) => {
                    if let Some(seen) = seen.get_mut(order) {
                        let shown = (seen.order, &seen.before, seen.brought.is_empty());
                        if is_export && take_out_set(&mut row, shown) {
                            self.instead.insert(place, row.row.clone());
                        }
                        self.of_known(place, &row, seen);
                        if let Some(order) = seen.order {
                            self.means(place, &row, ((order.id, seen.home), &seen.held));
                        }
                        seen.lines.extend(Some(place).filter(|_| is_line(&row.row)));
                    }
                }
                Match::None if self.is_lost(place, &row, (&[], None)) => {}
                Match::None => {
                    seen.push(Seen::new(store, &row));
                    self.set(place, Becomes::Changed, NEW);
                }
            }
        }
        for seen in &seen {
            self.leave_out_earlier_files(seen);
        }
        for seen in seen.iter().filter(|seen| seen.order.is_some() && seen.is_as_before()) {
            for &place in &seen.lines {
                self.set(place, Becomes::Already, AS_IT_SAYS);
            }
        }
        Ok(())
    }

    fn of_known(&mut self, place: usize, row: &Evidence, seen: &mut Seen<'_>) {
        if let Some(order) = seen.order {
            self.name(place, (order.id, order.order_number.as_ref(), order.store.as_ref()));
        }
        let currency = seen.after.0.currency;
        let is_held_again = seen.is_held_again(row);
        let is_again = says_last(&seen.held, &row.fingerprint);
        if !is_held_again && is_again && !seen.says_otherwise_before(row) {
            self.repeat(place, &seen.held, &row.fingerprint);
            self.set(place, Becomes::Already, "a sheet said so before");
        } else if self.is_lost(place, row, (&seen.above, currency)) {
            // It is refused, and says nothing.
            return;
        } else if is_held_again {
            seen.takes(row);
            self.set(place, Becomes::Changed, HOLDS_AGAIN);
        } else if seen.takes(row) {
            self.set(place, Becomes::Changed, "");
        } else {
            self.set(place, Becomes::Already, AS_IT_SAYS);
        }
        seen.above.push(row.clone());
    }

    pub(super) fn add(&mut self, money: Option<Money>) {
        if let Some(money) = money {
            self.sums.add_money(money);
        }
    }
}

impl<'a> Seen<'a> {
    /// `is_export`: the rows are of our own files, which say what people see.
    fn of(
        (row, items): (&'a OrderRow, &[OrderItem]),
        key: StoreKey,
        held: Vec<Evidence>,
        is_export: bool,
    ) -> sqlx::Result<Self> {
        let mut columns = row.books.clone();
        let before = if row.has_values() && !is_export {
            // What people set lies on top of what sheets say.
            let mut state = row.clone().into_state(items.to_vec())?;
            let old = lay_orders(&mut state, &held);
            let Books { orders, .. } = lay_over(&mut state, &held, (Received::default(), old));
            (columns.sold_price_minor, columns.fees_minor, columns.buyer) = (None, None, None);
            columns = with(columns, orders, &state);
            state
        } else {
            row.clone().into_shown_state(items.to_vec())?
        };
        let numbers = row.details.tracking_number.iter().flat_map(|numbers| numbers.split(','));
        Ok(Self {
            key,
            order: Some(row),
            home: None,
            shown: row.shown_status()?,
            after: (before.clone(), columns.clone()),
            before,
            columns,
            held,
            brought: Vec::new(),
            above: Vec::new(),
            parcels: numbers.map(key_of_parcel).collect(),
            has_new_parcel: false,
            lines: Vec::new(),
        })
    }

    /// Whether a row announces it of which nothing else holds that does: its sheet was undone, and other things are
    /// known of it.
    fn is_held_again(&self, row: &Evidence) -> bool {
        let is_new = self.brought.iter().all(|brought| brought.fingerprint != row.fingerprint);
        is_new && self.only_stays()
    }

    fn only_stays(&self) -> bool {
        let is_told = self.order.is_none_or(|order| order.message_id.is_some());
        !is_told && self.held.iter().any(|row| row.stays)
    }

    /// Whether all of its rows together say what is known.
    fn is_as_before(&self) -> bool {
        let (state, columns) = &self.after;
        !self.only_stays()
            && !self.has_new_parcel
            && *state == self.before
            && *columns == self.columns
    }

    fn new(key: StoreKey, row: &Evidence) -> Self {
        let mut seen = Self {
            key,
            order: None,
            home: None,
            before: OrderState::default(),
            columns: BookColumns::default(),
            shown: Said::default(),
            held: Vec::new(),
            brought: Vec::new(),
            above: Vec::new(),
            after: Default::default(),
            parcels: Vec::new(),
            has_new_parcel: false,
            lines: Vec::new(),
        };
        // Nothing was there that could contradict it.
        seen.takes(row);
        seen.above.push(row.clone());
        seen
    }

    /// Lays a row over what is there. `true`: it makes something else of it.
    fn takes(&mut self, row: &Evidence) -> bool {
        self.brought.push(row.clone());
        let mut state = self.before.clone();
        let books = lay_orders(&mut state, &self.brought);
        // Our own files name the store that is shown, also one that is only guessed.
        if self.order.is_some() && is_of_export(&row.row) && state.store == self.before.store {
            state.store_key.clone_from(&self.before.store_key);
        }
        if state.store_key.says_more_than(&self.key) {
            self.key = state.store_key.clone();
        }
        if is_shown(&row.row, &self.shown) {
            state.said = self.before.said;
        }
        let columns = with(self.columns.clone(), books, &state);
        let parcels = super::super::request::parcels_of(&row.row).unwrap_or_default();
        let mut is_new = false;
        for key in parcels.split(',').map(key_of_parcel).filter(|key| !key.is_empty()) {
            if !self.parcels.contains(&key) {
                self.parcels.push(key);
                is_new = true;
                self.has_new_parcel = true;
            }
        }
        let after = (state, columns);
        is_new |= after != self.after;
        self.after = after;
        is_new
    }
}

/// Whether a row is a line of an order, which says little without the others.
fn is_line(row: &Row) -> bool {
    matches!(row, Row::Orders(order) if order.is_item)
}

/// Whether people see the status and the dates of a row already, whoever said so.
fn is_shown(row: &Row, shown: &Said) -> bool {
    let Row::Orders(row) = row else { return false };
    let agrees = |said: Option<Moment>, known: Option<DateTime<Utc>>| {
        said.is_none_or(|said| known.is_some_and(|known| said.agrees(known)))
    };
    (row.status.is_none() || row.status == shown.status)
        && agrees(row.shipped_at, shown.shipped_at)
        && agrees(row.delivered_at, shown.delivered_at)
}
