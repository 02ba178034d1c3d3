//! Which messages with the same order number speak of the same order. Pure.
//!
//! The answer depends only on the messages, never on the order in which they arrived: checkouts
//! found orders in the order of their ids, one for each store that does not fit an older one;
//! updates then go to the oldest order that they fit.

pub(crate) mod joining;

use chrono::{DateTime, Utc};

use super::fold::{Applied, OrderState, Statement};
use super::store_key::StoreKey;
use crate::ids::MessageId;
use crate::reading::Kind;
use crate::verdict::Outcome;

/// What became of one part of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) message_id: MessageId,
    pub(crate) position: i64,
    pub(crate) outcome: Outcome,
    /// Whether it can announce an order.
    pub(crate) is_checkout: bool,
    /// The products that were counted once and may be others.
    pub(crate) doubt: Option<String>,
    /// When a checkout without an order number was bought.
    pub(crate) unnumbered_at: Option<DateTime<Utc>>,
}

/// One order and the messages that speak of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Group {
    pub(crate) state: OrderState,
    pub(crate) links: Vec<Link>,
}

impl Group {
    fn take_in(&mut self, statement: &Statement) {
        let applied = self.state.apply(statement);
        self.links.push(link(statement, applied));
    }
}

/// The orders of one number, oldest first, and the updates that fit none of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Partition {
    pub(crate) groups: Vec<Group>,
    pub(crate) waiting: Vec<Link>,
}

/// Builds the orders of one number from all that was said of it.
pub(crate) fn partition(statements: Vec<Statement>) -> Partition {
    partition_with(&[], statements)
}

/// The same, where sheets announce orders of these stores, too.
pub(crate) fn partition_with(sheets: &[StoreKey], mut statements: Vec<Statement>) -> Partition {
    statements.sort_by_key(|statement| (statement.message.id, statement.position));
    let is_store_named = !sheets.is_empty() || statements.iter().any(names_store);
    let mut keys = found(&statements, is_store_named);
    let by_messages = keys.len();
    for store in sheets {
        settle(&mut keys, store.clone());
    }
    let mut partition = Partition::default();
    let of_sheet = keys.iter().enumerate().map(|(place, key)| {
        let store_key = if place < by_messages { StoreKey::default() } else { key.clone() };
        Group { state: OrderState { store_key, ..OrderState::default() }, links: Vec::new() }
    });
    partition.groups.extend(of_sheet);
    let mut homes = Vec::with_capacity(statements.len());
    let mut growing: Vec<StoreKey> = Vec::new();
    for statement in &statements {
        let key = key_among(statement, is_store_named);
        homes.push(match statement.kind {
            Kind::Checkout => Some(settle(&mut growing, key)),
            _ => keys.iter().position(|home| home.fits(&key)),
        });
    }
    for (statement, home) in statements.iter().zip(homes) {
        match home.and_then(|home| partition.groups.get_mut(home)) {
            Some(group) => group.take_in(statement),
            None => partition.waiting.push(unapplied(statement)),
        }
    }
    partition
}

/// Applies statements to orders as they stand, for messages that are newer than all of theirs.
pub(crate) fn append(partition: &mut Partition, mut statements: Vec<Statement>) {
    statements.sort_by_key(|statement| (statement.message.id, statement.position));
    for statement in &statements {
        let key = key_of(statement);
        let home = partition.groups.iter_mut().find(|group| group.state.store_key.fits(&key));
        match home {
            Some(group) => group.take_in(statement),
            None if statement.kind == Kind::Checkout => {
                let mut group = Group::default();
                group.take_in(statement);
                partition.groups.push(group);
            }
            None => partition.waiting.push(unapplied(statement)),
        }
    }
}

/// Whether [`append`] to this one order gives what [`partition`] of everything would.
pub(crate) fn can_append(state: &OrderState, statements: &[Statement]) -> bool {
    statements.iter().all(|statement| {
        let key = key_of(statement);
        let founds = statement.kind == Kind::Checkout;
        Some(statement.message.id) > state.last_message_id
            && key.fits(&state.store_key)
            && !(founds && key.says_more_than(&state.store_key))
    })
}

/// The stores of the orders that the checkouts found.
fn found(statements: &[Statement], is_store_named: bool) -> Vec<StoreKey> {
    let mut keys = Vec::new();
    for statement in statements.iter().filter(|statement| statement.kind == Kind::Checkout) {
        settle(&mut keys, key_among(statement, is_store_named));
    }
    keys
}

/// The order that a checkout at this store belongs to, founded where there is none yet.
fn settle(keys: &mut Vec<StoreKey>, key: StoreKey) -> usize {
    let Some(home) = keys.iter().position(|known| known.fits(&key)) else {
        keys.push(key);
        return keys.len() - 1;
    };
    if let Some(known) = keys.get_mut(home).filter(|known| key.says_more_than(known)) {
        *known = key;
    }
    home
}

fn key_of(statement: &Statement) -> StoreKey {
    // The host of a link in a notice is where the link leads, and names no other store than the order's.
    let is_named = !statement.reading.store_is_guessed || statement.kind == Kind::Checkout;
    let named = || StoreKey::of(statement.reading.store.as_deref().filter(|_| is_named));
    statement.joined.clone().unwrap_or_else(named)
}

/// The same among all that is said of the number: where a checkout or a sheet names its store, the host of a link
/// names none.
fn key_among(statement: &Statement, is_store_named: bool) -> StoreKey {
    if is_store_named && statement.reading.store_is_guessed && statement.joined.is_none() {
        return StoreKey::default();
    }
    key_of(statement)
}

fn names_store(statement: &Statement) -> bool {
    statement.kind == Kind::Checkout
        && (statement.joined.is_some()
            || (statement.reading.store.is_some() && !statement.reading.store_is_guessed))
}

fn link(statement: &Statement, applied: Applied) -> Link {
    let names: Vec<String> = applied.doubts;
    Link {
        message_id: statement.message.id,
        position: statement.position,
        outcome: applied.outcome,
        is_checkout: statement.kind == Kind::Checkout,
        doubt: (!names.is_empty()).then(|| names.join(", ")),
        unnumbered_at: statement.stated_time().filter(|_| statement.is_unnumbered()),
    }
}

fn unapplied(statement: &Statement) -> Link {
    link(statement, Applied { outcome: Outcome::Rejected, doubts: Vec::new() })
}

#[cfg(test)]
mod tests;
