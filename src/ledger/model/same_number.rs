//! Which messages with the same order number speak of the same order. Pure.
//!
//! The answer depends only on the messages, never on the order in which they arrived: checkouts
//! found orders in the order of their ids, one for each store that does not fit an older one;
//! updates then go to the oldest order that they fit.

pub(crate) mod guesses;
pub(crate) mod joining;

use chrono::{DateTime, Utc};

use super::fold::{Applied, OrderState, Statement};
use super::store_key::StoreKey;
use crate::ids::MessageId;
use crate::reading::Kind;
use crate::verdict::Outcome;
use guesses::{giving_way, home_of_notice};

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
    /// The store that a sheet names, where the one that the messages guess gives way to it.
    pub(crate) laid: Option<StoreKey>,
}

impl Group {
    /// The store by which sheets know it.
    pub(crate) fn store(&self) -> &StoreKey {
        self.laid.as_ref().unwrap_or(&self.state.store_key)
    }

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
    let checkouts = || statements.iter().filter(|statement| statement.kind == Kind::Checkout);
    let meant = guesses::meant(&checkouts().map(key_of).collect::<Vec<_>>());
    let mut said = Vec::new();
    let mut found = Vec::new();
    for statement in checkouts() {
        found.push(settle(&mut said, giving_way(key_of(statement), meant.as_ref())));
    }
    let (laid, meant) = lay(&said, sheets);
    let mut partition = Partition::default();
    partition.groups.extend(laid.iter().enumerate().map(|(place, key)| {
        if place < said.len() {
            return Group { laid: meant.is_some().then(|| key.clone()), ..Group::default() };
        }
        let store_key = key.clone();
        Group { state: OrderState { store_key, ..OrderState::default() }, ..Group::default() }
    }));
    let mut found = found.into_iter();
    for statement in &statements {
        let home = match statement.kind {
            Kind::Checkout => found.next(),
            _ => home_of_notice(&key_of(statement), &said, &laid),
        };
        match home.and_then(|home| partition.groups.get_mut(home)) {
            Some(group) => group.take_in(statement),
            None => partition.waiting.push(unapplied(statement)),
        }
    }
    partition
}

/// The stores of the orders that messages make, and then of those that only sheets announce; and the one that a sheet
/// names, where guesses of messages give way to it.
fn lay(said: &[StoreKey], sheets: &[StoreKey]) -> (Vec<StoreKey>, Option<StoreKey>) {
    let meant = guesses::meant(said.iter().chain(sheets));
    let said = said.iter().cloned();
    let mut laid: Vec<StoreKey> = said.map(|key| giving_way(key, meant.as_ref())).collect();
    for store in sheets {
        settle(&mut laid, store.clone());
    }
    (laid, meant)
}

/// Applies statements to orders as they stand, for messages that are newer than all of theirs.
pub(crate) fn append(partition: &mut Partition, mut statements: Vec<Statement>) {
    statements.sort_by_key(|statement| (statement.message.id, statement.position));
    let groups = partition.groups.iter();
    let mut said: Vec<StoreKey> = groups.map(|group| group.state.store_key.clone()).collect();
    let coming = statements.iter().filter(|statement| statement.kind == Kind::Checkout);
    let coming: Vec<StoreKey> = coming.map(key_of).collect();
    let meant = guesses::meant(said.iter().chain(&coming));
    said = said.into_iter().map(|key| giving_way(key, meant.as_ref())).collect();
    for statement in &statements {
        let key = key_of(statement);
        let home = match statement.kind {
            Kind::Checkout => Some(settle(&mut said, giving_way(key, meant.as_ref()))),
            _ => home_of_notice(&key, &said, &said),
        };
        partition.groups.resize_with(said.len(), Group::default);
        match home.and_then(|home| partition.groups.get_mut(home)) {
            Some(group) => group.take_in(statement),
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

/// The store that a statement names. The host of a link in a notice is where the link leads, and names no other store
/// than the order's.
fn key_of(statement: &Statement) -> StoreKey {
    if let Some(joined) = &statement.joined {
        return joined.clone();
    }
    let reading = &statement.reading;
    match (reading.store_is_guessed, statement.kind) {
        (false, _) => StoreKey::of(reading.store.as_deref()),
        (true, Kind::Checkout) => StoreKey::guessed(reading.store.as_deref()),
        (true, _) => StoreKey::default(),
    }
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
