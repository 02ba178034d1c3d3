//! Deriving the orders of one number: applied to what stands where the messages are newer than all
//! others, built again from the kept messages otherwise.

use std::collections::{BTreeMap, HashMap};

use sqlx::{SqliteConnection, query};

use super::kept::{Kept, kept_statements};
use crate::ids::{GuildId, MessageId};
use crate::ledger::model::fold::{OrderState, Statement};
use crate::ledger::model::same_number::{Group, Partition, append, can_append, partition_with};
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::orders::row::{self, json_of};
use crate::ledger::recompute::books::{any_old, founded_stores};
use crate::reading::Labels;

/// Messages that may speak of the same orders, in one guild.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FamilyKey {
    pub(super) guild_id: GuildId,
    pub(super) name: FamilyName,
}

/// What they have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FamilyName {
    /// An order number.
    Number(String),
    /// Nothing: one part of one message, a checkout without a number.
    Lone(MessageId, i64),
}

impl FamilyKey {
    /// The family of a statement.
    pub(super) fn of(guild_id: GuildId, statement: &Statement) -> Self {
        let name = match &statement.reading.order_number {
            Some(number) => FamilyName::Number(number.clone()),
            None => FamilyName::Lone(statement.message.id, statement.position),
        };
        Self { guild_id, name }
    }

    /// The order number; absent: it has none.
    pub(super) fn number(&self) -> Option<&str> {
        match &self.name {
            FamilyName::Number(number) => Some(number),
            FamilyName::Lone(..) => None,
        }
    }

    /// The message and the position of a checkout without a number.
    pub(super) fn lone(&self) -> Option<(MessageId, i64)> {
        match self.name {
            FamilyName::Number(_) => None,
            FamilyName::Lone(message, position) => Some((message, position)),
        }
    }
}

/// The families that a batch concerns, and what its messages say of each.
pub(super) type Concerned = BTreeMap<FamilyKey, Vec<Statement>>;

/// What the database holds of a family.
#[derive(Debug, Default)]
pub(super) struct Existing {
    pub(super) order_ids: Vec<i64>,
    pub(super) waiting: Vec<MessageId>,
}

/// An order as it stood before.
#[derive(Debug)]
pub(super) struct Before {
    pub(super) id: i64,
    pub(super) key: FamilyKey,
    pub(super) state: OrderState,
}

/// Which part of which message spoke of which order.
#[derive(Debug, Clone, Copy)]
pub(super) struct PreviousLink {
    pub(super) message_id: MessageId,
    pub(super) position: i64,
    pub(super) order_id: i64,
}

/// What a family becomes.
#[derive(Debug, Default)]
pub(super) struct Derived {
    pub(super) partition: Partition,
    pub(super) before: Vec<Before>,
    /// Whether the links of all of its messages are written anew.
    pub(super) rebuilt: bool,
    /// What the messages of the family spoke of.
    pub(super) links: Vec<PreviousLink>,
    /// Whether one of its messages is read again although nothing about it is new.
    pub(super) forced: bool,
}

impl Derived {
    /// The first message that speaks of it.
    pub(super) fn first_message(&self) -> Option<MessageId> {
        let groups = self.partition.groups.iter().flat_map(|group| &group.links);
        groups.chain(&self.partition.waiting).map(|link| link.message_id).min()
    }
}

/// How kept messages are read again.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) labels: &'a Labels,
    /// Whether people have corrected anything at all.
    pub(super) has_corrections: bool,
}

/// Looks up which of these families exist.
pub(super) async fn find(
    connection: &mut SqliteConnection,
    families: impl Iterator<Item = &FamilyKey>,
) -> sqlx::Result<HashMap<FamilyKey, Existing>> {
    let keys: Vec<_> = families.filter_map(|key| Some((key.guild_id.0, key.number()?))).collect();
    let list = serde_json::to_string(&keys).unwrap_or_default();
    let mut found: HashMap<FamilyKey, Existing> = HashMap::new();
    let orders = query!(
        r#"SELECT orders.id AS "id!", orders.guild_id AS "guild_id!", order_number AS "number!"
           FROM json_each(?) AS family CROSS JOIN orders
           ON orders.guild_id = family.value ->> 0 AND order_number = family.value ->> 1
           ORDER BY orders.id"#,
        list
    );
    for row in orders.fetch_all(&mut *connection).await? {
        found.entry(numbered(row.guild_id, row.number)).or_default().order_ids.push(row.id);
    }
    let waiting = query!(
        r#"SELECT order_messages.message_id AS "id!", guild_id AS "guild_id!", waiting_for AS "number!"
           FROM json_each(?) AS family CROSS JOIN order_messages
           ON waiting_for = family.value ->> 1
           -- CROSS keeps the order: the other way round, all deliveries of the guild are walked.
           CROSS JOIN deliveries ON deliveries.message_id = order_messages.message_id
               AND guild_id = family.value ->> 0"#,
        list
    );
    for row in waiting.fetch_all(connection).await? {
        let existing = found.entry(numbered(row.guild_id, row.number)).or_default();
        existing.waiting.push(MessageId(row.id));
    }
    Ok(found)
}

pub(super) fn numbered(guild_id: i64, number: String) -> FamilyKey {
    FamilyKey { guild_id: GuildId(guild_id), name: FamilyName::Number(number) }
}

/// Derives the orders of a family from what stands and what is new.
pub(super) async fn derive(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: Existing,
    statements: Vec<Statement>,
    edited: bool,
    reading: Reading<'_>,
) -> sqlx::Result<Derived> {
    let before = before(connection, key, &existing).await?;
    if let ([order], false, []) = (before.as_slice(), edited, existing.waiting.as_slice())
        && can_append(&order.state, &statements)
    {
        return Ok(append_to(before, statements));
    }
    let kept = kept_statements(connection, key, &existing, reading).await?;
    rebuild(connection, key, &existing, before, kept, statements).await
}

/// The orders of a family as they stand, the oldest first.
pub(super) async fn before(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
) -> sqlx::Result<Vec<Before>> {
    let mut before = Vec::new();
    for (row, items) in row::load(connection, &existing.order_ids).await? {
        before.push(Before { id: row.id, key: key.clone(), state: row.into_state(items)? });
    }
    before.sort_by_key(|order| {
        order.state.announcement.as_ref().and_then(|announcement| announcement.message_id)
    });
    Ok(before)
}

/// Builds a family from its kept messages and new ones; where not all are kept, from what stands.
pub(super) async fn rebuild(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
    before: Vec<Before>,
    kept: Kept,
    statements: Vec<Statement>,
) -> sqlx::Result<Derived> {
    let Some(said) = kept.statements else { return Ok(append_to(before, statements)) };
    let partition = partition_with(&founded(connection, key).await?, [said, statements].concat());
    forget_links(connection, key, existing).await?;
    Ok(Derived { partition, before, rebuilt: true, links: kept.links, forced: false })
}

/// The stores of the orders of this number that sheets of old orders speak of.
async fn founded(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
) -> sqlx::Result<Vec<StoreKey>> {
    match key.number() {
        Some(number) if any_old(connection).await? => {
            Box::pin(founded_stores(connection, (key.guild_id.0, number.to_owned()))).await
        }
        _ => Ok(Vec::new()),
    }
}

fn append_to(before: Vec<Before>, statements: Vec<Statement>) -> Derived {
    let group = |order: &Before| Group { state: order.state.clone(), ..Group::default() };
    let groups = before.iter().map(group).collect();
    let mut partition = Partition { groups, waiting: Vec::new() };
    append(&mut partition, statements);
    Derived { partition, before, ..Derived::default() }
}

/// Makes room for the links of a family to be written anew.
async fn forget_links(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
) -> sqlx::Result<()> {
    let orders = json_of(&existing.order_ids);
    query!("DELETE FROM order_messages WHERE order_id IN (SELECT value FROM json_each(?))", orders)
        .execute(&mut *connection)
        .await?;
    let Some(number) = key.number() else { return Ok(()) };
    query!(
        "DELETE FROM order_messages WHERE waiting_for = ?
         AND EXISTS (SELECT 1 FROM deliveries
                     WHERE deliveries.message_id = order_messages.message_id AND guild_id = ?)",
        number,
        key.guild_id.0
    )
    .execute(connection)
    .await?;
    Ok(())
}
