//! What the feed says of new orders: for everybody in its channel.

use super::list;
use crate::checkout::Message;
use crate::ledger::Order;
use crate::reactions::StatusEmoji;

/// What several lines may take in a message, less some room.
const LINES: usize = super::CONTENT - 50;

/// New orders, a few lines each.
pub(in super::super) fn lines(orders: &[Order], emoji: &StatusEmoji) -> String {
    let room = (LINES / orders.len().max(1)).saturating_sub(1);
    let lines = orders.iter().map(|order| list::entry(order, emoji, room));
    lines.collect::<Vec<_>>().join("\n")
}

/// There were more than are told one by one.
pub(in super::super) fn more(more: i64) -> String {
    format!("… and {more} more orders: `/orders recent` shows them.")
}

/// The order numbers that a message of the feed names: they alone stand in code spans. A board names
/// some too, and is none of the feed.
pub(in super::super) fn numbers(message: &Message) -> Vec<String> {
    if message.embeds.first().is_some_and(|embed| embed.title == super::board::TITLE) {
        return Vec::new();
    }
    let fields = message.embeds.iter().flat_map(|embed| &embed.fields);
    let texts = fields.map(|field| field.value.as_str()).chain([message.content.as_str()]);
    let spans = texts.flat_map(|text| text.split('`').skip(1).step_by(2));
    spans.map(str::to_owned).collect()
}
