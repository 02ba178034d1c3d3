//! What changed between two states of an order, for its history.

use serde_json::{Map, Value, json};

use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::OrderState;
use crate::ledger::write::families::FamilyKey;
use crate::order::OrderItem;

/// An order, and the number that it goes by.
pub(super) type Numbered<'a> = (&'a FamilyKey, &'a OrderState);

/// The changed columns as JSON, `{"column": [before, after]}`; `None` where nothing did.
pub(super) fn changes(before: Numbered<'_>, after: Numbered<'_>) -> Option<String> {
    let mut changed = Map::new();
    for ((column, before), (_, after)) in columns(before).into_iter().zip(columns(after)) {
        if before != after {
            changed.insert(column.to_owned(), json!([before, after]));
        }
    }
    (!changed.is_empty()).then(|| Value::Object(changed).to_string())
}

/// Whether the row differs at all, also in what history does not show.
pub(super) fn same_row(before: Numbered<'_>, after: Numbered<'_>) -> bool {
    if before.0 != after.0 || changes(before, after).is_some() {
        return false;
    }
    let time = |state: &OrderState| {
        let (said, announcement) = (&state.said, state.announcement.as_ref());
        [
            said.shipped_at,
            said.delivered_at,
            said.ended_at,
            announcement.map(|announcement| announcement.received_at),
        ]
        .map(|time| time.map(text_of))
    };
    let (before, after) = (before.1, after.1);
    before.last_message_id == after.last_message_id
        && before.store_key == after.store_key
        && before.stated_total == after.stated_total
        && before.lines.stated_quantity == after.lines.stated_quantity
        && links(before).eq(links(after))
        && before.said.status == after.said.status
        && time(before) == time(after)
}

fn links(state: &OrderState) -> impl Iterator<Item = Option<&str>> {
    state.lines.items.iter().map(|item| item.product_url.as_deref())
}

fn columns((key, state): Numbered<'_>) -> Vec<(&'static str, Value)> {
    let announcement = state.announcement.as_ref();
    let own = [
        ("order_number", json!(key.number())),
        ("store", json!(state.store)),
        ("items", Value::Array(state.lines.items.iter().map(item).collect())),
        ("total_minor", json!(state.total_minor())),
        ("currency", json!(state.currency.map(|currency| currency.code()))),
        ("quantity", json!(state.lines.quantity())),
        ("commission_minor", json!(state.commission_minor)),
        ("ordered_at", json!(announcement.map(|announcement| text_of(announcement.ordered_at)))),
        (
            "posted_at",
            json!(announcement.and_then(|announcement| announcement.posted_at).map(text_of)),
        ),
        ("message_id", json!(announcement.map(|announcement| announcement.message_id))),
        ("channel_id", json!(announcement.map(|announcement| announcement.channel_id))),
        ("source", json!(announcement.map(|announcement| announcement.source.as_str()))),
    ];
    let details = state.details.pairs().map(|(detail, value)| (detail.name(), json!(value)));
    own.into_iter().chain(details).collect()
}

fn item(item: &OrderItem) -> Value {
    let mut line = json!({
        "product": item.product,
        "price_minor": item.price_minor,
        "quantity": item.quantity,
        "sku": item.sku,
        "size": item.size,
    });
    if let (Some(currency), Value::Object(line)) = (item.currency, &mut line) {
        line.insert("currency".to_owned(), json!(currency.code()));
    }
    line
}
