//! What is not finished, and the orders of one of its lines.

use chrono::{DateTime, Utc};
use serenity::all::{
    Colour, CreateActionRow, CreateEmbed, CreateEmbedFooter, CreateSelectMenuOption,
};

use super::joined;
use crate::count::count;
use crate::discord::render::custom_id::{BooksPart, CustomId, LinePage, Which};
use crate::discord::render::orders::list;
use crate::discord::render::rows::pages::Shown;
use crate::discord::render::rows::{self, menu};
use crate::discord::render::text::{cut, escape, shown_to};
use crate::discord::render::{Audience, DESCRIPTION, NEUTRAL, TITLE};
use crate::ids::UserId;
use crate::ledger::{Open, OpenKey, OpenLine, Order};
use crate::order::StatusEmoji;

const BLUE: Colour = Colour::new(0x0039_87E5);
/// Orders of a page.
pub(crate) const PAGE: u32 = 10;

/// The lines that have something in them.
pub(crate) fn lines(open: &Open, now: DateTime<Utc>) -> Vec<String> {
    let lines = open.iter().filter(|(_, line)| line.orders > 0 || line.units > 0);
    lines.map(|(key, line)| of_line(*key, line, now)).collect()
}

fn of_line(key: OpenKey, line: &OpenLine, now: DateTime<Utc>) -> String {
    if key == OpenKey::ForeignParcels {
        return format!("**{}** — {}", key.words(), count(line.units, "parcel", "parcels"));
    }
    let mut parts = vec![count(line.orders, "order", "orders"), count(line.units, "unit", "units")];
    if !line.total.is_empty() {
        let total = joined(&line.total, 4, 120);
        parts.push(if key == OpenKey::Short { format!("{total} missing") } else { total });
    }
    if let Some(oldest) = line.oldest {
        parts.push(match (now - oldest).num_days() {
            ..=0 => "oldest less than a day".to_owned(),
            days => format!("oldest {}", count(days, "day", "days")),
        });
    }
    format!("**{}** — {}", key.words(), parts.join(" · "))
}

/// What is open; `only`: the store and the profile that it is confined to.
pub(crate) fn embed(
    open: &Open,
    only: &[String],
    audience: Audience,
    now: DateTime<Utc>,
) -> CreateEmbed {
    let only =
        only.iter().map(|word| format!(" · {}", cut(&escape(&shown_to(audience, word)), 60)));
    let embed =
        CreateEmbed::new().title(cut(&format!("What is open{}", only.collect::<String>()), TITLE));
    let lines = lines(open, now);
    if lines.is_empty() {
        return embed.colour(NEUTRAL).description("Nothing is open.");
    }
    embed.colour(BLUE).description(lines.join("\n"))
}

/// The menu that shows the orders of a line, for whoever asked; `which`: what was asked.
pub(crate) fn rows(open: &Open, user: UserId, which: Which) -> Vec<CreateActionRow> {
    let has_orders = open.iter().filter(|(_, line)| line.orders > 0);
    let options: Vec<CreateSelectMenuOption> = has_orders
        .map(|(key, line)| {
            let orders = count(line.orders, "order", "orders");
            CreateSelectMenuOption::new(key.words(), key.as_str()).description(orders)
        })
        .collect();
    if options.is_empty() {
        return Vec::new();
    }
    let menu = menu(&CustomId::Books(BooksPart::Lines(user, which)), options);
    vec![CreateActionRow::SelectMenu(menu.placeholder("Show the orders of a line"))]
}

/// Whether the menu and the buttons of every page have room for what was asked.
pub(crate) fn has_room(user: UserId, which: &Which) -> bool {
    OpenKey::ALL.into_iter().all(|key| {
        let page = LinePage { user, key, offset: u32::MAX, which: which.clone() };
        rows::has_room(&CustomId::Books(BooksPart::Line(page)))
    })
}

/// A page of the orders of a line, the oldest first.
pub(crate) fn orders(
    orders: &[Order],
    (page, shown): (&LinePage, Shown),
    audience: Audience,
    emoji: &StatusEmoji,
) -> (CreateEmbed, Vec<CreateActionRow>) {
    let embed = CreateEmbed::new().title(page.key.words()).colour(BLUE);
    if orders.is_empty() {
        return (embed.description("No orders are in this line now."), Vec::new());
    }
    let entries = list::entries(orders, audience, emoji, DESCRIPTION);
    let of_all = format!("{}, the oldest first", count(shown.all, "order", "orders"));
    let footer: Vec<String> = std::iter::once(of_all).chain(shown.words()).collect();
    let footer = CreateEmbedFooter::new(footer.join(" · "));
    let embed = embed.description(entries).footer(footer);
    let to = |offset| CustomId::Books(BooksPart::Line(LinePage { offset, ..page.clone() }));
    let mut parts: Vec<_> = shown.buttons(["◀ Older", "Newer ▶"], to).into_iter().collect();
    parts.extend(rows::open(page.user, orders, emoji));
    (embed, parts)
}
