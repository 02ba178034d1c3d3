//! What `/forget` finds, and what it has erased.

use serenity::all::{Colour, CreateEmbed};

use super::text::{code, cut};
use crate::ledger::{Forgettable, ToForget};

const RED: Colour = Colour::new(0x00ED_4245);
/// Order numbers that are named.
const NAMED: usize = 10;

/// What there is, before anything is erased.
pub(crate) fn preview(what: &Forgettable, delete_orders: bool, found: &ToForget) -> CreateEmbed {
    let whom = match what {
        Forgettable::Email(address) => format!("the buyer {}", code(&cut(address, 200))),
        Forgettable::Order(number) => format!("the order {}", code(&cut(number, 100))),
        Forgettable::Message(message) => {
            format!("the orders of message {}", code(&message.to_string()))
        }
    };
    let fate = if delete_orders {
        "The orders are deleted with their history."
    } else {
        "The orders stay, without e-mail address, name, profile, proxy, payment, address, notes and \
         link of the order."
    };
    let lines = [
        count(found),
        numbers(found),
        fate.to_owned(),
        "The messages are dropped from the log; what names the same again is stored without personal \
         data. It cannot be undone."
            .to_owned(),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    CreateEmbed::new()
        .colour(RED)
        .title("Forget for good?")
        .description(cut(&format!("This forgets {whom}.\n\n{}", lines.join("\n\n")), 3_000))
}

/// What was erased.
pub(crate) fn done(delete_orders: bool, erased: &ToForget, wiped: bool) -> CreateEmbed {
    let fate = if delete_orders { "were deleted" } else { "lost their personal data" };
    let traces = if wiped {
        "Nothing of it is left in the database file."
    } else {
        "The rows are erased, but traces may be left in the database file: its log says why. \
         `/forget` again tries to remove them."
    };
    CreateEmbed::new().colour(super::NEUTRAL).title("Forgotten").description(format!(
        "{}: the orders {fate}, the messages were dropped.\n\n{traces}\n\nNot in reach of the bot: the \
         messages in Discord itself (delete them there), backups, and files that were exported.",
        count(erased)
    ))
}

fn count(found: &ToForget) -> String {
    let of = |count: usize, one: &str, many: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    };
    let events = usize::try_from(found.events).unwrap_or(usize::MAX);
    format!(
        "{}, {}, {}",
        of(found.orders.len(), "order", "orders"),
        of(found.messages.len(), "kept message", "kept messages"),
        of(events, "entry in their history", "entries in their histories")
    )
}

fn numbers(found: &ToForget) -> String {
    let mut named: Vec<String> =
        found.numbers.iter().take(NAMED).map(|number| code(&cut(number, 100))).collect();
    if found.numbers.len() > NAMED {
        named.push(format!("and {} more", found.numbers.len() - NAMED));
    }
    named.join(", ")
}
