//! Values of orders that people set by hand, or clear again.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::{NaiveDate, Utc};
use chrono_tz::Tz;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::by_hand::{OrderField, WrongValue};
use crate::ledger::orders::row;
use crate::ledger::recompute::books::{BookCause, Concerns, project};
use crate::ledger::recompute::by_hand::values_of;
use crate::ledger::{Ledger, MarkSource, Order};
use crate::order::Money;

/// A person sets values of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetRequest {
    /// An order of another guild is not found.
    pub guild: GuildId,
    /// Which order.
    pub order: OrderId,
    /// The person who sets the values.
    pub user: UserId,
    /// By which command or form.
    pub source: MarkSource,
    /// What is set, as typed; empty: what messages and sheets say counts again.
    pub values: Vec<(OrderField, String)>,
    /// The clock of times.
    pub zone: Tz,
}

/// A value before and after, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetValue {
    /// What of the order was set.
    pub field: OrderField,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// What came of setting values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetValues {
    /// Those that became others.
    pub changes: Vec<SetValue>,
    /// The order is gone: its sheet had been undone before, and nothing else is known of it any more.
    pub is_gone: bool,
}

impl Ledger {
    /// Sets values of an order, or clears them. The same again changes nothing: then none is given. `None`: there is
    /// no such order in the guild.
    ///
    /// # Errors
    /// The inner error: what was typed is no such value, and nothing was changed.
    pub async fn set_values(
        &self,
        request: &SetRequest,
    ) -> anyhow::Result<Option<Result<SetValues, WrongValue>>> {
        let mut transaction = self.begin().await.context("begin to set values of an order")?;
        let id = request.order;
        let Some(before) = order_of(&mut transaction, request).await? else { return Ok(None) };
        let mut parsed = Vec::new();
        for (field, typed) in &request.values {
            match field.parse(typed, clock_of(request), before.currency) {
                Ok(value) => parsed.push((*field, value)),
                Err(wrong) => return Ok(Some(Err(wrong))),
            }
        }
        let now = text_of(Utc::now());
        let mut set = Vec::new();
        for (field, value) in parsed {
            if store(&mut transaction, (request, &before), (field, value), &now).await? {
                set.push(field);
            }
        }
        if set.is_empty() {
            return Ok(Some(Ok(SetValues { changes: Vec::new(), is_gone: false })));
        }
        bring_in_line(self, &mut transaction, id, (request.user, &now)).await?;
        let Some(after) = order_of(&mut transaction, request).await? else { return Ok(None) };
        let mut changes = Vec::new();
        for field in set {
            let change =
                SetValue { field, before: shown(field, &before), after: shown(field, &after) };
            note(&mut transaction, request, &change, &now).await.context("note a value")?;
            changes.push(change);
        }
        self.show_first(&mut transaction, &[id], &now).await?;
        let of = (Some(request.user), now.as_str());
        let gone = self.drop_unevidenced(&mut transaction, &[id], of).await?;
        transaction.commit().await.context("commit values of an order")?;
        self.committed();
        Ok(Some(Ok(SetValues { changes, is_gone: !gone.is_empty() })))
    }
}

/// The clock of times, and its day.
fn clock_of(request: &SetRequest) -> (Tz, NaiveDate) {
    (request.zone, Utc::now().with_timezone(&request.zone).date_naive())
}

async fn order_of(
    connection: &mut SqliteConnection,
    request: &SetRequest,
) -> anyhow::Result<Option<Order>> {
    let rows =
        row::load(connection, &[request.order.0]).await.context("read an order to change")?;
    let row = rows.into_iter().find(|(row, _)| row.guild_id == request.guild.0);
    row.map(|(row, items)| row.into_order(items)).transpose().context("read an order to change")
}

/// Keeps a value in the place of the one before. `false`: it is the same, or the order is so by itself.
async fn store(
    connection: &mut SqliteConnection,
    (request, before): (&SetRequest, &Order),
    (field, value): (OrderField, Option<String>),
    now: &str,
) -> anyhow::Result<bool> {
    let orders = BTreeSet::from([request.order.0]);
    let held = values_of(connection, &orders).await.context("read what people set")?;
    let held = held.into_values().flatten().filter(|held| held.field == field).last();
    let is_so = |value: &String| {
        let shown = typed_value(field, before, request.zone);
        let shown =
            shown.and_then(|shown| field.parse(&shown, clock_of(request), before.currency).ok());
        shown.flatten().as_ref() == Some(value)
    };
    let is_same = match (&held, &value) {
        // Of units that were set some may have been taken off since.
        (Some(held), _) => {
            let shows = field != OrderField::Quantity || value.as_ref().is_none_or(is_so);
            Some(&held.kept) == value.as_ref() && shows
        }
        (None, value) => value.as_ref().is_none_or(is_so),
    };
    if is_same {
        return Ok(false);
    }
    let (column, is_cleared) = (field.column(), value.is_none());
    // What was set of an order that has joined this one stays below: it is that order's again when they part.
    query!(
        "UPDATE corrections SET undone_at = ?
         WHERE order_id = ? AND kind = ? AND undone_at IS NULL AND (home_id IS NULL OR ?)",
        now,
        request.order.0,
        column,
        is_cleared
    )
    .execute(&mut *connection)
    .await
    .context("take the value before away")?;
    let Some(value) = value else { return Ok(true) };
    query!(
        "INSERT INTO corrections (guild_id, order_id, kind, value, user_id, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        request.guild.0,
        request.order.0,
        column,
        value,
        request.user.0,
        now
    )
    .execute(connection)
    .await
    .context("keep a value")?;
    Ok(true)
}

/// Brings an order in line with what people set and added; somebody else notes what changed.
pub(super) async fn bring_in_line(
    ledger: &Ledger,
    connection: &mut SqliteConnection,
    order: OrderId,
    (user, now): (UserId, &str),
) -> anyhow::Result<()> {
    let cause = BookCause { batch: None, user: Some(user.0), at: now };
    let orders = BTreeSet::from([order.0]);
    let concerns = Concerns { quiet: orders.clone(), orders, ..Concerns::default() };
    let changed = Box::pin(project(connection, concerns, cause)).await;
    let changed = changed.context("bring an order in line with what people set")?;
    ledger.show_first(connection, &changed, now).await
}

/// A value of an order as a person types it. `None`: it has none. `zone`: the clock of times.
pub fn typed_value(field: OrderField, order: &Order, zone: Tz) -> Option<String> {
    let money =
        |minor: Option<i64>| minor.map(|minor| Money { minor, currency: order.currency }.decimal());
    match field {
        OrderField::Price => money(order.price_minor),
        OrderField::Total => money(order.total_minor),
        OrderField::Date => {
            Some(order.ordered_at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string())
        }
        OrderField::SoldPrice => money(order.books.sold_price.map(|money| money.minor)),
        OrderField::Fees => money(order.books.fees.map(|money| money.minor)),
        _ => shown(field, order),
    }
}

/// A value as people read it; a time as the ledger writes it.
fn shown(field: OrderField, order: &Order) -> Option<String> {
    let money = |minor: Option<i64>| {
        minor.map(|minor| Money { minor, currency: order.currency }.to_string())
    };
    let sale = |money: Option<Money>| money.map(|money| money.to_string());
    match field {
        OrderField::Product => order.product.clone(),
        OrderField::Price => money(order.price_minor),
        OrderField::Quantity => Some(order.quantity.to_string()),
        OrderField::Total => money(order.total_minor),
        OrderField::Store => order.store.clone(),
        OrderField::Profile => order.details.profile.clone(),
        OrderField::Email => order.details.email.clone(),
        OrderField::Customer => order.details.customer_name.clone(),
        OrderField::Date => Some(text_of(order.ordered_at)),
        OrderField::SoldPrice => sale(order.books.sold_price),
        OrderField::Fees => sale(order.books.fees),
        OrderField::Buyer => order.books.buyer.clone(),
    }
}

/// Notes a value in the order's history.
async fn note(
    connection: &mut SqliteConnection,
    request: &SetRequest,
    change: &SetValue,
    now: &str,
) -> sqlx::Result<()> {
    let details = serde_json::json!({ change.field.column(): [change.before, change.after] });
    let (details, source) = (details.to_string(), request.source.as_str());
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details)
         VALUES (?, ?, 'corrected', ?, ?, ?)",
        request.order.0,
        now,
        source,
        request.user.0,
        details
    )
    .execute(&mut *connection)
    .await?;
    query!("UPDATE orders SET updated_at = ? WHERE id = ?", now, request.order.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes a value back that was set or cleared at this time: the one before holds again, or does so once what took the
/// place of this one is taken back.
pub(super) async fn take_value_back(
    ledger: &Ledger,
    connection: &mut SqliteConnection,
    (order, field): (OrderId, OrderField),
    made_at: &str,
    (user, now): (UserId, &str),
) -> anyhow::Result<()> {
    let column = field.column();
    let replaced_at = query_scalar!(
        "SELECT undone_at FROM corrections WHERE order_id = ? AND kind = ? AND made_at = ?",
        order.0,
        column,
        made_at
    );
    let replaced_at = replaced_at.fetch_optional(&mut *connection).await;
    let replaced_at = replaced_at.context("find a value to take back")?.flatten();
    query!(
        "UPDATE corrections SET undone_at = CASE WHEN made_at = ?1 THEN ?2 ELSE ?3 END
         WHERE order_id = ?4 AND kind = ?5 AND (made_at = ?1 OR undone_at = ?1)",
        made_at,
        now,
        replaced_at,
        order.0,
        column
    )
    .execute(&mut *connection)
    .await
    .context("take a value back")?;
    bring_in_line(ledger, connection, order, (user, now)).await?;
    ledger.show_first(connection, &[order], now).await
}
