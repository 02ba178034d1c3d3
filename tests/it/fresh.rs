//! A fresh ledger and messages to put into it.

use std::path::{Path, PathBuf};

use refract_ledger::ids::{ChannelId, GuildId, MessageId};
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::{Ledger, Order};
use refract_ledger::reading::{Labels, Message};
use refract_ledger::verdict::{Incoming, Outcome, Receipt, Via};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const GUILD: GuildId = GuildId(77);
pub(crate) const CHANNEL: ChannelId = ChannelId(88);
const WEBHOOK: &str = "99";

/// A ledger in a folder of its own, and the door to it.
pub(crate) struct Fresh {
    pub(crate) ledger: Ledger,
    pub(crate) ingest: Ingest,
    folder: TempDir,
}

impl Fresh {
    pub(crate) async fn new() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), Labels::built_in()).await
    }

    /// With labels of one's own beside the built-in ones.
    pub(crate) async fn with_labels(labels: Labels) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), labels).await
    }

    async fn in_folder(folder: TempDir, labels: Labels) -> Self {
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let ingest = Ingest::start(ledger.clone(), labels).unwrap();
        Self { ledger, ingest, folder }
    }

    /// Stops and starts again on the same file.
    pub(crate) async fn reopen(self) -> Self {
        let folder = self.stop().await;
        Self::in_folder(folder, Labels::built_in()).await
    }

    /// Stops, and leaves the files.
    pub(crate) async fn stop(self) -> TempDir {
        self.ingest.close().await;
        self.ledger.close().await;
        self.folder
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    pub(crate) async fn take(&self, incoming: Incoming) -> Receipt {
        self.ingest.submit(incoming).await.unwrap()
    }

    /// Takes messages in, one after the other, and says what became of them.
    pub(crate) async fn take_all(&self, messages: Vec<Incoming>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for message in messages {
            outcomes.push(self.take(message).await.outcome);
        }
        outcomes
    }

    /// The only order with this number.
    pub(crate) async fn order(&self, number: &str) -> Order {
        let mut orders = self.ledger.orders_by_number(GUILD, number).await.unwrap();
        assert_eq!(orders.len(), 1, "{orders:?}");
        orders.remove(0)
    }
}

/// What a query gives, row by row, values joined by a bar.
pub(crate) fn rows(database: &Path, query: &str) -> Vec<String> {
    rows_of(&rusqlite::Connection::open(database).unwrap(), query).unwrap()
}

/// The same of a connection that is open.
pub(crate) fn rows_of(
    connection: &rusqlite::Connection,
    query: &str,
) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(query)?;
    let columns = statement.column_count();
    let text = |value: rusqlite::types::Value| match value {
        rusqlite::types::Value::Null => "-".to_owned(),
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Real(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    };
    let mut found = Vec::new();
    // Raw: what is only explained has parameters that nobody binds.
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values: Vec<String> = (0..columns).map(|column| text(row.get_unwrap(column))).collect();
        found.push(values.join("|"));
    }
    Ok(found)
}

/// That the indexes of words and the sums are what the orders make of them.
pub(crate) fn assert_findable(database: &Path) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let check = "INSERT INTO order_search (order_search, rank) VALUES ('integrity-check', 1)";
    connection.execute(check, []).expect("the index holds what the orders hold");
    // That of lines keeps no texts that it could be checked against: it is made anew beside it.
    connection.execute_batch(LINES_ANEW).unwrap();
    let [kept, anew] = ["words", "words_anew"].map(|words| {
        let words = format!("SELECT quote(term), doc FROM temp.{words} ORDER BY 1, 2");
        rows_of(&connection, &words).unwrap()
    });
    assert_eq!(kept, anew);
    assert_eq!(rows_of(&connection, "SELECT * FROM uncounted_orders").unwrap(), [""; 0]);
    for (kept, counted) in SUMS {
        let kept = rows_of(&connection, kept).unwrap();
        assert_eq!(kept, rows_of(&connection, counted).unwrap());
    }
}

const LINES_ANEW: &str = "
    CREATE VIRTUAL TABLE temp.lines_anew USING fts5 (text, content = '', tokenize = 'trigram', detail = 'none');
    INSERT INTO temp.lines_anew (rowid, text) SELECT id, text FROM late_texts UNION ALL SELECT id, text FROM line_texts;
    CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, order_search_lines, instance);
    CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab (temp, lines_anew, instance)";

/// The sums that are kept, and the same of the orders.
const SUMS: [(&str, &str); 5] = [
    (
        "SELECT * FROM order_tallies ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
        "SELECT guild_id, unit, substr(ordered_at, 1, length), store_key, status, coalesce(currency, ''),
            coalesce(store, ''), coalesce(channel_id, 0), tracking_number IS NULL,
            coalesce((SELECT nullif(line, 6) FROM open_lines WHERE order_id = id), -1), settled, coalesce(payout_currency, ''), coalesce(charge_currency, ''), count(*),
            sum(quantity), count(total_minor), coalesce(sum(total_minor), 0), count(payout_minor),
            coalesce(sum(payout_minor), 0), count(commission_minor), coalesce(sum(commission_minor), 0),
            sum(coalesce(sold_price_minor, 0) - coalesce(fees_minor, 0)), count(charged_minor),
            coalesce(sum(charged_minor), 0), count(refunded_minor), coalesce(sum(refunded_minor), 0)
        FROM (SELECT *, CASE
                WHEN status IN ('cancelled', 'refunded', 'returned') OR total_minor IS NULL THEN 0
                WHEN status = 'sold' AND sold_price_minor IS NOT NULL THEN 1
                WHEN qty_received >= quantity AND payout_minor IS NOT NULL THEN 2 ELSE 0 END AS settled
            FROM orders),
            (SELECT 'all' AS unit, 0 AS length UNION ALL SELECT 'month', 7 UNION ALL SELECT 'day', 10)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
    ),
    (
        "SELECT * FROM order_hours ORDER BY 1, 2, 3, 4",
        "SELECT guild_id, substr(ordered_at, 1, 13), coalesce(currency, ''), coalesce(payout_currency, ''), count(*),
            count(*) FILTER (WHERE status = 'cancelled'), count(total_minor) FILTER (WHERE live),
            coalesce(sum(total_minor) FILTER (WHERE live), 0), count(payout_minor), coalesce(sum(payout_minor), 0)
        FROM (SELECT *, status NOT IN ('cancelled', 'refunded', 'returned') AS live FROM orders)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    ),
    (
        "SELECT * FROM profile_months ORDER BY 1, 2, 3, 4",
        "SELECT guild_id, substr(ordered_at, 1, 7), coalesce(profile, ''), coalesce(currency, ''), count(*),
            sum(quantity), coalesce(sum(total_minor), 0), count(total_minor) FILTER (WHERE live),
            coalesce(sum(total_minor) FILTER (WHERE live), 0)
        FROM (SELECT *, status NOT IN ('cancelled', 'refunded', 'returned') AS live FROM orders)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    ),
    (
        "SELECT * FROM product_months ORDER BY 1, 2, 3",
        "SELECT guild_id, substr(ordered_at, 1, 7), coalesce(product, ''), count(*), sum(quantity)
        FROM orders GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    ),
    (
        "SELECT * FROM store_hours ORDER BY 1, 2, 3, 4",
        "SELECT guild_id, coalesce(store, ''), coalesce(currency, ''), substr(ordered_at, 1, 13), count(*),
            coalesce(sum(total_minor) FILTER (WHERE status NOT IN ('refunded', 'returned')), 0)
        FROM orders WHERE status <> 'cancelled' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    ),
];

/// All rows of the ledger but the history of orders and the index of words, without the times of change:
/// each as the text of its table and its values.
pub(crate) fn dump(database: &Path) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'
                  AND name NOT IN ('order_events', '_sqlx_migrations', 'sqlite_sequence')
                  AND name NOT LIKE 'order_search%'";
    let mut all = Vec::new();
    for table in rows(database, tables) {
        let columns = format!(
            "SELECT group_concat('quote(' || name || ')', ' || char(124) || ')
             FROM pragma_table_info('{table}') WHERE name <> 'updated_at'"
        );
        let columns = rows(database, &columns).remove(0);
        let found = rows(database, &format!("SELECT {columns} AS row FROM {table} ORDER BY row"));
        all.extend(found.into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}

/// A message of a webhook with one embed.
pub(crate) fn message(id: i64, heading: &str, fields: &[(&str, &str)]) -> Incoming {
    let fields: Vec<Value> =
        fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let embed = json!({"author": {"name": heading}, "fields": fields});
    from_json(id, &json!({"embeds": [embed]}))
}

/// A checkout at a store.
pub(crate) fn checkout(id: i64, store: &str, fields: &[(&str, &str)]) -> Incoming {
    message(id, &format!("Successful Checkout | {store}"), fields)
}

/// The same message, changed later by its author.
pub(crate) fn edited(minute: u32, mut incoming: Incoming) -> Incoming {
    let time = format!("2025-11-03T12:{minute:02}:00Z");
    incoming.message.edited_at = Some(time.parse().unwrap());
    incoming
}

/// Any message of the trusted webhook.
pub(crate) fn from_json(id: i64, json: &Value) -> Incoming {
    let mut json = json.clone();
    let author = json!({"id": WEBHOOK, "username": "Refract", "bot": true});
    let time = "2025-11-03T12:00:00Z";
    for (key, value) in
        [("webhook_id", json!(WEBHOOK)), ("author", author), ("timestamp", json!(time))]
    {
        json.as_object_mut().unwrap().entry(key).or_insert(value);
    }
    Incoming {
        message: Message::from_json(&json),
        id: MessageId(id),
        channel_id: CHANNEL,
        guild_id: GUILD,
        via: Via::Live,
        trust: Ok(()),
    }
}
