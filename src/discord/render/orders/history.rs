//! What happened to an order, and who did it.

use serde_json::Value;
use serenity::all::CreateEmbed;

use super::changes;
use crate::count::count;
use crate::discord::render::text::{code, cut, escape, length, shown_to};
use crate::discord::render::{Audience, DESCRIPTION, colour, money, status, time};
use crate::ledger::{Order, OrderEvent, OrderHistory};
use crate::order::{Currency, StatusEmoji};

/// Columns of which others learn that they changed, and not how.
const PERSONAL: [&str; 7] = [
    "email",
    "customer_name",
    "buyer",
    "proxy_list",
    "payment_method",
    "shipping_address",
    "order_url",
];

/// Columns whose values say nothing to people: lists, ids, times.
const UNREADABLE: [&str; 6] =
    ["items", "ordered_at", "posted_at", "message_id", "channel_id", "source"];

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
        let line = line(event, order.currency, emoji, Audience::Private);
        let Some(left) = room.checked_sub(length(&line) + 1) else { break };
        room = left;
        lines.push(line);
    }
    let hidden = history.earlier + history.events.len() - lines.len();
    if hidden > 0 {
        lines.push(format!("{} not shown.", count(hidden, "older entry", "older entries")));
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

/// One change in a line: what, by whom, when. Its sums are in the order's currency.
pub(crate) fn line(
    event: &OrderEvent,
    currency: Option<Currency>,
    emoji: &StatusEmoji,
    audience: Audience,
) -> String {
    let details: Value = serde_json::from_str(&event.details).unwrap_or_default();
    let changed = || changed(&details, currency, emoji, audience);
    let what = match event.kind.as_str() {
        "created" if event.source == "hand" => "order added by hand".to_owned(),
        "created" => "order received".to_owned(),
        "undone" => format!("{} (undo)", changed()),
        "forgotten" => "personal data erased".to_owned(),
        _ => changed(),
    };
    format!("{} · {what} · {}", time(event.at, 'R'), who(event))
}

fn who(event: &OrderEvent) -> String {
    let how = match event.source.as_str() {
        "menu" => "button",
        other => other,
    };
    if let Some(batch) = event.batch.filter(|_| event.source != "hand") {
        let of_sheet = format!("sheet, batch {batch}");
        return match event.user_id {
            Some(user) => format!("<@{user}> ({of_sheet})"),
            None => of_sheet,
        };
    }
    match (event.user_id, how) {
        (Some(user), "hand") => format!("<@{user}>"),
        (Some(user), how) => format!("<@{user}> ({how})"),
        (None, "webhook") => "from Refract".to_owned(),
        (None, "import") => "imported from a file".to_owned(),
        (None, "sheet") => "from a sheet".to_owned(),
        (None, how) => format!("by {how}"),
    }
}

/// Each column with what it was and what it is; what else is noted of a change is left out.
fn changed(
    details: &Value,
    currency: Option<Currency>,
    emoji: &StatusEmoji,
    audience: Audience,
) -> String {
    let columns = details.as_object().into_iter().flatten();
    let columns = columns.filter(|(column, _)| !NO_COLUMNS.contains(&column.as_str()));
    let changes = columns.take(4).map(|(column, words)| {
        let sum = |value: &Value| value.as_i64().filter(|_| column.ends_with("_minor"));
        let text = |value: &Value| sum(value).map_or_else(|| text(value), |it| money(it, currency));
        let [before, after] = [0, 1].map(|index| words.get(index).map(text).unwrap_or_default());
        if column == "status" {
            return format!("{} → {}", named(&before, emoji), named(&after, emoji));
        }
        let is_hidden = audience == Audience::Public && PERSONAL.contains(&column.as_str());
        if is_hidden || UNREADABLE.contains(&column.as_str()) {
            return format!("{} changed", name(column));
        }
        let [before, after] = [before, after].map(|word| shown_to(audience, &word));
        if column == "counted_apart" {
            let counted = if after.is_empty() { ("once", before) } else { ("both", after) };
            return format!("counted {}: {}", counted.0, short(&counted.1));
        }
        if column == "added" {
            return "what was added by hand no longer counts".to_owned();
        }
        if column == "tracking_number" {
            return changes::tracking(&before, &after, NUMBERS);
        }
        match (before.as_str(), after.as_str()) {
            ("", after) => format!("{} added: {}", name(column), short(after)),
            (before, "") => format!("{} removed: {}", name(column), short(before)),
            (before, after) => format!("{}: {} → {}", name(column), short(before), short(after)),
        }
    });
    let mut changes: Vec<String> = changes.collect();
    changes.dedup();
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
    let name = match column {
        "notes" => "note",
        "email" => "e-mail",
        "customer_name" => "name",
        "proxy_list" => "proxy",
        "product_url" => "product link",
        "order_url" => "order link",
        "image_url" => "picture",
        "ordered_at" => "order time",
        "posted_at" => "message time",
        "message_id" | "channel_id" | "source" => "message",
        other => other,
    };
    cut(&escape(&name.trim_end_matches("_minor").replace('_', " ")), 60)
}

fn short(value: &str) -> String {
    code(&cut(value, 60))
}
