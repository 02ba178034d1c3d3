//! Which order a row means that names several numbers.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query_scalar};

use crate::ids::GuildId;
use crate::ledger::books::request::{Brought, BulkRequest, Said};

/// Whether several of the numbers of a row are those of orders that are there.
pub(super) fn names_several(numbers: &[String], candidates: &BTreeSet<String>) -> bool {
    numbers.len() > 1 && numbers.iter().filter(|number| candidates.contains(*number)).count() > 1
}

/// Numbers that are looked up together.
pub(super) const TOGETHER: usize = 500;

/// The numbers of which there are orders, where rows name several.
pub(super) async fn candidates(
    connection: &mut SqliteConnection,
    request: &BulkRequest,
    rows: &[Brought],
) -> sqlx::Result<BTreeSet<String>> {
    let said = rows.iter().filter_map(|row| row.said.as_ref().ok());
    let several = said.filter(|said| said.numbers().len() > 1).flat_map(Said::numbers);
    orders_named(connection, request.guild, several.collect()).await
}

/// Those of these numbers of which there are orders.
pub(in crate::ledger::books) async fn orders_named(
    connection: &mut SqliteConnection,
    guild: GuildId,
    numbers: BTreeSet<&String>,
) -> sqlx::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for chunk in numbers.into_iter().collect::<Vec<_>>().chunks(TOGETHER) {
        let list = serde_json::to_string(chunk).unwrap_or_default();
        let there = query_scalar!(
            r#"SELECT order_number AS "number!" FROM json_each(?1) AS wanted CROSS JOIN orders
               ON guild_id = ?2 AND order_number = wanted.value
               UNION
               SELECT name FROM json_each(?1) AS wanted CROSS JOIN purchases
               ON guild_id = ?2 AND name = wanted.value"#,
            list,
            guild.0
        );
        found.extend(there.fetch_all(&mut *connection).await?);
    }
    Ok(found)
}
