//! The order's number in the links of a section.

use super::Section;
use crate::order::Detail;
use crate::reading::labels::field::Field;
use crate::reading::text::links::{self, Links};
use crate::reading::text::plain;
use crate::reading::values::order_number::link::{of_link, of_order};

/// Lines of running text whose links are looked at.
const MAX_LINES: usize = 200;

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal {
    Order,
    Product,
}

/// The number in a link that leads to an order, for an order whose number nothing else names: the
/// title's, a button's, a labelled one, one within the text.
pub(crate) fn number(section: &Section<'_>) -> Option<String> {
    let of_button = |(label, url): &(&str, &str)| match goal_by_name(label) {
        Some(Goal::Order) => of_link(url),
        _ => of_order(url),
    };
    let labelled = section.labelled.iter();
    let labelled = labelled.filter(|it| it.label.field == Field::Detail(Detail::OrderUrl));
    let labelled = labelled.map(|labelled| labelled.value.as_ref());
    of_order(section.url)
        .or_else(|| section.links.iter().find_map(of_button))
        .or_else(|| labelled.chain(texts(section)).find_map(of_text))
}

/// The running text of a section.
fn texts<'s>(section: &'s Section<'_>) -> impl Iterator<Item = &'s str> {
    section.loose.iter().chain(&section.prose).copied().take(MAX_LINES)
}

/// The number in the first link of a text that is an order's.
fn of_text(text: &str) -> Option<String> {
    if !text.contains("://") {
        return None;
    }
    let bare = || links::bare(text).and_then(of_order);
    Links::find(text).targets(text).find_map(of_order).or_else(bare)
}

/// What the words on a button say.
pub(crate) fn goal_by_name(label: &str) -> Option<Goal> {
    let label = plain(label).text.to_lowercase();
    let says = |wanted: &[&str]| {
        label.split(|mark: char| !mark.is_alphanumeric()).any(|word| wanted.contains(&word))
    };
    if says(&["again", "reorder", "product", "item", "listing", "now"]) {
        return Some(Goal::Product);
    }
    says(&["order", "orders", "receipt", "confirmation"]).then_some(Goal::Order)
}
