//! The orders that rows without an order number speak of.

pub(super) mod joined;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use sqlx::{SqliteConnection, query, query_scalar};

use super::widen::{NumberKey, json};
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::{Origin, Purchase, is_purchase};
use words::of_words;

/// The order that a row without a number speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Purchased {
    pub(super) order: i64,
    /// The order that its name was made for, where that has joined this one by sheets alone.
    pub(super) home: Option<i64>,
}

/// The orders of those of these names that no number is: as was noted when their first row was applied, else the
/// order of their message, the order that this very ledger has written down, or one that was bought in that second.
pub(super) async fn purchased(
    connection: &mut SqliteConnection,
    names: &BTreeSet<NumberKey>,
) -> sqlx::Result<BTreeMap<NumberKey, Purchased>> {
    let names: BTreeSet<&NumberKey> = names.iter().filter(|(_, name)| is_purchase(name)).collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = serde_json::to_string(&names).unwrap_or_default();
    let noted = query!(
        r#"SELECT guild_id AS "guild_id!", name AS "name!", order_id AS "order_id!", CASE WHEN NOT EXISTS (
               SELECT 1 FROM merged_orders JOIN order_messages USING (message_id, position)
               WHERE merged_orders.id = home_id
           ) THEN home_id END AS "home_id: i64"
           FROM json_each(?) AS wanted CROSS JOIN purchases
           ON guild_id = wanted.value ->> 0 AND name = wanted.value ->> 1"#,
        list
    );
    let mut orders = BTreeMap::new();
    for row in noted.fetch_all(&mut *connection).await? {
        let purchased = Purchased { order: row.order_id, home: row.home_id };
        orders.insert((row.guild_id, row.name), purchased);
    }
    let mut bought = BTreeSet::new();
    for key in names.into_iter().filter(|key| !orders.contains_key(*key)).collect::<Vec<_>>() {
        let Ok(purchase) = key.1.parse::<Purchase>() else { continue };
        let Some(order) = known(connection, key.0, &purchase).await? else { continue };
        // Two buyers are two purchases, whose order is the one of which nobody knows the buyer.
        let is_by_words = matches!(purchase.origin, Origin::Words(..));
        if !is_by_words || bought.insert(order) {
            orders.insert(key.clone(), order);
        }
    }
    Ok(orders)
}

/// The order of a purchase of which no row was applied yet.
async fn known(
    connection: &mut SqliteConnection,
    guild: i64,
    Purchase { origin, place }: &Purchase,
) -> sqlx::Result<Option<Purchased>> {
    let itself = |order| Purchased { order, home: None };
    match origin {
        Origin::Message(message) => {
            Ok(of_message(connection, guild, *message, *place).await?.map(itself))
        }
        Origin::Ledger(id, noted_at) => {
            let (from, below) = second(*noted_at);
            let order = query_scalar!(
                "SELECT id FROM orders WHERE id = ? AND guild_id = ? AND created_at >= ? AND created_at < ?",
                id,
                guild,
                from,
                below
            );
            Ok(order.fetch_optional(connection).await?.map(itself))
        }
        Origin::Words(..) => of_words(connection, guild, origin, *place).await,
    }
}

/// The only order of a message, or of those of its orders that have no number the one at this place.
async fn of_message(
    connection: &mut SqliteConnection,
    guild: i64,
    message: i64,
    place: usize,
) -> sqlx::Result<Option<i64>> {
    let rows = query!(
        r#"SELECT DISTINCT orders.id AS "id!", order_number IS NULL AS "lacks_number!: bool"
           FROM order_messages CROSS JOIN orders ON orders.id = order_id
           WHERE order_messages.message_id = ? AND guild_id = ? ORDER BY 1"#,
        message,
        guild
    );
    let rows = rows.fetch_all(connection).await?;
    let mut unnumbered = rows.iter().filter(|row| row.lacks_number).map(|row| row.id);
    let only = || rows.first().map(|row| row.id).filter(|_| rows.len() == 1 && place == 0);
    Ok(unnumbered.nth(place).or_else(only))
}

/// From when on and below which time a second lasts, as stored.
fn second(at: chrono::DateTime<chrono::Utc>) -> (String, String) {
    (text_of(at), text_of(at + TimeDelta::seconds(1)))
}

/// Notes which orders these names mean from now on.
pub(super) async fn note_purchases(
    connection: &mut SqliteConnection,
    orders: &[(&NumberKey, i64, Option<i64>)],
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let list = serde_json::to_string(orders).unwrap_or_default();
    query!(
        "INSERT INTO purchases (guild_id, name, order_id, home_id)
         SELECT value ->> '$[0][0]', value ->> '$[0][1]', value ->> 1, value ->> 2 FROM json_each(?)
         WHERE true ON CONFLICT DO NOTHING",
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The order that a sheet alone announces so far, of a checkout without a number in this part of this message.
pub(crate) async fn awaiting_message(
    connection: &mut SqliteConnection,
    guild: i64,
    (message, position): (i64, i64),
) -> sqlx::Result<Option<i64>> {
    let place = usize::try_from(position).unwrap_or(usize::MAX);
    let name = Purchase { origin: Origin::Message(message), place }.to_string();
    let order = query_scalar!(
        "SELECT order_id FROM purchases CROSS JOIN orders ON orders.id = order_id
         WHERE purchases.guild_id = ? AND name = ? AND message_id IS NULL AND order_number IS NULL",
        guild,
        name
    );
    order.fetch_optional(connection).await
}

/// The parts of messages by which rows name an order.
pub(super) async fn names_of_messages(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<Vec<(i64, i64)>> {
    let names = query_scalar!("SELECT name FROM purchases WHERE order_id = ? ORDER BY name", order);
    let names = names.fetch_all(connection).await?.into_iter();
    let part = |name: String| match name.parse() {
        Ok(Purchase { origin: Origin::Message(message), place }) => {
            Some((message, i64::try_from(place).ok()?))
        }
        _ => None,
    };
    Ok(names.filter_map(part).collect())
}

/// An order of a sheet that its message made a part of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Followed {
    pub(crate) order: i64,
    pub(crate) home: i64,
    /// The part of a message that speaks of it.
    pub(crate) part: (i64, i64),
}

/// Lets the names of orders that are about to go mean the orders that their messages speak of by now. Gives these.
pub(crate) async fn follow_messages(
    connection: &mut SqliteConnection,
    gone: &BTreeSet<i64>,
) -> sqlx::Result<Vec<Followed>> {
    let list = json(gone);
    let named = query!(
        r#"SELECT guild_id AS "guild_id!", name AS "name!", order_id AS "order_id!" FROM purchases
           WHERE order_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let mut followed: Vec<Followed> = Vec::new();
    for row in named.fetch_all(&mut *connection).await? {
        let Ok(Purchase { origin: Origin::Message(message), place }) = row.name.parse() else {
            continue;
        };
        let home = of_message(connection, row.guild_id, message, place).await?;
        let Some(home) = home.filter(|home| *home != row.order_id) else { continue };
        if followed.iter().any(|known| known.order == row.order_id) {
            continue;
        }
        // However else its rows name it.
        query!(
            "UPDATE purchases SET home_id = coalesce(home_id, order_id), order_id = ? WHERE order_id = ?",
            home,
            row.order_id
        )
        .execute(&mut *connection)
        .await?;
        let part = (message, i64::try_from(place).unwrap_or(i64::MAX));
        followed.push(Followed { order: row.order_id, home, part });
    }
    Ok(followed)
}

/// Lets all names that were made for an order mean the one where it is by now: itself, where it is an order again.
/// Gives the orders that they meant until now: what their rows say is these orders' no more.
pub(crate) async fn follow_home(
    connection: &mut SqliteConnection,
    id: i64,
    order: i64,
) -> sqlx::Result<Vec<i64>> {
    // A row that came while it was a part of another one named its message.
    query!(
        "UPDATE purchases SET home_id = ?1
         WHERE home_id IS NULL AND order_id <> ?1
             AND (guild_id, name) IN (SELECT guild_id, 'message|' || merged_orders.message_id || '|' || position
                                      FROM merged_orders JOIN orders ON orders.id = ?2
                                      WHERE merged_orders.id = ?1)",
        id,
        order
    )
    .execute(&mut *connection)
    .await?;
    let left = query_scalar!(
        "SELECT DISTINCT order_id FROM purchases WHERE home_id = ? AND order_id <> ?",
        id,
        order
    );
    let left = left.fetch_all(&mut *connection).await?;
    let home = (id != order).then_some(id);
    query!("UPDATE purchases SET order_id = ?, home_id = ? WHERE home_id = ?", order, home, id)
        .execute(connection)
        .await?;
    Ok(left)
}
