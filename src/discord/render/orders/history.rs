//! What happened to an order, and who did it.

use serde_json::Value;
use serenity::all::CreateEmbed;

use super::changes;
use crate::discord::render::text::{code, cut, escape, length, shown_to};
use crate::discord::render::{Audience, DESCRIPTION, colour, status, time};
use crate::ledger::{Order, OrderEvent, OrderHistory};
use crate::order::StatusEmoji;

/// Columns of which others learn that they changed, and not how.
const PERSONAL: [&str; 6] =
    ["email", "customer_name", "proxy_list", "payment_method", "shipping_address", "order_url"];

/// What undoing notes beside the column: which events.
const NO_COLUMNS: [&str; 2] = ["event", "results"];

/// What tracking numbers may take that came or went.
const NUMBERS: usize = 200;

/// What the line about left out entries may take.
const LEFT_OUT: usize = 60;

/// The order's latest changes, the newest last; what has no room above them is counted.
pub(crate) fn embed(order: &Order, history: &OrderHistory, emoji: &StatusEmoji) -> CreateEmbed {
    let mut lines: Vec<String> = Vec::new();
    let mut room = DESCRIPTION - LEFT_OUT;
    for event in history.events.iter().rev() {
        let line = line(event, emoji, Audience::Private);
        let Some(left) = room.checked_sub(length(&line) + 1) else { break };
        room = left;
        lines.push(line);
    }
    match history.earlier + history.events.len() - lines.len() {
        0 => {}
        1 => lines.push("1 older entry is left out.".to_owned()),
        earlier => lines.push(format!("{earlier} older entries are left out.")),
    }
    lines.reverse();
    CreateEmbed::new()
        .title(cut(
            &format!("History of {}", escape(&order.handle())),
            crate::discord::render::TITLE,
        ))
        .colour(colour(order.status))
        .description(lines.join("\n"))
}

/// One change in a line: what, by whom, when.
pub(crate) fn line(event: &OrderEvent, emoji: &StatusEmoji, audience: Audience) -> String {
    let who = match (event.user_id, event.source.as_str()) {
        (Some(user), source) => format!("<@{user}> ({source})"),
        (None, "webhook") => "Refract's message".to_owned(),
        (None, source) => format!("an {source}").replace("an reaction", "a reaction"),
    };
    format!("{} · {} · {}", time(event.at, 'R'), what(event, emoji, audience), who)
}

fn what(event: &OrderEvent, emoji: &StatusEmoji, audience: Audience) -> String {
    let details: Value = serde_json::from_str(&event.details).unwrap_or_default();
    match event.kind.as_str() {
        "created" => "stored".to_owned(),
        "undone" => format!("undone: {}", changed(&details, emoji, audience)),
        "forgotten" => "personal data erased".to_owned(),
        _ => changed(&details, emoji, audience),
    }
}

/// Each column with what it was and what it is; what else is noted of a change is left out.
fn changed(details: &Value, emoji: &StatusEmoji, audience: Audience) -> String {
    let columns = details.as_object().into_iter().flatten();
    let columns = columns.filter(|(column, _)| !NO_COLUMNS.contains(&column.as_str()));
    let changes = columns.take(4).map(|(column, words)| {
        let [before, after] = [0, 1].map(|index| words.get(index).map(text).unwrap_or_default());
        if column == "status" {
            return format!("{} → {}", named(&before, emoji), named(&after, emoji));
        }
        if audience == Audience::Public && PERSONAL.contains(&column.as_str()) {
            return format!("{} changed", name(column));
        }
        let [before, after] = [before, after].map(|word| shown_to(audience, &word));
        if column == "counted_apart" {
            let counted = if after.is_empty() { ("once", before) } else { ("both", after) };
            return format!("counted {}: {}", counted.0, short(&counted.1));
        }
        if column == "tracking_number" {
            return changes::tracking(&before, &after, NUMBERS);
        }
        format!("{}: {} → {}", name(column), short(&before), short(&after))
    });
    let changes: Vec<String> = changes.collect();
    if changes.is_empty() { "changed".to_owned() } else { changes.join(", ") }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn named(word: &str, emoji: &StatusEmoji) -> String {
    word.parse().map_or_else(|_| cut(&escape(word), 60), |known| status(known, emoji))
}

fn name(column: &str) -> String {
    cut(&escape(&column.trim_end_matches("_minor").replace('_', " ")), 60)
}

fn short(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { code(&cut(value, 60)) }
}
