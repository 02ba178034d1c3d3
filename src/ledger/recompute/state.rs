//! An order's row, as messages and sheets make it.

use sqlx::{SqliteConnection, query};

use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::OrderState;
use crate::order::Status;

/// Writes what the messages make of an order; its status is [`super::ended::recompute_statuses()`]'s. What no message
/// announces keeps its times and its source.
pub(crate) async fn write_state(
    connection: &mut SqliteConnection,
    id: i64,
    (guild, number): (i64, Option<&str>),
    state: &OrderState,
    updated_at: Option<&str>,
) -> sqlx::Result<()> {
    let announcement = state.announcement.as_ref();
    let first = state.lines.items.first().cloned().unwrap_or_default();
    let (total, quantity) = (state.total_minor(), state.lines.quantity());
    let (total_stated, quantity_stated) =
        (state.stated_total.is_some(), state.lines.stated_quantity.is_some());
    let currency = state.currency.map(|currency| currency.code());
    let ordered_at = announcement.map(|announcement| text_of(announcement.ordered_at));
    let posted_at = announcement.and_then(|announcement| announcement.posted_at).map(text_of);
    let created_at = announcement.map(|announcement| text_of(announcement.received_at));
    let source = announcement.map(|announcement| announcement.source.as_str());
    let message = announcement.and_then(|announcement| announcement.message_id).map(|id| id.0);
    let channel = announcement.and_then(|announcement| announcement.channel_id).map(|id| id.0);
    let said_status = state.said.status.unwrap_or(Status::Verified).as_str();
    let (shipped, delivered) =
        (state.said.shipped_at.map(text_of), state.said.delivered_at.map(text_of));
    let ended = state.said.ended_at.map(text_of);
    let details = serde_json::to_string(&state.details);
    let details = details.map_err(|error| sqlx::Error::Encode(error.into()))?;
    let (store_key, last) = (state.store_key.as_str(), state.last_message_id.map(|id| id.0));
    query!(
        "UPDATE orders SET guild_id = ?, order_number = ?, store = ?, product = ?, price_minor = ?,
             total_minor = ?, currency = ?, quantity = ?, commission_minor = ?,
             email = said ->> 'email', customer_name = said ->> 'customer_name',
             profile = said ->> 'profile', proxy_list = said ->> 'proxy_list',
             reference_number = said ->> 'reference_number',
             tracking_number = said ->> 'tracking_number',
             payment_method = said ->> 'payment_method',
             shipping_address = said ->> 'shipping_address',
             shipping_method = said ->> 'shipping_method', notes = said ->> 'notes',
             product_url = said ->> 'product_url', order_url = said ->> 'order_url',
             image_url = said ->> 'image_url',
             ordered_at = coalesce(?, ordered_at), posted_at = ?, source = coalesce(?, source), message_id = ?, channel_id = ?,
             store_key = ?, total_stated = ?, quantity_stated = ?, said_status = ?,
             said_shipped_at = ?, said_delivered_at = ?, said_ended_at = ?, last_message_id = ?,
             created_at = coalesce(?, created_at),
             updated_at = coalesce(?, updated_at)
         FROM (SELECT ? AS said) WHERE id = ?",
        guild,
        number,
        state.store,
        first.product,
        first.price_minor,
        total,
        currency,
        quantity,
        state.commission_minor,
        ordered_at,
        posted_at,
        source,
        message,
        channel,
        store_key,
        total_stated,
        quantity_stated,
        said_status,
        shipped,
        delivered,
        ended,
        last,
        created_at,
        updated_at,
        details,
        id
    )
    .execute(connection)
    .await?;
    Ok(())
}
