//! Whether something that is kept names an address.

use futures::stream::{Stream, TryStreamExt};
use serde_json::Value;

use crate::reading::addresses;
use crate::verdict::payload::{unpack, unpack_json};

/// Rows that are looked at before others may work.
const PAGE: usize = 1_000;

/// Whether a text names an address, or one of JSON does.
pub(super) fn text_names(text: &str, address: &str) -> bool {
    addresses_of(text).iter().any(|found| found == address)
}

/// The addresses in a text, or in those of JSON: written there, a line break before an address is a letter.
pub(super) fn addresses_of(text: &str) -> Vec<String> {
    let json = text.starts_with(['{', '[']).then(|| serde_json::from_str(text).ok());
    json.flatten().map_or_else(|| addresses::of_text(text), |json| addresses_of_json(&json))
}

fn addresses_of_json(json: &Value) -> Vec<String> {
    match json {
        Value::String(text) => addresses::of_text(text),
        Value::Array(elements) => elements.iter().flat_map(addresses_of_json).collect(),
        Value::Object(members) => members.values().flat_map(addresses_of_json).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Takes row after row: all that may name somebody is too much for memory.
pub(super) async fn each<R>(
    mut rows: impl Stream<Item = sqlx::Result<R>> + Unpin,
    mut take: impl FnMut(R),
) -> sqlx::Result<()> {
    let mut taken = 0_usize;
    while let Some(row) = rows.try_next().await? {
        take(row);
        taken += 1;
        if taken.is_multiple_of(PAGE) {
            // Others that work on this thread.
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// Whether a kept message names an address. Most do not even name its domain, which costs less to see.
pub(super) fn names(payload: &[u8], address: &str) -> bool {
    let domain = address.rsplit('@').next().unwrap_or(address);
    let Ok(json) = unpack_json(payload) else { return false };
    let json = String::from_utf8_lossy(&json).to_lowercase();
    if !json.contains(domain) && !json.contains('%') {
        return false;
    }
    let message = unpack(payload);
    message.is_ok_and(|message| addresses::of_message(&message).iter().any(|one| one == address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_json_is_no_letter_of_an_address() {
        let json = serde_json::json!({"notes": ["for\nbuyer@example.com\tby post"]}).to_string();
        assert!(text_names(&json, "buyer@example.com"), "{json}");
        assert!(text_names("{for buyer@example.com}", "buyer@example.com"), "not JSON");
    }
}
