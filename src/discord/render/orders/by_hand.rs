//! Values of orders that people set by hand: how they are called, and what the messages say of them.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::text::{code, cut, escape, shown_to, whole_lines};
use super::super::{Audience, FIELD, time};
use super::changes::GONE;
use crate::ledger::{Added, HandValue, Order, OrderField, SetValue, SetValues, WrongValue};
use crate::order::Currency;

/// Characters of a value in a line.
const LONGEST: usize = 100;

/// The name of a value in menus, forms and replies.
pub(crate) const fn name(field: OrderField) -> &'static str {
    match field {
        OrderField::Product => "product",
        OrderField::Price => "price",
        OrderField::Quantity => "quantity",
        OrderField::Total => "total",
        OrderField::Store => "store",
        OrderField::Profile => "profile",
        OrderField::Email => "e-mail",
        OrderField::Customer => "customer",
        OrderField::Date => "date",
        OrderField::SoldPrice => "sold price",
        OrderField::Fees => "fees",
        OrderField::Buyer => "buyer",
    }
}

/// Whether a person set this value of the order.
pub(crate) fn is_set(order: &Order, field: OrderField) -> bool {
    order.by_hand.iter().any(|value| value.field == field)
}

/// What messages and sheets say where a person said something else; where they say the same by now, that the
/// correction is not needed any more. The order is one that this audience may see.
pub(crate) fn said(order: &Order, audience: Audience) -> Option<String> {
    let lines: Vec<String> =
        order.by_hand.iter().map(|value| line(value, order.currency, audience)).collect();
    (!lines.is_empty()).then(|| whole_lines(&lines, lines.len(), FIELD))
}

fn line(value: &HandValue, currency: Option<Currency>, audience: Audience) -> String {
    let name = name(value.field);
    if value.agrees {
        return format!("{name}: the messages say the same by now, so it can be cleared");
    }
    let money = value.said_money(currency).map(|money| money.to_string());
    let said = || value.said.as_deref().and_then(|said| shown(value.field, said, audience));
    match money.or_else(said) {
        Some(said) => format!("{name}: the messages say {said}"),
        None => format!("{name}: the messages say nothing"),
    }
}

fn shown(field: OrderField, said: &str, audience: Audience) -> Option<String> {
    let text = || escape(&cut(said, LONGEST));
    Some(match field {
        OrderField::Date => time(said.parse().ok()?, 'f'),
        OrderField::Customer | OrderField::Buyer if audience == Audience::Public => {
            "something else".to_owned()
        }
        _ => text(),
    })
}

/// The reply to somebody who leaves a value out where none was set by hand.
pub(crate) fn nothing_to_clear(handle: &str, field: OrderField) -> String {
    format!(
        "Nobody has set the {} of {} by hand, so there is nothing to clear. To set it, give the right value as well.",
        name(field),
        escape(handle)
    )
}

/// What came of setting values.
pub(crate) fn set(handle: &str, set: &SetValues, audience: Audience) -> String {
    let SetValues { changes, is_gone } = set;
    if changes.is_empty() {
        return format!("{} is like that already; nothing was changed.", escape(handle));
    }
    let change = |change: &SetValue| {
        let [before, after] = [&change.before, &change.after]
            .map(|text| value(change.field, text.as_deref(), audience));
        format!("✅ {} {}: {before} → {after}", escape(handle), name(change.field))
    };
    let gone = is_gone.then(|| GONE.to_owned());
    changes.iter().map(change).chain(gone).collect::<Vec<_>>().join("\n")
}

/// A value as a change of it is told; what a person is called is told in private alone.
pub(super) fn value(field: OrderField, text: Option<&str>, audience: Audience) -> String {
    let is_hidden =
        audience == Audience::Public && matches!(field, OrderField::Customer | OrderField::Buyer);
    match text {
        None => "nothing".to_owned(),
        Some(_) if is_hidden => "…".to_owned(),
        Some(text) => {
            let at = Some(text).filter(|_| field == OrderField::Date).and_then(moment);
            at.unwrap_or_else(|| escape(&cut(&shown_to(audience, text), LONGEST)))
        }
    }
}

/// A time by the clock of whoever reads it.
fn moment(text: &str) -> Option<String> {
    // What the first version noted in histories.
    let noted = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M UTC").ok();
    let at = text.parse::<DateTime<Utc>>().ok().or_else(|| Some(noted()?.and_utc()))?;
    Some(time(at, 'f'))
}

/// What came of adding an order by hand.
pub(crate) fn added(typed: &str, added: &Added, audience: Audience) -> String {
    let number = code(&cut(&shown_to(audience, typed.trim()), LONGEST));
    match added {
        Added::Done(_) => format!("✅ Added {number}. `/order` shows it, `/undo` takes it back."),
        Added::Exists(_) => {
            format!(
                "There is an order {number} of this store already, so nothing was added. `/order` shows it."
            )
        }
        Added::Forgotten => {
            format!(
                "The order {number} was deleted with `/forget` and is not stored again, so nothing was added."
            )
        }
        Added::NoNumber => {
            format!(
                "{number} is not an order number, so nothing was added. Type it as the shop writes it."
            )
        }
        Added::Wrong(why) => wrong(why),
    }
}

/// Why what was typed is not taken.
pub(crate) fn wrong(wrong: &WrongValue) -> String {
    // It quotes what was typed, and the reply may be for everybody.
    let mut text = escape(&shown_to(Audience::Public, &wrong.to_string()));
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    format!("{text}. Nothing was changed.")
}
