//! What became of messages: `/logs`.

mod retry;

use std::collections::HashMap;

use serenity::all::{Colour, CreateEmbed};

use super::text::{code, cut, escape, length, shown_to, whole_lines};
use super::{Audience, DESCRIPTION, FIELD, NEUTRAL, jump, money, time};
use crate::count::count;
use crate::ids::OrderId;
use crate::ledger::{Delivery, DeliveryDetail};
use crate::reading::message::Field;
use crate::reading::{self, Labels, Message, OrderReading};
use crate::verdict::{Outcome, Via};

pub(crate) use retry::{Retried, read_again, tried_again};

/// Characters of the kept message that `/logs show` shows.
const EXCERPT: usize = 1_500;
/// What each field about the reading may take, so that all of them fit into one embed.
const READ: usize = 1_000;
/// Orders of a message that are told, lines of an order, and labels that are not known.
const ORDERS: usize = 3;
const ITEMS: usize = 3;
const UNKNOWN: usize = 6;

/// Deliveries of a page, with the numbers of their orders.
pub(crate) fn list(
    deliveries: &[Delivery],
    numbers: &HashMap<OrderId, String>,
    outcome: Option<Outcome>,
    warning: Option<&str>,
) -> CreateEmbed {
    let title = match outcome {
        Some(outcome) => format!("Latest messages · {}", outcome.word()),
        None => "Latest messages".to_owned(),
    };
    let embed = CreateEmbed::new().title(title).colour(NEUTRAL);
    let warning = warning.map(|warning| format!("⚠️ {warning}.\n\n")).unwrap_or_default();
    if deliveries.is_empty() {
        let nothing = match outcome {
            Some(_) => {
                "No messages with this outcome. `/logs recent` without it lists all messages."
            }
            None => {
                "No messages yet. Whatever is posted in a watched channel will be listed here, with \
                 what happened to it."
            }
        };
        return embed.description(format!("{warning}{nothing}"));
    }
    let room = (DESCRIPTION - length(&warning)) / deliveries.len();
    let lines: Vec<String> =
        deliveries.iter().map(|it| entry(it, numbers, room.saturating_sub(1))).collect();
    embed.description(format!("{warning}{}", lines.join("\n")))
}

/// In one line, whole, and what of the reason has room below it.
fn entry(delivery: &Delivery, numbers: &HashMap<OrderId, String>, room: usize) -> String {
    let posted = delivery.posted_at.unwrap_or(delivery.received_at);
    let mut parts = vec![
        format!("{} **{}**", icon(delivery.outcome), delivery.outcome.word()),
        time(posted, 'R'),
    ];
    parts.extend(link(delivery).map(|url| format!("[message]({url})")));
    if delivery.deleted_at.is_some() {
        parts.push("deleted in Discord".to_owned());
    }
    let left = room.saturating_sub(length(&parts.join(" · ")));
    parts.splice(1..1, orders(delivery, numbers, left));
    let mut line = parts.join(" · ");
    if !delivery.reason.is_empty() {
        line.push('\n');
        line.push_str(&cut(&escape(&shown_to(Audience::Public, &delivery.reason)), 180));
    }
    cut(&line, room)
}

/// The first order of a delivery and how many more, as far as there is room: a link behind them may not be
/// cut.
fn orders(delivery: &Delivery, numbers: &HashMap<OrderId, String>, room: usize) -> Option<String> {
    let mut named = delivery.orders.iter().filter_map(|order| numbers.get(order));
    let first = named.next()?;
    let more = match named.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    // Between them and the next part stands a separator, around the number what makes it a code.
    let number = room.saturating_sub(length(&more) + " · ``".len()).min(40);
    (number > 3).then(|| format!("{}{more}", code(&cut(first, number))))
}

/// One delivery, with what its message holds and what is read in it by these labels.
pub(crate) fn card(detail: &DeliveryDetail, labels: &Labels, audience: Audience) -> CreateEmbed {
    let delivery = &detail.delivery;
    let mut embed = CreateEmbed::new()
        .title(format!("{} {}", icon(delivery.outcome), delivery.outcome.word()))
        .colour(colour(delivery.outcome))
        .description(cut(&meaning(delivery, audience), DESCRIPTION / 2))
        .field("Message", code(&delivery.message_id.to_string()), true)
        .field("Received", times(delivery), true)
        .field("From", cut(&source(detail, audience), FIELD), true);
    // A message may hold anything personal anywhere: only the person who asked sees it.
    if let Some(message) = detail.message.as_ref().filter(|_| audience == Audience::Private) {
        for (name, value) in read_in(message, delivery.outcome, labels) {
            embed = embed.field(name, cut(&value, READ), false);
        }
        let excerpt = excerpt(message);
        if !excerpt.trim().is_empty() {
            embed = embed.field("What it says", cut(&excerpt, FIELD), false);
        }
    }
    if let Some(url) = link(delivery) {
        embed = embed.url(url);
    }
    embed
}

/// What is read in a message, and what is missing for an order.
fn read_in(message: &Message, outcome: Outcome, labels: &Labels) -> Vec<(&'static str, String)> {
    let orders = reading::read(message, labels).orders;
    let mut fields = Vec::new();
    if !orders.is_empty() {
        // Some room is left for the line that counts the others.
        let room = (READ - 50) / orders.len().min(ORDERS);
        let lines: Vec<String> = orders.iter().map(|order| read_order(order, room)).collect();
        fields.push(("What was read", whole_lines(&lines, ORDERS, READ)));
    }
    let lacks_number = orders.iter().any(|order| order.order_number.is_none());
    let may_lack = matches!(outcome, Outcome::Rejected | Outcome::Stored);
    if may_lack && (lacks_number || orders.is_empty()) {
        fields.push(("What is missing", missing(message, labels)));
    }
    fields
}

fn read_order(order: &OrderReading, room: usize) -> String {
    let number = order.order_number.as_deref().map(|number| code(&cut(number, 60)));
    let amount = |minor: Option<i64>| minor.map(|minor| money(minor, order.currency));
    let text = |name: &str, value: Option<&str>| {
        value.map(|value| format!("{name}: {}", cut(&escape(value), 100)))
    };
    let units = |units: Option<i64>| units.map(|units| format!("quantity: {units}"));
    let mut parts = vec![
        Some(format!("order number: {}", number.unwrap_or_else(|| "**not found**".to_owned()))),
        text("store", order.store.as_deref()),
    ];
    for item in order.items.iter().take(ITEMS) {
        parts.push(text("product", item.product.as_deref()));
        parts.push(amount(item.price_minor).map(|price| format!("price: {price}")));
        parts.push(units(item.quantity));
    }
    let more = order.items.len().saturating_sub(ITEMS);
    let told = order.items.iter().any(|item| item.quantity.is_some());
    parts.extend([
        (more > 0).then(|| format!("and {}", count(more, "more product", "more products"))),
        units(order.quantity.filter(|_| !told)),
        amount(order.total_minor).map(|total| format!("total: {total}")),
        text("status", order.status.as_deref()),
        text("tracking", order.details.tracking_number.as_deref()),
        text("profile", order.details.profile.as_deref()),
        text("e-mail", order.details.email.as_deref()),
        text("proxy", order.details.proxy_list.as_deref()),
    ]);
    // Cut by itself, so that no code span of the next one stays open.
    cut(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "), room - 1)
}

/// The label that is missing, and those that nobody knows: one of them may be it.
fn missing(message: &Message, labels: &Labels) -> String {
    let names = message.embeds.iter().flat_map(|embed| &embed.fields).map(|field| &field.name);
    let unknown = names.filter(|name| !name.trim().is_empty() && !labels.knows(name));
    let unknown: Vec<String> =
        unknown.take(UNKNOWN).map(|name| code(&cut(name.trim(), 40))).collect();
    let known = "A label like `Order Number`, `Order #` or `Order ID`, followed by the number.";
    if unknown.is_empty() {
        return known.to_owned();
    }
    format!(
        "{known} I don't know these labels: {}. If one of them is the order number, add \
         `\"…\" = \"order_number\"` to `[labels]` in config.toml, restart me, and try again.",
        unknown.join(", ")
    )
}

fn times(delivery: &Delivery) -> String {
    let mut lines = vec![format!("{} ({})", time(delivery.received_at, 'f'), how(delivery.via))];
    lines.extend(delivery.edited_at.map(|edited| format!("edited {}", time(edited, 'R'))));
    let deleted = delivery.deleted_at;
    lines.extend(deleted.map(|deleted| format!("deleted in Discord {}", time(deleted, 'R'))));
    lines.join("\n")
}

fn source(detail: &DeliveryDetail, audience: Audience) -> String {
    // Cut on its own: behind it comes a code span, and a cut one would not end.
    let name = detail.message.as_ref().map(|message| shown_to(audience, &message.author.name));
    let name = name.map(|name| cut(&escape(&name), 200));
    let name = name
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "sender no longer kept".to_owned());
    match detail.delivery.webhook_id {
        Some(webhook) => format!("{name}\nwebhook {}", code(&webhook.to_string())),
        None => format!("{name}\nnot a webhook"),
    }
}

/// The labels and values as posted.
fn excerpt(message: &Message) -> String {
    let mut lines: Vec<String> = message.content.lines().map(escape).collect();
    for embed in &message.embeds {
        let heads = [&embed.author, &embed.title, &embed.description];
        lines.extend(heads.into_iter().filter(|head| !head.is_empty()).map(|head| escape(head)));
        let field = |field: &Field| escape(&format!("{}: {}", field.name, field.value));
        lines.extend(embed.fields.iter().map(field));
    }
    cut(&lines.join("\n"), EXCERPT)
}

fn link(delivery: &Delivery) -> Option<String> {
    if delivery.deleted_at.is_some() {
        return None;
    }
    jump(delivery.guild_id, delivery.channel_id, delivery.message_id)
}

/// How a message came, as the end of "it came ...".
pub(super) fn how(via: Via) -> &'static str {
    match via {
        Via::Live => "live",
        Via::Backfill => "from history",
        Via::Import => "from a file",
        Via::Retry => "tried again",
    }
}

fn icon(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Stored => "✅",
        Outcome::Updated => "🔄",
        Outcome::Unchanged => "➖",
        Outcome::Rejected => "⚠️",
        Outcome::Declined => "⛔",
        Outcome::Test => "🧪",
        Outcome::Ignored => "💤",
        Outcome::Untrusted => "🚫",
    }
}

fn meaning(delivery: &Delivery, audience: Audience) -> String {
    let means = match delivery.outcome {
        Outcome::Stored => "A new order was stored.",
        Outcome::Updated => "An order was updated.",
        Outcome::Unchanged => "The order was already stored, and this message adds nothing new.",
        Outcome::Rejected => "This looks like an order, but it could not be stored.",
        Outcome::Declined => "A failed checkout: there is no order.",
        Outcome::Test => "A test notification: Refract can post to this channel.",
        Outcome::Ignored => "Not about an order.",
        Outcome::Untrusted => "This looks like an order, but I don't trust its sender.",
    };
    if delivery.reason.is_empty() {
        return means.to_owned();
    }
    format!("{means}\n**Why:** {}", escape(&shown_to(audience, &delivery.reason)))
}

fn colour(outcome: Outcome) -> Colour {
    Colour::new(match outcome {
        Outcome::Stored | Outcome::Updated => 0x0057_F287,
        Outcome::Rejected | Outcome::Untrusted => 0x00ED_4245,
        Outcome::Test => 0x0058_65F2,
        Outcome::Unchanged | Outcome::Declined | Outcome::Ignored => return NEUTRAL,
    })
}
