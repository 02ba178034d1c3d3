//! How people name an order: by its number, without one by ours or by its message. Pure.

use crate::ids::{MessageId, OrderId};
use crate::ledger::model::search_words::visible;
use crate::reading::order_number;

/// Longer than any order number.
const MAX_NUMBER_CHARS: usize = 100;
/// What stands before our own number of an order that has none of its shop.
const UNNUMBERED: &str = "no:";

/// An order as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypedOrder {
    /// The shop's number.
    Number(String),
    /// Ours.
    Id(OrderId),
    /// The message that announced it.
    Message(MessageId),
}

impl TypedOrder {
    pub(crate) fn of(typed: &str) -> Self {
        let bare = visible(typed);
        let bare = bare.trim().trim_matches(['<', '>', '`']);
        let id = after_ignoring_case(bare, UNNUMBERED).and_then(|id| id.trim().parse().ok());
        if let Some(id) = id {
            return Self::Id(OrderId(id));
        }
        match message_of_link(bare) {
            Some(message) => Self::Message(message),
            None => Self::Number(typed_number(typed)),
        }
    }
}

/// What commands take an order by: its number, or ours where it has none.
pub(crate) fn handle_of(number: Option<&str>, id: OrderId) -> String {
    number.map_or_else(|| format!("{UNNUMBERED}{id}"), str::to_owned)
}

/// A typed order number in the form in which numbers are stored. Also what is no whole number yet,
/// for autocomplete.
pub(crate) fn typed_number(typed: &str) -> String {
    order_number::normal(typed).unwrap_or_else(|| {
        let typed = visible(typed);
        let kept =
            typed.chars().filter(|character| !character.is_whitespace() && *character != '#');
        kept.flat_map(char::to_uppercase).take(MAX_NUMBER_CHARS).collect()
    })
}

fn after_ignoring_case<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// The message of a link as Discord gives it: `https://discord.com/channels/GUILD/CHANNEL/MESSAGE`.
fn message_of_link(link: &str) -> Option<MessageId> {
    let (_, ids) = link.split_once("/channels/")?;
    let mut ids = ids.trim_end_matches('/').split('/').map(str::parse::<i64>);
    let (Some(Ok(_)), Some(Ok(_)), Some(Ok(message)), None) =
        (ids.next(), ids.next(), ids.next(), ids.next())
    else {
        return None;
    };
    Some(MessageId(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_named_by_number_by_our_id_or_by_its_message() {
        let number = |number: &str| TypedOrder::Number(number.to_owned());
        let message = TypedOrder::Message(MessageId(1_300_000_000_000_000_001));
        for (typed, named) in [
            (" #bby01-1 ", number("BBY01-1")),
            ("no:5", TypedOrder::Id(OrderId(5))),
            ("`NO: 5`", TypedOrder::Id(OrderId(5))),
            ("no:x", number("NO:X")),
            ("<https://discord.com/channels/1/2/1300000000000000001>", message.clone()),
            ("https://ptb.discord.com/channels/1/2/1300000000000000001/", message),
            ("https://shop.example/channels/box", number("HTTPS://SHOP.EXAMPLE/CHANNELS/BOX")),
        ] {
            assert_eq!(TypedOrder::of(typed), named, "{typed}");
        }
    }

    #[test]
    fn the_handle_of_an_order_names_it() {
        assert_eq!(handle_of(Some("A-1"), OrderId(5)), "A-1");
        assert_eq!(TypedOrder::of(&handle_of(None, OrderId(5))), TypedOrder::Id(OrderId(5)));
    }
}
