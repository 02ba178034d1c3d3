//! A page of orders.

mod asked;

use serenity::all::{Colour, CreateEmbed, CreateEmbedFooter};

use super::list_query::ListQuery;
use super::masked::{masked, seen_by};
use crate::count::{count, grouped};
use crate::discord::render::rows::pages::Shown;
use crate::discord::render::text::{code, cut, escape, length, link, plain, shown_to};
use crate::discord::render::{
    Audience, DESCRIPTION, NEUTRAL, NO_PRODUCT, jump_to, money, sums, time,
};
use crate::ids::UserId;
use crate::ledger::{Found, NoSuchStore, OnlyLatest, Order, Totals};
use crate::order::StatusEmoji;

const GREEN: Colour = Colour::new(0x0057_F287);

/// What a line shows of an order's number.
const NUMBER: usize = 40;

/// What "units" and the commas of their number take in a line.
const UNITS: usize = 12;

/// What a choice of a menu may hold in each of its lines.
const CHOICE: usize = 100;

/// A page of a list of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Who asked; nobody else may turn it.
    pub(crate) user: UserId,
    /// Orders a page, at most 25.
    pub(crate) limit: u32,
    /// Orders before this page.
    pub(crate) offset: u32,
    /// Which orders.
    pub(crate) asked: ListQuery,
}

/// What a page shows.
pub(crate) struct List<'a> {
    /// The orders of this page, and how many there are.
    pub(crate) found: &'a Found,
    /// Which page.
    pub(crate) page: &'a Page,
    /// Who will read it.
    pub(crate) audience: Audience,
    /// What the operator must know.
    pub(crate) warning: Option<&'a str>,
    /// Said where the store that was asked for has no orders at all.
    pub(crate) unknown_store: Option<&'a NoSuchStore>,
}

/// The page as an embed.
pub(crate) fn embed(list: &List<'_>, emoji: &StatusEmoji) -> CreateEmbed {
    let embed = CreateEmbed::new().title(asked::title(&list.page.asked, list.audience));
    let warning = list.warning.map(|warning| format!("⚠️ {warning}.\n\n")).unwrap_or_default();
    let embed = embed.fields(asked::fields(list));
    if list.found.orders.is_empty() {
        return embed.colour(NEUTRAL).description(format!("{warning}{}", asked::nothing(list)));
    }
    let lines = entries(&list.found.orders, list.audience, emoji, DESCRIPTION - length(&warning));
    embed
        .colour(GREEN)
        .description(format!("{warning}{lines}"))
        .footer(CreateEmbedFooter::new(footer(list)))
}

/// Orders that were chosen together, as an embed.
pub(crate) fn several(orders: &[Order], emoji: &StatusEmoji) -> CreateEmbed {
    let title = count(orders.len(), "order", "orders");
    let entries = entries(orders, Audience::Public, emoji, DESCRIPTION);
    CreateEmbed::new().title(title).colour(GREEN).description(entries)
}

/// An order as a choice of a menu: what it is, and which.
pub(crate) fn choice(order: &Order) -> (String, String) {
    // Below a card in a channel everybody may open the menu.
    let order = &masked(order);
    let product = plain(order.product.as_deref().unwrap_or_default());
    let product = if product.is_empty() { NO_PRODUCT.to_owned() } else { product };
    let more = more_products(order);
    let store = order.store.as_deref().map(plain).filter(|store| !store.is_empty());
    let which = plain(&order.handle());
    let which = [Some(which), store, Some(order.status.to_string())];
    let which = which.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    (format!("{}{more}", cut(&product, CHOICE - length(&more))), cut(&which, CHOICE))
}

fn sentence(only: OnlyLatest) -> String {
    match only {
        OnlyLatest::Orders(orders) => {
            let latest = count(orders, "order", "orders");
            format!("Words of fewer than 3 letters are only searched in the latest {latest}")
        }
        OnlyLatest::Candidates(candidates) => format!(
            "Too many matches: only the latest {} were searched. Add a word to narrow it down",
            grouped(candidates)
        ),
    }
}

/// The orders, all with as much as there is room for, so that no row misses what another one has; the poorest each
/// with its share of the room.
pub(crate) fn entries(
    orders: &[Order],
    audience: Audience,
    emoji: &StatusEmoji,
    room: usize,
) -> String {
    let mut rows = [Row::Rich, Row::Linked].into_iter().map(|row| {
        let lines = orders.iter().map(|order| row.of(&seen_by(audience, order), emoji));
        lines.collect::<Vec<_>>().join("\n")
    });
    let poor = || {
        let room = (room / orders.len().max(1)).saturating_sub(1);
        let line = |order: &Order| cut(&Row::Poor.of(&seen_by(audience, order), emoji), room);
        orders.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    rows.find(|lines| length(lines) <= room).unwrap_or_else(poor)
}

/// How much an order's two lines say.
#[derive(Clone, Copy)]
enum Row {
    /// With links to its product and its message.
    Rich,
    /// With a shorter name, and a link to its message.
    Linked,
    /// Without links.
    Poor,
}

impl Row {
    fn of(self, order: &Order, emoji: &StatusEmoji) -> String {
        let (width, links_product, links_message) = match self {
            Self::Rich => (80, true, true),
            Self::Linked => (40, false, true),
            Self::Poor => (40, false, false),
        };
        let first = first_line(order, emoji, width, links_product);
        format!("{first}\n{}", second_line(order, links_message))
    }
}

/// An order in two lines; poorer ones where the room is short.
pub(crate) fn entry(order: &Order, audience: Audience, emoji: &StatusEmoji, room: usize) -> String {
    let order = &*seen_by(audience, order);
    let rich = Row::Rich.of(order, emoji);
    if length(&rich) <= room { rich } else { cut(&Row::Poor.of(order, emoji), room) }
}

fn first_line(order: &Order, emoji: &StatusEmoji, width: usize, linked: bool) -> String {
    let icon = emoji.emoji(order.status).unwrap_or("•");
    let more = more_products(order);
    let units = match order.quantity {
        1 => String::new(),
        units if more.is_empty() => format!(" × {units}"),
        units => format!(" · {}", count(units, "unit", "units")),
    };
    // The line is not longer for naming several products: where it is cut, a code span may not end.
    let width = if more.is_empty() { width } else { width.saturating_sub(length(&more) + UNITS) };
    let product = cut(&escape(order.product.as_deref().unwrap_or(NO_PRODUCT)), width);
    let product = match order.details.product_url.as_deref().and_then(link).filter(|_| linked) {
        Some(url) => format!("[{product}]({url})"),
        None => product,
    };
    // Of several lines the first one's price is not what the order cost.
    let price = order.price_minor.filter(|_| order.items.len() <= 1);
    let total = order.total_minor.or(price);
    let total = total.map(|total| format!(" — {}", money(total, order.currency)));
    format!("{icon} **{product}{more}**{units}{}", total.unwrap_or_default())
}

/// How many products there are beside the one that is named. Sizes of one are no others.
fn more_products(order: &Order) -> String {
    let mut others: Vec<_> = order.items.iter().map(|item| &item.product).collect();
    others.retain(|product| **product != order.product);
    others.sort_unstable();
    others.dedup();
    match others.len() {
        0 => String::new(),
        more => format!(" and {}", count(more, "more product", "more products")),
    }
}

fn second_line(order: &Order, linked: bool) -> String {
    let mut parts = vec![which(order), time(order.ordered_at, 'R')];
    if let Some(url) = jump_to(order).filter(|_| linked) {
        parts.push(format!("[message]({url})"));
    }
    parts.join(" · ")
}

/// Which order it is: its number and its store, as everybody may see it.
pub(crate) fn which(order: &Order) -> String {
    let number = match &order.order_number {
        Some(number) => code(&cut(number, NUMBER)),
        None if order.awaits_number() => format!("⚠️ {} no number yet", code(&order.handle())),
        None => format!("{} no number", code(&order.handle())),
    };
    match &order.store {
        Some(store) => {
            format!("{number} · {}", cut(&escape(&shown_to(Audience::Public, store)), 30))
        }
        None => number,
    }
}

/// Whether a line shows only the beginning of the order's number.
pub(crate) fn is_number_cut(order: &Order) -> bool {
    order.order_number.as_deref().is_some_and(|number| length(number) > NUMBER)
}

fn footer(list: &List<'_>) -> String {
    let Totals { count: orders, sums: of } = &list.found.totals;
    let shown = Shown::new(list.page.offset, list.page.limit, *orders);
    let mut parts = vec![count(*orders, "order", "orders")];
    parts.extend(sums(of.iter().copied()));
    parts.extend(shown.words());
    let all = parts.join(" · ");
    match list.found.only_latest {
        Some(only) => format!("At least {all}\n{}.", sentence(only)),
        None => all,
    }
}
