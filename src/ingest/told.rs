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
    let mut lines: Vec<String> = announced.flat_map(of_message).collect();
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    lines
        .extend((more > 0).then(|| format!("stored {}", count(more, "more order", "more orders"))));
    lines
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
    let number = order.order_number.as_deref().unwrap_or("without a number");
    let money = |minor| Money { minor, currency: order.currency }.to_string();
    let parts =
        [Some(format!("stored order {number}")), order.store.clone(), total(order).map(money)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The total as stated, or what the lines come to.
fn total(order: &OrderReading) -> Option<i64> {
    let of_line = |item: &crate::reading::ItemReading| {
        item.price_minor?.checked_mul(item.quantity.unwrap_or(1))
    };
    let lines: Option<Vec<i64>> = order.items.iter().map(of_line).collect();
    let sum = lines.filter(|lines| !lines.is_empty()).map(|lines| lines.iter().sum());
    order.total_minor.or(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::reading::{Labels, Message};
    use crate::verdict::{Incoming, Outcome, Packer, prepare};

    fn told(via: Via, number_of_messages: i64) -> Vec<String> {
        let mut packer = Packer::new().unwrap();
        let mut prepared = |id: i64| {
            let content = format!(
                "Successful Checkout | Target\nProduct\nConsole\nPrice\n$10.00\nQuantity\n2\n\
                 Order Number\n#A-{id}\nEmail\nbuyer@example.com\nProfile\nMain"
            );
            let message = Message { content, ..Message::default() };
            let (channel_id, guild_id, trust) = (ChannelId(7), GuildId(8), Ok(()));
            let incoming =
                Incoming { message, id: MessageId(id), channel_id, guild_id, via, trust };
            prepare(incoming, &Labels::built_in(), &mut packer)
        };
        let messages: Vec<Prepared> =
            (1001..=1000 + number_of_messages).map(&mut prepared).collect();
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
        assert_eq!(told(Via::Live, 1), ["stored order A-1001, Target, $20.00, channel 7"]);
        assert!(told(Via::Backfill, 1).is_empty() && told(Via::Import, 1).is_empty());
    }

    #[test]
    fn a_flood_is_counted() {
        let lines = told(Via::Live, 12);
        assert_eq!((lines.len(), lines[10].as_str()), (11, "stored 2 more orders"));
    }
}
