//! The numbers that the labels of a section give an order.

use std::borrow::Cow;

use super::slot::Slot;
use crate::reading::labels::Strength;
use crate::reading::text::{Plain, is_blank, links, plain};
use crate::reading::values::order_number::{self, masked, pieces};

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
    pub(crate) fn add(&mut self, strength: Strength, raw: &str, value: &Plain<'_>) -> bool {
        if masked::is_masked(raw) {
            let whole = beside_a_mask(raw);
            self.masked |= whole.is_none();
            self.own.offer(strength, || whole.map(|number| vec![number]));
            return false;
        }
        self.own.offer(strength, || numbers(raw, value));
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
fn numbers(raw: &str, value: &Plain<'_>) -> Option<Vec<String>> {
    let mut numbers = if raw.contains('\n') {
        in_lines(raw)
    } else {
        order_number::find_all(&without_links(&value.text))
    };
    if numbers.is_empty() {
        let link = value.link.or_else(|| links::bare(&value.text));
        numbers.extend(link.and_then(order_number::of_link));
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// One number that a line break takes apart, or those of each line.
fn in_lines(raw: &str) -> Vec<String> {
    let lines: Vec<_> = raw.split('\n').map(|line| plain(line).text).collect();
    let written: Vec<&str> =
        lines.iter().map(AsRef::as_ref).filter(|line: &&str| !line.is_empty()).collect();
    match pieces::across_lines(&written) {
        Some(number) => vec![number],
        None => order_number::find_all(&without_links(&plain(&raw.replace('\n', ",")).text)),
    }
}

fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}
