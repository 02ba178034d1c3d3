//! The figures of some days.

use chrono_tz::Tz;
use serenity::all::{Colour, CreateEmbed, CreateEmbedFooter};

use super::text::{cut, escape, length, shown_to, whole_lines};
use super::{Audience, NEUTRAL, TITLE, money, no_such_store, status, sums};
use crate::figures::{Figures, Group, Spend, ranked};
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
    /// Said where the store that it is confined to has no orders at all.
    pub(crate) unknown_store: Option<NoSuchStore>,
}

/// The figures as an embed.
pub(crate) fn embed(shown: &Shown<'_>, emoji: &StatusEmoji) -> CreateEmbed {
    let figures = shown.figures;
    let audience = shown.audience;
    let only = shown.only.iter().map(|word| format!(" · {}", name(word, audience)));
    let title = format!("Figures · {}{}", shown.title, only.collect::<String>());
    let embed = CreateEmbed::new()
        .title(cut(&title, TITLE))
        .footer(CreateEmbedFooter::new(format!("Days begin at midnight, {}", shown.zone)));
    let declines = counted(figures.declines, "card was declined", "cards were declined");
    if figures.orders == 0 {
        let declines = if figures.declines > 0 { format!("\n{declines}.") } else { String::new() };
        let nothing = match &shown.unknown_store {
            Some(unknown) => no_such_store(unknown, audience),
            None => "No orders in this time.".to_owned(),
        };
        return embed.colour(NEUTRAL).description(format!("{nothing}{declines}"));
    }
    let mut head = head(figures);
    if figures.declines > 0 {
        head = format!("{head}; {declines}");
    }
    let embed = embed.colour(BLUE).description(head);
    let groups = |of| groups(&ranked(of), audience, ROOM);
    let fields = [
        ("Spend", spend(figures, ROOM), false),
        ("Status", statuses(figures, emoji, ROOM), true),
        ("Stores", groups(&figures.stores), false),
        ("Profiles", groups(&figures.profiles), false),
        ("Products", groups(&figures.products), false),
    ];
    embed.fields(fields.into_iter().filter(|(_, lines, _)| !lines.is_empty()))
}

/// How many orders and units.
pub(crate) fn head(figures: &Figures) -> String {
    format!(
        "**{}**, {}",
        counted(figures.orders, "order", "orders"),
        counted(figures.units, "unit", "units")
    )
}

fn counted(count: i64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A line for each currency, and what is in none of them.
pub(crate) fn spend(figures: &Figures, room: usize) -> String {
    let currencies = figures.currencies();
    let lines = currencies.iter().map(|(currency, spend)| line(*currency, spend));
    let unpriced = counted(figures.unpriced, "order", "orders");
    let unpriced = (figures.unpriced > 0).then(|| format!("{unpriced} without a known price"));
    let room = room - unpriced.as_deref().map_or(0, |line| length(line) + 1);
    let lines = whole_lines(&lines.collect::<Vec<_>>(), CURRENCIES, room);
    let lines = Some(lines).filter(|lines| !lines.is_empty());
    lines.into_iter().chain(unpriced).collect::<Vec<_>>().join("\n")
}

fn line(currency: Option<Currency>, spend: &Spend) -> String {
    let code = currency.map_or("without a currency", |currency| currency.code());
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
    let line = |of: Status| Some(format!("{} {}", status(of, emoji), figures.statuses.get(&of)?));
    let lines: Vec<String> = Status::ALL.into_iter().filter_map(line).collect();
    whole_lines(&lines, Status::ALL.len(), room)
}

/// A line for each of the largest groups.
pub(crate) fn groups(groups: &[(&str, &Group)], audience: Audience, room: usize) -> String {
    let lines = groups.iter().map(|(called, of)| group(called, of, audience));
    whole_lines(&lines.collect::<Vec<_>>(), NAMES, room)
}

/// How many orders, of what, what they come to, and how many units that is where it is more.
fn group(called: &str, group: &Group, audience: Audience) -> String {
    let mut parts = vec![format!("{} {}", group.orders, name(called, audience))];
    if group.units > group.orders {
        parts.push(format!("{} units", group.units));
    }
    let mut spent: Vec<_> = group.spent.iter().filter(|(_, sum)| **sum != 0).collect();
    spent.sort_by_key(|(currency, _)| (currency.is_none(), currency.map(|code| code.code())));
    parts.extend(sums(spent.into_iter().map(|(currency, sum)| (*currency, *sum))));
    parts.join(" · ")
}

fn name(text: &str, audience: Audience) -> String {
    cut(&escape(&shown_to(audience, text)), 60)
}
