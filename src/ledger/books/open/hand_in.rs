//! Parcels to hand in to a buying group, and those that were.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::{Ledger, OrderFilter};
use crate::order::Money;

/// Parcels of one list, at the most.
const MOST: i64 = 5_000;

/// A parcel, and the orders in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// As it is compared: in capitals, without spaces and hyphens.
    pub number: String,
    /// The oldest first.
    pub orders: Vec<ParcelOrder>,
}

/// An order in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelOrder {
    /// Our id.
    pub id: OrderId,
    /// What commands take it by.
    pub handle: String,
    /// The shop's name; `None`: nothing named one.
    pub store: Option<String>,
    /// What the group pays for the order, else what it cost. `None`: neither is known.
    pub worth: Option<Money>,
    /// How many parcels the order has.
    pub parcels: i64,
    /// Whether this is the first of them: what cannot be divided falls to it.
    pub is_first: bool,
}

/// Parcels that were handed in together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandIn {
    /// Its number.
    pub id: i64,
    /// How many parcels.
    pub parcels: u64,
}

impl Ledger {
    /// Parcels of live orders that no group has received, by the time of their oldest orders. `handed_in`: those
    /// that were handed in, else those that were not.
    pub async fn parcels(
        &self,
        guild: GuildId,
        filter: &OrderFilter,
        handed_in: bool,
    ) -> anyhow::Result<Vec<Parcel>> {
        let conditions = self.conditions(filter).await?;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        parcels_by(&mut connection, guild, &conditions, handed_in).await
    }

    /// Marks parcels as handed in, if they are those that are due by now. `None`: they are not.
    pub async fn hand_in(
        &self,
        guild: GuildId,
        user: UserId,
        filter: &OrderFilter,
        due: &(dyn Fn(&[Parcel]) -> bool + Sync),
    ) -> anyhow::Result<Option<HandIn>> {
        // First: it takes a reader, and whoever holds the writer waits for nobody.
        let conditions = self.conditions(filter).await?;
        let mut transaction = self.begin().await.context("begin to hand parcels in")?;
        let parcels = parcels_by(&mut transaction, guild, &conditions, false).await?;
        if parcels.is_empty() || !due(&parcels) {
            return Ok(None);
        }
        let numbers: Vec<&str> = parcels.iter().map(|parcel| parcel.number.as_str()).collect();
        let (at, numbers) =
            (text_of(Utc::now()), serde_json::to_string(&numbers).unwrap_or_default());
        let id = query_scalar!(
            r#"INSERT INTO hand_ins (guild_id, user_id, at) VALUES (?, ?, ?) RETURNING id AS "id!""#,
            guild.0,
            user.0,
            at
        );
        let id = id.fetch_one(&mut *transaction).await.context("hand parcels in")?;
        query!(
            "INSERT INTO handed_in (hand_in_id, guild_id, number) SELECT ?, ?, value FROM json_each(?)",
            id,
            guild.0,
            numbers
        )
        .execute(&mut *transaction)
        .await
        .context("note the parcels that are handed in")?;
        transaction.commit().await.context("commit the handing in")?;
        Ok(Some(HandIn { id, parcels: parcels.len() as u64 }))
    }

    /// Takes a handing in back: its parcels are due again. False: there is none, or it is undone.
    pub async fn undo_hand_in(
        &self,
        guild: GuildId,
        id: i64,
        at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let at = text_of(at);
        let mut transaction = self.begin().await.context("begin to undo a handing in")?;
        let undone = query!(
            "UPDATE hand_ins SET undone_at = ? WHERE id = ? AND guild_id = ? AND undone_at IS NULL",
            at,
            id,
            guild.0
        );
        let undone = undone.execute(&mut *transaction).await.context("undo a handing in")?;
        transaction.commit().await.context("commit the undoing of a handing in")?;
        Ok(undone.rows_affected() > 0)
    }
}

async fn parcels_by(
    connection: &mut SqliteConnection,
    guild: GuildId,
    conditions: &Conditions,
    handed_in: bool,
) -> anyhow::Result<Vec<Parcel>> {
    let (since, until) = (conditions.since(), conditions.until());
    let rows = query!(
        r#"SELECT number, orders.id AS "id!", coalesce(order_number, 'no:' || orders.id) AS "handle!: String",
                  store, coalesce(payout_minor, total_minor) AS "worth?: i64",
                  CASE WHEN payout_minor IS NULL THEN currency ELSE coalesce(payout_currency, currency) END
                      AS "currency?: String",
                  (SELECT count(*) FROM parcels AS own WHERE own.order_id = orders.id) AS "parcels!: i64",
                  number = (SELECT min(own.number) FROM parcels AS own WHERE own.order_id = orders.id)
                      AS "is_first!: bool"
           FROM orders JOIN parcels ON parcels.order_id = orders.id
           WHERE orders.guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
               AND status IN ('verified', 'processing', 'shipped', 'delivered')
               AND NOT EXISTS (
                   SELECT 1 FROM batch_keys JOIN batch_rows ON batch_rows.id = row_id
                   JOIN batches ON batches.id = batch_id
                   WHERE batch_keys.guild_id = ?1 AND batch_keys.kind = 'parcel'
                       AND batch_keys.value = parcels.number AND batches.kind = 'received' AND undone_at IS NULL
               )
               -- What an old sheet says is received is so in all of its parcels.
               AND (coalesce(qty_received, 0) = 0 OR EXISTS (
                   SELECT 1 FROM parcels AS other
                   JOIN batch_keys ON batch_keys.guild_id = ?1 AND batch_keys.kind = 'parcel'
                       AND batch_keys.value = other.number
                   JOIN batch_rows ON batch_rows.id = row_id JOIN batches ON batches.id = batch_id
                   WHERE other.order_id = orders.id AND batches.kind = 'received' AND undone_at IS NULL
               ))
               AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
               AND ?5 = EXISTS (
                   SELECT 1 FROM handed_in JOIN hand_ins ON hand_ins.id = hand_in_id
                   WHERE handed_in.guild_id = ?1 AND handed_in.number = parcels.number AND undone_at IS NULL
               )
           ORDER BY ordered_at, orders.id, number LIMIT ?6"#,
        guild.0,
        since,
        until,
        conditions.stores,
        handed_in,
        MOST
    );
    let (mut parcels, mut places): (Vec<Parcel>, BTreeMap<String, usize>) = Default::default();
    for row in rows.fetch_all(connection).await.context("find parcels")? {
        let currency = words::currency("orders.currency", row.currency.as_deref())?;
        let order = ParcelOrder {
            id: OrderId(row.id),
            handle: row.handle,
            store: row.store,
            worth: row.worth.map(|minor| Money { minor, currency }),
            parcels: row.parcels,
            is_first: row.is_first,
        };
        let place = *places.entry(row.number.clone()).or_insert(parcels.len());
        match parcels.get_mut(place) {
            Some(parcel) => parcel.orders.push(order),
            None => parcels.push(Parcel { number: row.number, orders: vec![order] }),
        }
    }
    Ok(parcels)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ledger::database::pragmas::READERS;

    #[tokio::test]
    async fn parcels_take_one_reader_and_none_while_they_hold_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let filter = OrderFilter { store: Some("Target".to_owned()), ..OrderFilter::default() };
        let soon = Duration::from_secs(5);
        let mut readers = Vec::new();
        for _ in 0..READERS {
            readers.push(ledger.readers.acquire().await.unwrap());
        }
        let hands_in = ledger.hand_in(GuildId(1), UserId(2), &filter, &|_| true);
        let mut hands_in = std::pin::pin!(hands_in);
        let waits = tokio::time::timeout(Duration::from_millis(200), &mut hands_in).await;
        assert!(waits.is_err(), "it waits for a reader");
        let writes = tokio::time::timeout(soon, ledger.writer.acquire()).await;
        assert!(writes.is_ok(), "others may write meanwhile");
        drop(writes);
        readers.pop();
        assert_eq!(tokio::time::timeout(soon, hands_in).await.unwrap().unwrap(), None);
        let parcels = ledger.parcels(GuildId(1), &filter, false);
        let parcels = tokio::time::timeout(soon, parcels).await;
        assert_eq!(parcels.expect("one reader is enough").unwrap(), []);
    }
}
