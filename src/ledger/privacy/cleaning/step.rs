//! What is read again, one table after the other.

use serde_json::Value;
use sqlx::{SqliteConnection, query_scalar};

use super::content::Content;
use super::{books, messages, orders, people};

/// All tables that hold what somebody wrote. What is made of something comes after it.
pub(super) const ALL: [Step; 8] = [
    Step::Messages,
    Step::SheetRows,
    Step::SheetNames,
    Step::Searches,
    Step::Additions,
    Step::Corrections,
    Step::Orders,
    Step::Events,
];

/// One table, with what belongs to its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Messages,
    SheetRows,
    SheetNames,
    Searches,
    Additions,
    Corrections,
    Orders,
    Events,
}

impl Step {
    /// Rows behind the first id and up to the other one, in the order of their ids.
    pub(super) async fn rows(
        self,
        connection: &mut SqliteConnection,
        span: (i64, i64),
        limit: i64,
    ) -> sqlx::Result<Vec<(i64, Content)>> {
        match self {
            Self::Messages => messages::rows(connection, span, limit).await,
            Self::SheetRows => books::sheet_rows(connection, span, limit).await,
            Self::SheetNames => books::sheet_names(connection, span, limit).await,
            Self::Searches => people::searches(connection, span, limit).await,
            Self::Additions => people::additions(connection, span, limit).await,
            Self::Corrections => people::corrections(connection, span, limit).await,
            Self::Orders => orders::rows(connection, span, limit).await,
            Self::Events => orders::events(connection, span, limit).await,
        }
    }

    /// Writes a row's clean texts.
    pub(super) async fn write(
        self,
        connection: &mut SqliteConnection,
        id: i64,
        content: &Content,
    ) -> sqlx::Result<()> {
        let value = match content {
            Content::Message { payload, reason } => {
                return messages::write(connection, id, payload.as_deref(), reason).await;
            }
            Content::Texts(value) => value,
        };
        let member = |name: &str| value.get(name).unwrap_or(&Value::Null);
        match self {
            Self::Messages => Ok(()),
            Self::SheetRows => books::write_sheet_row(connection, id, member("said")).await,
            Self::SheetNames => books::write_sheet_names(connection, id, member("files")).await,
            Self::Searches => people::drop_search(connection, id).await,
            Self::Additions => people::write_addition(connection, id, value).await,
            Self::Corrections => people::write_correction(connection, id, value).await,
            Self::Orders => orders::write(connection, id, value).await,
            Self::Events => orders::write_event(connection, id, member("details")).await,
        }
    }

    /// Rows behind an id.
    pub(super) async fn count(
        self,
        connection: &mut SqliteConnection,
        after: i64,
    ) -> sqlx::Result<i64> {
        let table = self.table();
        let count = query_scalar!(
            r#"SELECT CASE ?1
                   WHEN 'deliveries' THEN (SELECT count(*) FROM deliveries WHERE message_id > ?2)
                   WHEN 'batch_rows' THEN (SELECT count(*) FROM batch_rows WHERE id > ?2)
                   WHEN 'batches' THEN (SELECT count(*) FROM batches WHERE id > ?2)
                   WHEN 'kept_lists' THEN (SELECT count(*) FROM kept_lists WHERE id > ?2)
                   WHEN 'additions' THEN (SELECT count(*) FROM additions WHERE id > ?2)
                   WHEN 'corrections' THEN (SELECT count(*) FROM corrections WHERE id > ?2)
                   WHEN 'orders' THEN (SELECT count(*) FROM orders WHERE id > ?2)
                   WHEN 'order_events' THEN (SELECT count(*) FROM order_events WHERE id > ?2)
               END AS "count!: i64""#,
            table,
            after
        );
        count.fetch_one(connection).await
    }

    /// Where its rows are.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Messages => "deliveries",
            Self::SheetRows => "batch_rows",
            Self::SheetNames => "batches",
            Self::Searches => "kept_lists",
            Self::Additions => "additions",
            Self::Corrections => "corrections",
            Self::Orders => "orders",
            Self::Events => "order_events",
        }
    }
}
