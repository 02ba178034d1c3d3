//! Laying values that people set over what messages and sheets say.

use chrono_tz::Tz;

use super::OrderField;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::overlay::{Books, StatedBy};
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::store_key::StoreKey;
use crate::order::{Currency, Money, OrderItem};
use crate::sheet::{Amount, Moment};

/// What no row has: a person's value is the latest.
const LATEST: i64 = i64::MAX;

/// A value that a person set and that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) id: i64,
    pub(crate) field: OrderField,
    /// As [`OrderField::parse`] gives it.
    pub(crate) kept: String,
    /// What messages and sheets said of it when that was looked at last, in the same form.
    pub(crate) said: Option<String>,
    /// When it was set, as stored.
    pub(crate) made_at: String,
}

/// The units that a person set, and when: so many were left then.
pub(crate) fn units(values: &[Value]) -> Option<(i64, StatedBy)> {
    let mut set = values.iter().filter(|value| value.field == OrderField::Quantity);
    let last = set.next_back()?;
    Some((last.kept.parse().ok()?, StatedBy::Person(last.made_at.clone())))
}

/// What messages and sheets say of a field, in the form in which values are kept.
pub(crate) fn said(field: OrderField, state: &OrderState, books: &Books) -> Option<String> {
    let money = |minor: Option<i64>| {
        let money = Money { minor: minor?, currency: state.currency };
        Some(money.decimal().parse::<Amount>().ok()?.to_string())
    };
    let first = state.lines.items.first();
    let sale = &books.orders;
    match field {
        OrderField::Product => first?.product.clone(),
        OrderField::Price => money(first?.price_minor),
        OrderField::Quantity => Some(state.lines.quantity().to_string()),
        OrderField::Total => money(state.total_minor()),
        OrderField::Store => state.store.clone(),
        OrderField::Profile => state.details.profile.clone(),
        OrderField::Email => state.details.email.clone(),
        OrderField::Customer => state.details.customer_name.clone(),
        OrderField::Date => Some(text_of(state.announcement.as_ref()?.ordered_at)),
        OrderField::SoldPrice => money(sale.sold_price.map(|(_, money)| money.minor)),
        OrderField::Fees => money(sale.fees.map(|(_, money)| money.minor)),
        OrderField::Buyer => sale.buyer.clone().map(|(_, buyer)| buyer),
    }
}

impl OrderField {
    /// Whether messages and sheets say by now what the person said.
    pub fn agrees(self, value: &str, said: Option<&str>) -> bool {
        let Some(said) = said else { return false };
        let at = || {
            Some((
                value.parse::<Moment>().ok()?,
                said.parse::<chrono::DateTime<chrono::Utc>>().ok()?,
            ))
        };
        let amounts = || Some((value.parse::<Amount>().ok()?, said.parse::<Amount>().ok()?));
        match self {
            Self::Date => at().is_some_and(|(value, said)| value.agrees(said)),
            // One may name the order's currency, and the other not.
            _ if self.is_money() => {
                amounts().is_some_and(|(value, said)| value.bare() == said.bare())
            }
            _ => value == said,
        }
    }
}

/// Lays the values over an order, the earliest first.
pub(crate) fn lay(state: &mut OrderState, books: &mut Books, values: &[Value]) {
    for Value { field, kept, .. } in values {
        lay_one(state, books, *field, kept);
    }
}

fn lay_one(state: &mut OrderState, books: &mut Books, field: OrderField, value: &str) {
    let text = || Some(value.to_owned());
    let own = state.currency;
    match field {
        OrderField::Product => change_first(state, |line| line.product = text()),
        OrderField::Price => {
            if let Some(minor) = minor(value, own) {
                change_first(state, |line| (line.price_minor, line.currency) = (Some(minor), None));
            }
        }
        OrderField::Quantity => set_quantity(state, value),
        OrderField::Total => state.stated_total = minor(value, own).or(state.stated_total),
        OrderField::Store => set_store(state, value),
        OrderField::Profile => state.details.profile = text(),
        OrderField::Email => state.details.email = text(),
        OrderField::Customer => state.details.customer_name = text(),
        OrderField::Date => {
            let moment = value.parse::<Moment>().ok();
            if let Some((announcement, moment)) = state.announcement.as_mut().zip(moment)
                && !moment.agrees(announcement.ordered_at)
            {
                announcement.ordered_at = moment.utc(Tz::UTC);
            }
        }
        OrderField::SoldPrice => {
            books.orders.sold_price = money(value, own).or(books.orders.sold_price);
        }
        OrderField::Fees => books.orders.fees = money(value, own).or(books.orders.fees),
        OrderField::Buyer => books.orders.buyer = Some((LATEST, value.to_owned())),
    }
}

/// In the order's currency, which may have become known since. `None`: the person said another one.
fn minor(value: &str, of_order: Option<Currency>) -> Option<i64> {
    let amount: Amount = value.parse().ok()?;
    let is_other = amount.currency.zip(of_order).is_some_and(|(typed, own)| typed != own);
    if is_other { None } else { Some(amount.bare().money(of_order)?.minor) }
}

fn money(value: &str, of_order: Option<Currency>) -> Option<(i64, Money)> {
    Some((LATEST, Money { minor: minor(value, of_order)?, currency: of_order }))
}

/// Changes the first line, one that comes with this where there is none.
fn change_first(state: &mut OrderState, change: impl Fn(&mut OrderItem)) {
    let lines = &mut state.lines.items;
    if lines.is_empty() {
        lines.push(OrderItem::default());
    }
    lines.iter_mut().take(1).for_each(change);
}

fn set_quantity(state: &mut OrderState, value: &str) {
    let Ok(units) = value.parse::<i64>() else { return };
    let lines = &mut state.lines;
    lines.stated_quantity = Some(units);
    if let [line] = lines.items.as_mut_slice() {
        (line.quantity, lines.stated_quantity) = (Some(units), None);
    }
}

/// Messages of the store that they name find the order all the same: what they make of it is kept apart. Rows of
/// sheets that announce it do not.
fn set_store(state: &mut OrderState, value: &str) {
    let is_of_message =
        state.announcement.as_ref().is_some_and(|announcement| announcement.message_id.is_some());
    if is_of_message {
        state.store_key = StoreKey::of(Some(value));
    }
    state.store = Some(value.to_owned());
}
