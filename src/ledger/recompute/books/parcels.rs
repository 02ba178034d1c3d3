//! Parcels and the orders in them.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query};

use super::widen::NumberKey;

/// The orders in these parcels.
pub(crate) async fn holders_of(
    connection: &mut SqliteConnection,
    parcels: &BTreeSet<NumberKey>,
) -> sqlx::Result<Vec<(NumberKey, i64)>> {
    let list = serde_json::to_string(parcels).unwrap_or_default();
    let rows = query!(
        r#"SELECT guild_id AS "guild_id!", number AS "number!", order_id AS "order_id!"
           FROM json_each(?) AS wanted CROSS JOIN parcels
           ON guild_id = wanted.value ->> 0 AND number = wanted.value ->> 1"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| ((row.guild_id, row.number), row.order_id)).collect())
}
