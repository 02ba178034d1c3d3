//! Whom a change of orders concerns beside these.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query, query_scalar};

use crate::ledger::orders::row::json_of;

/// A guild and an order number, or the name of a purchase without one.
pub(crate) type NumberKey = (i64, String);

/// Orders that hang together by parcels, at the most: a row that everything hangs on must not take the whole
/// ledger along.
const MOST: usize = 20_000;

/// These orders, those that share a number with them or with a row that names them, and those that share a parcel
/// that was received, over any number of parcels.
pub(crate) async fn concerned(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    concerned_beside(connection, orders, &BTreeSet::new()).await
}

/// The same, where those that share a number with `asked` are among the orders already.
pub(super) async fn concerned_beside(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    asked: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let mut all = orders.clone();
    let others: BTreeSet<i64> = orders.difference(asked).copied().collect();
    if !others.is_empty() {
        all.extend(of_same_numbers(connection, &others).await?);
    }
    with_shared_parcels(connection, all).await
}

async fn of_same_numbers(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Vec<i64>> {
    let list = json(orders);
    let others = query_scalar!(
        r#"SELECT other.id AS "id!" FROM json_each(?1) AS wanted
           CROSS JOIN orders ON orders.id = wanted.value
           CROSS JOIN orders AS other ON other.guild_id = orders.guild_id
               AND other.order_number = orders.order_number AND other.id <> orders.id
           UNION ALL
           SELECT other.id FROM json_each(?1) AS wanted
           CROSS JOIN orders ON orders.id = wanted.value
           CROSS JOIN batch_keys AS named ON named.guild_id = orders.guild_id AND named.kind = 'order'
               AND named.value = orders.order_number
           CROSS JOIN batch_keys AS also ON also.row_id = named.row_id AND also.kind = 'order'
               AND also.value <> named.value
           CROSS JOIN orders AS other ON other.guild_id = also.guild_id AND other.order_number = also.value"#,
        list
    );
    others.fetch_all(connection).await
}

pub(super) async fn with_shared_parcels(
    connection: &mut SqliteConnection,
    mut all: BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let mut edge = all.clone();
    while !edge.is_empty() && all.len() < MOST {
        let list = json(&edge);
        let neighbours = query_scalar!(
            r#"SELECT DISTINCT other.order_id AS "id!" FROM json_each(?) AS wanted
               CROSS JOIN parcels AS own ON own.order_id = wanted.value
               CROSS JOIN parcels AS other ON other.guild_id = own.guild_id AND other.number = own.number
               WHERE EXISTS (SELECT 1 FROM batch_keys WHERE batch_keys.guild_id = own.guild_id
                                 AND kind = 'parcel' AND value = own.number)"#,
            list
        );
        let found: BTreeSet<i64> =
            neighbours.fetch_all(&mut *connection).await?.into_iter().collect();
        edge = found.difference(&all).copied().collect();
        all.extend(edge.iter().copied());
    }
    Ok(all)
}

/// The numbers of these orders, and the names of those that rows without a number speak of.
pub(super) async fn numbers_of(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<NumberKey>> {
    let list = json(orders);
    let rows = query!(
        r#"SELECT guild_id AS "guild_id!", order_number AS "number!" FROM orders
           WHERE id IN (SELECT value FROM json_each(?1)) AND order_number IS NOT NULL
           UNION ALL
           SELECT guild_id, name FROM purchases WHERE order_id IN (SELECT value FROM json_each(?1))"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.guild_id, row.number)).collect())
}

/// The orders of these numbers.
pub(crate) async fn orders_of(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
) -> sqlx::Result<BTreeSet<i64>> {
    let list = serde_json::to_string(numbers).unwrap_or_default();
    let orders = query_scalar!(
        r#"SELECT orders.id AS "id!" FROM json_each(?1) AS wanted CROSS JOIN orders
           ON orders.guild_id = wanted.value ->> 0 AND order_number = wanted.value ->> 1
           UNION
           SELECT order_id FROM json_each(?1) AS wanted CROSS JOIN purchases
           ON purchases.guild_id = wanted.value ->> 0 AND name = wanted.value ->> 1"#,
        list
    );
    Ok(orders.fetch_all(connection).await?.into_iter().collect())
}

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

pub(super) fn json(ids: &BTreeSet<i64>) -> String {
    json_of(&ids.iter().copied().collect::<Vec<_>>())
}
