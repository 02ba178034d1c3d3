//! What the orders of some days come to.

use std::collections::HashMap;

use chrono_tz::Tz;
use serenity::all::{Colour, CreateEmbed, CreateEmbedFooter};

use super::books::stats::{self, Came};
use super::text::{cut, escape, length, shown_to, whole_lines};
use super::{Audience, NEUTRAL, TITLE, money, no_such_store, status, sums};
use crate::count::{count, grouped};
use crate::figures::{Figures, Group, Spend, UNNAMED, ranked};
use crate::ledger::NoSuchStore;
use crate::order::StatusEmoji;
use crate::order::{Currency, Status};

const BLUE: Colour = Colour::new(0x0039_87E5);
/// What a field may take, so that all of them fit into one embed.
const ROOM: usize = 800;
/// Names of a list.
const NAMES: usize = 8;
/// Currencies that are shown.
const CURRENCIES: usize = 6;

/// What is shown.
pub(crate) struct Shown<'a> {
    /// What was counted.
    pub(crate) figures: &'a Figures,
    /// Which days.
    pub(crate) title: String,
    /// The store, the status or the profile that they are confined to.
    pub(crate) only: Vec<String>,
    /// Who will read it.
    pub(crate) audience: Audience,
    /// Where the days begin.
    pub(crate) zone: Tz,
    /// What they came to, where they are not confined to a status.
    pub(crate) came: Option<Came>,
    /// Said where the store that it is confined to has no orders at all.
    pub(crate) unknown_store: Option<NoSuchStore>,
}

/// The figures as an embed.
pub(crate) fn embed(shown: &Shown<'_>, emoji: &StatusEmoji) -> CreateEmbed {
    let figures = shown.figures;
    let audience = shown.audience;
    let only = shown.only.iter().map(|word| format!(" · {}", name(word, audience)));
    let title = format!("Stats · {}{}", shown.title, only.collect::<String>());
    let embed = CreateEmbed::new()
        .title(cut(&title, TITLE))
        .footer(CreateEmbedFooter::new(format!("Time zone: {}", shown.zone)));
    let declines = count(figures.declines, "declined checkout", "declined checkouts");
    let declines = Some(declines).filter(|_| figures.declines > 0);
    if figures.orders == 0 {
        let nothing = match &shown.unknown_store {
            Some(unknown) => no_such_store(unknown, audience),
            None => nothing(shown),
        };
        let lines = [Some(nothing), declines.map(|declines| format!("{declines}."))];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        return embed.colour(NEUTRAL).description(lines.join("\n"));
    }
    let head: Vec<String> = std::iter::once(head(figures)).chain(declines).collect();
    let embed = embed.colour(BLUE).description(head.join(" · "));
    let groups = |of, unnamed| groups((figures, of), unnamed, audience, ROOM);
    let came = shown.came.iter().flat_map(stats::fields).map(|(name, text)| (name, text, false));
    let embed = embed.fields(came);
    let fields = [
        ("Spent", spend(figures, ROOM), false),
        ("Status", statuses(figures, emoji, ROOM), true),
        ("Stores", groups(&figures.stores, "No store"), false),
        ("Profiles", groups(&figures.profiles, "No profile"), false),
        ("Products", groups(&figures.products, "No product name"), false),
    ];
    embed.fields(fields.into_iter().filter(|(_, lines, _)| !lines.is_empty()))
}

/// That there is nothing, and of what.
fn nothing(shown: &Shown<'_>) -> String {
    let when = match shown.title.as_str() {
        "all time" => "yet".to_owned(),
        title if title.starts_with("last ") && title.ends_with("days") => format!("in the {title}"),
        // Two days.
        title if title.starts_with(|first: char| first.is_ascii_digit()) => format!("from {title}"),
        title => title.to_owned(),
    };
    if shown.only.is_empty() {
        return format!("No orders {when}.");
    }
    let only: Vec<String> = shown.only.iter().map(|word| name(word, shown.audience)).collect();
    format!("No orders {when} for {}. Try a longer period or fewer filters.", only.join(" · "))
}

/// How many orders and units.
pub(crate) fn head(figures: &Figures) -> String {
    let orders = count(figures.orders, "order", "orders");
    format!("**{orders}** · {}", count(figures.units, "unit", "units"))
}

/// A line for each currency, and what is in none of them.
pub(crate) fn spend(figures: &Figures, room: usize) -> String {
    let currencies = figures.currencies();
    let lines = currencies.iter().map(|(currency, spend)| line(*currency, spend));
    let unpriced = count(figures.unpriced, "order", "orders");
    let unpriced = (figures.unpriced > 0).then(|| format!("{unpriced} without a known price"));
    let room = room - unpriced.as_deref().map_or(0, |line| length(line) + 1);
    let lines = whole_lines(&lines.collect::<Vec<_>>(), CURRENCIES, room);
    let lines = Some(lines).filter(|lines| !lines.is_empty());
    lines.into_iter().chain(unpriced).collect::<Vec<_>>().join("\n")
}

fn line(currency: Option<Currency>, spend: &Spend) -> String {
    let code = currency.map_or("unknown currency", |currency| currency.code());
    let mut parts = vec![format!("**{}** {code}", money(spend.spent, currency))];
    let apart = [
        (spend.cancelled, "cancelled"),
        (spend.refunded, "refunded"),
        (spend.returned, "returned"),
    ];
    let apart = apart.into_iter().filter(|(sum, _)| *sum != 0);
    parts.extend(apart.map(|(sum, word)| format!("{word} {}", money(sum, currency))));
    parts.join(" · ")
}

/// A line for each status.
pub(crate) fn statuses(figures: &Figures, emoji: &StatusEmoji, room: usize) -> String {
    let line = |of: Status| {
        Some(format!("{} — {}", status(of, emoji), grouped(*figures.statuses.get(&of)?)))
    };
    let lines: Vec<String> = Status::ALL.into_iter().filter_map(line).collect();
    whole_lines(&lines, Status::ALL.len(), room)
}

/// A line for each of the largest groups; `unnamed` is what the one without a name is called.
pub(crate) fn groups(
    (figures, groups): (&Figures, &HashMap<String, Group>),
    unnamed: &str,
    audience: Audience,
    room: usize,
) -> String {
    let currencies = figures.currencies();
    let lines = ranked(groups).into_iter().map(|(called, of)| {
        let called = if called == UNNAMED { unnamed } else { called };
        group(&name(called, audience), of, &currencies)
    });
    whole_lines(&lines.collect::<Vec<_>>(), NAMES, room)
}

/// How many orders of what, how many units that is where it is more, and what they come to, in the order of all
/// `currencies`.
fn group(called: &str, group: &Group, currencies: &[(Option<Currency>, Spend)]) -> String {
    let mut parts = vec![format!("{called} — {}", count(group.orders, "order", "orders"))];
    if group.units > group.orders {
        parts.push(count(group.units, "unit", "units"));
    }
    let spent = currencies.iter().filter_map(|(currency, _)| {
        let sum = group.spent.get(currency).filter(|sum| **sum != 0)?;
        Some((*currency, *sum))
    });
    parts.extend(sums(spent.collect::<Vec<_>>().into_iter()));
    parts.join(" · ")
}

fn name(text: &str, audience: Audience) -> String {
    cut(&escape(&shown_to(audience, text)), 60)
}
