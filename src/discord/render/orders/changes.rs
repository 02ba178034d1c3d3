//! The replies to somebody who changed an order.

use serenity::all::CreateEmbed;

use super::by_hand;
use crate::count::count;
use crate::discord::render::text::{code, cut, escape, listed, shown_to, whole_lines};
use crate::discord::render::{Audience, DESCRIPTION, NEUTRAL, status};
use crate::ledger::{
    Amended, Correct, CorrectRequest, Corrected, MOST_NUMBERS, NoTracking, OrderField,
    StatusChange, Undoing, Undone,
};
use crate::order::Status;
use crate::order::StatusEmoji;

/// What is repeated of a text that somebody typed in vain.
const TYPED: usize = 1_200;

/// The reply to a form that showed another state of the order than there is. Others do not see what was typed.
pub(crate) fn changed_since(typed: &str, audience: Audience) -> String {
    let said = "The order has changed since this form was opened, so nothing was changed. Open the form again if you \
        still want to change it.";
    match audience {
        Audience::Private if !typed.trim().is_empty() => {
            format!("{said} You had typed: {}", code(&cut(typed, TYPED)))
        }
        _ => said.to_owned(),
    }
}

/// What a row of tracking numbers may take in a reply.
const NUMBERS: usize = 800;

/// When an order's history holds no change by a person.
pub(crate) const NOTHING_TO_UNDO: &str = "Nothing to undo: nobody has changed this order by hand, or \
    every change was already undone.";

/// Why what was typed as tracking numbers is not stored.
pub(crate) fn no_tracking(why: &NoTracking) -> String {
    let shown = |text: &str| code(&cut(&shown_to(Audience::Public, text), 200));
    match why {
        NoTracking::Nothing => {
            "I can't find a tracking number in that. Type one, or several separated by commas."
                .to_owned()
        }
        NoTracking::NotANumber(word) => format!(
            "{} is not a tracking number, so nothing was saved. A tracking number has 3 to 60 letters \
             and digits, and at least one digit. Separate several with commas.",
            shown(word)
        ),
        NoTracking::NotInLink(link) => format!(
            "I can't find a tracking number in {}, so nothing was saved. Type the number itself.",
            shown(link)
        ),
    }
}

/// For which tracking numbers an order had no room.
pub(crate) fn left_out(amended: &Amended) -> Option<String> {
    let numbers = amended.left_out.iter().map(|number| code(&cut(number, 60)));
    let numbers: Vec<String> = numbers.collect();
    (!numbers.is_empty()).then(|| {
        let named = whole_lines(&numbers, numbers.len(), NUMBERS).replace('\n', ", ");
        format!("An order can have at most {MOST_NUMBERS} tracking numbers. Not saved: {named}.")
    })
}

/// What came of marking one order.
pub(crate) fn marked(
    order_number: &str,
    change: Option<&StatusChange>,
    wanted: Status,
    emoji: &StatusEmoji,
) -> String {
    let number = number(order_number);
    match change {
        Some(change) => {
            format!("{number}: {} → {}", status(change.before, emoji), status(change.after, emoji))
        }
        None => format!("{number} is already {}.", status(wanted, emoji)),
    }
}

/// What came of marking several orders at once.
pub(crate) fn several_marked(
    changed: usize,
    orders: usize,
    now: Status,
    emoji: &StatusEmoji,
) -> String {
    let now = status(now, emoji);
    let orders_are = count(changed, "order is", "orders are");
    match (changed, orders - changed.min(orders)) {
        (0, _) => format!("All of them were already {now}."),
        (_, 0) => format!("{orders_are} now {now}."),
        (_, others) => format!("{orders_are} now {now}; {} already.", count(others, "was", "were")),
    }
}

/// What came of many changes, where it is too long for a message's text.
pub(crate) fn at_length(lines: &str) -> CreateEmbed {
    CreateEmbed::new().colour(NEUTRAL).description(cut(lines, DESCRIPTION))
}

/// What came of adding to an order.
pub(crate) fn amended(what: &str, amended: &Amended, audience: Audience) -> String {
    let number = number(&amended.handle);
    let left_out = left_out(amended);
    let said = match &amended.after {
        _ if amended.before == amended.after => {
            let has = if amended.after.is_some() { "already has this" } else { "has no" };
            return left_out.unwrap_or_else(|| format!("{number} {has} {what}."));
        }
        Some(after) => {
            let are_several = what == "tracking number" && listed(after).nth(1).is_some();
            let what = if are_several { "tracking numbers" } else { what };
            let after = code(&cut(&shown_to(audience, after), 500));
            format!("✅ Saved on {number}: {what} {after}")
        }
        None => format!("✅ Removed the {what} from {number}."),
    };
    [Some(said), left_out].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What came of a correction, where the card does not say it by itself.
pub(crate) fn corrected(corrected: &Corrected, request: &CorrectRequest) -> Option<String> {
    let said = match (corrected, &request.what) {
        (Corrected::Done(order), _) if *order == request.order => return None,
        (Corrected::Done(_), _) => {
            "There was an order with this number already. The two are one order now."
        }
        (Corrected::Nothing, Correct::CountBoth) => {
            "There is nothing left to count: each product of this order counts."
        }
        (Corrected::Nothing, Correct::Number(_)) => "The order has this number already.",
        (Corrected::Several, _) => SEVERAL,
        (Corrected::NoNumber, Correct::Number(typed)) => {
            return Some(format!(
                "{} is not an order number. Type it as the shop writes it.",
                code(&cut(&shown_to(Audience::Public, typed), 100))
            ));
        }
        (Corrected::NoNumber, Correct::CountBoth) => return None,
        (Corrected::NotKept, _) => NOT_KEPT,
    };
    Some(said.to_owned())
}

/// That an order has another number now. `has_joined`: there was an order with that number, and it is one with this
/// now.
pub(crate) fn numbered(
    (before, after): (&str, &str),
    has_joined: bool,
    audience: Audience,
) -> String {
    let [before, after] =
        [before, after].map(|typed| code(&cut(&shown_to(audience, typed.trim()), 100)));
    if has_joined {
        return format!(
            "✅ {before} has the number {after} now. There was an order {after} already: **the two are one order \
             now**, and `/order` with {before} shows it. If that is wrong, `/undo` with {after} takes it back."
        );
    }
    format!("✅ {before} has the number {after} now.")
}

const SEVERAL: &str = "Orders of several stores have this number, or had it before, so I can't tell which of them \
    this order is. Correct its store first.";

const NOT_KEPT: &str = "I no longer have the message behind this order, so I can't read it again. Nothing was \
    changed.";

/// What was taken back.
pub(crate) fn undone(undone: &Undone, audience: Audience) -> String {
    match undone.result {
        Undoing::Done => taken_back(undone, audience),
        Undoing::Gone => format!("{} {GONE}", taken_back(undone, audience)),
        Undoing::NotKept => NOT_KEPT.to_owned(),
        Undoing::Evidenced => stays(undone, audience),
    }
}

/// An order that stayed for what was taken back.
pub(super) const GONE: &str =
    "The order is gone as well: its sheet was undone before, and nothing else was known of it.";

fn taken_back(undone: &Undone, audience: Audience) -> String {
    let shown = |text: &Option<String>| shown_to(audience, text.as_deref().unwrap_or_default());
    let [before, after] = [&undone.before, &undone.after].map(shown);
    let (name, [before, after]) = match undone.column.as_str() {
        "tracking_number" => return undone_tracking(&before, &after),
        "added" => return undone_adding(undone, &number(&before)),
        "notes" => ("note", [before, after].map(|text| quoted(&text))),
        "counted_apart" => {
            return format!("Undone: {} is no longer counted twice.", quoted(&before));
        }
        "order_number" => ("order number", [before, after].map(|text| number(&text))),
        other => match OrderField::of_column(other) {
            Some(field) => {
                let value =
                    |text: &Option<String>| by_hand::value(field, text.as_deref(), audience);
                (by_hand::name(field), [&undone.before, &undone.after].map(value))
            }
            None => (other, [before, after].map(|text| escape(&cut(&text, 200)))),
        },
    };
    let is = if name == by_hand::name(OrderField::Fees) { "are" } else { "is" };
    if undone.column == "status" && undone.before == undone.after {
        return format!(
            "Undone: the {name} {is} still {after}, because something else says so as well."
        );
    }
    match (&undone.before, &undone.after) {
        (_, None) => format!("Undone: removed the {name} {before}."),
        (None, Some(_)) => format!("Undone: the {name} {is} {after} again."),
        (Some(_), Some(_)) => {
            format!("Undone: the {name} {is} {after} again instead of {before}.")
        }
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", escape(&cut(text, 200)))
}

fn undone_adding(undone: &Undone, number: &str) -> String {
    if undone.is_gone() {
        return format!("Undone: order {number} is gone. It had been added by hand.");
    }
    format!(
        "Undone: what was added by hand no longer counts. Order {number} stays, because a message or a sheet \
         names it as well."
    )
}

/// An order by hand of which other things are known.
fn stays(undone: &Undone, audience: Audience) -> String {
    let number = number(&shown_to(audience, undone.before.as_deref().unwrap_or_default()));
    format!(
        "Nothing was changed: order {number} was added by hand and stays, because other things are known of it \
         by now, like a message, a sheet or a status. Take back what you can of these, then it can be undone."
    )
}

fn undone_tracking(before: &str, after: &str) -> String {
    let (back, gone) = (beyond(after, before, NUMBERS), beyond(before, after, NUMBERS));
    match (back.is_empty(), gone.is_empty()) {
        (true, true) => "Undone: the tracking numbers are in the order of before.".to_owned(),
        (true, false) => format!("Undone: removed tracking {gone}."),
        (false, true) => format!("Undone: put back tracking {back}."),
        (false, false) => format!("Undone: removed tracking {gone}, put back {back}."),
    }
}

/// The tracking numbers of one list that are not in the other, in at most so many characters.
fn beyond(some: &str, others: &str, room: usize) -> String {
    let missing = |number: &&str| !listed(others).any(|other| other == *number);
    let numbers = listed(some).filter(missing).map(|number| code(&cut(number, 60)));
    let numbers: Vec<String> = numbers.collect();
    whole_lines(&numbers, numbers.len(), room).replace('\n', ", ")
}

/// How two lists of tracking numbers differ: each part in at most so many characters.
pub(crate) fn tracking(before: &str, after: &str, room: usize) -> String {
    let parts = [("added", beyond(after, before, room)), ("removed", beyond(before, after, room))];
    let parts = parts.into_iter().filter(|(_, numbers)| !numbers.is_empty());
    let parts = parts.map(|(what, numbers)| format!("tracking {what}: {numbers}"));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "tracking numbers reordered".to_owned() } else { parts.join("; ") }
}

fn number(order_number: &str) -> String {
    code(&cut(order_number, 80))
}
