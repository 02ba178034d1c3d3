//! What names somebody who was forgotten is written without what tells who it is.

use std::borrow::Cow;

use sqlx::SqliteConnection;

use crate::ids::GuildId;
use crate::ledger::privacy::forget::{Forgettable, Forgotten};
use crate::reading::{OrderReading, addresses};
use crate::verdict::{Decision, Prepared};

/// The messages as they may be written. Within the transaction that writes them: nothing that was on
/// its way while somebody was forgotten slips through.
pub(super) async fn drop_forgotten<'m>(
    connection: &mut SqliteConnection,
    messages: &'m [Prepared],
) -> sqlx::Result<Cow<'m, [Prepared]>> {
    let named: Vec<(GuildId, Forgettable)> = messages.iter().flat_map(named).collect();
    let Some(forgotten) = Forgotten::among(connection, &named).await? else {
        return Ok(Cow::Borrowed(messages));
    };
    let withheld = messages.iter().cloned().map(|message| without(message, &forgotten));
    Ok(Cow::Owned(withheld.collect()))
}

/// All that a message names, by which it may be known.
fn named(message: &Prepared) -> impl Iterator<Item = (GuildId, Forgettable)> {
    let orders = &message.decision.orders;
    let buyers = orders.iter().filter_map(|reading| reading.details.email.as_ref());
    let addresses = message.addresses.iter().chain(buyers).cloned().map(Forgettable::Email);
    let named = addresses.chain(orders.iter().map(|reading| order_of(message, reading)));
    named.map(|what| (message.guild_id, what))
}

/// The order of a reading. A purchase without a number is known by its message.
fn order_of(message: &Prepared, reading: &OrderReading) -> Forgettable {
    let number = reading.order_number.clone().map(Forgettable::Order);
    number.unwrap_or(Forgettable::Message(message.facts.id))
}

fn without(mut message: Prepared, forgotten: &Forgotten) -> Prepared {
    let guild = message.guild_id;
    let of_address = |address: &str| forgotten.past(guild, &Forgettable::Email(address.to_owned()));
    let of_number = |reading: &OrderReading| forgotten.past(guild, &order_of(&message, reading));
    let named = message.addresses.iter().filter(|address| of_address(address).is_some());
    let named: Vec<String> = named.cloned().collect();
    let orders = &message.decision.orders;
    if named.is_empty() && !orders.iter().any(|reading| of_number(reading).is_some()) {
        return message;
    }
    let names_forgotten =
        |text: &str| addresses::of_text(text).iter().any(|address| named.contains(address));
    let posted_at = message.facts.posted_at.unwrap_or(message.facts.received_at);
    // A new order of somebody whose orders were deleted is an order all the same.
    let is_deleted = |reading: &OrderReading| {
        of_number(reading).is_some_and(|past| past.deleted)
            || (reading.details.email.as_deref().and_then(of_address))
                .is_some_and(|past| past.deleted && posted_at < past.at)
    };
    let mut kept: Vec<OrderReading> =
        orders.iter().filter(|reading| !is_deleted(reading)).cloned().collect();
    for reading in &mut kept {
        reading.clear_personal();
        reading.clear_where(&names_forgotten);
    }
    if names_forgotten(&message.decision.reason) {
        message.decision.reason.clear();
    }
    if kept.is_empty() && !orders.is_empty() {
        message.decision = Decision::forgotten();
    } else {
        message.decision.orders = kept;
    }
    message.payload = None;
    message
}
