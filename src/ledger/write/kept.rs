//! What kept messages say, read again.

use sqlx::{SqliteConnection, query};

use super::families::{Existing, FamilyKey, PreviousLink, Reading};
use super::known::restore;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::model::fold::Statement;
use crate::ledger::model::fold::corrected::Corrections;
use crate::ledger::orders::row::json_of;
use crate::ledger::recompute::corrections_of;
use crate::reading::{self, Kind};
use crate::verdict::{Decision, MessageFacts, decide};

/// What the kept messages of a family say.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Absent where one of them is kept no longer: then the orders are taken as they stand.
    pub(super) statements: Option<Vec<Statement>>,
    pub(super) links: Vec<PreviousLink>,
}

/// What the family's kept messages say of it.
pub(super) async fn kept_statements(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    existing: &Existing,
    reading: Reading<'_>,
) -> sqlx::Result<Kept> {
    let links = links(connection, existing).await?;
    let linked = links.iter().map(|link| link.message_id).chain(existing.waiting.iter().copied());
    let messages: Vec<MessageId> = linked.collect();
    let read = statements(connection, key.guild_id, &messages, reading).await?;
    let statements = read.map(|read| {
        let of_family = read.into_iter();
        of_family.filter(|statement| FamilyKey::of(key.guild_id, statement) == *key).collect()
    });
    Ok(Kept { statements, links })
}

/// What these messages say of any order. `None` where one of them is kept no longer.
pub(super) async fn statements(
    connection: &mut SqliteConnection,
    guild: GuildId,
    messages: &[MessageId],
    reading: Reading<'_>,
) -> sqlx::Result<Option<Vec<Statement>>> {
    let corrections = if reading.has_corrections {
        corrections_of(connection, messages).await?
    } else {
        Corrections::default()
    };
    let list = json_of(&messages.iter().map(|message| message.0).collect::<Vec<_>>());
    let rows = query!(
        "SELECT message_id, channel_id, webhook_id, posted_at, edited_at, received_at, via, payload
         FROM deliveries WHERE message_id IN (SELECT value FROM json_each(?)) AND +guild_id = ?",
        list,
        guild.0
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
                let said = reading::read(&message, reading.labels);
                let decision = decide(&message, said, &Ok(()));
                statements.extend(statements_of(facts, &decision, &corrections));
            }
            Err(error) => {
                tracing::error!(message_id = %facts.id, "could not read a kept message: {error:#}");
                return Ok(None);
            }
        }
    }
    Ok(Some(statements))
}

/// What a message says of each order, as people corrected it.
pub(super) fn statements_of(
    facts: MessageFacts,
    decision: &Decision,
    corrections: &Corrections,
) -> impl Iterator<Item = Statement> {
    let kind = decision.kind;
    decision.orders.iter().zip(0..).map(move |(reading, position)| {
        let mut statement = Statement {
            message: facts,
            position,
            kind: if reading.is_notice { Kind::Update } else { kind },
            reading: reading.clone(),
            counts_apart: false,
            joined: None,
        };
        corrections.apply(&mut statement);
        statement
    })
}

pub(super) async fn links(
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
