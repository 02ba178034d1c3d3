//! A database of an older version, which kept secrets of every form: after this version has read it again they
//! are in no file beside it.

use std::path::{Path, PathBuf};

use refract_ledger::cleaning::clean;
use refract_ledger::ledger::{Cleaned, Ledger, MIGRATIONS};
use refract_ledger::order::Detail;
use refract_ledger::reading::{Labels, redact};
use rusqlite::{Connection, params};
use serde_json::json;
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

use super::kept::{LEAST_TELLING, messages};
use super::{Hiding, Undressed, hiding};
use crate::fresh::{dump, rows};
use crate::older::{ORDER, rows_of_version};

/// The last version that knew no better.
const VERSION: i64 = 13;
/// What it compressed messages with.
const DICTIONARY: &[u8] = include_bytes!("../../../src/verdict/payload_v1.json");
/// What must be there afterwards as it was before.
const ORDERS: &str =
    "SELECT id, order_number, store, store_key, product, total_minor, status, email,
    quantity, created_at, updated_at FROM orders ORDER BY id";

/// An older database, and what it holds.
struct Older {
    folder: TempDir,
    all: Vec<Hiding>,
    /// Kept messages with a secret, as they are in the file.
    payloads: Vec<Vec<u8>>,
}

impl Older {
    /// One order for each form of a secret.
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = empty(folder.path(), VERSION).await;
        let all = hiding(1311);
        let (mut payloads, mut all_payloads) = (Vec::new(), Vec::new());
        for hiding in &all {
            let payload = packed(&serde_json::to_vec(&hiding.message).expect("JSON"));
            if redact(hiding.message.clone(), &Labels::built_in()) != hiding.message {
                payloads.push(payload.clone());
            }
            all_payloads.push(payload);
        }
        let mut connection = Connection::open(&database).expect("open");
        let writing = connection.transaction().expect("begin");
        for (number, (hiding, payload)) in (1_i64..).zip(all.iter().zip(&all_payloads)) {
            store(&writing, number, hiding, payload);
        }
        writing.commit().expect("commit");
        // What was deleted lies in the free pages.
        connection.execute("DELETE FROM deliveries WHERE message_id > 10000", []).expect("delete");
        connection.close().expect("close");
        Self { folder, all, payloads }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    /// The secrets, and the kept messages that hold them, which are in a file beside the database.
    fn left(&self) -> Vec<String> {
        let mut left = Vec::new();
        for entry in std::fs::read_dir(self.folder.path()).expect("list the folder") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("read a file");
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            let payloads = self.payloads.iter().step_by(8).filter(|payload| holds(payload)).count();
            left.extend((payloads > 0).then(|| format!("{payloads} messages in {path:?}")));
            let text = Undressed::of(&String::from_utf8_lossy(&bytes));
            for hiding in &self.all {
                let telling = hiding.hidden.iter().filter(|hidden| hidden.len() >= LEAST_TELLING);
                let found = telling.filter(|hidden| text.holds(hidden));
                left.extend(found.map(|found| format!("{found} of {} in {path:?}", hiding.form)));
            }
        }
        left
    }
}

/// A database with the tables of a version.
async fn empty(folder: &Path, version: i64) -> PathBuf {
    let path = folder.join("ledger.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut old = options.connect().await.expect("create");
    MIGRATIONS.run_to(version, &mut old).await.expect("tables");
    old.close().await.expect("close");
    path
}

fn packed(json: &[u8]) -> Vec<u8> {
    let mut compressor =
        zstd::bulk::Compressor::with_dictionary(1, DICTIONARY).expect("a compressor");
    [&[1], compressor.compress(json).expect("compress").as_slice()].concat()
}

/// A message, its order, and whatever else quoted it.
fn store(connection: &Connection, number: i64, hiding: &Hiding, payload: &[u8]) {
    let text = &hiding.text;
    let run = |statement: &str, parameters: &[&dyn rusqlite::ToSql]| {
        connection.execute(statement, parameters).expect(statement);
    };
    let delivery = "INSERT INTO deliveries (message_id, guild_id, channel_id, received_at, via, outcome, reason,
            order_ids, payload)
        VALUES (?1, 77, 88, '2025-11-03T12:00:00.000Z', 'live', 'stored', ?2, '[]', ?3)";
    run(delivery, params![number, text, payload]);
    run(delivery, params![number + 10_000, text, payload]);
    run(
        "INSERT INTO orders (id, guild_id, order_number, store, store_key, product, total_minor, quantity, status,
            email, notes, shipping_address, buyer, ordered_at, source, message_id, channel_id, created_at,
            updated_at, total_stated, quantity_stated, said_status, last_message_id)
        VALUES (?1, 77, 'OLD-' || ?1, 'Target', 'target|', 'Example Kettle', 1201, 1, 'shipped',
            'buyer@example.com', ?2, ?2, ?2, '2025-11-03T12:00:00.000Z', 'webhook', ?1, 88,
            '2025-11-03T12:00:00.000Z', '2025-11-03T12:00:00.000Z', 0, 0, 'verified', ?1)",
        params![number, text],
    );
    let details = json!({"notes": [null, text], "status": ["verified", "shipped"]}).to_string();
    run(
        "INSERT INTO order_events (order_id, at, kind, source, details)
        VALUES (?, '2025-11-03T12:00:00.000Z', 'changed', 'webhook', ?)",
        params![number, details],
    );
    run(
        "INSERT INTO additions (order_id, kind, value, user_id, added_at)
        VALUES (?, 'note', ?, 5, '2025-11-03T12:00:00.000Z')",
        params![number, text],
    );
    let row: Vec<_> =
        (0..45).map(|place| if place == 21 { json!(text) } else { json!(null) }).collect();
    let said_row = json!([row, [["Example Kettle", 1201, 1, null, null, null, null]]]).to_string();
    run(
        "INSERT INTO amended_orders (order_id, said_notes, said_row) VALUES (?, ?, ?)",
        params![number, text, said_row],
    );
    run(
        "INSERT INTO kept_lists (filter, used_at) VALUES (?, '2025-11-03T12:00:00.000Z')",
        params![format!("77|||{}||", text.replace('~', "~0").replace('|', "~1"))],
    );
    let said = json!({"kind": "orders", "order_number": format!("OLD-{number}"), "notes": text});
    run(
        "INSERT INTO batches (id, guild_id, kind, files, rows, changed, applied_at)
        VALUES (?, 77, 'orders', '[]', 1, 1, '2025-11-03T12:00:00.000Z')",
        params![number],
    );
    run(
        "INSERT INTO batch_rows (batch_id, file, line, said, fingerprint, store_key) VALUES (?, 0, 2, ?, 'a', '')",
        params![number, said.to_string()],
    );
}

#[tokio::test]
async fn nothing_of_an_older_database_holds_a_secret_when_it_was_read_again() {
    let older = Older::new().await;
    assert!(older.left().len() > 100, "there is something to find: {:#?}", older.left());
    let orders = rows(&older.database(), ORDERS);
    let copy = older.folder.path().join(format!("ledger.db.version-{VERSION}"));

    let ledger = Ledger::open(&older.database()).await.expect("open");
    assert!(copy.exists());
    let told = std::cell::Cell::new((0, 0));
    let changed = clean(&ledger, |done, all| told.set((done, all))).await.expect("cleaned");
    assert!(changed > 5 * older.all.len() as u64, "{changed}");
    let (done, all) = told.get();
    assert!(done == all && all > changed, "{done} of {all}");
    assert_eq!(older.left(), Vec::<String>::new(), "while it is open");
    ledger.close().await;
    assert_eq!(older.left(), Vec::<String>::new());
    assert!(!copy.exists());

    let kept = messages(&older.database()).await;
    assert_eq!(kept.len(), older.all.len());
    for (hiding, kept) in older.all.iter().zip(&kept) {
        assert_eq!(hiding.left_in(&Undressed::of(kept)), None, "{}: {kept}", hiding.form);
    }
    assert_eq!(rows(&older.database(), ORDERS), orders);
    crate::fresh::assert_findable(&older.database());
    let statuses = "SELECT count(*) FROM order_events WHERE details ->> '$.status[1]' = 'shipped'";
    assert_eq!(rows(&older.database(), statuses), [older.all.len().to_string()]);
    // Once is enough.
    drop(ledger);
    let ledger = Ledger::open(&older.database()).await.expect("open");
    assert_eq!(ledger.clean_page().await.expect("a page"), Cleaned::Everything);
}

#[tokio::test]
async fn a_cleaning_that_breaks_off_after_each_page_ends_the_same() {
    let older = Older::new().await;
    let whole = tempfile::tempdir().expect("a folder");
    let whole = whole.path().join("ledger.db");
    std::fs::copy(older.database(), &whole).expect("copy");
    let ledger = Ledger::open(&whole).await.expect("open");
    clean(&ledger, |_, _| {}).await.expect("cleaned");
    ledger.close().await;
    let mut pages = 0;
    loop {
        // Not closed: as after a kill the log beside the file is what the next one finds.
        let ledger = Ledger::open(&older.database()).await.expect("open");
        match ledger.clean_page().await.expect("a page") {
            Cleaned::Rows(_) => pages += 1,
            Cleaned::AllRows => drop(ledger.finish_cleaning().await.expect("finished")),
            Cleaned::Everything => break,
        }
    }
    assert!(pages > 8, "{pages}");
    let stored = |database: &Path| {
        let mut rows: Vec<_> =
            dump(database).into_iter().filter(|row| !row.starts_with("cleanings")).collect();
        rows.extend(crate::fresh::rows(
            database,
            "SELECT id, details FROM order_events ORDER BY id",
        ));
        rows
    };
    assert_eq!(stored(&older.database()), stored(&whole));
    assert_eq!(older.left(), Vec::<String>::new());
}

#[tokio::test]
async fn beside_an_empty_database_the_copy_of_an_older_one_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join(format!("ledger.db.version-{VERSION}"));
    std::fs::write(&copy, "all that is left").expect("write");
    let ledger = Ledger::open(&folder.path().join("ledger.db")).await.expect("open");
    clean(&ledger, |_, _| {}).await.expect("cleaned");
    assert!(copy.exists());
}

/// Counts how often the file was written anew, among other things.
const SCHEMA_VERSION: &str = "SELECT schema_version FROM pragma_schema_version";

#[tokio::test]
async fn the_file_is_written_anew_once_and_only_where_a_row_held_a_secret() {
    let older = Older::new().await;
    let ledger = Ledger::open(&older.database()).await.expect("open");
    let before = rows(&older.database(), SCHEMA_VERSION);
    clean(&ledger, |_, _| {}).await.expect("cleaned");
    let after = rows(&older.database(), SCHEMA_VERSION);
    assert_ne!(after, before, "written anew");
    ledger.finish_cleaning().await.expect("tried again");
    assert_eq!(rows(&older.database(), SCHEMA_VERSION), after);

    let folder = tempfile::tempdir().expect("a folder");
    let database = empty(folder.path(), 1).await;
    Connection::open(&database).expect("open").execute_batch(ORDER).expect("an order");
    let ledger = Ledger::open(&database).await.expect("open");
    let before = rows(&database, SCHEMA_VERSION);
    assert_eq!(clean(&ledger, |_, _| {}).await.expect("cleaned"), 0);
    assert_eq!(rows(&database, SCHEMA_VERSION), before);
}

/// Words of the program's own, times, and numbers that are compared with what such a number looks like.
const OWN: &str = "order_number waiting_for currency payout_currency charge_currency status said_status source kind via \
    outcome emoji at awaited_since order_ids webhook_ids roles span hour month unit summarised_day added_by backfill fingerprint reaction_wanted \
    reaction_shown reaction_refused spellings closed_threads_until told_trouble letter plain batch_keys.value disclosures.details \
    guild_settings.name guild_settings.value guild_settings.value_before rewrite_due.since purchases.name \
    other_charges held_back.reason";
/// No label makes it anything else.
const SECRET: &str = "http://user:marker4711@gw.example.net:80/";

#[tokio::test]
async fn every_column_that_can_hold_a_text_of_somebody_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut database = PathBuf::new();
    for version in MIGRATIONS.iter().map(|migration| migration.version) {
        database = empty(folder.path(), version).await;
        let first = if version == 1 { ORDER } else { "" };
        let statements = format!("{first};{}", rows_of_version(version));
        let statements = statements.replace("INSERT INTO", "INSERT OR REPLACE INTO");
        let connection = Connection::open(&database).expect("open");
        connection.execute_batch(&statements).expect("rows of a version");
    }
    let connection = Connection::open(&database).expect("open");
    connection.execute("DELETE FROM cleanings", []).expect("begin anew");
    connection.close().expect("close");
    let columns = "SELECT tables.name || '.' || columns.name
        FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.type = 'TEXT' AND tables.name NOT LIKE 'order_search%'
            AND tables.name NOT LIKE '\\_%' ESCAPE '\\' AND columns.name NOT GLOB '*_at' AND columns.name NOT GLOB '*_on'";
    // As `recompute::additions` takes them down.
    let texts = |places: &[i32], length| -> serde_json::Value {
        (0..length).map(|place| places.contains(&place).then_some(SECRET)).collect()
    };
    let mut row = texts(&[3, 4, 22], 32);
    row[11] = Detail::ALL.into_iter().map(|detail| (detail.name(), SECRET)).collect();
    let line = texts(&[0, 3, 4, 6], 7);
    let mut filled = 0;
    for place in rows(&database, columns) {
        let (table, column) = place.split_once('.').expect("a table and a column");
        if OWN.split(' ').any(|own| own == column || own == place)
            || place == "parcels.number"
            || place == "handed_in.number"
        {
            continue;
        }
        let value = match place.as_str() {
            "order_events.details" => json!({ "notes": [null, SECRET] }).to_string(),
            "batch_rows.said" => {
                json!({"kind": "orders", "store": SECRET, "notes": SECRET}).to_string()
            }
            "batches.files" => json!([{"name": SECRET, "sha256": ""}]).to_string(),
            "amended_orders.said_row" => json!([row, [line]]).to_string(),
            "kept_lists.filter" => format!("77|||{SECRET}||"),
            _ => SECRET.to_owned(),
        };
        let connection = Connection::open(&database).expect("open");
        let statement = format!("UPDATE {table} SET {column} = ?");
        let changed = connection.execute(&statement, [value]).expect(&statement);
        assert!(changed > 0, "give {table} a row in older.rs");
        filled += 1;
    }
    assert!(filled > 25, "{filled}");
    let ledger = Ledger::open(&database).await.expect("open");
    clean(&ledger, |_, _| {}).await.expect("cleaned");
    ledger.close().await;
    // They are compressed.
    assert_eq!(rows(&database, "SELECT count(*) FROM previews"), ["0"]);
    let left: Vec<_> =
        dump(&database).into_iter().filter(|row| row.contains("marker4711")).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(
        rows(&database, "SELECT id FROM order_events WHERE details LIKE '%marker4711%'"),
        [""; 0]
    );
}
