//! What is stored of messages, sheets and people without secrets: a text by the column that it stands in, and
//! JSON by the names in it.

use std::borrow::Cow;

use serde_json::Value;

use super::redact::value_of;
use crate::reading::labels::Labels;

/// Which secrets are known. Raise it with every change of the grammar that finds more: each database is then
/// read again, and what it holds by older rules goes.
pub const RULES: i64 = 4;

/// The text of a column without secrets.
pub fn column<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    match label_of(name) {
        Some(label) => value_of(label, text, &Labels::built_in()),
        None => Cow::Borrowed(text),
    }
}

/// What a message would have said above a text of this column. `None`: it is no text of anybody's, it was compared
/// with what an order's number may look like, or its parts have no names.
fn label_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "order_number" | "order_numbers" | "number" | "sha256" | "said_row" => return None,
        "tracking_number" | "said_tracking" | "tracking" | "parcel" | "parcels" => {
            "Tracking Number"
        }
        "reference_number" | "group_order_id" | "group_order_number" => "Reference #",
        "sku" => "SKU",
        "product" | "doubt" => "Product",
        "email" => "Email",
        "proxy_list" => "Proxy List",
        // Older readers took a card's number for the way of payment.
        "payment_method" => "Card",
        _ => "Notes",
    })
}

/// Takes the secrets out of every text of the JSON, by the names that they stand under. `true`: there were some.
pub fn json(name: &str, value: &mut Value) -> bool {
    match value {
        Value::String(text) => match column(name, text) {
            Cow::Owned(clean) => {
                *text = clean;
                true
            }
            Cow::Borrowed(_) => false,
        },
        Value::Array(elements) => any(elements.iter_mut().map(|element| json(name, element))),
        Value::Object(members) => any(members.iter_mut().map(|(name, member)| json(name, member))),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether one of them is true; all of them are looked at.
fn any(changed: impl Iterator<Item = bool>) -> bool {
    changed.fold(false, |any, one| any | one)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_column_is_read_as_its_label_was() {
        for (name, text, clean) in [
            ("notes", "pw: hunter2\n4111 1111 1111 1111", "pw: removed\nremoved"),
            ("payment_method", "Visa 4111111111111112", "Visa removed"),
            ("payment_method", "Visa 1111", "Visa 1111"),
            ("order_number", "4111111111111111", "4111111111111111"),
            ("tracking_number", "4111111111111111", "4111111111111111"),
            ("product", "Cookie: Chocolate", "Cookie: Chocolate"),
            ("email", "buyer@example.com:hunter2", "buyer@example.com"),
            ("proxy_list", "203.0.113.4:8080:user:pass", "203.0.113.4:8080"),
        ] {
            assert_eq!(column(name, text), clean, "{name}");
            assert_eq!(column(name, clean), clean, "{name}, twice");
        }
    }

    #[test]
    fn json_loses_secrets_wherever_they_are_and_nothing_else() {
        let mut value = json!({"notes": [null, "CVV: 984"], "items": [{"product": "Tin", "line": 1}],
            "order_number": "4111111111111111"});
        assert!(super::json("", &mut value));
        let clean = json!({"notes": [null, "CVV: removed"], "items": [{"product": "Tin", "line": 1}],
            "order_number": "4111111111111111"});
        assert_eq!(value, clean);
        assert!(!super::json("", &mut value), "twice");
    }
}
