//! Orders as `export` writes them in JSON, as a table: its headings are the names of the members.

use serde_json::{Map, Value};

use super::table::{Full, Table};
use crate::json_scan::Elements;
use crate::sheet::not_understood::Why;

/// The members that are read; the others are Discord's ids and what can be computed.
pub(in crate::sheet) const MEMBERS: [&str; 41] = [
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
    "group_status",
    "group_order_id",
    "group_created_at",
    "group_modified_at",
    "charge_posted_on",
    "charged",
    "refunded",
    "sold_price",
    "fees",
    "buyer",
    "created_at",
];

/// The objects of an array, or one after another, each with the line on which it begins.
pub(in crate::sheet) fn table(text: &str) -> Result<Table, Why> {
    let start = text.find(['[', '{']).unwrap_or_default();
    let is_array = text.get(start..).is_some_and(|rest| rest.starts_with('['));
    let mut builder = Table::builder();
    let too_large = |Full: Full| Why::TooLarge("128 MiB".to_owned());
    builder.push(0, MEMBERS.into_iter()).map_err(too_large)?;
    for element in Elements::from(text, start + usize::from(is_array)) {
        let line = element.line as u64;
        let object = element.text.and_then(|text| serde_json::from_str::<Map<_, _>>(text).ok());
        let object = object.ok_or(Why::Json(line))?;
        let cells: Vec<String> =
            MEMBERS.iter().map(|name| object.get(*name).map_or_else(String::new, cell)).collect();
        builder.push(line, cells.iter().map(String::as_str)).map_err(too_large)?;
    }
    Ok(builder.finish())
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
