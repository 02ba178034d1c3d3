//! An order that a person writes down, without a message and without a sheet.

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::Context;
use chrono::Utc;
use chrono_tz::Tz;
use sqlx::query_scalar;

use super::apply::keep_rows;
use super::judge::Held;
use super::request::{Brought, Said};
use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::by_hand::{OrderField, WrongValue};
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::privacy::forget::Forgotten;
use crate::ledger::recompute::books::{BookCause, families};
use crate::reading::order_number;
use crate::sheet::{ItemRow, Moment, OrderRow, Row};

/// An order as a person writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddRequest {
    /// The guild that the order is to belong to.
    pub guild: GuildId,
    /// The person who writes it down.
    pub user: UserId,
    /// The shop's number, as typed.
    pub number: String,
    /// The shop's name; `None`: it is not known.
    pub store: Option<String>,
    /// What was bought.
    pub product: Option<String>,
    /// One unit, as typed.
    pub price: Option<String>,
    /// Units; `None`: one.
    pub quantity: Option<i64>,
    /// The day or the time, as typed; `None`: now.
    pub date: Option<String>,
    /// The clock of times.
    pub zone: Tz,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is an order now.
    Done(OrderId),
    /// There is one with this number and store already.
    Exists(OrderId),
    /// It was deleted with `/forget`.
    Forgotten,
    /// What was typed is no order number.
    NoNumber,
    /// Another value is none; nothing was added.
    Wrong(WrongValue),
}

impl Ledger {
    /// Adds an order by hand. A checkout message of the same number and store joins it later.
    pub async fn add_order(&self, request: &AddRequest) -> anyhow::Result<Added> {
        let Some(number) = order_number::normal(&request.number) else {
            return Ok(Added::NoNumber);
        };
        let row = match row(request, &number) {
            Ok(row) => row,
            Err(wrong) => return Ok(Added::Wrong(wrong)),
        };
        let row = Row::Orders(Box::new(row));
        let mut transaction = self.begin().await.context("begin to add an order")?;
        let forgotten = Forgotten::load(&mut transaction).await;
        let row = match forgotten.context("read what was forgotten")? {
            Some(forgotten) => forgotten.without((request.guild, request.zone), row),
            None => Some(row),
        };
        let Some(row) = row else { return Ok(Added::Forgotten) };
        let said = Said::of(row);
        let store = StoreKey::of(said.store());
        let keys = BTreeSet::from([(request.guild.0, number.clone())]);
        let families = families(&mut transaction, &keys).await.context("look for the order")?;
        let orders = families.into_values().flat_map(|family| family.orders);
        if let Some(order) = orders.into_iter().find(|order| store.fits(&order.store_key)) {
            return Ok(Added::Exists(OrderId(order.id)));
        }
        let now = text_of(Utc::now());
        let batch = query_scalar!(
            r#"INSERT INTO batches (guild_id, kind, files, user_id, rows, changed, applied_at)
               VALUES (?, 'hand', '[]', ?, 1, 1, ?) RETURNING id AS "id!""#,
            request.guild.0,
            request.user.0,
            now
        );
        let batch = batch.fetch_one(&mut *transaction).await.context("keep an order by hand")?;
        let last = query_scalar!(r#"SELECT coalesce(max(id), 0) AS "id!: i64" FROM batch_rows"#);
        let next = last.fetch_one(&mut *transaction).await.context("keep an order by hand")? + 1;
        let row = Cow::Owned(Brought { file: 0, line: 1, said: Ok(said) });
        let kept = Held { row, repeats: None, waits: false };
        keep_rows(&mut transaction, (request.guild.0, batch), &[kept], next)
            .await
            .context("keep an order by hand")?;
        let cause = BookCause { batch: Some(batch), user: Some(request.user.0), at: &now };
        let numbers = BTreeSet::from([number]);
        self.found_orders(&mut transaction, request.guild, &numbers, cause).await?;
        let order = query_scalar!(
            r#"SELECT order_id AS "id!" FROM order_events WHERE batch_id = ? AND kind = 'created'"#,
            batch
        );
        let order = order.fetch_one(&mut *transaction).await.context("find an order by hand")?;
        transaction.commit().await.context("commit an order by hand")?;
        self.committed();
        Ok(Added::Done(OrderId(order)))
    }
}

fn row(request: &AddRequest, number: &str) -> Result<OrderRow, WrongValue> {
    let clock = (request.zone, Utc::now().with_timezone(&request.zone).date_naive());
    let typed = |field: OrderField, typed: &Option<String>| {
        field.parse(typed.as_deref().unwrap_or_default(), clock, None)
    };
    let price = typed(OrderField::Price, &request.price)?;
    let date = typed(OrderField::Date, &request.date)?;
    let units = request.quantity.map(|units| units.to_string());
    typed(OrderField::Quantity, &units)?;
    let product = typed(OrderField::Product, &request.product)?;
    let price = price.and_then(|price| price.parse().ok());
    let item = ItemRow { product, price, ..ItemRow::default() };
    let now = || text_of(Utc::now()).parse::<Moment>().ok();
    Ok(OrderRow {
        order_number: number.to_owned(),
        store: typed(OrderField::Store, &request.store)?,
        is_dollars: request.price.as_ref().is_some_and(|price| price.contains('$')),
        ordered_at: date.and_then(|date| date.parse().ok()).or_else(now),
        items: Some(item).filter(|item| *item != ItemRow::default()).into_iter().collect(),
        quantity: Some(request.quantity.unwrap_or(1)),
        ..OrderRow::default()
    })
}
