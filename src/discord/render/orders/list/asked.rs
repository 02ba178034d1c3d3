//! What a list says of what was asked for.

use super::{List, sentence};
use crate::count::count;
use crate::discord::render::orders::list_query::{ListQuery, Numbers};
use crate::discord::render::text::{code, cut, escape, length, shown_to};
use crate::discord::render::{Audience, TITLE, no_such_store};
use crate::order::Sort;

/// Characters that the numbers of no order may take: a field holds 1,024.
const MISSING: usize = 900;

/// What the list is called.
pub(super) fn title(asked: &ListQuery, audience: Audience) -> String {
    let shown = |text: &str, length| cut(&escape(&shown_to(audience, text)), length);
    let mut parts = vec![match (found(asked), &asked.text) {
        (Some(numbers), _) => format!("Orders of {}", count(numbers.typed, "number", "numbers")),
        (None, Some(text)) => format!("Orders matching “{}”", shown(text, 80)),
        (None, None) => of_all(asked.sort).to_owned(),
    }];
    parts.extend(asked.status.map(|status| status.to_string()));
    for text in [&asked.store, &asked.profile] {
        parts.extend(text.as_deref().map(|text| shown(text, 60)));
    }
    parts.extend(asked.product.as_deref().map(|text| format!("“{}”", shown(text, 60))));
    parts.extend(
        asked.tracking.map(|has| if has { "with tracking" } else { "without tracking" }.to_owned()),
    );
    parts.extend(asked.line.map(|line| line.words().to_owned()));
    parts.extend(asked.period.map(|period| period.to_string()));
    if asked.sort != Sort::default() && (found(asked).is_some() || asked.text.is_some()) {
        parts.push(asked.sort.to_string());
    }
    cut(&parts.join(" · "), TITLE)
}

const fn of_all(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "Latest orders",
        Sort::Oldest => "Oldest orders",
        Sort::Total => "Orders by total",
        Sort::Changed => "Orders by last change",
    }
}

/// Several numbers, where any of them was found.
fn found(asked: &ListQuery) -> Option<&Numbers> {
    asked.numbers.as_ref().filter(|numbers| !numbers.orders.is_empty())
}

/// What is said below the orders, so that they have all the room above: which numbers have none, and where they were
/// announced.
pub(super) fn fields(list: &List<'_>) -> Vec<(&'static str, String, bool)> {
    let asked = &list.page.asked;
    let missing = found(asked).filter(|numbers| !numbers.missing.is_empty());
    let missing = missing.map(|numbers| named(&numbers.missing, list.audience));
    let channel = asked.channel.map(|channel| format!("<#{channel}>"));
    let fields = [("Not found", missing), ("Channel", channel)];
    fields.into_iter().filter_map(|(name, text)| Some((name, text?, false))).collect()
}

/// The numbers, as many as there is room for.
fn named(numbers: &[String], audience: Audience) -> String {
    let mut text = String::new();
    for (place, number) in numbers.iter().enumerate() {
        let between = if text.is_empty() { "" } else { ", " };
        let next = format!("{between}{}", code(&cut(&shown_to(audience, number), 64)));
        if length(&text) + length(&next) > MISSING {
            return format!("{text} and {} more", numbers.len() - place);
        }
        text.push_str(&next);
    }
    text
}

/// In place of orders: why there are none.
pub(super) fn nothing(list: &List<'_>) -> String {
    let asked = &list.page.asked;
    if list.found.totals.count > 0 {
        return "This page is empty now.".to_owned();
    }
    if let Some(numbers) = asked.numbers.as_ref().filter(|numbers| numbers.orders.is_empty()) {
        let typed = count(numbers.typed, "number", "numbers");
        let missing = named(&numbers.missing, list.audience);
        return format!("No order has any of these {typed}: {missing}");
    }
    if let Some(unknown) = list.unknown_store {
        return no_such_store(unknown, list.audience);
    }
    if let Some(only) = list.found.only_latest {
        return format!("No orders found. {}.", sentence(only));
    }
    if (ListQuery { sort: Sort::default(), ..asked.clone() }) != ListQuery::default() {
        return "No orders found. Try fewer words or filters.".to_owned();
    }
    "No orders yet. The next checkout that Refract posts will appear here; `/logs recent` lists every \
     message that I have seen."
        .to_owned()
}
