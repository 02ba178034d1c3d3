//! Which orders may be one purchase, as far as time and buyer tell: each by an index, in few steps.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use super::super::widen::json;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::same_number::joining::WITHIN;

/// Who bought an order, and when.
#[derive(Debug, Clone)]
pub(crate) struct Bought {
    id: i64,
    guild_id: i64,
    ordered_at: String,
    email: Option<String>,
    profile: Option<String>,
    has_number: bool,
    /// Whether a purchase without a number has joined it.
    is_joined: bool,
    /// Whether messages and sheets may say more of the buyer by now.
    has_changed: bool,
}

impl Bought {
    fn at(&self) -> DateTime<Utc> {
        time_of(&self.ordered_at)
    }

    /// From when on until when others may be near it, as stored. One that has joined it may have dated it: twice the
    /// time is looked at.
    fn span(&self) -> (String, String) {
        let at = self.at();
        (text_of(at - WITHIN * 2), text_of(at + WITHIN * 2))
    }

    fn may_be_of_the_buyer_of(&self, other: &Self) -> bool {
        let is_same = |one: &Option<String>, other: &Option<String>| {
            one.as_ref()
                .zip(other.as_ref())
                .is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        self.has_changed
            || other.has_changed
            || is_same(&self.email, &other.email)
            || is_same(&self.profile, &other.profile)
    }

    /// Whether a purchase without a number is behind it.
    const fn is_lone(&self) -> bool {
        !self.has_number || self.is_joined
    }
}

/// Orders that hang together.
#[derive(Debug, Default)]
pub(super) struct Near {
    pub(super) all: BTreeSet<i64>,
    /// Those of which all candidates are among them, and all candidates of these.
    pub(super) decided: BTreeSet<i64>,
}

/// The orders that may be one purchase with one of these.
pub(super) async fn around(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    were: Vec<Bought>,
) -> sqlx::Result<Near> {
    let mut known = bought(connection, orders).await?;
    known.extend(were);
    let joined = all_joined(connection).await?;
    known.extend(lone_near(connection, &known, &joined).await?);
    if !known.iter().any(Bought::is_lone) {
        return Ok(Near::default());
    }
    known.extend(numbered_near(connection, &known).await?);
    // What has not changed may gain or lose a candidate all the same.
    known.extend(lone_near(connection, &numbered(&known), &joined).await?);
    let decided = ids(&known);
    known.extend(numbered_near(connection, &known).await?);
    known.extend(lone_near(connection, &numbered(&known), &joined).await?);
    Ok(Near { all: ids(&known), decided })
}

fn ids(bought: &[Bought]) -> BTreeSet<i64> {
    bought.iter().map(|one| one.id).collect()
}

fn numbered(bought: &[Bought]) -> Vec<Bought> {
    bought.iter().filter(|one| one.has_number).cloned().collect()
}

/// Who bought these orders, and when, as they are by now.
pub(crate) async fn bought(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Vec<Bought>> {
    let list = json(orders);
    let rows = query_as!(
        Bought,
        r#"SELECT id AS "id!", guild_id AS "guild_id!", ordered_at AS "ordered_at!", email, profile,
                  order_number IS NOT NULL AS "has_number!: bool", EXISTS (
                      SELECT 1 FROM purchases WHERE order_id = orders.id AND home_id IS NOT NULL
                  ) AS "is_joined!: bool", 1 AS "has_changed!: bool"
           FROM orders WHERE id IN (SELECT value FROM json_each(?))"#,
        list
    );
    rows.fetch_all(connection).await
}

/// The orders that purchases without a number have joined: there are few.
async fn all_joined(connection: &mut SqliteConnection) -> sqlx::Result<Vec<Bought>> {
    let rows = query_as!(
        Bought,
        r#"SELECT DISTINCT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!", email,
                  profile, order_number IS NOT NULL AS "has_number!: bool", 1 AS "is_joined!: bool",
                  0 AS "has_changed!: bool"
           FROM purchases CROSS JOIN orders ON orders.id = order_id WHERE home_id IS NOT NULL"#
    );
    rows.fetch_all(connection).await
}

/// The orders without a number, and those of these that one has joined, that were bought at the time of one of the
/// others.
async fn lone_near(
    connection: &mut SqliteConnection,
    others: &[Bought],
    joined: &[Bought],
) -> sqlx::Result<Vec<Bought>> {
    let spans = spans(others);
    let rows = query_as!(
        Bought,
        r#"SELECT DISTINCT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!", email,
                  profile, 0 AS "has_number!: bool", 0 AS "is_joined!: bool", 0 AS "has_changed!: bool"
           FROM json_each(?) AS span CROSS JOIN orders ON orders.guild_id = span.value ->> 0
               AND ordered_at >= span.value ->> 1 AND ordered_at <= span.value ->> 2
           WHERE order_number IS NULL"#,
        spans
    );
    let mut lone = rows.fetch_all(connection).await?;
    lone.extend_from_slice(joined);
    Ok(near(lone, others))
}

/// The orders with a number that were bought at the time of one of those of these that have none.
async fn numbered_near(
    connection: &mut SqliteConnection,
    others: &[Bought],
) -> sqlx::Result<Vec<Bought>> {
    let lone: Vec<Bought> = others.iter().filter(|one| one.is_lone()).cloned().collect();
    let spans = spans(&lone);
    let rows = query_as!(
        Bought,
        r#"SELECT DISTINCT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!", email,
                  profile, 1 AS "has_number!: bool", EXISTS (
                      SELECT 1 FROM purchases WHERE order_id = orders.id AND home_id IS NOT NULL
                  ) AS "is_joined!: bool", 0 AS "has_changed!: bool"
           FROM json_each(?) AS span CROSS JOIN orders ON orders.guild_id = span.value ->> 0
               AND ordered_at >= span.value ->> 1 AND ordered_at <= span.value ->> 2
           WHERE order_number IS NOT NULL"#,
        spans
    );
    Ok(near(rows.fetch_all(connection).await?, &lone))
}

/// The guilds and times in which others may be near these, as JSON.
fn spans(orders: &[Bought]) -> String {
    let span = |one: &Bought| {
        let (from, until) = one.span();
        (one.guild_id, from, until)
    };
    let spans: BTreeSet<(i64, String, String)> = orders.iter().map(span).collect();
    serde_json::to_string(&spans).unwrap_or_default()
}

/// Those that were bought at the time of one of the others, and perhaps by the same buyer.
fn near(mut bought: Vec<Bought>, others: &[Bought]) -> Vec<Bought> {
    let mut by_time: BTreeMap<(i64, &str), Vec<&Bought>> = BTreeMap::new();
    for other in others {
        by_time.entry((other.guild_id, &other.ordered_at)).or_default().push(other);
    }
    bought.retain(|one| {
        let (from, until) = one.span();
        let span = (one.guild_id, from.as_str())..=(one.guild_id, until.as_str());
        by_time
            .range(span)
            .flat_map(|(_, others)| others)
            .any(|other| one.may_be_of_the_buyer_of(other))
    });
    bought
}
