//! Who was shown personal data in full, or took it away: noted, append-only.

use anyhow::Context;
use chrono::Utc;
use serde_json::json;
use sqlx::{SqliteExecutor, query};

use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;

/// What a person did with personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disclosure {
    /// Looked at an order with all that it holds.
    Look(OrderId),
    /// Looked at a kept message with all that it says.
    Message(MessageId),
    /// Took orders away as a file.
    Export {
        /// `csv`, `xlsx`, `json`.
        format: &'static str,
        /// How many.
        orders: u64,
    },
    /// Had it erased.
    Forget {
        /// Orders that it was erased from, or that went with it.
        orders: usize,
        /// Kept messages that were dropped.
        messages: usize,
    },
}

impl Ledger {
    /// Notes what a person did with personal data.
    pub async fn note_disclosure(
        &self,
        guild: GuildId,
        user: UserId,
        what: Disclosure,
    ) -> anyhow::Result<()> {
        note(&self.writer, guild, user, what).await.context("note who saw personal data")
    }
}

pub(crate) async fn note(
    executor: impl SqliteExecutor<'_>,
    guild: GuildId,
    user: UserId,
    what: Disclosure,
) -> sqlx::Result<()> {
    let (kind, order, details) = match what {
        Disclosure::Look(order) => ("look", Some(order.0), json!({})),
        Disclosure::Message(message) => ("message", None, json!({"message": message.to_string()})),
        Disclosure::Export { format, orders } => {
            ("export", None, json!({"format": format, "orders": orders}))
        }
        Disclosure::Forget { orders, messages } => {
            ("forget", None, json!({"orders": orders, "messages": messages}))
        }
    };
    let (now, details) = (text_of(Utc::now()), details.to_string());
    query!(
        "INSERT INTO disclosures (at, guild_id, user_id, kind, order_id, details)
         VALUES (?, ?, ?, ?, ?, ?)",
        now,
        guild.0,
        user.0,
        kind,
        order,
        details
    )
    .execute(executor)
    .await?;
    Ok(())
}
