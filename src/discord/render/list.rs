//! A page of orders.

use serenity::all::{Colour, CreateEmbed, CreateEmbedFooter};

use super::super::components::page::Page;
use super::text::{code, cut, escape, length, link};
use super::{DESCRIPTION, NEUTRAL, jump, money, time};
use crate::ledger::{Order, Totals};
use crate::reactions::StatusEmoji;

const GREEN: Colour = Colour::new(0x0057_F287);

/// What a page shows.
pub(in super::super) struct List<'a> {
    /// The orders of this page.
    pub(in super::super) orders: &'a [Order],
    /// All orders that match, not only this page's.
    pub(in super::super) totals: &'a Totals,
    /// Which page.
    pub(in super::super) page: &'a Page,
    /// What the operator must know.
    pub(in super::super) alarm: Option<&'a str>,
}

/// The page as an embed.
pub(in super::super) fn embed(list: &List<'_>, emoji: &StatusEmoji) -> CreateEmbed {
    let embed = CreateEmbed::new().title(title(list.page));
    let alarm = list.alarm.map(|alarm| format!("⚠️ {alarm}.\n\n")).unwrap_or_default();
    if list.orders.is_empty() {
        return embed.colour(NEUTRAL).description(format!("{alarm}{}", nothing(list)));
    }
    let room = (DESCRIPTION - length(&alarm)) / list.orders.len();
    let lines: Vec<String> =
        list.orders.iter().map(|order| entry(order, emoji, room.saturating_sub(1))).collect();
    embed
        .colour(GREEN)
        .description(format!("{alarm}{}", lines.join("\n")))
        .footer(CreateEmbedFooter::new(footer(list)))
}

fn title(page: &Page) -> String {
    let mut title = "Latest orders".to_owned();
    if let Some(status) = page.status {
        title = format!("{title} · {status}");
    }
    if let Some(store) = &page.store {
        title = format!("{title} · {}", cut(&escape(store), 80));
    }
    title
}

fn nothing(list: &List<'_>) -> String {
    if list.totals.count > 0 {
        return "There is nothing on this page any more.".to_owned();
    }
    if list.page.status.is_some() || list.page.store.is_some() {
        return "No order matches. Leave `store` or `status` out to see all of them.".to_owned();
    }
    "No orders yet. The next checkout that Refract posts appears here; `/logs recent` shows every \
     message that was seen."
        .to_owned()
}

/// An order in two lines; poorer ones where the room is short.
pub(super) fn entry(order: &Order, emoji: &StatusEmoji, room: usize) -> String {
    let rich = format!("{}\n{}", first_line(order, emoji, 80, true), second_line(order, true));
    if length(&rich) <= room {
        return rich;
    }
    let poor = format!("{}\n{}", first_line(order, emoji, 40, false), second_line(order, false));
    cut(&poor, room)
}

fn first_line(order: &Order, emoji: &StatusEmoji, width: usize, linked: bool) -> String {
    let icon = emoji.emoji(order.status).unwrap_or("•");
    let product = cut(&escape(order.product.as_deref().unwrap_or("Product not named")), width);
    let product = match order.product_url.as_deref().and_then(link).filter(|_| linked) {
        Some(url) => format!("[{product}]({url})"),
        None => product,
    };
    let units = if order.quantity == 1 { String::new() } else { format!(" × {}", order.quantity) };
    let total = order.total_minor.or(order.price_minor);
    let total = total.map(|total| format!(" — {}", money(total, order.currency)));
    format!("{icon} **{product}**{units}{}", total.unwrap_or_default())
}

fn second_line(order: &Order, linked: bool) -> String {
    let mut parts = vec![code(&cut(&order.order_number, 40))];
    parts.extend(order.store.as_deref().map(|store| cut(&escape(store), 30)));
    parts.push(time(order.ordered_at, 'R'));
    if let Some(url) = jump(order.guild_id, order.channel_id, order.message_id).filter(|_| linked) {
        parts.push(format!("[message]({url})"));
    }
    parts.join(" · ")
}

fn footer(list: &List<'_>) -> String {
    let Totals { count, sums } = list.totals;
    let limit = i64::from(list.page.limit.max(1));
    let pages = count.saturating_add(limit - 1) / limit;
    let page = i64::from(list.page.offset) / limit + 1;
    let mut parts = vec![match count {
        1 => "1 order".to_owned(),
        count => format!("{count} orders"),
    }];
    parts.extend(sums.iter().take(4).map(|(currency, sum)| money(*sum, *currency)));
    if pages > 1 {
        parts.push(format!("page {page} of {pages}"));
    }
    parts.join(" · ")
}
