//! New orders as the feed posts them, for everybody in its channel.

use serde_json::{Value, json};

use crate::count::count;
use crate::discord::render::orders::{card, list};
use crate::discord::render::{Audience, rows, time};
use crate::ledger::Order;
use crate::order::StatusEmoji;
use crate::reading::Message;

/// What several lines may take in a message, less some room.
const LINES: usize = crate::discord::render::CONTENT - 50;

/// Orders that one message names at the most.
pub(crate) const MOST_LINES: usize = 10;

/// An order as a message with its card, and the menu and the buttons below it.
pub(crate) fn card(order: &Order, emoji: &StatusEmoji) -> Value {
    let card = card::card(order, None, &[], emoji, Audience::Public);
    json!({ "embeds": [card], "components": rows::card(order, false, emoji) })
}

/// New orders, a few lines each.
pub(crate) fn lines(orders: &[Order], emoji: &StatusEmoji) -> String {
    let room = (LINES / orders.len().max(1)).saturating_sub(1);
    let lines = orders.iter().map(|order| list::entry(order, Audience::Public, emoji, room));
    lines.collect::<Vec<_>>().join("\n")
}

/// Many new orders, each in a line that names it. `left`: how many are to be named, with these.
pub(crate) fn digest(orders: &[Order], left: i64) -> String {
    let heading = format!("**{}**", count(left.max(1), "new order", "new orders"));
    std::iter::once(heading).chain(orders.iter().map(named)).collect::<Vec<_>>().join("\n")
}

/// The line of a digest. The time comes next, as in other lines: by the beginning an order is known again.
fn named(order: &Order) -> String {
    let at = time(order.posted_at.unwrap_or(order.created_at), 't');
    format!("{} · {at}", list::which(order))
}

fn is_digest(content: &str) -> bool {
    let heading = content.lines().next().and_then(|line| line.strip_prefix("**"));
    heading.is_some_and(|line| line.ends_with("new order**") || line.ends_with("new orders**"))
}

/// Whether a message of the bot shows the order as a card. Numbers may be cut, and a database that was
/// restored may give an id again: so both have to be the same.
pub(crate) fn is_card_of(message: &Message, order: &Order) -> bool {
    let (footer, number) = (card::footer(order), card::number(order, Audience::Public));
    message.embeds.iter().any(|embed| {
        embed.footer == footer && embed.fields.iter().any(|field| field.value == number)
    })
}

/// Whether a message of the bot names the order in its lines. Several stores may have given its number.
pub(crate) fn has_line_of(message: &Message, order: &Order) -> bool {
    // Of two numbers that are cut, it cannot be told which one stands there.
    if list::is_number_cut(order) {
        return false;
    }
    // The time is the next part of the line: a store's name ends where it begins.
    let which = line_of(order);
    message.content.lines().any(|line| line.starts_with(&which))
}

/// What comes behind the name of an order in its line.
const BEHIND: &str = " · <t:";

/// What the line of an order begins with that says which order it is.
pub(crate) fn line_of(order: &Order) -> String {
    format!("{}{BEHIND}", list::which(order))
}

/// What a line may begin with that says which order it is. A store may be called like what comes behind it.
pub(crate) fn beginnings(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(BEHIND).filter_map(|(at, behind)| line.get(..at + behind.len()))
}

/// What stands in the place of an order that was forgotten.
pub(crate) const FORGOTTEN: &str = "• *forgotten*";

/// The text of a feed's message with the order as it is now, in the place of the line with this beginning; without
/// one, that it was forgotten. `None`: the text does not name it.
pub(crate) fn lines_anew(
    content: &str,
    is_beginning: impl Fn(&str) -> bool,
    now: Option<&Order>,
    emoji: &StatusEmoji,
) -> Option<String> {
    let mut lines = content.lines().collect::<Vec<_>>();
    let place = lines.iter().position(|line| beginnings(line).any(&is_beginning))?;
    let as_digest = is_digest(content);
    let line = now.map(|order| {
        if as_digest {
            named(order)
        } else {
            list::entry(order, Audience::Public, emoji, LINES / MOST_LINES)
        }
    });
    let line = line.unwrap_or_else(|| FORGOTTEN.to_owned());
    // Of the others the line above says what was bought.
    let from = if as_digest { place } else { place.saturating_sub(1) };
    lines.splice(from..=place, line.lines());
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::render::tests::order;
    use crate::ids::OrderId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_order_is_known_again_and_the_same_number_of_another_store_is_another(one in order()) {
            let elsewhere = Order { id: OrderId(2), store: Some("Another store".to_owned()), ..one.clone() };
            let numbered = |number: String| Order { id: OrderId(3), order_number: Some(number), ..one.clone() };
            let next = numbered(format!("{}7", one.handle()));
            let again = Order { id: one.id, ..numbered(format!("7{}", one.handle())) };
            let emoji = StatusEmoji::default();
            let content = lines(&vec![one.clone(); 10], &emoji);
            let told = Message::from_json(&json!({ "content": content }));
            if !list::is_number_cut(&one) {
                let is_one = |beginning: &str| beginning == line_of(&one);
                let anew = lines_anew(&lines(&[one.clone(), elsewhere.clone()], &emoji), is_one, None, &emoji);
                let left = format!("{FORGOTTEN}\n{}", lines(&[elsewhere.clone(), elsewhere.clone()], &emoji)
                    .lines().take(2).collect::<Vec<_>>().join("\n"));
                prop_assert_eq!(anew, Some(left));
                let (named, told) = (digest(&[elsewhere.clone(), one.clone()], 2), digest(std::slice::from_ref(&elsewhere), 2));
                prop_assert_eq!(lines_anew(&named, is_one, None, &emoji), Some(format!("{told}\n{FORGOTTEN}")));
            }
            prop_assert_eq!(has_line_of(&told, &one), !list::is_number_cut(&one), "{}", content);
            let shown = Message::from_json(&card(&one, &emoji));
            prop_assert!(is_card_of(&shown, &one), "{shown:?}");
            prop_assert!(!is_card_of(&shown, &again), "an id that was given again");
            for other in [elsewhere, next] {
                prop_assert!(!has_line_of(&told, &other) && !is_card_of(&shown, &other), "{content}");
            }
        }
    }
}
