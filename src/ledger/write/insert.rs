//! New rows, many to a statement: each statement is a trip to SQLite's thread, so few are cheap.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, Sqlite, SqliteConnection, Type};

use super::plan::{LinkRow, NewOrder};
use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::OrderState;
use crate::ledger::recompute::{Summary, order_ids_json};
use crate::order::{Detail, OrderItem, Status};
use crate::verdict::Prepared;

/// Rows in one statement. Only these sizes, so that all statements stay prepared.
const CHUNKS: [usize; 3] = [128, 16, 1];

/// The texts of the statements: made once for each table and size.
static STATEMENTS: LazyLock<Mutex<Statements>> = LazyLock::new(Mutex::default);

/// By the head of the statement and the rows in it.
type Statements = HashMap<(&'static str, usize), Arc<str>>;

/// The values of one row, as they are bound.
struct Row<'a>(&'a mut SqliteArguments, &'a mut Option<BoxDynError>);

impl Row<'_> {
    fn push_bind<'q, T: Encode<'q, Sqlite> + Type<Sqlite>>(&mut self, value: T) -> &mut Self {
        if let Err(error) = self.0.add(value) {
            self.1.get_or_insert(error);
        }
        self
    }
}

/// A statement and what is bound to it.
type Chunk = sqlx::Result<Option<(Arc<str>, SqliteArguments)>>;

/// Inserts rows chunk by chunk. While SQLite's thread writes one chunk this one binds the next.
async fn insert_all<T>(
    connection: &mut SqliteConnection,
    head: &'static str,
    mut rows: impl ExactSizeIterator<Item = T>,
    push: impl Fn(&mut Row<'_>, T),
) -> sqlx::Result<()> {
    let mut next = chunk(head, &mut rows, &push)?;
    while let Some((statement, arguments)) = next {
        let query = sqlx::query_with(AssertSqlSafe(statement), arguments);
        let write = query.execute(&mut *connection);
        let (written, following) = tokio::join!(write, async { chunk(head, &mut rows, &push) });
        written?;
        next = following?;
    }
    Ok(())
}

fn chunk<T>(
    head: &'static str,
    rows: &mut impl ExactSizeIterator<Item = T>,
    push: &impl Fn(&mut Row<'_>, T),
) -> Chunk {
    let Some(size) = CHUNKS.into_iter().find(|&size| size <= rows.len()) else { return Ok(None) };
    let mut arguments = SqliteArguments::default();
    let mut failed = None;
    for row in rows.by_ref().take(size) {
        push(&mut Row(&mut arguments, &mut failed), row);
    }
    match failed {
        Some(error) => Err(sqlx::Error::Encode(error)),
        None => Ok(Some((statement(head, size), arguments))),
    }
}

/// `INSERT ... VALUES (?, ?), (?, ?), ...`, with as many places as `head` names columns.
fn statement(head: &'static str, rows: usize) -> Arc<str> {
    let mut statements = STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let text = statements.entry((head, rows)).or_insert_with(|| {
        let columns = head.matches(',').count() + 1;
        let row = format!("({})", vec!["?"; columns].join(", "));
        format!("{head}VALUES {}", vec![row; rows].join(", ")).into()
    });
    Arc::clone(text)
}

pub(super) async fn deliveries(
    connection: &mut SqliteConnection,
    rows: Vec<(&Prepared, Summary)>,
) -> sqlx::Result<()> {
    let head = "INSERT INTO deliveries (message_id, guild_id, channel_id, webhook_id, posted_at, \
                edited_at, received_at, via, outcome, reason, order_ids, reaction_wanted, payload, \
                doubtful) ";
    insert_all(connection, head, rows.into_iter(), |row, (message, summary)| {
        let facts = &message.facts;
        row.push_bind(facts.id.0)
            .push_bind(message.guild_id.0)
            .push_bind(facts.channel_id.0)
            .push_bind(message.webhook_id.map(|id| id.0))
            .push_bind(facts.posted_at.map(text_of))
            .push_bind(message.edited_at.map(text_of))
            .push_bind(text_of(facts.received_at))
            .push_bind(facts.via.as_str())
            .push_bind(summary.outcome.as_str())
            .push_bind(summary.reason)
            .push_bind(order_ids_json(&summary.orders))
            .push_bind(summary.reaction)
            .push_bind(message.payload.clone())
            .push_bind(message.decision.is_doubtful);
    })
    .await
}

pub(super) async fn orders(
    connection: &mut SqliteConnection,
    rows: Vec<NewOrder>,
    now: &str,
) -> sqlx::Result<()> {
    static HEAD: LazyLock<String> = LazyLock::new(|| {
        let details = Detail::ALL.map(Detail::name).join(", ");
        format!(
            "INSERT INTO orders (id, guild_id, order_number, store, product, price_minor, total_minor, \
         currency, quantity, commission_minor, status, {details}, ordered_at, posted_at, \
         shipped_at, delivered_at, source, message_id, channel_id, created_at, updated_at, \
         store_key, total_stated, quantity_stated, said_status, said_shipped_at, \
         said_delivered_at, said_ended_at, last_message_id) "
        )
    });
    insert_all(connection, &HEAD, rows.into_iter(), |row, order| {
        row.push_bind(order.id)
            .push_bind(order.key.guild_id.0)
            .push_bind(order.key.number().map(str::to_owned));
        push_state(row, order.state, now);
    })
    .await
}

fn push_state(row: &mut Row<'_>, state: OrderState, now: &str) {
    let total = state.total_minor();
    let status = state.said.status.unwrap_or(Status::Verified).as_str();
    let (shipped, delivered) =
        (state.said.shipped_at.map(text_of), state.said.delivered_at.map(text_of));
    let ended = state.said.ended_at.map(text_of);
    let quantity = state.lines.quantity();
    let first = state.lines.items.into_iter().next().unwrap_or_default();
    row.push_bind(state.store)
        .push_bind(first.product)
        .push_bind(first.price_minor)
        .push_bind(total)
        .push_bind(state.currency.map(|currency| currency.code()))
        .push_bind(quantity)
        .push_bind(state.commission_minor)
        .push_bind(status);
    state.details.map(|value| {
        row.push_bind(value);
    });
    let announcement = state.announcement;
    row.push_bind(announcement.as_ref().map(|announcement| text_of(announcement.ordered_at)))
        .push_bind(
            announcement.as_ref().and_then(|announcement| announcement.posted_at).map(text_of),
        )
        .push_bind(shipped.clone())
        .push_bind(delivered.clone())
        .push_bind(announcement.as_ref().map(|announcement| announcement.source.clone()))
        .push_bind(announcement.as_ref().and_then(|announcement| Some(announcement.message_id?.0)))
        .push_bind(announcement.as_ref().and_then(|announcement| Some(announcement.channel_id?.0)))
        .push_bind(announcement.as_ref().map(|announcement| text_of(announcement.received_at)))
        .push_bind(now.to_owned())
        .push_bind(state.store_key.as_str().to_owned())
        .push_bind(i64::from(state.stated_total.is_some()))
        .push_bind(i64::from(state.lines.stated_quantity.is_some()))
        .push_bind(status)
        .push_bind(shipped)
        .push_bind(delivered)
        .push_bind(ended)
        .push_bind(state.last_message_id.map(|message| message.0));
}

pub(super) async fn items(
    connection: &mut SqliteConnection,
    rows: Vec<(i64, i64, OrderItem)>,
) -> sqlx::Result<()> {
    let head = "INSERT INTO order_items (order_id, line, product, price_minor, quantity, sku, size, currency, \
         product_url) ";
    insert_all(connection, head, rows.into_iter(), |row, (order, line, item)| {
        row.push_bind(order)
            .push_bind(line)
            .push_bind(item.product)
            .push_bind(item.price_minor)
            .push_bind(item.quantity)
            .push_bind(item.sku)
            .push_bind(item.size)
            .push_bind(item.currency.map(|currency| currency.code()))
            .push_bind(item.product_url);
    })
    .await
}

pub(super) async fn links(
    connection: &mut SqliteConnection,
    rows: Vec<LinkRow>,
) -> sqlx::Result<()> {
    let head = "INSERT INTO order_messages (message_id, position, order_id, waiting_for, outcome, \
                doubt, unnumbered_at) ";
    insert_all(connection, head, rows.into_iter(), |row, link| {
        row.push_bind(link.message_id)
            .push_bind(link.position)
            .push_bind(link.order_id)
            .push_bind(link.waiting_for)
            .push_bind(link.outcome.as_str())
            .push_bind(link.doubt)
            .push_bind(link.unnumbered_at);
    })
    .await
}

/// A line of an order's history.
#[derive(Debug)]
pub(super) struct EventRow {
    pub(super) order_id: i64,
    pub(super) kind: &'static str,
    pub(super) source: String,
    pub(super) message_id: Option<i64>,
    pub(super) details: String,
}

pub(super) async fn events(
    connection: &mut SqliteConnection,
    rows: Vec<EventRow>,
    now: &str,
) -> sqlx::Result<()> {
    let head = "INSERT INTO order_events (order_id, at, kind, source, message_id, details) ";
    insert_all(connection, head, rows.into_iter(), |row, event| {
        row.push_bind(event.order_id)
            .push_bind(now.to_owned())
            .push_bind(event.kind)
            .push_bind(event.source)
            .push_bind(event.message_id)
            .push_bind(event.details);
    })
    .await
}
