//! Looking for what may hang together: by time, and by profile or e-mail.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use super::super::families::{FamilyKey, FamilyName, numbered};
use crate::ids::{GuildId, MessageId};
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::fold::Statement;
use crate::ledger::model::same_number::joining::WITHIN;
use crate::ledger::orders::row::json_of;
use crate::reading::Kind;

/// Who bought, when, in which guild.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Probe {
    guild: GuildId,
    at: DateTime<Utc>,
    email: Option<String>,
    profile: Option<String>,
}

impl Probe {
    /// `None` for what can belong to nothing: it tells no time, or nothing of the buyer.
    pub(super) fn of(guild: GuildId, statement: &Statement) -> Option<Self> {
        let reading = &statement.reading;
        let probe = Self {
            guild,
            at: statement.stated_time()?,
            email: reading.email.clone(),
            profile: reading.profile.clone(),
        };
        probe.tells_buyer().then_some(probe)
    }

    /// Whether both may speak of one purchase.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| {
            let both = one.as_deref().zip(other.as_deref());
            both.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        self.guild == other.guild
            && (self.at - other.at).abs() <= WITHIN * 2
            && (same(&self.email, &other.email) || same(&self.profile, &other.profile))
    }

    fn tells_buyer(&self) -> bool {
        self.email.is_some() || self.profile.is_some()
    }
}

/// A checkout without a number in the database.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) key: FamilyKey,
    /// Its order.
    pub(super) row: Option<i64>,
    /// The number of that order.
    pub(super) joined: Option<FamilyKey>,
}

/// What was looked for before.
#[derive(Debug, Default)]
pub(super) struct Seen {
    families: HashSet<FamilyKey>,
    lone: HashSet<Probe>,
    rows: HashSet<i64>,
}

/// The checkouts without a number that these families may have to do with.
pub(super) async fn lone_near<'a>(
    connection: &mut SqliteConnection,
    families: impl Iterator<Item = (&'a FamilyKey, &'a [Statement])>,
    seen: &mut Seen,
) -> sqlx::Result<Vec<Found>> {
    let mut keys = Vec::new();
    let mut probes = Vec::new();
    for (key, said) in families.filter(|(key, _)| !seen.families.contains(*key)) {
        let checkouts = said.iter().filter(|statement| statement.kind == Kind::Checkout);
        probes.extend(checkouts.filter_map(|statement| Probe::of(key.guild_id, statement)));
        keys.extend(key.number().map(|number| (key.guild_id.0, number.to_owned())));
    }
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    seen.families.extend(keys.iter().map(|(guild, number)| numbered(*guild, number.clone())));
    let orders = orders_of(connection, &keys, &mut probes).await?;
    let mut found = joined_to(connection, &orders).await?;
    if !probes.is_empty() {
        found.extend(between(connection, &probes).await?);
    }
    Ok(found)
}

/// The orders of these numbers; what they tell of their buyers is added to the probes.
async fn orders_of(
    connection: &mut SqliteConnection,
    keys: &[(i64, String)],
    probes: &mut Vec<Probe>,
) -> sqlx::Result<Vec<i64>> {
    let list = serde_json::to_string(keys).unwrap_or_default();
    let rows = query!(
        r#"SELECT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!",
                  email, profile
           FROM json_each(?) AS family CROSS JOIN orders
           ON orders.guild_id = family.value ->> 0 AND order_number = family.value ->> 1"#,
        list
    );
    let mut orders = Vec::new();
    for row in rows.fetch_all(connection).await? {
        orders.push(row.id);
        let at = time_of(&row.ordered_at);
        let guild = GuildId(row.guild_id);
        let probe = Probe { guild, at, email: row.email, profile: row.profile };
        probes.extend(probe.tells_buyer().then_some(probe));
    }
    Ok(orders)
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
async fn between(connection: &mut SqliteConnection, probes: &[Probe]) -> sqlx::Result<Vec<Found>> {
    let (spans, emails, profiles) = (spans(probes), emails(probes), profiles(probes));
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

/// The families of numbers that checkouts without one may have to do with. `rows`: the orders that these
/// are so far; they tell what a message said before it was edited.
pub(super) async fn numbered_near(
    connection: &mut SqliteConnection,
    probes: impl Iterator<Item = Probe>,
    rows: impl Iterator<Item = i64>,
    seen: &mut Seen,
) -> sqlx::Result<Vec<FamilyKey>> {
    let mut new: Vec<Probe> = probes.filter(|probe| seen.lone.insert(probe.clone())).collect();
    let rows: Vec<i64> = rows.filter(|row| seen.rows.insert(*row)).collect();
    if !rows.is_empty() {
        add_rows(connection, &rows, &mut new).await?;
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let (spans, emails, profiles) = (spans(&new), emails(&new), profiles(&new));
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

async fn add_rows(
    connection: &mut SqliteConnection,
    rows: &[i64],
    probes: &mut Vec<Probe>,
) -> sqlx::Result<()> {
    let list = json_of(rows);
    let rows = query!(
        "SELECT guild_id, ordered_at, email, profile FROM orders
         WHERE id IN (SELECT value FROM json_each(?))",
        list
    );
    for row in rows.fetch_all(connection).await? {
        let at = time_of(&row.ordered_at);
        let guild = GuildId(row.guild_id);
        let probe = Probe { guild, at, email: row.email, profile: row.profile };
        probes.extend(probe.tells_buyer().then_some(probe));
    }
    Ok(())
}

/// The spans of time around the probes, those that overlap put together, as JSON. An order that a
/// checkout without a number has joined may be dated by that: twice the time is looked at.
fn spans(probes: &[Probe]) -> String {
    let mut by_guild: BTreeMap<GuildId, Vec<DateTime<Utc>>> = BTreeMap::new();
    for probe in probes {
        by_guild.entry(probe.guild).or_default().push(probe.at);
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

fn emails(probes: &[Probe]) -> String {
    let emails: HashSet<&String> = probes.iter().filter_map(|probe| probe.email.as_ref()).collect();
    serde_json::to_string(&emails).unwrap_or_default()
}

fn profiles(probes: &[Probe]) -> String {
    let profiles: HashSet<&String> =
        probes.iter().filter_map(|probe| probe.profile.as_ref()).collect();
    serde_json::to_string(&profiles).unwrap_or_default()
}
