//! What a line may be besides a label with its value.

use super::{Labelled, Part};
use crate::reading::labels::Label;
use crate::reading::labels::field::Field;
use crate::reading::sections::heading::{self, Senses};
use crate::reading::sections::phrases::words::words;
use crate::reading::sections::store::shops::is_shop;
use crate::reading::text::plain;
use crate::reading::values::order_number::{self, lines as number_lines, sentence};

/// A line of a list of orders holds at least as many digits.
const MIN_NUMBER_DIGITS: usize = 6;

/// Whether a label that says nothing of an order, is of another language or a common noun, is a word that
/// may as well be a value, such as `Card` or `Purchase`.
pub(super) fn is_common_word(label: Label, line: &str) -> bool {
    let doubtful = label.foreign
        || matches!(
            label.field,
            Field::Ignored | Field::Date | Field::Reason | Field::Cart | Field::BuyerDetail
        );
    let is_noun =
        ["purchase", "confirmation", "po"].iter().any(|noun| line.eq_ignore_ascii_case(noun));
    (doubtful || is_noun) && !line.contains(' ') && !line.eq_ignore_ascii_case("image")
}

/// `Purchase: Successful` is a heading, although `Purchase` is a label, too.
pub(super) fn announces(line: &str, value: &str) -> bool {
    let digits = value.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0x80);
    !digits && heading::line(line).is_some_and(|senses| senses.success)
}

/// The first or last line of a code block, with the language that it may name.
pub(super) fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|language| {
        language.len() <= 16 && language.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// `Order #12345` as a line of its own.
pub(super) fn number_line(line: &str) -> Option<&str> {
    let hash = line.find('#')?;
    let (name, number) = line.get(..hash).zip(line.get(hash..))?;
    let name = name.trim_matches(|character: char| !character.is_alphanumeric());
    let named =
        ["order", "order number", "order no"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let first = number.trim_end_matches(['*', '|', '`', ' ']);
    (named && order_number::normal(first).is_some()).then_some(first)
}

/// Whether a heading names another order than those above it: `Order 1001 was cancelled`.
pub(super) fn names_another(headings: &[&str], line: &str) -> bool {
    let number = |text: &str| sentence::named(text, true).and_then(|named| named.number);
    number(line).is_some_and(|own| {
        let mut above = headings.iter().filter_map(|heading| number(heading));
        above.any(|other| other != own)
    })
}

/// Whether a heading begins another list of orders than the one above it: `Shipped Orders` below `Cancelled Orders` and
/// its numbers.
pub(super) fn heads_another_list(part: &Part<'_>, line: &str) -> bool {
    let status = |line: &str| {
        let senses = Senses::of(line);
        senses.listed.or(senses.status)
    };
    let are_numbers = part
        .loose
        .iter()
        .all(|line| line.bytes().filter(u8::is_ascii_digit).count() >= MIN_NUMBER_DIGITS);
    let above = part.headings.last().and_then(|heading| status(heading));
    !part.loose.is_empty() && are_numbers && above.is_some() && above != status(line)
}

/// `Insurance: Declined`, `Carrier: Delayed`: a label that no table knows, of something else than the order. In `Target:
/// Out of Stock` and `Checkout: Failed` it is what the line speaks of.
pub(super) fn is_remark(line: &str) -> bool {
    let Some((name, _)) = line.split_once(':').or_else(|| line.split_once('：')) else {
        return false;
    };
    let name = plain(name).text;
    let name = name.trim_matches(|mark: char| !mark.is_alphanumeric());
    !name.is_empty() && !Senses::knows_all(name) && !Senses::of_value(name).any() && !is_shop(name)
}

/// Words for what may fail beside a purchase, and is no part of it.
const ASIDE: &str = "insurance protection warranty eta carrier courier pickup gift coupon promo promotion rewards reward \
    loyalty points newsletter giveaway survey screenshot picture webhook notification ping sync log";

/// Whether a label names what may fail without the purchase.
pub(in crate::reading::sections) fn is_of_something_else(line: &str) -> bool {
    let name = line.split([':', '：']).next().unwrap_or_default();
    words(&plain(name).text).split(' ').any(|word| ASIDE.split(' ').any(|known| known == word))
}

impl Labelled<'_> {
    /// Whether the label is in the plural: `Order Numbers`.
    pub(crate) fn awaits_several(&self) -> bool {
        self.name.trim_end_matches([':', '*', ' ']).ends_with(['s', 'S'])
    }
}

/// Whether a line is the rest of the number above it, or another one.
pub(super) fn goes_on_with_number(last: Option<&Labelled<'_>>, line: &str) -> bool {
    last.is_some_and(|last| {
        let above = last.value.rsplit('\n').next().unwrap_or_default();
        let above = plain(above).text;
        let is_list = last.awaits_several();
        last.label.field == Field::OrderNumber
            && (number_lines::goes_on(&above, line, is_list)
                || (is_list && number_lines::is_next(&above, line)))
    })
}
