//! Several numbers of orders and parcels, as somebody pastes them. Pure.

use super::order::TypedOrder;
use crate::reading::order_number;

/// The numbers that a text consists of, each once, as order numbers are written; `no:5` for an order without one.
/// `None`: there is only one, or something else stands among them.
pub fn typed_numbers(text: &str) -> Option<Vec<String>> {
    let is_between = |letter: char| letter.is_whitespace() || ",;|".contains(letter);
    let quotes = ['"', '\'', '`', '“', '”'];
    let pieces = text.split(is_between).map(|piece| piece.trim_matches(quotes));
    let mut numbers: Vec<String> = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let number = number(piece)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    (numbers.len() > 1).then_some(numbers)
}

fn number(piece: &str) -> Option<String> {
    match TypedOrder::of(piece) {
        TypedOrder::Id(order) => Some(format!("no:{order}")),
        TypedOrder::Number(_) | TypedOrder::Message(_) => order_number::normal(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        let numbers = |text: &str| typed_numbers(text).unwrap_or_default();
        assert_eq!(numbers("#bby01-1 102003, BBY01-1;\n`no:5`"), ["BBY01-1", "102003", "no:5"]);
        assert_eq!(numbers("1Z999AA10123456784 | 1200-34"), ["1Z999AA10123456784", "1200-34"]);
        for words in ["", " , ", "102003", "102003 102003", "elite 5090", "102003 and 102004"] {
            assert_eq!(typed_numbers(words), None, "{words}");
        }
    }
}
