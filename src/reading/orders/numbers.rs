//! The numbers that the labels of a section give an order.

use std::borrow::Cow;

use super::slot::Slot;
use crate::reading::labels::Strength;
use crate::reading::text::{Plain, is_blank, links, plain};
use crate::reading::values::order_number::{self, lines, masked, pieces};

/// A word that is no longer may be a part of a masked number.
const MASKED_LENGTH: usize = 7;

/// What labels say of an order's number.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Below a label of the order's own number; several are several orders.
    pub(crate) own: Slot<Vec<String>>,
    /// A reference, transaction or invoice: it stands for the order where no label of its own number does.
    other: Slot<String>,
    /// Whether a label of the order's own number stands, with or without a number.
    pub(crate) labelled: bool,
    /// Whether a value shows only a part of the number.
    pub(crate) masked: bool,
}

impl Numbers {
    /// Takes the value of a label of the order's own number. Returns whether it may name an order.
    /// `is_list`: the label awaits several.
    pub(crate) fn add(
        &mut self,
        strength: Strength,
        is_list: bool,
        raw: &str,
        value: &Plain<'_>,
    ) -> bool {
        if masked::is_masked(raw) {
            let whole = beside_a_mask(raw);
            self.masked |= whole.is_none();
            self.own.offer(strength, || whole.map(|number| vec![number]));
            return false;
        }
        self.own.offer(strength, || numbers(raw, value, is_list));
        true
    }

    /// Takes the value of a reference, transaction or invoice: one number and nothing else.
    pub(crate) fn add_other(&mut self, value: &str) {
        self.other.offer(Strength::Weak, || order_number::normal(value));
    }

    /// The number of another kind, where it may stand for the order.
    pub(crate) fn other(&self) -> Option<&String> {
        self.other.get().filter(|_| !self.labelled)
    }
}

/// The whole number that stands beside a masked one: `102003000000017 (card •••• 4321)`.
fn beside_a_mask(raw: &str) -> Option<String> {
    let words = raw.split(|mark: char| is_blank(mark) || "|,;()`".contains(mark));
    let whole = words.filter(|word| !masked::is_masked(word)).filter_map(order_number::normal);
    whole.into_iter().find(|number| number.len() > MASKED_LENGTH)
}

/// The numbers of a value, or the one in its link.
fn numbers(raw: &str, value: &Plain<'_>, is_list: bool) -> Option<Vec<String>> {
    let mut numbers = if raw.contains('\n') {
        in_lines(raw, is_list)
    } else {
        order_number::find_all(&without_links(&value.text))
    };
    if numbers.is_empty() {
        let link = value.link.or_else(|| links::bare(&value.text));
        numbers.extend(link.and_then(order_number::link::of_link));
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// One number that a line break takes apart, or those of each line. Digits that are neither are no order's.
fn in_lines(raw: &str, is_list: bool) -> Vec<String> {
    let shown: Vec<_> = raw.split('\n').map(|line| plain(line).text).collect();
    let written: Vec<&str> =
        shown.iter().map(AsRef::as_ref).filter(|line: &&str| !line.is_empty()).collect();
    if let Some(number) = lines::across(&written) {
        return vec![number];
    }
    let (mut kept, mut above) = (Vec::with_capacity(written.len()), None);
    for line in written {
        let goes_on = |above: &str| {
            lines::goes_on(above, line, true) || (is_list && lines::is_next(above, line))
        };
        if pieces::is_digits(line) && above.is_some_and(|above| !goes_on(above)) {
            continue;
        }
        above = Some(line).filter(|line| order_number::normal(line).is_some()).or(above);
        kept.push(line);
    }
    order_number::find_all(&without_links(&kept.join(",")))
}

fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(raw: &str) -> Vec<String> {
        let mut numbers = Numbers::default();
        numbers.add(Strength::Strong, false, raw, &plain(raw));
        numbers.own.take().unwrap_or_default()
    }

    #[test]
    fn the_value_of_a_label_names_orders() {
        for (raw, expected) in [
            ("#1001", vec!["1001"]),
            ("#1001, #1002", vec!["1001", "1002"]),
            ("1001\n1002", vec!["1001", "1002"]),
            ("102003\n000000017", vec!["102003000000017"]),
            ("102003000000017\n250", vec!["102003000000017"]),
            ("102003000\n94105", vec!["102003000"]),
            ("A-1001\n94105", vec!["A-1001"]),
            ("1001\n94105", vec!["1001"]),
            ("102003000000017 https://a.example/orders/9999", vec!["102003000000017"]),
            ("https://a.example/orders/102003000000124", vec!["102003000000124"]),
            ("[View](https://a.example/orders/102003000000124)", vec!["102003000000124"]),
            ("pending", vec![]),
        ] {
            assert_eq!(own(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_whole_number_may_stand_beside_a_masked_one() {
        for (raw, expected, is_masked) in [
            ("102003000000017 (card •••• 4321)", Some("102003000000017"), false),
            ("12345678 (card •••• 4321)", Some("12345678"), false),
            ("1234567 (card •••• 4321)", None, true),
            ("****4321", None, true),
        ] {
            let mut numbers = Numbers::default();
            assert!(!numbers.add(Strength::Strong, false, raw, &plain(raw)), "{raw}");
            assert_eq!(numbers.masked, is_masked, "{raw}");
            let expected = expected.map(|number| vec![number.to_owned()]);
            assert_eq!(numbers.own.take(), expected, "{raw}");
        }
    }

    #[test]
    fn a_reference_stands_for_an_order_without_a_label_of_its_number() {
        let mut numbers = Numbers::default();
        numbers.add_other("REF-1001");
        assert_eq!(numbers.other().map(String::as_str), Some("REF-1001"));
        numbers.labelled = true;
        assert_eq!(numbers.other(), None);
    }
}
