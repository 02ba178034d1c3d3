//! What there should be after some steps, in a few plain maps: it knows no table and reads no message.

use std::collections::{BTreeMap, BTreeSet};

use refract_ledger::order::Status;

use super::step::{Bought, Step, buyer_of};

/// Edits of one message that are kept besides what it announced and what it says.
const KEPT_EDITS: usize = 8;

/// What a person did to an order, and may take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Mark(Status),
    /// Notes, tracking numbers and totals are told apart by the number of their step.
    Note(usize),
    Track(usize),
    Correct(usize),
}

/// One order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// What its checkout says, and when that was edited.
    pub(crate) bought: Option<(Bought, u32)>,
    /// What its message said in later edits that announce nothing, by their minutes: perhaps that it is shipped or
    /// delivered.
    away: BTreeMap<u32, Option<bool>>,
    /// Whether what tells who bought was kept.
    pub(crate) names_buyer: bool,
    /// Of messages, whether they say that it is delivered.
    updates: Vec<bool>,
    acts: Vec<Act>,
}

/// All of them, and what was forgotten: whether it was deleted, too.
#[derive(Debug, Default)]
pub(crate) struct Model {
    orders: BTreeMap<u8, Known>,
    forgotten: BTreeMap<u8, bool>,
    buyers: BTreeMap<u8, bool>,
}

impl Model {
    /// Takes a step, the `at`th. False: it has no meaning now, and nobody is to take it.
    pub(crate) fn take(&mut self, at: usize, step: Step) -> bool {
        match step {
            Step::Checkout(number, bought) => self.check_out(number, bought),
            Step::Edit(number, bought, minute) => return self.edit(number, bought, minute),
            Step::EditAway(number, is_delivered, minute) => {
                return self.edit_away(number, is_delivered, minute);
            }
            Step::Update(number, is_delivered) => {
                // What speaks of a forgotten order that is not there is not kept until it is.
                if self.order(number).is_some() || !self.forgotten.contains_key(&number) {
                    self.orders.entry(number).or_default().updates.push(is_delivered);
                }
            }
            Step::Mark(number, status) => {
                // The same again is no change, and nothing to take back.
                return self.status(number).is_some_and(|before| before != status)
                    && self.act(number, Act::Mark(status));
            }
            Step::Note(number) => return self.act(number, Act::Note(at)),
            Step::Track(number) => return self.act(number, Act::Track(at)),
            Step::Correct(number) => return self.act(number, Act::Correct(at)),
            Step::Undo(number) => {
                let Some(order) = self.orders.get_mut(&number) else { return false };
                order.acts.pop();
                return order.bought.is_some();
            }
            Step::ForgetOrder(number, deletes) => self.forget_order(number, deletes),
            Step::ForgetBuyer(buyer, deletes) => {
                *self.buyers.entry(buyer).or_default() |= deletes;
                let named = self.orders.iter().filter(|(number, order)| {
                    buyer_of(**number) == buyer && order.bought.is_some() && order.names_buyer
                });
                for number in named.map(|(number, _)| *number).collect::<Vec<_>>() {
                    self.forget_order(number, deletes);
                }
            }
            Step::Reparse | Step::Restart => {}
        }
        true
    }

    fn check_out(&mut self, number: u8, bought: Bought) {
        let [order_was, buyer_was] =
            [self.forgotten.get(&number), self.buyers.get(&buyer_of(number))]
                .map(Option::<&bool>::copied);
        // All are posted before anything is forgotten.
        if order_was == Some(true) || buyer_was == Some(true) {
            return;
        }
        let order = self.orders.entry(number).or_default();
        // The same message again says nothing new.
        if order.bought.is_none() {
            order.bought = Some((bought, 0));
            order.names_buyer = order_was.is_none() && buyer_was.is_none();
        }
    }

    /// What is edited after it was forgotten is another story: its other messages are gone.
    fn edit(&mut self, number: u8, bought: Bought, minute: u32) -> bool {
        let Some(order) = self.orders.get_mut(&number) else { return false };
        let Some((is, edited)) = &mut order.bought else { return false };
        if !order.names_buyer || minute == *edited || order.away.contains_key(&minute) {
            return false;
        }
        // An edit that comes late says what is no more.
        if minute > *edited {
            (*is, *edited) = (bought, minute);
        }
        order.away.retain(|away, _| *away > minute);
        true
    }

    /// What was announced stays, and what edits before it said.
    fn edit_away(&mut self, number: u8, is_delivered: Option<bool>, minute: u32) -> bool {
        let Some(order) = self.orders.get_mut(&number) else { return false };
        let Some((_, edited)) = order.bought.filter(|_| order.names_buyer) else { return false };
        if minute == edited || order.away.contains_key(&minute) {
            return false;
        }
        if minute > edited {
            order.away.insert(minute, is_delivered);
        }
        true
    }

    fn act(&mut self, number: u8, act: Act) -> bool {
        let order = self.orders.get_mut(&number).filter(|order| order.bought.is_some());
        order.map(|order| order.acts.push(act)).is_some()
    }

    fn forget_order(&mut self, number: u8, deletes: bool) {
        *self.forgotten.entry(number).or_default() |= deletes;
        let Some(order) = self.orders.get_mut(&number) else { return };
        if deletes || order.bought.is_none() {
            self.orders.remove(&number);
        } else {
            order.names_buyer = false;
            order.acts.retain(|act| !matches!(act, Act::Note(_)));
        }
    }

    /// An order that there is.
    pub(crate) fn order(&self, number: u8) -> Option<&Known> {
        self.orders.get(&number).filter(|order| order.bought.is_some())
    }

    pub(crate) fn status(&self, number: u8) -> Option<Status> {
        let order = self.order(number)?;
        let marked = order.acts.iter().rev().find_map(|act| match act {
            Act::Mark(status) => Some(*status),
            _ => None,
        });
        let edited = order.bought.and_then(|(bought, _)| bought.is_delivered);
        let away = order.away.values().rev().find_map(|is_delivered| *is_delivered);
        let told = match order.updates.iter().copied().chain(edited).chain(away).max() {
            Some(true) => Status::Delivered,
            Some(false) => Status::Shipped,
            None => Status::Verified,
        };
        Some(marked.unwrap_or(told))
    }

    /// Buyers of whom nothing may be left.
    pub(crate) fn forgotten_buyers(&self) -> BTreeSet<u8> {
        self.buyers.keys().copied().collect()
    }
}

impl Known {
    /// The minutes of the edits that name a parcel each: the latest that are kept, and the one that the message shows.
    pub(crate) fn parcels(&self) -> Vec<u32> {
        let says = |(minute, is_delivered): (&u32, &Option<bool>)| is_delivered.map(|_| *minute);
        let all: Vec<u32> = self.away.iter().filter_map(says).collect();
        let shown = usize::from(self.away.values().next_back().is_some_and(Option::is_some));
        all[all.len().saturating_sub(KEPT_EDITS + shown)..].to_vec()
    }

    /// Whether there is something to take back.
    pub(crate) fn has_acts(&self) -> bool {
        !self.acts.is_empty()
    }

    /// The last of these acts.
    pub(crate) fn last<T>(&self, of: impl Fn(&Act) -> Option<T>) -> Option<T> {
        self.acts.iter().rev().find_map(of)
    }

    /// All of them.
    pub(crate) fn acts(&self) -> &[Act] {
        &self.acts
    }
}
