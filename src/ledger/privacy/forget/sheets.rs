//! Rows of sheets that were applied.

use std::collections::BTreeSet;

use anyhow::Context;
use serde_json::Value;
use sqlx::{SqliteConnection, query, query_scalar};

use super::later::cleared;
use super::names::each;
use super::{ForgetRequest, Forgettable, ToForget, text_names};
use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::orders::row::json_of;
use crate::ledger::privacy::cleaning::books::{write_sheet_names, write_sheet_row};
use crate::sheet::Row;

/// What a file is called whose name was forgotten.
const FILE: &str = "forgotten";

impl Ledger {
    /// Fills in what sheets say: the numbers of orders that are not there, and how many rows there are.
    pub(super) async fn find_rows(
        &self,
        guild: GuildId,
        what: &Forgettable,
        found: &mut ToForget,
    ) -> anyhow::Result<()> {
        match what {
            Forgettable::Email(address) => {
                let names = self.numbers_that_name(guild, address).await?;
                let (purchases, numbers): (Vec<_>, Vec<_>) =
                    names.into_iter().partition(|name| is_purchase(name));
                found.numbers.extend(numbers);
                found.purchases.extend(purchases);
            }
            Forgettable::Order(number) if !found.numbers.contains(number) => {
                found.numbers.push(number.clone());
            }
            Forgettable::Order(_) | Forgettable::Message(_) => {}
        }
        found.purchases.extend(self.names_of_purchases(guild, &found.orders).await?);
        let numbers = list(found);
        let rows = query_scalar!(
            r#"SELECT count(DISTINCT row_id) AS "count!: i64" FROM json_each(?) AS wanted CROSS JOIN batch_keys
               ON batch_keys.guild_id = ? AND batch_keys.kind = 'order' AND batch_keys.value = wanted.value"#,
            numbers,
            guild.0
        );
        let rows = rows.fetch_one(&self.readers).await.context("count rows of sheets")?;
        found.rows = rows.unsigned_abs();
        Ok(())
    }

    /// The rows that name the address.
    pub(super) async fn rows_that_name(
        &self,
        guild: GuildId,
        address: &str,
    ) -> anyhow::Result<Vec<i64>> {
        let rows = query!(
            r#"SELECT batch_rows.id AS "naming!", said FROM batches JOIN batch_rows ON batch_id = batches.id
               WHERE guild_id = ? AND (instr(lower(said), ?) > 0 OR instr(said, '%') > 0)"#,
            guild.0,
            address
        );
        let mut naming = Vec::new();
        let found = each(rows.fetch(&self.readers), |row| {
            if text_names(&row.said, address) {
                naming.push(row.naming);
            }
        });
        found.await.context("find the rows of an address")?;
        Ok(naming)
    }

    /// The numbers of orders that are not there, of the rows that announce them and name the address.
    async fn numbers_that_name(
        &self,
        guild: GuildId,
        address: &str,
    ) -> anyhow::Result<BTreeSet<String>> {
        let rows = query!(
            r#"SELECT said AS "said!", value AS "number_of_row!" FROM batches
               JOIN batch_rows ON batch_id = batches.id
               JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
               WHERE batches.guild_id = ?1 AND batches.kind IN ('orders', 'hand')
                   AND (instr(lower(said), ?2) > 0 OR instr(said, '%') > 0)
                   AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.guild_id = ?1 AND order_number = value)
                   AND NOT EXISTS (SELECT 1 FROM purchases WHERE purchases.guild_id = ?1 AND name = value)"#,
            guild.0,
            address
        );
        let mut numbers = BTreeSet::new();
        let found = each(rows.fetch(&self.readers), |row| {
            if text_names(&row.said, address) {
                numbers.insert(row.number_of_row);
            }
        });
        found.await.context("find the rows of an address")?;
        Ok(numbers)
    }
}

impl ToForget {
    /// How rows of sheets name the orders.
    pub(super) fn names_in_sheets(&self) -> impl Iterator<Item = &String> {
        self.numbers.iter().chain(&self.purchases)
    }
}

fn list(found: &ToForget) -> String {
    serde_json::to_string(&found.names_in_sheets().collect::<Vec<_>>()).unwrap_or_default()
}

/// Erases what sheets say of orders with these numbers; with the orders go the rows that speak of them.
pub(super) async fn erase_rows(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    numbers: &[&String],
) -> sqlx::Result<()> {
    let numbers = serde_json::to_string(numbers).unwrap_or_default();
    let guild = request.guild.0;
    if request.delete_orders {
        query!(
            "DELETE FROM batch_rows WHERE id IN (
                 SELECT row_id FROM json_each(?) AS wanted CROSS JOIN batch_keys
                 ON batch_keys.guild_id = ? AND batch_keys.kind = 'order' AND batch_keys.value = wanted.value)",
            numbers,
            guild
        )
        .execute(&mut *connection)
        .await?;
    }
    let rows = query!(
        r#"SELECT id AS "id!", said AS "said!" FROM batch_rows WHERE id IN (
               SELECT row_id FROM json_each(?) AS wanted CROSS JOIN batch_keys
               ON batch_keys.guild_id = ? AND batch_keys.kind = 'order' AND batch_keys.value = wanted.value)"#,
        numbers,
        guild
    );
    for row in rows.fetch_all(&mut *connection).await? {
        write_cleared(connection, row.id, &row.said, |_| false).await?;
    }
    Ok(())
}

/// Files whose names hold the address lose their names.
pub(super) async fn erase_file_names(
    connection: &mut SqliteConnection,
    guild: GuildId,
    address: &str,
) -> sqlx::Result<()> {
    let batches = query!(
        "SELECT id, files FROM batches WHERE guild_id = ? AND instr(lower(files), ?) > 0",
        guild.0,
        address
    );
    for batch in batches.fetch_all(&mut *connection).await? {
        let mut files: Value = serde_json::from_str(&batch.files).unwrap_or_default();
        for file in files.as_array_mut().into_iter().flatten() {
            if let Some(Value::String(name)) = file.get_mut("name")
                && name.to_lowercase().contains(address)
            {
                FILE.clone_into(name);
            }
        }
        write_sheet_names(connection, batch.id, &files).await?;
    }
    Ok(())
}

/// Erases these rows, which name the address. Of those that announce an order that stays only what tells who bought
/// goes: without the row the order would be gone.
pub(super) async fn erase_naming(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    (address, rows): (&str, &[i64]),
) -> sqlx::Result<()> {
    let ids = json_of(rows);
    let rows = query!(
        r#"SELECT batch_rows.id AS "id!", said, kind IN ('orders', 'hand') AS "announces!: bool"
           FROM batch_rows JOIN batches ON batches.id = batch_id
           WHERE batch_rows.id IN (SELECT value FROM json_each(?))"#,
        ids
    );
    for row in rows.fetch_all(&mut *connection).await? {
        if row.announces && !request.delete_orders {
            write_cleared(connection, row.id, &row.said, |text| text_names(text, address)).await?;
        } else {
            delete(connection, row.id).await?;
        }
    }
    Ok(())
}

/// Leaves of a row what tells neither who bought nor anything of which this holds. What cannot be read goes.
async fn write_cleared(
    connection: &mut SqliteConnection,
    id: i64,
    said: &str,
    holds: impl Fn(&str) -> bool,
) -> sqlx::Result<()> {
    let row = Row::from_json(said).ok().and_then(|row| cleared(row, &holds));
    let Some(row) = row else { return delete(connection, id).await };
    match serde_json::from_str(&row.to_json()) {
        Ok(cleared) => write_sheet_row(connection, id, &cleared).await,
        Err(_) => delete(connection, id).await,
    }
}

async fn delete(connection: &mut SqliteConnection, row: i64) -> sqlx::Result<()> {
    query!("DELETE FROM batch_rows WHERE id = ?", row).execute(connection).await?;
    Ok(())
}
