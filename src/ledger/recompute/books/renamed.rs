//! Orders that a person gave another number than rows of sheets name: their rows mean them all the same.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{SqliteConnection, query, query_scalar};

use super::evidence::{Family, families};
use super::rows::rows_naming;
use super::widen::json;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::lay_orders;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

/// Whether a row announces this order by its number.
pub(crate) async fn is_announced_by(
    connection: &mut SqliteConnection,
    (guild, number): (i64, &str),
    order: i64,
) -> sqlx::Result<bool> {
    let key = (guild, number.to_owned());
    let families = families(connection, &BTreeSet::from([key])).await?;
    let announces = |(store, row): &(StoreKey, Evidence), family: &Family| {
        matches!(row.row, Row::Orders(_)) && family.is_home(order, store)
    };
    Ok(families.values().any(|family| family.rows.iter().any(|row| announces(row, family))))
}

/// Lets rows that name a number mean this order. `false`: they mean another one already.
pub(crate) async fn mean(
    connection: &mut SqliteConnection,
    (guild, number): (i64, &str),
    order: i64,
) -> sqlx::Result<bool> {
    query!(
        "INSERT INTO purchases (guild_id, name, order_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        guild,
        number,
        order
    )
    .execute(&mut *connection)
    .await?;
    let meant = query_scalar!(
        r#"SELECT order_id = ? AS "is_meant!: bool" FROM purchases WHERE guild_id = ? AND name = ?"#,
        order,
        guild,
        number
    );
    meant.fetch_one(connection).await
}

/// Lets rows that name a number mean the order that has it. The names of what has joined an order by itself stay: they
/// go when that parts from it.
pub(crate) async fn mean_no_other(
    connection: &mut SqliteConnection,
    (guild, number): (i64, &str),
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM purchases WHERE guild_id = ? AND name = ? AND home_id IS NULL",
        guild,
        number
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How rows name an order beside its number.
pub(crate) async fn names_of(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<Vec<String>> {
    let names = query_scalar!("SELECT name FROM purchases WHERE order_id = ? ORDER BY name", order);
    names.fetch_all(connection).await
}

/// Lets those of these names that mean an order mean another one from now on.
pub(crate) async fn move_names(
    connection: &mut SqliteConnection,
    (guild, names): (i64, &[String]),
    (from, to): (i64, i64),
) -> sqlx::Result<()> {
    let names = serde_json::to_string(names).unwrap_or_default();
    query!(
        "UPDATE purchases SET order_id = ?
         WHERE guild_id = ? AND name IN (SELECT value FROM json_each(?)) AND order_id = ?",
        to,
        guild,
        names,
        from
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When the purchase was made that rows with these names announce. `None`: none does.
pub(crate) async fn ordered_at(
    connection: &mut SqliteConnection,
    (guild, names): (i64, &[String]),
) -> sqlx::Result<Option<String>> {
    let keys = names.iter().map(|name| (guild, name.clone())).collect();
    let rows = rows_naming(connection, &keys).await?.into_iter();
    let mut rows: Vec<Evidence> = rows.map(|(_, _, row)| row).collect();
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    let mut state = OrderState::default();
    lay_orders(&mut state, &rows);
    Ok(state.announcement.map(|announcement| text_of(announcement.ordered_at)))
}

/// Of these orders those whose number a person gave, which no row has to name.
pub(super) async fn numbered_by_hand(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeMap<i64, String>> {
    let list = json(orders);
    let rows = query!(
        r#"SELECT order_id AS "order_id!", value FROM corrections
           WHERE order_id IN (SELECT value FROM json_each(?)) AND kind = 'number' AND undone_at IS NULL
           ORDER BY id"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.order_id, row.value)).collect())
}
