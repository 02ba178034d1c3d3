//! The orders that rows without an order number speak of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use sqlx::{SqliteConnection, query, query_scalar};

use super::evidence::NumberKey;
use super::widen::json;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::{
    Origin, Purchase, digest, is_purchase, is_same_buyer, who,
};
use crate::ledger::orders::row;
use crate::order::listed;

/// The orders of those of these names that no number is: as was noted when their first row was applied, else the
/// order of their message, the order that this very ledger has written down, or one that was bought in that second.
pub(super) async fn purchased(
    connection: &mut SqliteConnection,
    names: &BTreeSet<NumberKey>,
) -> sqlx::Result<BTreeMap<NumberKey, i64>> {
    let names: BTreeSet<&NumberKey> = names.iter().filter(|(_, name)| is_purchase(name)).collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = serde_json::to_string(&names).unwrap_or_default();
    let noted = query!(
        r#"SELECT guild_id AS "guild_id!", name AS "name!", order_id AS "order_id!"
           FROM json_each(?) AS wanted CROSS JOIN purchases
           ON guild_id = wanted.value ->> 0 AND name = wanted.value ->> 1"#,
        list
    );
    let noted = noted.fetch_all(&mut *connection).await?.into_iter();
    let mut orders: BTreeMap<NumberKey, i64> =
        noted.map(|row| ((row.guild_id, row.name), row.order_id)).collect();
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
) -> sqlx::Result<Option<i64>> {
    match origin {
        Origin::Message(message) => of_message(connection, guild, *message, *place).await,
        Origin::Ledger(id, noted_at) => {
            let (from, below) = second(*noted_at);
            let order = query_scalar!(
                "SELECT id FROM orders WHERE id = ? AND guild_id = ? AND created_at >= ? AND created_at < ?",
                id,
                guild,
                from,
                below
            );
            order.fetch_optional(connection).await
        }
        Origin::Words(..) => of_words(connection, guild, origin, *place).await,
    }
}

/// Of the orders of that second and these products the one of this buyer at this place, else the only one of which
/// the buyer is not known.
async fn of_words(
    connection: &mut SqliteConnection,
    guild: i64,
    origin: &Origin,
    place: usize,
) -> sqlx::Result<Option<i64>> {
    let Origin::Words(at, words, buyer) = origin else { return Ok(None) };
    let (from, below) = second(*at);
    let name = Purchase { origin: Origin::Words(*at, words.clone(), String::new()), place: 0 };
    let (first, behind) = names_like(&name);
    // Those that were found before the buyer was a part of the name may have a number by now.
    let orders = query_scalar!(
        r#"SELECT id AS "id!" FROM orders WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
               AND order_number IS NULL
           UNION
           SELECT order_id FROM purchases WHERE guild_id = ?1 AND name >= ?4 AND name < ?5
           ORDER BY 1"#,
        guild,
        from,
        below,
        first,
        behind
    );
    let ids = orders.fetch_all(&mut *connection).await?;
    let (mut same, mut unknown) = (Vec::new(), Vec::new());
    for (row, items) in row::load(connection, &ids).await? {
        let lines = items.iter().map(|item| (item.product.as_deref(), item.quantity));
        if digest(&listed(lines)) != *words {
            continue;
        }
        let of_order = who(row.details.profile.as_deref(), row.details.email.as_deref());
        match is_same_buyer(buyer, &of_order) {
            Some(true) => same.push(row.id),
            Some(false) => unknown.push(row.id),
            None => {}
        }
    }
    let only = unknown.first().filter(|_| same.is_empty() && unknown.len() == 1 && place == 0);
    Ok(same.get(place).or(only).copied())
}

/// From which on and below which the names of purchases are that differ in buyer and place alone.
fn names_like(name: &Purchase) -> (String, String) {
    let name = name.to_string();
    let common = name.trim_end_matches('0').trim_end_matches('|');
    (format!("{common}|"), format!("{common}}}"))
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
    orders: &[(&NumberKey, i64)],
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let list = serde_json::to_string(orders).unwrap_or_default();
    query!(
        "INSERT INTO purchases (guild_id, name, order_id)
         SELECT value ->> '$[0][0]', value ->> '$[0][1]', value ->> 1 FROM json_each(?)
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
        query!("UPDATE purchases SET order_id = ? WHERE order_id = ?", home, row.order_id)
            .execute(&mut *connection)
            .await?;
        let part = (message, i64::try_from(place).unwrap_or(i64::MAX));
        followed.push(Followed { order: row.order_id, home, part });
    }
    Ok(followed)
}

/// Lets the name of a purchase mean its order again, which was a part of another one. Gives the orders that it meant
/// meanwhile: what its rows say is theirs no more.
pub(crate) async fn part_again(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<Vec<i64>> {
    let left = query_scalar!(
        "SELECT DISTINCT order_id FROM purchases
         WHERE order_id <> ?1
             AND (guild_id, name) IN (SELECT guild_id, 'message|' || merged_orders.message_id || '|' || position
                                      FROM merged_orders JOIN orders ON orders.id = merged_orders.id
                                      WHERE merged_orders.id = ?1)",
        order
    );
    let left = left.fetch_all(&mut *connection).await?;
    query!(
        "UPDATE purchases SET order_id = ?1
         WHERE (guild_id, name) IN (SELECT guild_id, 'message|' || merged_orders.message_id || '|' || position
                                    FROM merged_orders JOIN orders ON orders.id = merged_orders.id
                                    WHERE merged_orders.id = ?1)",
        order
    )
    .execute(connection)
    .await?;
    Ok(left)
}
