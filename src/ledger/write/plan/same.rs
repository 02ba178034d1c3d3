//! Which order of before a group of messages continues.

use crate::ids::MessageId;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::same_number::Group;
use crate::ledger::write::families::Before;

/// The order of before that this group continues, by the checkout that announced both; one that a sheet alone
/// announced, by its store.
pub(super) fn take_same(before: &mut Vec<Before>, group: &Group) -> Option<Before> {
    let known = |order: &Before| {
        group.links.iter().any(|link| Some(link.message_id) == announcing(&order.state))
    };
    let is_same = |order: &Before| {
        let message = announcing(&order.state);
        message.is_some() && message == announcing(&group.state)
    };
    let of_sheet = |order: &Before| {
        announcing(&order.state).is_none() && order.state.store_key.fits(group.store())
    };
    take(before, is_same).or_else(|| take(before, known)).or_else(|| take(before, of_sheet))
}

/// The message that announced an order.
pub(super) fn announcing(state: &OrderState) -> Option<MessageId> {
    state.announcement.as_ref()?.message_id
}

/// Takes the first out that is meant.
pub(super) fn take(orders: &mut Vec<Before>, is_it: impl Fn(&Before) -> bool) -> Option<Before> {
    let index = orders.iter().position(is_it)?;
    Some(orders.remove(index))
}
