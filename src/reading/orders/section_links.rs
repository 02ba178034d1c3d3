//! Where the links of a section lead: to the order or to the product.

use super::draft::Draft;
use super::spoken::Spoken;
use crate::reading::labels::Strength;
use crate::reading::sections::kind::Verdict;
use crate::reading::sections::section::Section;
use crate::reading::text::links::leads_to_product;
use crate::reading::text::plain;
use crate::reading::values::order_number;

/// Longer ids in a link are sessions and tokens.
const MAX_NUMBER_BYTES: usize = 24;

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    Order,
    Product,
}

/// Offers the link of the title and the links of buttons, where no label names better ones.
pub(super) fn offer(section: &Section<'_>, draft: &mut Draft, spoken: &Spoken, verdict: &Verdict) {
    let labelled = draft.numbers.own.get().and_then(|numbers| numbers.first()).cloned();
    let number = labelled.as_ref().or(spoken.number.as_ref());
    let numbered = number.map(String::as_str);
    let of_title = match number {
        Some(_) if labelled.is_none() && spoken.in_title => Some(Goal::Order),
        None if names_orders(section.url) && number_of(section.url).is_some() => Some(Goal::Order),
        _ => goal(section.url, numbered),
    };
    let of_title = of_title.or(verdict.title_is_product.then_some(Goal::Product));
    let buttons = section.links.iter();
    let of_buttons =
        buttons.map(|(label, url)| (*url, goal_by_name(label).or(goal(url, numbered))));
    for (url, goal) in std::iter::once((section.url, of_title)).chain(of_buttons) {
        let url = url.starts_with("http").then(|| url.to_owned());
        match goal {
            Some(Goal::Order) => draft.details.order_url.offer(Strength::Weak, || url),
            Some(Goal::Product) => draft.details.product_url.offer(Strength::Weak, || url),
            None => {}
        }
    }
}

/// The number in a link that leads to an order, for an order whose number nothing else names.
pub(super) fn number(section: &Section<'_>) -> Option<String> {
    let buttons = section.links.iter().map(|(label, url)| (goal_by_name(label), *url));
    let links = std::iter::once((None, section.url)).chain(buttons);
    links
        .filter(|(goal, url)| *goal == Some(Goal::Order) || names_orders(url))
        .find_map(|(_, url)| number_of(url))
}

fn number_of(url: &str) -> Option<String> {
    order_number::of_link(url).filter(|number| number.len() <= MAX_NUMBER_BYTES)
}

/// What the words on a button say.
fn goal_by_name(label: &str) -> Option<Goal> {
    let label = plain(label).text.to_lowercase();
    let says = |wanted: &[&str]| {
        label.split(|mark: char| !mark.is_alphanumeric()).any(|word| wanted.contains(&word))
    };
    if says(&["again", "reorder", "product", "item", "listing"]) {
        return Some(Goal::Product);
    }
    says(&["order", "orders", "receipt", "confirmation"]).then_some(Goal::Order)
}

/// What the link itself says: a link to the order holds its number, or stands among orders.
fn goal(url: &str, number: Option<&str>) -> Option<Goal> {
    let of_order = number.is_some_and(|number| {
        names_orders(url) || (number.len() >= 5 && url.to_uppercase().contains(number))
    });
    if of_order {
        return Some(Goal::Order);
    }
    leads_to_product(url).then_some(Goal::Product)
}

/// Whether a part of the path is a word that shops keep orders under.
fn names_orders(url: &str) -> bool {
    const WORDS: [&str; 22] = [
        "order",
        "orders",
        "order-details",
        "orderdetails",
        "order-detail",
        "order-status",
        "orderstatus",
        "order-history",
        "orderhistory",
        "order-tracking",
        "vieworder",
        "purchases",
        "purchase",
        "bestellung",
        "bestellungen",
        "commande",
        "commandes",
        "pedido",
        "pedidos",
        "ordini",
        "bestellingen",
        "zamowienia",
    ];
    let path = url.split_once("://").and_then(|(_, after)| after.split_once('/'));
    path.is_some_and(|(_, path)| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        path.split('/').any(|part| WORDS.iter().any(|word| part.eq_ignore_ascii_case(word)))
    })
}
