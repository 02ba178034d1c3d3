//! Deriving the orders of one number: applied to what stands where the messages are newer than all
//! others, built again from the kept messages otherwise.

use std::collections::{BTreeMap, HashMap};

use sqlx::{SqliteConnection, query};

use super::known::restore;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::model::fold::{OrderState, Statement};
use crate::ledger::model::same_number;
use crate::ledger::model::same_number::{Partition, append, can_append, partition};
use crate::ledger::orders::row::{self, json_of};
use crate::reading::{self, Labels};
use crate::verdict::{MessageFacts, decide};

/// The orders of one number in one guild.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FamilyKey {
    pub(super) guild_id: GuildId,
    pub(super) number: String,
}

/// What the database holds of a family.
#[derive(Debug, Default)]
pub(super) struct Existing {
    order_ids: Vec<i64>,
    waiting: Vec<MessageId>,
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

/// Looks up which of these families exist.
pub(super) async fn find(
    connection: &mut SqliteConnection,
    families: &BTreeMap<FamilyKey, Vec<Statement>>,
) -> sqlx::Result<HashMap<FamilyKey, Existing>> {
    let keys: Vec<_> = families.keys().map(|key| (key.guild_id.0, &key.number)).collect();
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
        let key = FamilyKey { guild_id: GuildId(row.guild_id), number: row.number };
        found.entry(key).or_default().order_ids.push(row.id);
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
        let key = FamilyKey { guild_id: GuildId(row.guild_id), number: row.number };
        found.entry(key).or_default().waiting.push(MessageId(row.id));
    }
    Ok(found)
}

/// Derives the orders of a family from what stands and what is new.
pub(super) async fn derive(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: Existing,
    statements: Vec<Statement>,
    edited: bool,
    labels: &Labels,
) -> sqlx::Result<Derived> {
    let mut before = Vec::new();
    for (row, items) in row::load(connection, &existing.order_ids).await? {
        before.push(Before { id: row.id, key: key.clone(), state: row.into_state(items)? });
    }
    before.sort_by_key(|order| {
        order.state.announcement.as_ref().map(|announcement| announcement.message_id)
    });
    if let ([order], false, []) = (before.as_slice(), edited, existing.waiting.as_slice())
        && can_append(&order.state, &statements)
    {
        return Ok(append_to(before, statements));
    }
    let links = links(connection, &existing).await?;
    match kept_statements(connection, key, &existing, &links, labels).await? {
        Some(kept) => {
            let partition = partition([kept, statements].concat());
            forget_links(connection, key, &existing).await?;
            Ok(Derived { partition, before, rebuilt: true, links, forced: false })
        }
        None => Ok(append_to(before, statements)),
    }
}

fn append_to(before: Vec<Before>, statements: Vec<Statement>) -> Derived {
    let group =
        |order: &Before| same_number::Group { state: order.state.clone(), links: Vec::new() };
    let groups = before.iter().map(group).collect();
    let mut partition = Partition { groups, waiting: Vec::new() };
    append(&mut partition, statements);
    Derived { partition, before, ..Derived::default() }
}

/// What the family's kept messages say, read again. `None` where one of them is kept no longer:
/// then the orders are taken as they stand.
async fn kept_statements(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
    links: &[PreviousLink],
    labels: &Labels,
) -> sqlx::Result<Option<Vec<Statement>>> {
    let linked = links.iter().map(|link| link.message_id).chain(existing.waiting.iter().copied());
    let list = json_of(&linked.map(|message| message.0).collect::<Vec<_>>());
    let rows = query!(
        "SELECT message_id, channel_id, webhook_id, posted_at, edited_at, received_at, via, payload
         FROM deliveries WHERE message_id IN (SELECT value FROM json_each(?)) AND +guild_id = ?",
        list,
        key.guild_id.0
    );
    let mut statements = Vec::new();
    for row in rows.fetch_all(connection).await? {
        let facts = MessageFacts {
            id: MessageId(row.message_id),
            channel_id: ChannelId(row.channel_id),
            posted_at: row.posted_at.as_deref().map(time_of),
            received_at: time_of(&row.received_at),
            via: words::via("deliveries.via", &row.via)?,
        };
        let Some(payload) = row.payload else { return Ok(None) };
        let times = (row.posted_at.as_deref(), row.edited_at.as_deref());
        match restore(&payload, facts.id, row.webhook_id, times.0, times.1) {
            Ok(message) => {
                let reading = reading::read(&message, labels);
                let decision = decide(&message, reading, &Ok(()));
                statements.extend(
                    statements_of(facts, &decision)
                        .filter(|said| said.0 == key.number)
                        .map(|said| said.1),
                );
            }
            Err(error) => {
                tracing::error!(message_id = %facts.id, "could not read a kept message: {error:#}");
                return Ok(None);
            }
        }
    }
    Ok(Some(statements))
}

/// What a message says, by order number.
pub(super) fn statements_of(
    facts: MessageFacts,
    decision: &crate::verdict::Decision,
) -> impl Iterator<Item = (String, Statement)> {
    let kind = decision.kind;
    decision.orders.iter().zip(0..).filter_map(move |(reading, position)| {
        let number = reading.order_number.clone()?;
        Some((number, Statement { message: facts, position, kind, reading: reading.clone() }))
    })
}

async fn links(
    connection: &mut SqliteConnection,
    existing: &Existing,
) -> sqlx::Result<Vec<PreviousLink>> {
    let orders = json_of(&existing.order_ids);
    let rows = query!(
        r#"SELECT message_id AS "message_id!", position AS "position!", order_id AS "order_id!"
           FROM order_messages
           WHERE order_id IN (SELECT value FROM json_each(?))"#,
        orders
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let link = |message: i64, position, order_id| PreviousLink {
        message_id: MessageId(message),
        position,
        order_id,
    };
    Ok(rows.map(|row| link(row.message_id, row.position, row.order_id)).collect())
}

async fn forget_links(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
) -> sqlx::Result<()> {
    let orders = json_of(&existing.order_ids);
    query!("DELETE FROM order_messages WHERE order_id IN (SELECT value FROM json_each(?))", orders)
        .execute(&mut *connection)
        .await?;
    query!(
        "DELETE FROM order_messages WHERE waiting_for = ?
         AND EXISTS (SELECT 1 FROM deliveries
                     WHERE deliveries.message_id = order_messages.message_id AND guild_id = ?)",
        key.number,
        key.guild_id.0
    )
    .execute(connection)
    .await?;
    Ok(())
}
