//! Emptying every other text of an order that names an address: its product, its store, a link, a line, and what
//! these were before.

use serde_json::Value;
use sqlx::{SqliteConnection, query};

use super::text_names;
use crate::ids::OrderId;
use crate::ledger::privacy::cleaning::{Content, orders};

/// Empties them, of these orders.
pub(super) async fn blank(
    connection: &mut SqliteConnection,
    of: &[OrderId],
    address: &str,
) -> sqlx::Result<()> {
    for order in of {
        let rows = orders::rows(connection, (order.0.saturating_sub(1), order.0), 1).await?;
        for (id, content) in rows {
            let Content::Texts(mut texts) = content else { continue };
            if empty("", &mut texts, &|text| text_names(text, address)) {
                orders::write(connection, id, &texts).await?;
            }
        }
        blank_history(connection, *order, address).await?;
        drop_corrections(connection, *order, address).await?;
    }
    Ok(())
}

async fn blank_history(
    connection: &mut SqliteConnection,
    order: OrderId,
    address: &str,
) -> sqlx::Result<()> {
    let events = query!(
        "SELECT id, details FROM order_events
         WHERE order_id = ? AND (instr(details, '@') > 0 OR instr(details, '%') > 0)",
        order.0
    );
    for event in events.fetch_all(&mut *connection).await? {
        if text_names(&event.details, address) {
            query!("UPDATE order_events SET details = '{}' WHERE id = ?", event.id)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Takes away what people set by hand.
async fn drop_corrections(
    connection: &mut SqliteConnection,
    order: OrderId,
    address: &str,
) -> sqlx::Result<()> {
    let corrections = query!(
        r#"SELECT id, value, coalesce(said, '') AS "said!: String" FROM corrections WHERE order_id = ?"#,
        order.0
    );
    for correction in corrections.fetch_all(&mut *connection).await? {
        if text_names(&correction.value, address) || text_names(&correction.said, address) {
            query!("DELETE FROM corrections WHERE id = ?", correction.id)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Empties the texts of JSON of which this holds. `true`: there were some.
pub(super) fn empty(name: &str, value: &mut Value, holds: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) if holds(text) => {
            // That there is a doubt stays, and not what it is about.
            *value = if name == "doubt" { Value::from("") } else { Value::Null };
            true
        }
        Value::Array(elements) => {
            elements.iter_mut().fold(false, |any, element| any | empty(name, element, holds))
        }
        Value::Object(members) => {
            members.iter_mut().fold(false, |any, (name, member)| any | empty(name, member, holds))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_texts_that_name_the_address_go() {
        let mut value = json!({"store": "shop of a@example.com", "product": "Tin",
            "items": [{"line": 1, "sku": "a%40example.com"}], "parts": [{"doubt": "A@example.com"}]});
        let holds = |text: &str| text_names(text, "a@example.com");
        assert!(empty("", &mut value, &holds));
        assert_eq!(
            value,
            json!({"store": null, "product": "Tin", "items": [{"line": 1, "sku": null}],
                "parts": [{"doubt": ""}]})
        );
        assert!(!empty("", &mut value, &holds));
    }
}
