//! What people are told after they changed an order.

use serenity::all::CreateEmbed;

use super::card::listed;
use crate::discord::render::text::{code, cut, escape, shown_to, whole_lines};
use crate::discord::render::{Audience, DESCRIPTION, NEUTRAL, status};
use crate::ledger::{
    Amended, Correct, CorrectRequest, Corrected, MOST_NUMBERS, NoTracking, StatusChange, Undone,
};
use crate::order::Status;
use crate::order::StatusEmoji;

/// What a row of tracking numbers may take in a reply.
const NUMBERS: usize = 800;

/// When an order's history holds no change by a person.
pub(crate) const NOTHING_TO_UNDO: &str = "There is nothing to undo: nobody has changed this order by hand, or it was all undone already.";

/// Why what was typed as tracking numbers is not stored.
pub(crate) fn no_tracking(why: &NoTracking) -> String {
    let shown = |text: &str| code(&cut(text, 200));
    match why {
        NoTracking::Nothing => {
            "There is no tracking number in that. Type one or several, with commas between."
                .to_owned()
        }
        NoTracking::NotANumber(word) => format!(
            "{} is no tracking number, so nothing was stored. One has 3 to 60 letters and digits, at \
             least one digit among them; put commas between several.",
            shown(word)
        ),
        NoTracking::NotInLink(link) => format!(
            "I know no carrier's number in {}, so nothing was stored. Type the number itself.",
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
        format!("An order has {MOST_NUMBERS} tracking numbers at most. Left out: {named}.")
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
        Some(change) => format!(
            "{number} is {} now; it was {}.",
            status(change.after, emoji),
            status(change.before, emoji)
        ),
        None => format!("{number} is {} already.", status(wanted, emoji)),
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
    match (changed, orders - changed.min(orders)) {
        (0, _) => format!("All of them were {now} already."),
        (changed, 0) => format!("{} {now} now.", orders_are(changed)),
        (changed, 1) => format!("{} {now} now, 1 was already.", orders_are(changed)),
        (changed, others) => {
            format!("{} {now} now, {others} were already.", orders_are(changed))
        }
    }
}

fn orders_are(count: usize) -> String {
    if count == 1 { "1 order is".to_owned() } else { format!("{count} orders are") }
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
            return left_out.unwrap_or_else(|| format!("{number} has this {what} already."));
        }
        Some(after) => format!("{number}: {what} {}", code(&cut(&shown_to(audience, after), 500))),
        None => format!("{number} has no {what} any more."),
    };
    [Some(said), left_out].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What came of a correction, where the card does not say it by itself.
pub(crate) fn corrected(corrected: &Corrected, request: &CorrectRequest) -> Option<String> {
    let said = match (corrected, &request.what) {
        (Corrected::Done(order), _) if *order == request.order => return None,
        (Corrected::Done(_), _) => "An order of this number was here already: both are one now.",
        (Corrected::Nothing, Correct::CountBoth) => {
            "Nothing about this order is doubtful any more."
        }
        (Corrected::Nothing, Correct::Number(_)) => "This order has a number already.",
        (Corrected::NoNumber, Correct::Number(typed)) => {
            return Some(format!("{} is no order number.", code(&cut(typed, 100))));
        }
        (Corrected::NoNumber, Correct::CountBoth) => return None,
        (Corrected::NotKept, _) => NOT_KEPT,
    };
    Some(said.to_owned())
}

const NOT_KEPT: &str = "Its message is not kept any more, so that it cannot be read again. Nothing was \
    changed.";

/// What was taken back.
pub(crate) fn undone(undone: &Undone, audience: Audience) -> String {
    if !undone.is_kept {
        return NOT_KEPT.to_owned();
    }
    let shown = |text: &Option<String>| shown_to(audience, text.as_deref().unwrap_or_default());
    let [before, after] = [&undone.before, &undone.after].map(shown);
    let (name, [before, after]) = match undone.column.as_str() {
        "tracking_number" => return format!("Undone: {}.", tracking(&before, &after, NUMBERS)),
        "notes" => ("note", [before, after].map(|text| quoted(&text))),
        "counted_apart" => return format!("Undone: {} is counted once again.", quoted(&before)),
        "order_number" => ("order number", [before, after].map(|text| number(&text))),
        other => (other, [before, after].map(|text| escape(&cut(&text, 200)))),
    };
    match (&undone.before, &undone.after) {
        (_, None) => format!("Undone: the {name} {before} is removed."),
        (None, Some(_)) => format!("Undone: the {name} is {after} again."),
        (Some(_), Some(_)) => format!("Undone: the {name} is {after} again, not {before}."),
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", escape(&cut(text, 200)))
}

/// How two lists of tracking numbers differ: each part in at most so many characters.
pub(crate) fn tracking(before: &str, after: &str, room: usize) -> String {
    let beyond = |some: &str, others: &str| {
        let missing = |number: &&str| !listed(others).any(|other| other == *number);
        let numbers = listed(some).filter(missing).map(|number| code(&cut(number, 60)));
        let numbers: Vec<String> = numbers.collect();
        whole_lines(&numbers, numbers.len(), room).replace('\n', ", ")
    };
    let parts = [("added", beyond(after, before)), ("removed", beyond(before, after))];
    let parts = parts.into_iter().filter(|(_, numbers)| !numbers.is_empty());
    let parts: Vec<String> = parts.map(|(what, numbers)| format!("{what}: {numbers}")).collect();
    let parts = if parts.is_empty() { "in another order".to_owned() } else { parts.join(", ") };
    format!("tracking number {parts}")
}

fn number(order_number: &str) -> String {
    code(&cut(order_number, 80))
}
