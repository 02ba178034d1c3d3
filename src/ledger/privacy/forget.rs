//! Forgetting a buyer, or an order: what there is of them, and its end.
//!
//! Orders lose what tells who bought, or go altogether; the messages behind them lose their kept form.
//! The messages still stand in Discord, and may be edited, read again, or be followed by others: a
//! keyed hash of what was forgotten stays, and whatever names it later is stored without personal data.

mod blank;
mod erase;
mod hash;
mod in_discord;
mod later;
mod names;
mod orders;
mod sheets;
mod unnumbered;

use std::collections::BTreeMap;

use anyhow::Context;
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId, OrderId, UserId};
use crate::ledger::Ledger;
use crate::ledger::model::typed::order::typed_number;
use crate::reading::addresses;

pub(crate) use hash::Forgotten;
pub(super) use hash::hash_of_text;
pub(crate) use later::DELETED;
use names::{each, names, text_names};

/// Kept messages that are looked through at a time.
const PAGE: i64 = 1_000;

/// What is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgettable {
    /// Whoever has this address, lower-case.
    Email(String),
    /// The orders with this number; `NO:5` for one without.
    Order(String),
    /// A purchase without an order number, by the message that announced it.
    Message(MessageId),
}

/// A wish to forget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgetRequest {
    /// Nothing of another guild is touched.
    pub guild: GuildId,
    /// Of whom or of what nothing is to be left.
    pub what: Forgettable,
    /// Whether the orders go, too.
    pub delete_orders: bool,
    /// Who wishes it.
    pub user: UserId,
}

/// What there is to forget, or what was forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToForget {
    /// Orders with the address or the number.
    pub orders: Vec<OrderId>,
    /// Their numbers, of those that have one, and those of orders that only rows of sheets speak of.
    pub numbers: Vec<String>,
    /// How rows of sheets name the others.
    pub purchases: Vec<String>,
    /// Rows of sheets that speak of orders with these numbers and names.
    pub rows: u64,
    /// The messages that announced the others, or those that a person gave their number.
    pub unnumbered: Vec<MessageId>,
    /// Kept messages that speak of these orders, or name the address.
    pub messages: Vec<MessageId>,
    /// Entries in the history of these orders.
    pub events: u64,
    /// Of these messages, those that are still in Discord, the newest first.
    pub posted: Vec<Posted>,
    /// The bot's own messages that show one of these orders, each.
    pub cards: Vec<(Posted, OrderId)>,
}

impl ToForget {
    /// Whether nothing of it is kept.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
            && self.messages.is_empty()
            && self.rows == 0
            && self.cards.is_empty()
    }
}

/// Where a message is in Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// Where the bot posted it.
    pub channel: ChannelId,
    /// The message of the bot that still shows it.
    pub message: MessageId,
}

impl Forgettable {
    /// An address as a person typed it; `None`: it is none.
    pub fn email(typed: &str) -> Option<Self> {
        match addresses::of_text(typed.trim()).as_slice() {
            [address] if address.len() == typed.trim().len() => Some(Self::Email(address.clone())),
            _ => None,
        }
    }

    /// An order number as a person typed it.
    pub fn order(typed: &str) -> Self {
        Self::Order(typed_number(typed))
    }
}

impl Ledger {
    /// What there is of a buyer or an order. Looking for an address takes all kept messages of the
    /// guild, a second for some ten thousand.
    pub async fn to_forget(&self, guild: GuildId, what: &Forgettable) -> anyhow::Result<ToForget> {
        let mut found = ToForget::default();
        let orders = match what {
            Forgettable::Email(address) => self.orders_that_name(guild, address).await?,
            Forgettable::Order(number) => self.orders_numbered(guild, number).await?,
            Forgettable::Message(message) => self.orders_announced(guild, *message).await?,
        };
        let numbers: Vec<Option<String>>;
        (found.orders, numbers) = orders.into_iter().unzip();
        found.numbers = numbers.into_iter().flatten().collect();
        self.find_rows(guild, what, &mut found).await?;
        let list = crate::ledger::recompute::order_ids_json(&found.orders);
        found.unnumbered = self.unnumbered(&list).await?;
        let messages = query_scalar!(
            r#"SELECT DISTINCT message_id AS "id!" FROM order_messages
               WHERE order_id IN (SELECT value FROM json_each(?))"#,
            list
        );
        let messages =
            messages.fetch_all(&self.readers).await.context("find messages of orders")?;
        found.messages = messages.into_iter().map(MessageId).collect();
        found.messages.extend(match what {
            Forgettable::Email(address) => self.messages_that_name(guild, address).await?,
            Forgettable::Order(number) => self.messages_waiting_for(guild, number).await?,
            Forgettable::Message(message) => vec![*message],
        });
        found.messages.sort_unstable();
        found.messages.dedup();
        let events = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM order_events
               WHERE order_id IN (SELECT value FROM json_each(?))"#,
            list
        );
        let events = events.fetch_one(&self.readers).await.context("count entries of histories")?;
        found.events = u64::try_from(events).unwrap_or_default();
        self.find_in_discord(&list, &mut found).await?;
        Ok(found)
    }

    async fn orders_numbered(
        &self,
        guild: GuildId,
        number: &str,
    ) -> anyhow::Result<Vec<(OrderId, Option<String>)>> {
        let orders = self.orders_by_number(guild, number).await?;
        Ok(orders.into_iter().map(|order| (order.id, order.order_number)).collect())
    }

    async fn orders_announced(
        &self,
        guild: GuildId,
        message: MessageId,
    ) -> anyhow::Result<Vec<(OrderId, Option<String>)>> {
        let mut orders = Vec::new();
        for order in self.orders_of_message(message).await? {
            orders.extend(self.order(guild, order).await?);
        }
        Ok(orders.into_iter().map(|order| (order.id, order.order_number)).collect())
    }

    /// The messages of these orders that name no number by themselves.
    async fn unnumbered(&self, orders: &str) -> anyhow::Result<Vec<MessageId>> {
        let messages = query_scalar!(
            r#"SELECT DISTINCT message_id AS "id!" FROM order_messages AS link
               WHERE order_id IN (SELECT value FROM json_each(?))
                   AND (unnumbered_at IS NOT NULL
                        OR (SELECT order_number FROM orders WHERE id = order_id) IS NULL
                        OR EXISTS (SELECT 1 FROM corrections
                                   WHERE corrections.message_id = link.message_id))"#,
            orders
        );
        let messages =
            messages.fetch_all(&self.readers).await.context("find messages without a number")?;
        Ok(messages.into_iter().map(MessageId).collect())
    }

    /// The orders that name the address, now or in their history.
    async fn orders_that_name(
        &self,
        guild: GuildId,
        address: &str,
    ) -> anyhow::Result<Vec<(OrderId, Option<String>)>> {
        let rows = query!(
            // The texts are narrowed down here, and looked at word by word below.
            r#"SELECT id AS "id!", order_number AS "number?", texts AS "texts!: String" FROM (
                   SELECT id, order_number, lower(concat_ws(' ', email, customer_name, profile,
                       proxy_list, reference_number, payment_method, shipping_address, notes,
                       order_url, product, product_url, image_url, store, tracking_number,
                       shipping_method, group_status, group_order_id, buyer)) AS texts
                   FROM orders WHERE guild_id = ?1
                   UNION ALL
                   SELECT orders.id, order_number, lower(said) FROM (
                       SELECT order_id, details AS said FROM order_events WHERE details <> '{}'
                       UNION ALL SELECT order_id, value FROM additions
                       UNION ALL SELECT order_id, value FROM corrections WHERE order_id IS NOT NULL
                       UNION ALL SELECT order_id, said FROM corrections WHERE order_id IS NOT NULL
                       UNION ALL SELECT order_id, said_notes FROM amended_orders
                       UNION ALL SELECT order_id, said_row FROM amended_orders
                       UNION ALL SELECT order_id, concat_ws(' ', product, sku, size, product_url)
                           FROM order_items
                       UNION ALL SELECT order_id, doubt FROM order_messages WHERE doubt IS NOT NULL
                   ) JOIN orders ON orders.id = order_id WHERE guild_id = ?1
               -- Of a link that is encoded only the program can tell what it says.
               ) WHERE instr(texts, ?2) > 0 OR instr(texts, '%') > 0"#,
            guild.0,
            address
        );
        let mut orders = BTreeMap::new();
        let found = each(rows.fetch(&self.readers), |row| {
            if text_names(&row.texts, address) {
                orders.insert(OrderId(row.id), row.number);
            }
        });
        found.await.context("find the orders of an address")?;
        Ok(orders.into_iter().collect())
    }

    /// Messages that speak of an order which is not there yet.
    async fn messages_waiting_for(
        &self,
        guild: GuildId,
        number: &str,
    ) -> anyhow::Result<Vec<MessageId>> {
        let waiting = query_scalar!(
            r#"SELECT order_messages.message_id AS "id!" FROM order_messages
               -- CROSS keeps the order: the other way round, all deliveries of the guild are walked.
               CROSS JOIN deliveries ON deliveries.message_id = order_messages.message_id
               WHERE waiting_for = ? AND +guild_id = ?"#,
            number,
            guild.0
        );
        let waiting = waiting.fetch_all(&self.readers).await.context("find waiting messages")?;
        Ok(waiting.into_iter().map(MessageId).collect())
    }

    /// Kept messages of the guild that name the address, with an order or without.
    async fn messages_that_name(
        &self,
        guild: GuildId,
        address: &str,
    ) -> anyhow::Result<Vec<MessageId>> {
        let (mut found, mut after) = (Vec::new(), i64::MIN);
        loop {
            let rows = query!(
                r#"SELECT message_id, payload AS "payload!" FROM deliveries
                   WHERE message_id > ? AND +guild_id = ? AND payload IS NOT NULL
                   ORDER BY message_id LIMIT ?"#,
                after,
                guild.0,
                PAGE
            );
            let rows = rows.fetch_all(&self.readers).await.context("look through messages")?;
            let Some(last) = rows.last() else { return Ok(found) };
            after = last.message_id;
            let naming = rows.iter().filter(|row| names(&row.payload, address));
            found.extend(naming.map(|row| MessageId(row.message_id)));
            tokio::task::yield_now().await;
        }
    }
}
