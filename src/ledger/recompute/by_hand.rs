//! The values that people set by hand, of the orders that are written.

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use crate::ledger::model::books::by_hand::{OrderField, Value};
use crate::ledger::orders::row::json_of;

/// The values that hold of these orders, the earliest first. What a newer version noted is left alone.
pub(crate) async fn values_of(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<HashMap<i64, Vec<Value>>> {
    let list = json_of(&orders.iter().copied().collect::<Vec<_>>());
    let rows = query!(
        r#"SELECT id AS "id!", order_id AS "order_id!", kind, value, said, made_at AS "made_at!"
           FROM corrections
           WHERE order_id IN (SELECT value FROM json_each(?)) AND undone_at IS NULL ORDER BY id"#,
        list
    );
    let mut values: HashMap<i64, Vec<Value>> = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        if let Some(field) = OrderField::of_column(&row.kind) {
            let (kept, said, made_at) = (row.value, row.said, row.made_at);
            let value = Value { id: row.id, field, kept, said, made_at };
            values.entry(row.order_id).or_default().push(value);
        }
    }
    Ok(values)
}

/// Notes what messages and sheets say of a value by now.
pub(crate) async fn note_said(
    connection: &mut SqliteConnection,
    value: i64,
    said: Option<&str>,
) -> sqlx::Result<()> {
    query!("UPDATE corrections SET said = ? WHERE id = ?", said, value).execute(connection).await?;
    Ok(())
}
