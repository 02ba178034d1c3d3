//! Orders as `export` writes them in JSON, as a table: its headings are the names of the members.

use serde_json::{Map, Value};

use super::table::{Full, Table};
use crate::sheet::not_understood::Why;

/// The members that are read; the others are other ids of Discord's and what can be computed.
pub(in crate::sheet) const MEMBERS: [&str; 46] = [
    "id",
    "order_number",
    "store",
    "product",
    "price",
    "total",
    "currency",
    "quantity",
    "commission",
    "email",
    "customer_name",
    "profile",
    "proxy_list",
    "reference_number",
    "tracking_number",
    "parcels",
    "status",
    "qty_received",
    "payment_method",
    "shipping_address",
    "shipping_method",
    "notes",
    "product_url",
    "order_url",
    "image_url",
    "ordered_at",
    "shipped_at",
    "delivered_at",
    "guild_id",
    "items",
    "payout",
    "payout_currency",
    "group_status",
    "group_order_id",
    "group_created_at",
    "group_modified_at",
    "charge_posted_on",
    "charged",
    "refunded",
    "charge_currency",
    "other_charges",
    "sold_price",
    "fees",
    "buyer",
    "created_at",
    "message_id",
];

/// The objects of an array, or one after another, each with the line on which it begins.
pub(in crate::sheet) fn table(text: &str) -> Result<Table, Why> {
    let start = text.find(['[', '{']).unwrap_or_default();
    let is_array = text.get(start..).is_some_and(|rest| rest.starts_with('['));
    let mut builder = Table::builder();
    let too_large = |Full: Full| Why::TooLarge("128 MiB".to_owned());
    builder.push(0, MEMBERS.into_iter()).map_err(too_large)?;
    let objects = Objects { text, at: start + usize::from(is_array), counted: 0, line: 1 };
    for (line, object) in objects {
        let object = object.ok_or(Why::Json(line))?;
        let cells: Vec<String> =
            MEMBERS.iter().map(|name| object.get(*name).map_or_else(String::new, cell)).collect();
        builder.push(line, cells.iter().map(String::as_str)).map_err(too_large)?;
    }
    Ok(builder.finish())
}

/// The objects from a place on, each with its line. `None`: there stands something else, and nothing follows.
struct Objects<'t> {
    text: &'t str,
    at: usize,
    /// Up to where lines were counted, and the line that goes on there.
    counted: usize,
    line: u64,
}

impl Iterator for Objects<'_> {
    type Item = (u64, Option<Map<String, Value>>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let object = rest.trim_start_matches(|mark: char| mark.is_whitespace() || mark == ',');
        self.at += rest.len() - object.len();
        if object.is_empty() || object.starts_with(']') {
            return None;
        }
        let passed = self.text.get(self.counted..self.at).unwrap_or_default();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.counted = self.at;
        let mut values = serde_json::Deserializer::from_str(object).into_iter();
        let value = values.next().and_then(Result::ok);
        self.at = if value.is_some() { self.at + values.byte_offset() } else { self.text.len() };
        Some((self.line, value))
    }
}

/// Lists of texts as people write them, other lists as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(elements) => {
            let texts: Option<Vec<&str>> = elements.iter().map(Value::as_str).collect();
            texts.map_or_else(|| value.to_string(), |texts| texts.join(", "))
        }
        other => other.to_string(),
    }
}
