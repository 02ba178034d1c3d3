//! Parcels to hand in to a buying group, as its forms take them.

use serenity::all::CreateActionRow;
use sha2::{Digest, Sha256};

use crate::count::count;
use crate::discord::render::custom_id::{BooksPart, CustomId, HandInList};
use crate::discord::render::rows::{self, button, buttons, primary};
use crate::discord::render::text::length;
use crate::ledger::{HandIn, Parcel};
use crate::order::Money;

/// How a line looks where nobody says otherwise.
pub(crate) const TEMPLATE: &str = "{tracking}";
/// The list as a file.
pub(crate) const FILE: &str = "trackings.txt";
/// What a code block may take of a message.
const BLOCK: usize = 1_700;

/// The reply where nothing is due.
pub(crate) const NOTHING_DUE: &str = "No parcel is due: all of them were handed in or received. `/trackings \
    handed_in:True` shows those that were handed in.";
/// The reply where nothing was handed in.
pub(crate) const NONE_HANDED_IN: &str = "No parcel that was handed in is still waited for.";
/// The reply to a template that holds no number.
pub(crate) const NO_TEMPLATE: &str = "A template holds {tracking}, and may hold {payout}, {order} and {store}, like \
    `{tracking}${payout}`.";
/// Above a list that is another one by now.
pub(crate) const OTHERWISE: &str =
    "The list has changed since you looked, so nothing was marked. Use `/trackings` again.";

/// A line for each parcel.
pub(crate) fn lines(parcels: &[Parcel], template: &str) -> Vec<String> {
    parcels.iter().map(|parcel| line(parcel, template)).collect()
}

fn line(parcel: &Parcel, template: &str) -> String {
    let first = parcel.orders.first();
    let text = |of: Option<&str>| one_line(of.unwrap_or_default());
    template
        .replace("{order}", &text(first.map(|order| order.handle.as_str())))
        .replace("{store}", &text(first.and_then(|order| order.store.as_deref())))
        .replace("{payout}", &worth(parcel).map(|money| money.decimal()).unwrap_or_default())
        .replace("{tracking}", &one_line(&parcel.number))
}

/// A text that neither ends its line nor the code block.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() || letter == '`' { ' ' } else { letter })
        .collect()
}

/// What the orders in a parcel are worth: of an order with several parcels its share. `None`: it is not known, or of
/// several currencies.
fn worth(parcel: &Parcel) -> Option<Money> {
    let mut sum: Option<Money> = None;
    for order in &parcel.orders {
        let Money { minor, currency } = order.worth?;
        let parcels = order.parcels.max(1);
        let rest = if order.is_first { minor % parcels } else { 0 };
        let share = minor / parcels + rest;
        let before = sum.unwrap_or(Money { minor: 0, currency });
        if before.currency != currency {
            return None;
        }
        sum = Some(Money { minor: before.minor.saturating_add(share), currency });
    }
    sum
}

/// The list: in a code block, which is copied with one tap. `None`: it is too long, and is to be a file.
pub(crate) fn block(lines: &[String]) -> Option<String> {
    let text = lines.join("\n");
    (length(&text) <= BLOCK).then(|| format!("```\n{text}\n```"))
}

/// What is above the list.
pub(crate) fn head(parcels: usize, handed_in: bool) -> String {
    let parcels = count(parcels, "parcel", "parcels");
    if handed_in {
        format!("{parcels} handed in, and not received yet:")
    } else {
        format!("{parcels} to hand in:")
    }
}

/// The same for the same parcels.
pub(crate) fn digest(parcels: &[Parcel]) -> String {
    let mut digest = Sha256::new();
    for parcel in parcels {
        digest.update(parcel.number.as_bytes());
        digest.update([0]);
    }
    format!("{:x}", digest.finalize()).chars().take(8).collect()
}

/// Whether the button has room for what was asked.
pub(crate) fn has_room(list: &HandInList) -> bool {
    rows::has_room(&CustomId::Books(BooksPart::HandIn(list.clone())))
}

/// The button that marks them as handed in.
pub(crate) fn rows(list: HandInList) -> Vec<CreateActionRow> {
    vec![buttons(vec![primary(&CustomId::Books(BooksPart::HandIn(list)), "Mark as handed in")])]
}

/// What was marked.
pub(crate) fn done(handed_in: HandIn) -> String {
    format!(
        "Marked as handed in: {}. They are due again only where a tracking number changes.",
        count(handed_in.parcels, "parcel", "parcels")
    )
}

/// The button that takes it back.
pub(crate) fn undo(handed_in: HandIn) -> Vec<CreateActionRow> {
    vec![buttons(vec![button(&CustomId::Books(BooksPart::Unhand(handed_in.id)), "Undo")])]
}

/// The reply to an undoing.
pub(crate) const fn undone(was_there: bool) -> &'static str {
    if was_there { "Undone. These parcels are due again." } else { "This was undone before." }
}
