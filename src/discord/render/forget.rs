//! What `/forget` finds, and what it has erased.

use serenity::all::{Colour, CreateEmbed};

use super::text::{code, cut, whole_lines};
use super::{FIELD, jump};
use crate::count::{count, grouped};
use crate::ids::GuildId;
use crate::ledger::{Forgettable, Posted, ToForget, Wiped};

const RED: Colour = Colour::new(0x00ED_4245);
/// Order numbers that are named.
const NAMED: usize = 10;
/// Messages that are linked.
const LINKED: usize = 10;

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
        "The orders and their history will be deleted."
    } else {
        "The orders stay, but lose e-mail address, name, profile, proxy, payment, address, notes and \
         order link."
    };
    let later = match (what, delete_orders) {
        (Forgettable::Email(_), _) => {
            "Later messages about this buyer will be stored without personal data."
        }
        (Forgettable::Order(_) | Forgettable::Message(_), false) => {
            "Later messages about this order will be stored without personal data."
        }
        (Forgettable::Order(_) | Forgettable::Message(_), true) => {
            "Later messages about this order will not be stored."
        }
    };
    let lines = [
        found_in_words(found),
        numbers(found),
        fate.to_owned(),
        format!("The messages will be removed from the log. {later} This cannot be undone."),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    CreateEmbed::new()
        .colour(RED)
        .title("Forget for good?")
        .description(cut(&format!("This will forget {whom}.\n\n{}", lines.join("\n\n")), 3_000))
}

/// The reply where nothing of it was left: somebody pressed twice, or asked for what is not there.
pub(crate) fn nothing_left(wiped: Option<Wiped>) -> String {
    format!("Nothing of it was left to erase. {}", traces(wiped))
}

fn traces(wiped: Option<Wiped>) -> &'static str {
    match wiped {
        Some(Wiped::Whole) => "Nothing of it is left in the database file.",
        Some(Wiped::UntilNextStart) => {
            "It is overwritten in the database file, but for copies that SQLite may have made when it moved entries. \
             These go when I am started the next time: then the whole file is written anew."
        }
        None => {
            "The data is erased, but traces may be left in the database file; the bot's log says why. Run \
             `/forget` again to remove them."
        }
    }
}

/// What was erased, and where in Discord it still is. `wiped`: what is left in the file; `None`: nobody knows.
pub(crate) fn done(
    guild: GuildId,
    delete_orders: bool,
    erased: &ToForget,
    wiped: Option<Wiped>,
) -> CreateEmbed {
    let fate = if delete_orders { "were deleted" } else { "lost their personal data" };
    let traces = traces(wiped);
    let said = format!(
        "{}: the orders {fate}, and the messages were removed from the log.\n\n{traces}\n\nI can't \
         reach the messages in Discord itself (delete them there), backups, and exported files.",
        found_in_words(erased)
    );
    let posted: Vec<_> = erased.posted.iter().collect();
    let cards: Vec<_> = erased.cards.iter().map(|(posted, _)| posted).collect();
    let fields = [
        ("Delete these messages in Discord", links(guild, &posted)),
        ("My own posts, which I am editing now", links(guild, &cards)),
    ];
    let fields = fields.into_iter().filter(|(_, links)| !links.is_empty());
    CreateEmbed::new()
        .colour(super::NEUTRAL)
        .title("Forgotten")
        .description(said)
        .fields(fields.map(|(name, links)| (name, links, false)))
}

/// What stands in the place of an order's card.
pub(crate) const POST: &str = "This order was forgotten.";

/// Links to messages, as many as have room; the last line says how many are left out.
fn links(guild: GuildId, messages: &[&Posted]) -> String {
    let link = |posted: &&Posted| jump(guild, posted.channel, posted.message);
    let links: Vec<String> = messages.iter().filter_map(link).collect();
    whole_lines(&links, LINKED, FIELD)
}

fn found_in_words(found: &ToForget) -> String {
    let mut parts = vec![
        count(found.orders.len(), "order", "orders"),
        count(found.messages.len(), "kept message", "kept messages"),
        count(found.events, "history entry", "history entries"),
    ];
    if found.rows > 0 {
        parts.push(count(found.rows, "row of a sheet", "rows of sheets"));
    }
    parts.join(", ")
}

fn numbers(found: &ToForget) -> String {
    let mut named: Vec<String> =
        found.numbers.iter().take(NAMED).map(|number| code(&cut(number, 100))).collect();
    if found.numbers.len() > NAMED {
        named.push(format!("and {} more", grouped(found.numbers.len() - NAMED)));
    }
    named.join(", ")
}
