//! What a database holds, without ids and clocks, and how two of them differ.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use refract_ledger::ids::MessageId;
use rusqlite::{Connection, OpenFlags};

use crate::fresh::rows_of;

/// All but the order by hand, of which no message speaks.
const ORDERS: &str = "SELECT message_id, order_number, guild_id, store, product, price_minor,
    total_minor, currency, quantity, commission_minor, email, customer_name, profile, proxy_list,
    reference_number, tracking_number, qty_received, payment_method, shipping_address,
    shipping_method, notes, product_url, order_url, image_url, ordered_at, posted_at, source,
    channel_id, store_key, total_stated, quantity_stated, said_status, said_shipped_at,
    said_delivered_at, said_ended_at, last_message_id,
    (SELECT group_concat(line || product || ifnull(price_minor, '') || ifnull(quantity, '')
                         || ifnull(sku, '') || ifnull(size, ''))
     FROM (SELECT * FROM order_items WHERE order_id = orders.id ORDER BY line))
    FROM orders WHERE order_number IS NOT 'HAND-1' ORDER BY message_id, order_number, store_key";
/// Without those of which only the deletion was told.
const DELIVERIES: &str =
    "SELECT message_id, guild_id, channel_id, webhook_id, posted_at, edited_at,
    outcome, reason, payload IS NULL,
    (SELECT group_concat(message_id || ':' || order_number) FROM
     (SELECT message_id, order_number FROM orders
      WHERE id IN (SELECT value FROM json_each(order_ids)) ORDER BY message_id, order_number)),
    (SELECT group_concat(position || outcome || ifnull(waiting_for, ''))
     FROM (SELECT * FROM order_messages AS link WHERE link.message_id = deliveries.message_id
           ORDER BY position))
    FROM deliveries WHERE reason <> 'It was deleted before it could be read.' ORDER BY message_id";
/// Of messages that speak of orders: a mark on any other has no effect.
const MARKS: &str = "SELECT message_id, user_id, emoji, status FROM marks
    WHERE message_id IN (SELECT message_id FROM order_messages)
    ORDER BY message_id, user_id, emoji";
/// An order that names no number goes by its message.
const STATUSES: &str =
    "SELECT ifnull(order_number, 'unnumbered:' || orders.message_id) || ' ' || replace(store_key, '|', '/'),
         status
     FROM orders WHERE order_number IS NOT 'HAND-1' ORDER BY 1";
/// Orders with marks of several statuses: which counts depends on when the bot saw them.
const SEVERAL: &str =
    "SELECT DISTINCT ifnull(order_number, 'unnumbered:' || orders.message_id) || ' '
         || replace(store_key, '|', '/'), marks.status FROM orders
    JOIN order_messages AS link ON link.order_id = orders.id
    JOIN marks ON marks.message_id = link.message_id
    WHERE 1 < (SELECT count(DISTINCT other.status) FROM order_messages AS also
               JOIN marks AS other ON other.message_id = also.message_id
               WHERE also.order_id = orders.id) ORDER BY 1, 2";
const WANTED: &str = "SELECT message_id, ifnull(reaction_wanted, '') FROM deliveries";
/// Messages and the orders that they speak of.
const LINKS: &str =
    "SELECT DISTINCT link.message_id, ifnull(order_number, 'unnumbered:' || orders.message_id) || ' '
         || replace(store_key, '|', '/')
    FROM order_messages AS link JOIN orders ON orders.id = link.order_id";
const DELETED: &str = "SELECT message_id FROM deliveries WHERE deleted_at IS NOT NULL";
const KNOWN: &str = "SELECT message_id FROM deliveries
    WHERE reason <> 'It was deleted before it could be read.'";

/// What a database holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) orders: Vec<String>,
    pub(super) deliveries: Vec<String>,
    pub(super) marks: Vec<String>,
    /// Of each order, by number and store.
    pub(super) statuses: BTreeMap<String, String>,
    /// What could be the status of orders with several marks.
    pub(super) several: BTreeMap<String, BTreeSet<String>>,
    /// The emoji that the bot is to show.
    pub(super) wanted: BTreeMap<MessageId, String>,
    /// The orders of each message.
    pub(super) links: BTreeMap<MessageId, BTreeSet<String>>,
    pub(super) deleted: BTreeSet<MessageId>,
    pub(super) known: BTreeSet<MessageId>,
}

/// Reads a database as it is at one moment, also while the bot writes.
pub(super) fn content(database: &Path) -> rusqlite::Result<Content> {
    let connection = open(database)?;
    connection.execute_batch("BEGIN")?;
    let rows = |query| rows_of(&connection, query);
    Ok(Content {
        orders: rows(ORDERS)?,
        deliveries: rows(DELIVERIES)?,
        marks: rows(MARKS)?,
        statuses: pairs(rows(STATUSES)?).collect(),
        several: grouped(pairs(rows(SEVERAL)?)),
        wanted: pairs(rows(WANTED)?).map(|(id, emoji)| (message(&id), emoji)).collect(),
        links: grouped(pairs(rows(LINKS)?).map(|(id, order)| (message(&id), order))),
        deleted: rows(DELETED)?.iter().map(|id| message(id)).collect(),
        known: rows(KNOWN)?.iter().map(|id| message(id)).collect(),
    })
}

/// The messages that a database has.
pub(super) fn known(database: &Path) -> rusqlite::Result<BTreeSet<MessageId>> {
    let ids = rows_of(&open(database)?, KNOWN)?;
    Ok(ids.iter().map(|id| message(id)).collect())
}

fn open(database: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// The message of an order that names no number, by the name that it goes by here.
pub(super) fn unnumbered(order: &str) -> Option<MessageId> {
    order.strip_prefix("unnumbered:")?.split(' ').next().map(message)
}

/// The message that a row begins with.
pub(super) fn message_of(row: &str) -> MessageId {
    message(row.split('|').next().unwrap_or_default())
}

fn message(id: &str) -> MessageId {
    id.parse().expect("a message's id")
}

fn pairs(rows: Vec<String>) -> impl Iterator<Item = (String, String)> {
    let pair = |row: String| {
        let (name, value) = row.rsplit_once('|').expect("two columns");
        (name.to_owned(), value.to_owned())
    };
    rows.into_iter().map(pair)
}

fn grouped<T: Ord>(pairs: impl Iterator<Item = (T, String)>) -> BTreeMap<T, BTreeSet<String>> {
    let mut groups: BTreeMap<T, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in pairs {
        groups.entry(name).or_default().insert(value);
    }
    groups
}

/// What is in one list and not in the other.
pub(super) fn differences(what: &str, expected: &[String], found: &[String]) -> Vec<String> {
    let missing = expected.iter().filter(|row| !found.contains(row));
    let missing = missing.map(|row| format!("{what} missing: {row}"));
    let odd = found.iter().filter(|row| !expected.contains(row));
    let odd = odd.map(|row| format!("{what} too much: {row}"));
    let mut all: Vec<String> = missing.chain(odd).collect();
    if all.is_empty() && expected.len() != found.len() {
        all.push(format!("{what}: {} and not {}", found.len(), expected.len()));
    }
    all
}
