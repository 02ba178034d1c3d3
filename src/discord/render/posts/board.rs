//! The live board: one message for everybody in its channel, so it names no e-mail, profile or proxy.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serenity::all::{Colour, CreateEmbed};

use crate::config;
use crate::count::count;
use crate::discord::render::books::open;
use crate::discord::render::orders::list;
use crate::discord::render::text::{code, cut, escape, length, shown_to, whole_lines};
use crate::discord::render::{Audience, stats, time};
use crate::figures::Figures;
use crate::ids::ChannelId;
use crate::ledger::{BoardFigures, Open, STUCK_AT_MOST, Stuck, StuckOrder};
use crate::order::StatusEmoji;

/// The title by which the bot knows a board of its own again.
pub(crate) const TITLE: &str = "Live board";

const BLUE: Colour = Colour::new(0x0039_87E5);
/// What a field may take, so that all of them and the latest orders fit into one message.
const ROOM: usize = 450;
/// What each kind of stuck orders may take, with links: two of them are one field.
const STUCK: usize = 510;
/// What the lines of what is open may take.
const OPEN: usize = 900;
/// What the latest orders may take.
const LATEST: usize = 1_900;

/// Links to messages that announced orders, by what commands take an order by and its store.
pub(crate) type Links = HashMap<(String, Option<String>), String>;

/// What a board shows.
pub(crate) struct Shown<'a> {
    pub(crate) figures: &'a BoardFigures,
    /// What is not finished.
    pub(crate) open: &'a Open,
    /// Where the stuck orders were announced.
    pub(crate) links: &'a Links,
    /// When an order counts as stuck.
    pub(crate) limits: config::Board,
    pub(crate) now: DateTime<Utc>,
}

/// The board as the embeds of its message.
pub(crate) fn embeds(shown: &Shown<'_>, emoji: &StatusEmoji) -> Vec<CreateEmbed> {
    let board_figures = shown.figures;
    let posted = board_figures.posted_at.map_or("never".to_owned(), |at| time(at, 'R'));
    let mut figures = CreateEmbed::new()
        .title(TITLE)
        .colour(BLUE)
        .field("Today", sums(&board_figures.today), true)
        .field("This week", sums(&board_figures.week), true)
        .field("Refract last posted", posted, true);
    let week = &board_figures.week;
    let stores = stats::groups((week, &week.stores), "No store", Audience::Public, ROOM);
    let of_week = [
        ("Status this week", stats::statuses(&board_figures.week, emoji, ROOM), true),
        ("Stores this week", stores, true),
    ];
    figures = figures.fields(of_week.into_iter().filter(|(_, lines, _)| !lines.is_empty()));
    if let Some(stuck) = stuck(shown) {
        figures = figures.field("Stuck", stuck, false);
    }
    let open = open::lines(shown.open, shown.now);
    if !open.is_empty() {
        figures = figures.field("Open", whole_lines(&open, open.len(), OPEN), false);
    }
    let latest = CreateEmbed::new().title("Latest orders").colour(BLUE);
    vec![figures, latest.description(latest_orders(board_figures, emoji))]
}

fn sums(figures: &Figures) -> String {
    let head = stats::head(figures);
    let spend = stats::spend(figures, ROOM - length(&head) - 1);
    if spend.is_empty() { head } else { format!("{head}\n{spend}") }
}

fn latest_orders(board_figures: &BoardFigures, emoji: &StatusEmoji) -> String {
    if board_figures.latest.is_empty() {
        return "No orders yet. The next checkout that Refract posts will appear here.".to_owned();
    }
    list::entries(&board_figures.latest, Audience::Public, emoji, LATEST)
}

/// What does not move. `None`: all moves.
fn stuck(shown: &Shown<'_>) -> Option<String> {
    let (board_figures, limits) = (shown.figures, shown.limits);
    let verified = format!(
        "verified more than {} ago and still without tracking (last {} days)",
        days(limits.stuck_verified_days),
        STUCK_AT_MOST.num_days()
    );
    let shipped = format!(
        "shipped more than {} ago and still not delivered (last {} days)",
        days(limits.stuck_shipped_days),
        STUCK_AT_MOST.num_days()
    );
    let parts = [(&board_figures.verified, verified), (&board_figures.shipped, shipped)];
    let parts = parts.into_iter().filter(|(stuck, _)| stuck.count > 0);
    let lines: Vec<String> =
        parts.map(|(stuck, words)| stuck_lines(stuck, &words, shown.links)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn stuck_lines(stuck: &Stuck, words: &str, announced: &Links) -> String {
    let mut lines = vec![format!("**{}** {words}", count(stuck.count, "order", "orders"))];
    lines.extend(stuck.orders.iter().map(|order| stuck_order(order, announced)));
    whole_lines(&lines, lines.len(), STUCK)
}

fn stuck_order(order: &StuckOrder, links: &Links) -> String {
    let which = code(&cut(&order.handle, 40));
    let link = links.get(&(order.handle.clone(), order.store.clone()));
    let mut parts = vec![link.map_or(which.clone(), |link| format!("[{which}]({link})"))];
    parts.extend(
        order.store.as_deref().map(|store| cut(&escape(&shown_to(Audience::Public, store)), 30)),
    );
    parts.push(time(order.since, 'R'));
    parts.join(" · ")
}

fn days(days: u32) -> String {
    count(days, "day", "days")
}

/// The reply when the board is in its channel.
pub(crate) fn placed(channel: ChannelId) -> String {
    format!(
        "📌 Live board posted in <#{channel}>; I'll keep it updated. Run `/board` in another channel \
         to move it, or `/board off:True` to remove it."
    )
}

/// The reply when Discord did not answer in time.
pub(crate) fn coming(channel: ChannelId) -> String {
    format!("Discord is slow to respond. The board will appear in <#{channel}> as soon as it does.")
}

/// The reply when the board is taken down.
pub(crate) const TAKEN_DOWN: &str = "Board removed. `/board` posts it again.";

/// The reply when the channel is one of another server.
pub(crate) const ELSEWHERE: &str =
    "That channel belongs to another server. Run `/board` in a channel of this one.";

/// The reply when there is no board to take down.
pub(crate) const NO_BOARD: &str = "This server has no board. `/board` posts one.";

/// The reply when the bot may not post there; `missing` names the permissions, where that is known.
pub(crate) fn may_not_post(channel: ChannelId, missing: &[&str]) -> String {
    let needed = if missing.is_empty() {
        "View Channel, Send Messages and Embed Links".to_owned()
    } else {
        missing.join(" and ")
    };
    format!(
        "I can't post the board in <#{channel}>. Give me {needed} there (Edit Channel → \
         Permissions), then run `/board` again."
    )
}
