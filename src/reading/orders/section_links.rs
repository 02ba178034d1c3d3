//! Where the links of a section lead: to the order or to the product.

use super::draft::Draft;
use super::spoken::Spoken;
use crate::reading::labels::Strength;
use crate::reading::sections::kind::Verdict;
use crate::reading::sections::section::Section;
use crate::reading::sections::section::links::{Goal, goal_by_name};
use crate::reading::text::links::leads_to_product;
use crate::reading::values::order_number::link::{leads_to_order, of_link};

/// Offers the link of the title and the links of buttons, where no label names better ones.
pub(super) fn offer(section: &Section<'_>, draft: &mut Draft, spoken: &Spoken, verdict: &Verdict) {
    let labelled = draft.numbers.own.get().and_then(|numbers| numbers.first()).cloned();
    let number = labelled.as_ref().or(spoken.number.as_ref());
    let numbered = number.map(String::as_str);
    let of_title = match number {
        Some(_) if labelled.is_none() && spoken.in_title => Some(Goal::Order),
        None if leads_to_order(section.url) && of_link(section.url).is_some() => Some(Goal::Order),
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

/// What the link itself says: a link to the order holds its number, or stands among orders.
fn goal(url: &str, number: Option<&str>) -> Option<Goal> {
    let of_order = number.is_some_and(|number| {
        leads_to_order(url) || (number.len() >= 5 && url.to_uppercase().contains(number))
    });
    if of_order {
        return Some(Goal::Order);
    }
    leads_to_product(url).then_some(Goal::Product)
}
