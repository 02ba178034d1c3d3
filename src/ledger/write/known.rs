//! What the ledger already knows of the messages of a batch.

pub(super) mod continued;
mod copies;

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

pub(super) use copies::newest;
use copies::{announces_without_text, compare_copies};

use crate::ids::{GuildId, MessageId, OrderId, WebhookId};
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;
use crate::reading::Message;
use crate::verdict::Prepared;
use crate::verdict::payload::{unpack, unpack_json};
use crate::verdict::{Outcome, Via, payload};

/// A delivery that was written before.
#[derive(Debug)]
pub(super) struct ExistingDelivery {
    pub(super) guild_id: GuildId,
    pub(super) outcome: Outcome,
    pub(super) reason: String,
    pub(super) orders: Vec<OrderId>,
    pub(super) received_at: DateTime<Utc>,
    pub(super) via: Via,
    edited_at: Option<String>,
    payload: Option<Vec<u8>>,
    /// Age has dropped its content.
    dropped: bool,
}

/// The deliveries of the batch's messages that were written before.
pub(super) async fn deliveries(
    connection: &mut SqliteConnection,
    messages: &[Prepared],
) -> sqlx::Result<HashMap<MessageId, ExistingDelivery>> {
    let ids: Vec<i64> = messages.iter().map(|message| message.facts.id.0).collect();
    let ids = json_of(&ids);
    let rows = query!(
        r#"SELECT message_id, guild_id, edited_at, outcome, reason, order_ids, payload,
                received_at, via, dropped_at IS NOT NULL AS "dropped!: bool"
         FROM deliveries WHERE message_id IN (SELECT value FROM json_each(?))"#,
        ids
    )
    .fetch_all(connection)
    .await?;
    let known = rows.into_iter().map(|row| {
        let known = ExistingDelivery {
            guild_id: GuildId(row.guild_id),
            outcome: words::outcome("deliveries.outcome", &row.outcome)?,
            reason: row.reason,
            orders: order_ids_of(&row.order_ids)?,
            received_at: time_of(&row.received_at),
            via: words::via("deliveries.via", &row.via)?,
            edited_at: row.edited_at,
            payload: row.payload,
            dropped: row.dropped,
        };
        Ok((MessageId(row.message_id), known))
    });
    known.collect()
}

/// Those of these messages that a person has marked.
pub(super) async fn marked(
    connection: &mut SqliteConnection,
    messages: &BTreeSet<i64>,
) -> sqlx::Result<HashSet<MessageId>> {
    let ids: Vec<i64> = messages.iter().copied().collect();
    let ids = json_of(&ids);
    let rows = query_scalar!(
        r#"SELECT message_id AS "message_id!" FROM marks
           WHERE message_id IN (SELECT value FROM json_each(?)) AND message_id IS NOT NULL"#,
        ids
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(MessageId).collect())
}

/// Order ids from their JSON column.
pub(crate) fn order_ids_of(json: &str) -> sqlx::Result<Vec<OrderId>> {
    let ids: Option<Vec<i64>> = serde_json::from_str(json).ok();
    let ids = words::known("deliveries.order_ids", json, ids)?;
    Ok(ids.into_iter().map(OrderId).collect())
}

impl ExistingDelivery {
    /// Whether this copy is to be read in place of the kept one.
    pub(super) fn is_superseded_by(&self, copy: &Prepared) -> bool {
        if copy.is_lost {
            return false;
        }
        // No edit empties a message. The content is hidden from the bot, or somebody has hidden the
        // embeds: what was read stands.
        if copy.says_nothing && self.outcome != Outcome::Ignored {
            return copy.forced();
        }
        // Nobody but its author changes a message: its webhook was replaced since. Of a file it was not
        // known who wrote it.
        if self.was_trusted() && !copy.trusted() && self.via != Via::Import {
            return false;
        }
        let edited = copy.edited_at.map(text_of);
        if self.dropped {
            return edited > self.edited_at;
        }
        if copy.forced() {
            return edited >= self.edited_at;
        }
        if announces_without_text(copy) && !self.has_orders() {
            return true;
        }
        let order = self.compared(copy);
        let trusted_now = copy.trusted() && self.outcome == Outcome::Untrusted;
        let guild_known_now = self.guild_id == GuildId(0) && copy.guild_id != GuildId(0);
        match order {
            Ordering::Less => !copy.says_nothing && self.says_nothing(),
            Ordering::Equal => trusted_now || guild_known_now,
            Ordering::Greater => true,
        }
    }

    fn was_trusted(&self) -> bool {
        !matches!(self.outcome, Outcome::Untrusted | Outcome::Ignored)
    }

    fn has_orders(&self) -> bool {
        matches!(self.outcome, Outcome::Stored | Outcome::Updated | Outcome::Unchanged)
    }

    /// Whether its orders stay as they are, whatever this copy says: it announces none, and what was announced is kept
    /// no longer, or must not be kept together with what the copy says.
    pub(super) fn keeps_its_orders(&self, copy: &Prepared) -> bool {
        let has_founded = self.outcome == Outcome::Stored;
        // Whether it announced what it knows of, nobody can tell any more.
        let may_have = self.payload.is_none() && self.has_orders();
        (has_founded || may_have) && copy.trusted() && !copy.forced() && !copy.decision.announces()
    }

    /// Whether this copy says nothing that the kept one does not say, and made as much of it.
    pub(super) fn says_the_same_as(&self, copy: &Prepared) -> bool {
        let trusted_now = copy.trusted() && self.outcome == Outcome::Untrusted;
        let is_same = || match (&self.payload, &copy.payload) {
            (Some(kept), Some(payload)) => unpack_json(kept).ok() == unpack_json(payload).ok(),
            _ => true,
        };
        self.compared(copy) == Ordering::Equal && !trusted_now && !copy.forced() && is_same()
    }

    /// Nothing of it was shown to the bot.
    fn says_nothing(&self) -> bool {
        let kept = self.payload.as_deref().filter(|_| self.outcome == Outcome::Ignored);
        kept.and_then(|kept| unpack(kept).ok()).is_some_and(|kept| kept.says_nothing())
    }

    /// How the copy's age is to that of the kept one: greater is newer.
    fn compared(&self, copy: &Prepared) -> Ordering {
        let edited = copy.edited_at.map(text_of);
        compare_copies(
            (edited.as_deref(), copy.payload.as_deref()),
            (self.edited_at.as_deref(), self.payload.as_deref()),
        )
    }
}

/// Which of these orders are not there: somebody removed them by hand.
pub(super) async fn missing(
    connection: &mut SqliteConnection,
    orders: impl Iterator<Item = &i64>,
) -> sqlx::Result<HashSet<i64>> {
    let mut missing: HashSet<i64> = orders.copied().collect();
    if missing.is_empty() {
        return Ok(missing);
    }
    let list = json_of(&missing.iter().copied().collect::<Vec<_>>());
    let there = query_scalar!(
        r#"SELECT id AS "id!" FROM orders WHERE id IN (SELECT value FROM json_each(?))"#,
        list
    );
    for id in there.fetch_all(connection).await? {
        missing.remove(&id);
    }
    Ok(missing)
}

/// Those of these orders that are there and have no number.
pub(super) async fn without_number(
    connection: &mut SqliteConnection,
    orders: impl Iterator<Item = &i64>,
) -> sqlx::Result<Vec<i64>> {
    let orders: Vec<i64> = orders.copied().collect();
    if orders.is_empty() {
        return Ok(orders);
    }
    let list = json_of(&orders);
    let there = query_scalar!(
        r#"SELECT id AS "id!" FROM orders
           WHERE id IN (SELECT value FROM json_each(?)) AND order_number IS NULL"#,
        list
    );
    there.fetch_all(connection).await
}

/// A kept message, whole again.
pub(crate) fn restore(
    payload: &[u8],
    id: MessageId,
    webhook_id: Option<i64>,
    posted_at: Option<&str>,
    edited_at: Option<&str>,
) -> anyhow::Result<Message> {
    let time = |text: Option<&str>| -> Option<DateTime<Utc>> { text.map(time_of) };
    let mut message = payload::unpack(payload)?;
    message.id = Some(id);
    message.webhook_id = webhook_id.map(WebhookId);
    message.posted_at = time(posted_at);
    message.edited_at = time(edited_at);
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ChannelId;
    use crate::reading::Labels;
    use crate::verdict::{Incoming, Packer, prepare};

    #[test]
    fn a_copy_that_made_a_step_crash_replaces_nothing() {
        let known = ExistingDelivery {
            guild_id: GuildId(8),
            outcome: Outcome::Stored,
            reason: String::new(),
            orders: vec![OrderId(1)],
            received_at: DateTime::UNIX_EPOCH,
            via: Via::Live,
            edited_at: None,
            payload: Some(Vec::new()),
            dropped: false,
        };
        let message = Message {
            webhook_id: Some(WebhookId(5)),
            content: "Text".into(),
            ..Message::default()
        };
        let incoming = Incoming {
            message,
            id: MessageId(1 << 22),
            channel_id: ChannelId(7),
            guild_id: GuildId(8),
            via: Via::Retry,
            trust: Ok(()),
        };
        let again = prepare(incoming, &Labels::built_in(), &mut Packer::new().unwrap());
        assert!(known.is_superseded_by(&again));
        assert!(!known.is_superseded_by(&Prepared { is_lost: true, payload: None, ..again }));
    }
}
