//! What the log says of orders that have just come: which, where and for how much, and nothing of who buys. Pure.

use std::collections::HashMap;

use crate::count::count;
use crate::ids::MessageId;
use crate::order::Money;
use crate::reading::OrderReading;
use crate::verdict::{Prepared, Receipt, Via};

/// Orders of a batch that have a line each; a flood of them would hide everything else.
const NAMED: usize = 10;

/// Lines for the orders that live messages announced. What comes from the history or from files is counted there.
pub(super) fn lines(messages: &[Prepared], receipts: &HashMap<MessageId, Receipt>) -> Vec<String> {
    let is_new = |receipt: &Receipt| receipt.new_orders > 0 && !receipt.known;
    let announced = messages.iter().filter(|message| {
        let receipt = receipts.get(&message.facts.id);
        message.facts.via == Via::Live && receipt.is_some_and(is_new)
    });
    let mut lines: Vec<String> = announced
        .flat_map(|message| match receipts.get(&message.facts.id) {
            Some(receipt) if is_in_part(message, receipt) => vec![in_part(message, receipt)],
            _ => of_message(message).collect(),
        })
        .collect();
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    lines
        .extend((more > 0).then(|| format!("stored {}", count(more, "more order", "more orders"))));
    lines
}

/// Whether some of its orders were there before.
fn is_in_part(message: &Prepared, receipt: &Receipt) -> bool {
    u64::try_from(message.decision.orders.len()).is_ok_and(|all| receipt.new_orders < all)
}

/// Which of its orders are new, its receipt does not say.
fn in_part(message: &Prepared, receipt: &Receipt) -> String {
    let numbers = message.decision.orders.iter().map(number).collect::<Vec<_>>().join(", ");
    let new = count(receipt.new_orders, "new order", "new orders");
    format!("stored {new} of {numbers}, channel {}", message.facts.channel_id)
}

fn of_message(message: &Prepared) -> impl Iterator<Item = String> {
    let channel = message.facts.channel_id;
    message
        .decision
        .orders
        .iter()
        .map(move |order| format!("{}, channel {channel}", of_order(order)))
}

fn of_order(order: &OrderReading) -> String {
    let number = number(order);
    // Somebody's address in the place of a store is nothing for the log.
    let store = order.store.clone().filter(|store| !store.contains('@'));
    let money = |minor| Money { minor, currency: order.currency }.to_string();
    let parts = [Some(format!("stored order {number}")), store, total(order).map(money)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn number(order: &OrderReading) -> &str {
    order.order_number.as_deref().unwrap_or("without a number")
}

/// The total as stated, or what the lines come to.
fn total(order: &OrderReading) -> Option<i64> {
    let of_line = |item: &crate::reading::ItemReading| {
        item.price_minor?.checked_mul(item.quantity.unwrap_or(1))
    };
    let add = |sum: i64, item| sum.checked_add(of_line(item)?);
    let sum = || order.items.iter().try_fold(0, add).filter(|_| !order.items.is_empty());
    order.total_minor.or_else(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::reading::{Labels, Message};
    use crate::verdict::{Incoming, Outcome, Packer, prepare};

    fn checkout(number: usize) -> String {
        format!(
            "Successful Checkout | Target\nProduct\nConsole\nPrice\n$10.00\nQuantity\n2\n\
             Order Number\n#A-{number}\nEmail\nbuyer@example.com\nProfile\nMain"
        )
    }

    /// What is said of messages of which each announced one order that was not there before.
    fn told(via: Via, contents: Vec<String>) -> Vec<String> {
        let mut packer = Packer::new().unwrap();
        let mut prepared = |(id, content)| {
            let message = Message { content, ..Message::default() };
            let (channel_id, guild_id, trust) = (ChannelId(7), GuildId(8), Ok(()));
            let incoming =
                Incoming { message, id: MessageId(id), channel_id, guild_id, via, trust };
            prepare(incoming, &Labels::built_in(), &mut packer)
        };
        let messages: Vec<Prepared> = (1..).zip(contents).map(&mut prepared).collect();
        let receipt = |message: &Prepared| Receipt {
            message_id: message.facts.id,
            channel_id: ChannelId(7),
            guild_id: GuildId(8),
            outcome: Outcome::Stored,
            reason: String::new(),
            orders: Vec::new(),
            new_orders: 1,
            known: false,
            had_orders: false,
        };
        let receipts = messages.iter().map(|message| (message.facts.id, receipt(message)));
        lines(&messages, &receipts.collect())
    }

    #[test]
    fn a_live_order_is_a_line_without_its_buyer() {
        let one = || vec![checkout(1001)];
        assert_eq!(told(Via::Live, one()), ["stored order A-1001, Target, $20.00, channel 7"]);
        assert!(told(Via::Backfill, one()).is_empty() && told(Via::Import, one()).is_empty());
    }

    #[test]
    fn an_address_in_the_place_of_a_store_stays_out() {
        let content = checkout(1001).replace(" | Target", "") + "\nStore\nbuyer@example.com";
        assert_eq!(told(Via::Live, vec![content]), ["stored order A-1001, $20.00, channel 7"]);
    }

    #[test]
    fn what_is_too_much_to_add_up_is_left_out() {
        let line = |n: usize| {
            format!("\nProduct {n}\nConsole {n}\nPrice {n}\n$9999999999.00\nQuantity {n}\n999999")
        };
        let lines: String = (1..=20).map(line).collect();
        let content = format!("Successful Checkout | Target{lines}\nOrder Number\n#A-1001");
        assert_eq!(told(Via::Live, vec![content]), ["stored order A-1001, Target, channel 7"]);
    }

    #[test]
    fn of_orders_of_which_some_are_known_it_says_how_many_are_new() {
        let content = [checkout(1001), checkout(1002)].join("\n\n");
        assert_eq!(
            told(Via::Live, vec![content]),
            ["stored 1 new order of A-1001, A-1002, channel 7"]
        );
    }

    #[test]
    fn a_flood_is_counted() {
        let lines = told(Via::Live, (1001..1013).map(checkout).collect());
        assert_eq!((lines.len(), lines[10].as_str()), (11, "stored 2 more orders"));
    }
}
