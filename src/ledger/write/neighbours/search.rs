//! Looking for what may hang together: by time, and by profile or e-mail.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use super::super::families::{FamilyKey, FamilyName, numbered};
use super::facts::Facts;
use crate::ids::{GuildId, MessageId};
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::same_number::joining::WITHIN;
use crate::ledger::orders::row::json_of;

/// A checkout without a number in the database.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) key: FamilyKey,
    /// Its order.
    pub(super) row: Option<i64>,
    /// The number of that order.
    pub(super) joined: Option<FamilyKey>,
}

/// The checkouts without a number that these families belong to so far, or may have to do with. What the
/// orders of a family say is added to what is known of it.
pub(super) async fn lone_near(
    connection: &mut SqliteConnection,
    families: &mut BTreeMap<FamilyKey, Facts>,
) -> sqlx::Result<Vec<Found>> {
    let keys: Vec<(i64, &str)> =
        families.keys().filter_map(|key| Some((key.guild_id.0, key.number()?))).collect();
    let list = serde_json::to_string(&keys).unwrap_or_default();
    let rows = query!(
        r#"SELECT orders.id AS "id!", orders.guild_id AS "guild_id!", order_number AS "number!",
                  ordered_at AS "ordered_at!", email, profile
           FROM json_each(?) AS family CROSS JOIN orders
           ON orders.guild_id = family.value ->> 0 AND order_number = family.value ->> 1"#,
        list
    );
    let mut orders = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        orders.push(row.id);
        if let Some(facts) = families.get_mut(&numbered(row.guild_id, row.number)) {
            facts.add_order(time_of(&row.ordered_at), row.email, row.profile);
        }
    }
    let mut found = joined_to(connection, &orders).await?;
    let telling: Vec<&Facts> = families.values().filter(|facts| facts.tell()).collect();
    if !telling.is_empty() {
        found.extend(between(connection, &telling).await?);
    }
    Ok(found)
}

/// The checkouts without a number that belong to these orders so far.
async fn joined_to(connection: &mut SqliteConnection, orders: &[i64]) -> sqlx::Result<Vec<Found>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let list = json_of(orders);
    let rows = query!(
        r#"SELECT message_id AS "message_id!", position AS "position!", order_id AS "order_id!",
                  order_number, guild_id AS "guild_id!"
           FROM order_messages JOIN (SELECT id, order_number, guild_id FROM orders) ON id = order_id
           WHERE order_id IN (SELECT value FROM json_each(?)) AND unnumbered_at IS NOT NULL"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let found = rows.map(|row| {
        found(row.guild_id, row.message_id, row.position, row.order_id, row.order_number)
    });
    Ok(found.collect())
}

/// The checkouts without a number of these buyers and times.
async fn between(connection: &mut SqliteConnection, facts: &[&Facts]) -> sqlx::Result<Vec<Found>> {
    let (spans, emails, profiles) = (spans(facts), emails(facts), profiles(facts));
    let rows = query!(
        r#"SELECT order_messages.message_id AS "message_id!", position AS "position!",
                  orders.id AS "order_id!", order_number, orders.guild_id AS "guild_id!"
           FROM json_each(?1) AS span
           CROSS JOIN order_messages
               ON unnumbered_at >= span.value ->> 1 AND unnumbered_at <= span.value ->> 2
           CROSS JOIN orders ON orders.id = order_id AND orders.guild_id = span.value ->> 0
           WHERE email IN (SELECT value FROM json_each(?2))
               OR profile COLLATE NOCASE IN (SELECT value FROM json_each(?3))"#,
        spans,
        emails,
        profiles
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let found = rows.map(|row| {
        found(row.guild_id, row.message_id, row.position, row.order_id, row.order_number)
    });
    Ok(found.collect())
}

fn found(guild: i64, message: i64, position: i64, order: i64, number: Option<String>) -> Found {
    let name = FamilyName::Lone(MessageId(message), position);
    let key = FamilyKey { guild_id: GuildId(guild), name };
    Found { key, row: Some(order), joined: number.map(|number| numbered(guild, number)) }
}

/// The families of numbers that checkouts without one may have to do with. What the orders say that these
/// are so far is added: it tells what a message said before it was edited.
pub(super) async fn numbered_near(
    connection: &mut SqliteConnection,
    lone: &mut [(Option<i64>, Facts)],
) -> sqlx::Result<Vec<FamilyKey>> {
    add_orders(connection, lone).await?;
    let telling: Vec<&Facts> =
        lone.iter().map(|(_, facts)| facts).filter(|facts| facts.tell()).collect();
    if telling.is_empty() {
        return Ok(Vec::new());
    }
    let (spans, emails, profiles) = (spans(&telling), emails(&telling), profiles(&telling));
    let rows = query!(
        r#"SELECT DISTINCT orders.guild_id AS "guild_id!", order_number AS "number!"
           FROM json_each(?1) AS span
           CROSS JOIN orders ON orders.guild_id = span.value ->> 0
               AND ordered_at >= span.value ->> 1 AND ordered_at <= span.value ->> 2
           WHERE order_number IS NOT NULL
               AND (email IN (SELECT value FROM json_each(?2))
                    OR profile COLLATE NOCASE IN (SELECT value FROM json_each(?3)))"#,
        spans,
        emails,
        profiles
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| numbered(row.guild_id, row.number)).collect())
}

async fn add_orders(
    connection: &mut SqliteConnection,
    lone: &mut [(Option<i64>, Facts)],
) -> sqlx::Result<()> {
    let ids: Vec<i64> = lone.iter().filter_map(|(order, _)| *order).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let list = json_of(&ids);
    let rows = query!(
        r#"SELECT id AS "id!", ordered_at, email, profile FROM orders
           WHERE id IN (SELECT value FROM json_each(?))"#,
        list
    );
    for row in rows.fetch_all(connection).await? {
        let own = lone.iter_mut().find(|(order, _)| *order == Some(row.id));
        if let Some((_, facts)) = own {
            facts.add_order(time_of(&row.ordered_at), row.email, row.profile);
        }
    }
    Ok(())
}

/// The spans of time around these, those that overlap put together, as JSON. An order that a checkout
/// without a number has joined may be dated by that: twice the time is looked at.
fn spans(facts: &[&Facts]) -> String {
    let mut by_guild: BTreeMap<GuildId, Vec<DateTime<Utc>>> = BTreeMap::new();
    for facts in facts {
        by_guild.entry(facts.guild).or_default().extend(&facts.times);
    }
    let mut spans: Vec<(i64, String, String)> = Vec::new();
    for (guild, mut times) in by_guild {
        times.sort_unstable();
        let mut open: Option<(DateTime<Utc>, DateTime<Utc>)> = None;
        for at in times {
            let (from, until) = (at - WITHIN * 2, at + WITHIN * 2);
            open = match open {
                Some((begun, end)) if from <= end => Some((begun, until)),
                before => {
                    spans.extend(before.map(|span| (guild.0, text_of(span.0), text_of(span.1))));
                    Some((from, until))
                }
            };
        }
        spans.extend(open.map(|span| (guild.0, text_of(span.0), text_of(span.1))));
    }
    serde_json::to_string(&spans).unwrap_or_default()
}

fn emails(facts: &[&Facts]) -> String {
    let emails: HashSet<&String> = facts.iter().flat_map(|facts| &facts.emails).collect();
    serde_json::to_string(&emails).unwrap_or_default()
}

fn profiles(facts: &[&Facts]) -> String {
    let profiles: HashSet<&String> = facts.iter().flat_map(|facts| &facts.profiles).collect();
    serde_json::to_string(&profiles).unwrap_or_default()
}
