//! One row of `orders` as it is stored, and what it is turned into.

mod columns;

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::{SqliteConnection, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId, OrderId};
use crate::ledger::Order;
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::model::books::by_hand::{HandValue, OrderField};
use crate::ledger::model::effective_status::Said;
use crate::ledger::model::fold::{Announcement, OrderState};
use crate::ledger::model::lines::Lines;
use crate::ledger::model::store_key::StoreKey;
use crate::order::{OrderDetails, OrderItem};

pub(crate) use columns::BookColumns;

/// All columns of `orders`, in the order in which [`load`] names them.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct OrderRow {
    pub(crate) id: i64,
    pub(crate) guild_id: i64,
    pub(crate) order_number: Option<String>,
    pub(crate) store: Option<String>,
    product: Option<String>,
    price_minor: Option<i64>,
    pub(crate) total_minor: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) quantity: i64,
    pub(crate) commission_minor: Option<i64>,
    pub(crate) status: String,
    pub(crate) details: OrderDetails,
    qty_received: Option<i64>,
    pub(crate) ordered_at: String,
    posted_at: Option<String>,
    shipped_at: Option<String>,
    delivered_at: Option<String>,
    source: String,
    pub(crate) message_id: Option<i64>,
    channel_id: Option<i64>,
    created_at: String,
    updated_at: String,
    pub(crate) store_key: String,
    total_stated: i64,
    quantity_stated: i64,
    said_status: String,
    said_shipped_at: Option<String>,
    said_delivered_at: Option<String>,
    last_message_id: Option<i64>,
    /// 1: people have added to it, and `said_` tells what the messages alone make of it.
    amended: i64,
    said_tracking: Option<String>,
    pub(crate) said_notes: Option<String>,
    #[serde(default)]
    said_ended_at: Option<String>,
    /// The row and the lines that the messages alone make of it, where sheets say something else.
    #[serde(default)]
    pub(crate) said_row: Option<String>,
    #[serde(default)]
    pub(crate) books: BookColumns,
    /// The columns that people set, what they set and what is said, the earliest first.
    #[serde(default)]
    by_hand: Vec<(String, String, Option<String>)>,
    /// 1: a person gave it its number.
    #[serde(default)]
    number_corrected: i64,
}

/// Orders as they come from SQLite, as one text: a value of its own for each column of each row costs three times as
/// much (`cargo bench --bench asking -- CSV`).
pub(crate) struct Unparsed {
    ids: Vec<i64>,
    rows: String,
}

impl Unparsed {
    /// In the order of the ids.
    pub(crate) fn parse(self) -> sqlx::Result<Vec<(OrderRow, Vec<OrderItem>)>> {
        let rows: Vec<(OrderRow, Vec<OrderItem>)> =
            serde_json::from_str(&self.rows).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let mut rows: HashMap<i64, _> = rows.into_iter().map(|row| (row.0.id, row)).collect();
        Ok(self.ids.iter().filter_map(|id| rows.remove(id)).collect())
    }
}

/// Loads orders by their ids, in the order of the ids; unknown ones are left out.
pub(crate) async fn load(
    connection: &mut SqliteConnection,
    ids: &[i64],
) -> sqlx::Result<Vec<(OrderRow, Vec<OrderItem>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    read(connection, ids.to_vec()).await?.parse()
}

/// The same, before it is parsed.
pub(crate) async fn read(
    connection: &mut SqliteConnection,
    ids: Vec<i64>,
) -> sqlx::Result<Unparsed> {
    let list = json_of(&ids);
    let rows = query_scalar!(
        r#"SELECT json_group_array(json_array(
                json_array(
                    id, guild_id, order_number, store, product, price_minor, total_minor, currency,
                    quantity, commission_minor, status,
                    json_array(
                        email, customer_name, profile, proxy_list, reference_number,
                        tracking_number, payment_method, shipping_address, shipping_method, notes,
                        product_url, order_url, image_url
                    ),
                    qty_received, ordered_at, posted_at, shipped_at, delivered_at, source,
                    message_id, channel_id, created_at, updated_at, store_key, total_stated,
                    quantity_stated, said_status, said_shipped_at, said_delivered_at,
                    last_message_id, amended_orders.order_id IS NOT NULL, said_tracking, said_notes,
                    said_ended_at, said_row,
                    json_array(
                        qty_received, payout_minor, payout_currency, group_status, group_order_id,
                        group_created_at, group_modified_at, charge_posted_on, charged_minor,
                        refunded_minor, charge_currency, sold_price_minor, fees_minor, buyer, other_charges
                    ), json(CASE WHEN EXISTS (
                        SELECT 1 FROM corrections WHERE corrections.order_id = orders.id
                    ) THEN (
                        SELECT json_group_array(json_array(kind, value, said) ORDER BY corrections.id) FROM corrections
                        WHERE corrections.order_id = orders.id AND undone_at IS NULL
                    ) ELSE '[]' END), EXISTS (SELECT 1 FROM corrections) AND EXISTS (
                        SELECT 1 FROM order_messages AS link JOIN corrections
                            ON corrections.message_id = link.message_id AND corrections.position = link.position
                        WHERE link.order_id = orders.id AND corrections.kind = 'number' AND undone_at IS NULL
                    )
                ), CASE WHEN EXISTS (
                    SELECT 1 FROM order_items AS second INDEXED BY order_items_several
                    WHERE second.order_id = orders.id AND second.line = 2
                ) THEN (
                    SELECT json_group_array(json_array(product, price_minor, quantity, sku, size,
                                                       order_items.currency, order_items.product_url)
                                            ORDER BY line)
                    FROM order_items WHERE order_items.order_id = orders.id
                ) ELSE (
                    -- One line is not sorted.
                    SELECT json_group_array(json_array(product, price_minor, quantity, sku, size,
                                                       order_items.currency, order_items.product_url))
                    FROM order_items WHERE order_items.order_id = orders.id
                ) END
           )) AS "rows!: String"
           FROM orders LEFT JOIN amended_orders ON amended_orders.order_id = orders.id
           WHERE orders.id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let rows = rows.fetch_one(connection).await?;
    Ok(Unparsed { ids, rows })
}

/// Ids as the JSON array that `json_each` takes: one parameter for any number of them.
pub(crate) fn json_of(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    format!("[{}]", ids.join(","))
}

impl OrderRow {
    /// What people see.
    pub(crate) fn into_order(self, items: Vec<OrderItem>) -> sqlx::Result<Order> {
        let time = |text: Option<String>| text.as_deref().map(time_of);
        let currency = words::currency("orders.currency", self.currency.as_deref())?;
        Ok(Order {
            id: OrderId(self.id),
            guild_id: GuildId(self.guild_id),
            order_number: self.order_number,
            store: self.store,
            product: self.product,
            price_minor: self.price_minor,
            total_minor: self.total_minor,
            currency,
            quantity: self.quantity,
            commission_minor: self.commission_minor,
            details: self.details,
            status: words::status("orders.status", &self.status)?,
            qty_received: self.qty_received,
            ordered_at: time_of(&self.ordered_at),
            posted_at: time(self.posted_at),
            shipped_at: time(self.shipped_at),
            delivered_at: time(self.delivered_at),
            source: self.source,
            message_id: self.message_id.map(MessageId),
            channel_id: self.channel_id.map(ChannelId),
            is_message_deleted: false,
            created_at: time_of(&self.created_at),
            updated_at: time_of(&self.updated_at),
            is_number_by_hand: self.number_corrected != 0
                || self.by_hand.iter().any(|(column, ..)| column == "number"),
            by_hand: HandValue::all(self.by_hand),
            books: self.books.into_books(currency)?,
            items,
        })
    }

    /// What the next message is applied to: what the messages alone make of it.
    pub(crate) fn into_state(self, items: Vec<OrderItem>) -> sqlx::Result<OrderState> {
        let Some(said) = &self.said_row else {
            let is_announced = self.message_id.is_some();
            if !is_announced && self.last_message_id.is_none() {
                let store_key = StoreKey::stored(self.store_key);
                return Ok(OrderState { store_key, ..OrderState::default() });
            }
            let mut state = self.into_state_without_sheets(items)?;
            state.announcement = state.announcement.filter(|_| is_announced);
            return Ok(state);
        };
        let (said, items): (Self, Vec<OrderItem>) =
            serde_json::from_str(said).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let is_announced = said.message_id.is_some();
        let mut state = said.into_state_without_sheets(items)?;
        state.announcement = state.announcement.filter(|_| is_announced);
        Ok(state)
    }

    /// The status that people see, and its dates.
    pub(crate) fn shown_status(&self) -> sqlx::Result<Said> {
        let time = |text: &Option<String>| text.as_deref().map(time_of);
        let status = Some(words::status("orders.status", &self.status)?);
        let (shipped_at, delivered_at) = (time(&self.shipped_at), time(&self.delivered_at));
        Ok(Said { status, shipped_at, delivered_at, ended_at: None })
    }

    /// The values of it that people have set by hand.
    pub(crate) fn set_by_hand(&self) -> impl Iterator<Item = OrderField> {
        self.by_hand.iter().filter_map(|(column, ..)| OrderField::of_column(column))
    }

    /// Whether there are any.
    pub(crate) fn has_values(&self) -> bool {
        self.set_by_hand().next().is_some()
    }

    /// Whether people or sheets have added to it.
    pub(crate) const fn is_amended(&self) -> bool {
        self.amended != 0
    }

    /// What people see, as a state.
    pub(crate) fn into_shown_state(self, items: Vec<OrderItem>) -> sqlx::Result<OrderState> {
        Self { amended: 0, ..self }.into_state_without_sheets(items)
    }

    fn into_state_without_sheets(self, items: Vec<OrderItem>) -> sqlx::Result<OrderState> {
        let time = |text: Option<String>| text.as_deref().map(time_of);
        let announcement = Announcement {
            message_id: self.message_id.map(MessageId),
            channel_id: self.channel_id.map(ChannelId),
            posted_at: time(self.posted_at),
            ordered_at: time_of(&self.ordered_at),
            received_at: time_of(&self.created_at),
            source: self.source,
        };
        let details = match self.amended {
            0 => self.details,
            _ => OrderDetails {
                tracking_number: self.said_tracking,
                notes: self.said_notes,
                ..self.details
            },
        };
        let stated_quantity = (self.quantity_stated != 0).then_some(self.quantity);
        Ok(OrderState {
            announcement: Some(announcement),
            last_message_id: self.last_message_id.map(MessageId),
            store: self.store,
            store_key: StoreKey::stored(self.store_key),
            lines: Lines { items, stated_quantity },
            stated_total: self.total_minor.filter(|_| self.total_stated != 0),
            currency: words::currency("orders.currency", self.currency.as_deref())?,
            commission_minor: self.commission_minor,
            details,
            said: Said {
                status: Some(words::status("orders.said_status", &self.said_status)?),
                shipped_at: time(self.said_shipped_at),
                delivered_at: time(self.said_delivered_at),
                ended_at: time(self.said_ended_at),
            },
        })
    }
}
