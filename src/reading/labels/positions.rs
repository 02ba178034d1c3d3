//! Labels that say of which item of a cart they speak: `Price (2)`, `[2] Price`, `Item 2 Price`.

use super::field::Field;
use super::{Label, Labels, Strength};

/// The highest number in `Product (7)`; above it, a number is a value.
const MAX_POSITION: u8 = 99;

/// Words in front of the number of an item whose piece the label goes on to name.
const ITEMS: [&str; 8] =
    ["item", "items", "product", "products", "cart", "line", "line item", "cart item"];

impl Labels {
    /// What a label in its normal form means without the number in it.
    pub(super) fn numbered(&self, name: &str) -> Option<Label> {
        if !name.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.numbered_behind(name)
            .or_else(|| self.numbered_in_front(name))
            .or_else(|| self.numbered_within(name))
    }

    /// `price (2)`, `price #2`, `product - 2`, `product 2`, `product[2]`.
    fn numbered_behind(&self, name: &str) -> Option<Label> {
        let open = name.trim_end_matches([')', ']']);
        let base = open.trim_end_matches(|character: char| character.is_ascii_digit());
        let position = position(open.get(base.len()..)?)?;
        self.at(base.trim_end_matches([' ', '(', '#', '-', '[']), position)
    }

    /// `[2] price`, `(2) price`, `#2 price`, `2. price`, `2) price`; not `2 items`.
    fn numbered_in_front(&self, name: &str) -> Option<Label> {
        let bare = name.trim_start_matches(['[', '(', '#']);
        let rest = bare.trim_start_matches(|mark: char| mark.is_ascii_digit());
        let position = position(bare.get(..bare.len() - rest.len())?)?;
        let label = rest.trim_start_matches([']', ')', '.', ':']);
        let marked = bare.len() < name.len() || label.len() < rest.len();
        self.at(label.trim_start_matches([' ', '-']), position).filter(|_| marked)
    }

    /// `item 2 price`, `product #2 - qty`, `items[2].name`.
    fn numbered_within(&self, name: &str) -> Option<Label> {
        let (head, rest) = name.split_at_checked(name.find(|mark: char| mark.is_ascii_digit())?)?;
        let head = head.trim_end_matches([' ', '#', '(', '[', '.', '-']);
        let piece = rest.trim_start_matches(|mark: char| mark.is_ascii_digit());
        let position = position(rest.get(..rest.len() - piece.len())?)?;
        let piece = piece.trim_start_matches([' ', ']', ')', '.', '-', ':']);
        if !ITEMS.contains(&head) || piece.is_empty() {
            return None;
        }
        let of_item = |label: &Label| label.field.is_of_item();
        let named = Label::of(Field::Product, Strength::Strong);
        let label = match piece {
            "name" | "title" => named,
            _ => self.exact(piece).filter(of_item)?,
        };
        Some(Label { position: Some(position), exact: false, ..label })
    }

    /// The label of an item at a position, or of an order.
    fn at(&self, base: &str, position: u8) -> Option<Label> {
        let label = self.exact(base)?;
        let position = label.field.is_of_item().then_some(position);
        (position.is_some() || label.field == Field::OrderNumber).then_some(Label {
            position,
            exact: false,
            ..label
        })
    }
}

fn position(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|position| *position <= MAX_POSITION)
}
