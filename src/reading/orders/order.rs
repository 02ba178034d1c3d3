//! From a section to its orders.

use chrono::Datelike as _;

use super::draft::{Draft, ItemDraft};
use super::order_lines::OrderLines;
use super::purse::Purse;
use super::slot::Slot;
use super::spoken::Spoken;
use super::{buyer, section_links};
use crate::order::OrderDetails;
use crate::order::day::YEARS;
use crate::order::details::Details;
use crate::reading::labels::Strength;
use crate::reading::labels::field::Field;
use crate::reading::sections::heading::Senses;
use crate::reading::sections::heading::button::is_nothing_but_button;
use crate::reading::sections::kind::Verdict;
use crate::reading::sections::lines::Labelled;
use crate::reading::sections::section::{self, Section};
use crate::reading::sections::store;
use crate::reading::text::{is_missing, links, plain};
use crate::reading::values::amount::Amount;
use crate::reading::values::host_store;
use crate::reading::values::item_line::{self, ItemLine};
use crate::reading::values::scalar;
use crate::reading::{Kind, OrderReading};

/// Splits the labels of a section where it names several orders one after another: where a product or a
/// number comes again, if the numbers differ.
pub(crate) fn groups<'s, 'v>(section: &'s Section<'v>) -> Vec<&'s [Labelled<'v>]> {
    let labelled = section.labelled.as_slice();
    let is_number = |labelled: &&Labelled<'_>| labelled.label.field == Field::OrderNumber;
    let mut numbers = labelled.iter().filter(is_number);
    let first = numbers.next();
    let again = numbers.any(|next| {
        first.is_some_and(|first| labels_alike(first, next) && first.value != next.value)
    });
    if !again {
        return vec![labelled];
    }
    let opens = |field: Field| matches!(field, Field::OrderNumber | Field::Product | Field::Store);
    let Some(opener) = labelled.iter().find(|labelled| opens(labelled.label.field)) else {
        return vec![labelled];
    };
    let mut groups = Vec::new();
    let mut from = 0;
    let mut number_seen = false;
    for (at, next) in labelled.iter().enumerate() {
        let opens_next = labels_alike(opener, next) || next.label.field == Field::OrderNumber;
        if opens_next && number_seen && at > from {
            groups.extend(labelled.get(from..at));
            from = at;
            number_seen = false;
        }
        number_seen |= next.label.field == Field::OrderNumber;
    }
    groups.extend(labelled.get(from..));
    groups
}

fn labels_alike(one: &Labelled<'_>, other: &Labelled<'_>) -> bool {
    let base = |name: &str| {
        name.trim_end_matches(|character: char| {
            character.is_ascii_digit() || " #()*:".contains(character)
        })
        .to_lowercase()
    };
    one.label.field == other.label.field
        && (one.name == other.name || base(one.name) == base(other.name))
}

/// The orders of one group of labels. Several numbers in one value are several orders.
pub(crate) fn orders(
    section: &Section<'_>,
    mut draft: Draft,
    spoken: &Spoken,
    verdict: &Verdict,
) -> Vec<OrderReading> {
    fill_from_text(section, &mut draft, spoken, verdict);
    let counts = matches!(verdict.kind, Kind::Checkout | Kind::Update);
    let other = || spoken.number.as_ref().or_else(|| draft.numbers.other().filter(|_| counts));
    let single = |number: &String| vec![number.clone()];
    let numbers = draft.numbers.own.get().cloned();
    let numbers = numbers
        .or_else(|| other().map(single))
        .or_else(|| section::links::number(section).as_ref().map(single));
    let order = order(section, draft, verdict);
    match numbers {
        None => vec![order],
        Some(numbers) => {
            let with = |number| OrderReading { order_number: Some(number), ..order.clone() };
            numbers.into_iter().map(with).collect()
        }
    }
}

/// Takes product, store and links from where no label names them.
fn fill_from_text(section: &Section<'_>, draft: &mut Draft, spoken: &Spoken, verdict: &Verdict) {
    let listed: Vec<ItemLine> = section
        .loose
        .iter()
        .filter_map(|line| item_line::line(line))
        .filter(|item| item.quantity.is_some())
        .collect();
    if draft.lines.is_empty() && !names_product(draft) {
        draft.lines = listed;
    }
    if !names_product(draft) && draft.lines.is_empty() {
        let named = section.loose.iter().filter(|line| !is_nothing_but_button(line));
        let linked = named.map(|line| plain(line)).find(|line| line.link.is_some());
        if let Some(line) = linked {
            draft.details.product_url.offer(Strength::Weak, || line.link.map(str::to_owned));
            name_product(draft, line.text.into_owned());
        } else if verdict.title_is_product {
            name_product(draft, plain(section.title).text.into_owned());
        } else if verdict.kind == Kind::Checkout {
            name_product_weakly(section, draft);
        }
    }
    section_links::offer(section, draft, spoken, verdict);
}

fn link(url: &str) -> Option<String> {
    url.starts_with("http").then(|| url.to_owned())
}

fn names_product(draft: &Draft) -> bool {
    draft.items.iter().any(|item| item.product.is_filled())
}

fn name_product(draft: &mut Draft, name: String) {
    if draft.items.is_empty() {
        draft.items.push(ItemDraft::default());
    }
    if let Some(first) = draft.items.first_mut().filter(|_| !is_missing(&name)) {
        first.product.offer(Strength::Weak, || Some(name));
    }
}

/// `Name`, or a description that is one short line: a product's name, or the shop's host.
fn name_product_weakly(section: &Section<'_>, draft: &mut Draft) {
    if let Some(name) = std::mem::take(&mut draft.name).take() {
        let buyer = draft.details.customer_name.get();
        if draft.tells_of_buyer && buyer.is_none_or(|buyer| *buyer == name) {
            draft.details.customer_name.offer(Strength::Weak, || Some(name));
        } else {
            name_product(draft, name);
        }
        return;
    }
    let Some(line) = section.lone_name() else { return };
    let text = plain(line).text;
    if scalar::is_host(&text) {
        draft.store.offer(Strength::Weak, || Some(text.into_owned()));
    } else if Senses::allow_name(&text) && !buyer::is_addressed(&text) {
        name_product(draft, text.into_owned());
    }
}

fn order(section: &Section<'_>, mut draft: Draft, verdict: &Verdict) -> OrderReading {
    let store = std::mem::take(&mut draft.store).take();
    let store = store.or_else(|| named_by_headings(section, &draft));
    let guessed = if store.is_none() { guessed_store(section, &draft) } else { None };
    let (store_is_guessed, store) = (guessed.is_some(), store.or(guessed));
    let items = OrderLines::of(&mut draft, verdict.kind == Kind::Checkout);
    let paid = [draft.total.get(), draft.commission.get()].map(Option::<&Amount>::copied);
    let [total, commission] = paid;
    let amounts = total.into_iter().chain(items.prices()).chain(commission);
    let purse = Purse::of(amounts, draft.currency, store.as_deref());
    let minor = |amount: Option<Amount>| amount.and_then(|amount| purse.minor(amount));
    let quantity = items.quantity();
    let time = section.embed.and_then(|embed| embed.timestamp);
    let time = time.filter(|time| YEARS.contains(&time.year()));
    OrderReading {
        order_number: None,
        currency: purse.currency(),
        total_minor: minor(total),
        commission_minor: minor(commission),
        quantity,
        items: items.readings(purse),
        store,
        store_is_guessed,
        checkout_proxy: draft.checkout_proxy.take(),
        status: draft.status.take().or_else(|| verdict.status.map(str::to_owned)),
        details: details(draft.details, draft.name, section),
        ordered_at: draft.ordered_at.take().or(time),
        edits: Vec::new(),
        is_notice: false,
        restates: verdict.restates,
    }
}

fn details(
    slots: Details<Slot<String>>,
    name: Slot<String>,
    section: &Section<'_>,
) -> OrderDetails {
    let details = slots.map(Slot::take);
    OrderDetails {
        customer_name: details.customer_name.or(name.take()),
        image_url: details.image_url.or_else(|| link(section.image)),
        ..details
    }
}

/// The store behind the bar of a heading, or a shop that is known.
fn named_by_headings(section: &Section<'_>, draft: &Draft) -> Option<String> {
    store_of_headings(section, draft, store::of_heading)
        .or_else(|| store_of_headings(section, draft, store::of_other_heading))
}

/// The host of the product's link, else a name in a heading beside the product.
fn guessed_store(section: &Section<'_>, draft: &Draft) -> Option<String> {
    let link = draft.details.product_url.get();
    let host = link.and_then(|link| links::host(link)).and_then(host_store::of_host);
    let in_heading = || store_of_headings(section, draft, store::guess_of_heading);
    host.or_else(|| in_heading().filter(|_| names_product(draft)))
}

/// The first store that is found in a heading, unless it is the product or the name of the bot, which the footer
/// repeats.
fn store_of_headings(
    section: &Section<'_>,
    draft: &Draft,
    find: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let texts = [section.author, section.title].into_iter().chain(section.headings.iter().copied());
    let footer = plain(section.footer).text.to_lowercase();
    let signed = footer.trim_start_matches("via ").trim_start_matches("powered by ");
    let signed = signed.trim_start_matches(|character: char| !character.is_alphanumeric());
    let is_bot = |store: &str| signed.starts_with(&store.to_lowercase());
    let is_product = |store: &str| {
        let products = draft.items.iter().filter_map(|item| item.product.get());
        products.into_iter().any(|product| product.eq_ignore_ascii_case(store))
    };
    let names = |store: &String| !is_missing(store) && !is_bot(store) && !is_product(store);
    texts.filter_map(find).find(names)
}

/// Gives a further order of the same message what only the first one states.
pub(crate) fn inherit(first: &OrderReading, next: &mut OrderReading) {
    if next.store.is_none() {
        next.store_is_guessed = first.store_is_guessed;
    }
    let shared = [
        (&first.store, &mut next.store),
        (&first.details.email, &mut next.details.email),
        (&first.details.profile, &mut next.details.profile),
        (&first.details.proxy_list, &mut next.details.proxy_list),
    ];
    for (from, to) in shared {
        if to.is_none() {
            to.clone_from(from);
        }
    }
}
