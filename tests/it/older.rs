//! Databases of every older version, with rows in them.

use refract_ledger::ledger::{Ledger, MIGRATIONS, OrderFilter};
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::fresh::{GUILD, assert_findable, rows};

/// An order as the first version could hold it.
pub(crate) const ORDER: &str =
    "INSERT INTO orders (id, guild_id, order_number, quantity, status, ordered_at, source,
        message_id, channel_id, created_at, updated_at, store_key, total_stated, quantity_stated,
        said_status, last_message_id)
    VALUES (7, 77, 'OLD-1', 1, 'verified', '2025-11-03T12:00:00.000Z', 'webhook', 1, 88,
        '2025-11-03T12:00:00.000Z', '2025-11-03T12:00:00.000Z', '', 0, 0, 'verified', 1)";

/// An order without a number, what is doubtful, and corrections.
const TRUTH: &str =
    "INSERT INTO orders (id, guild_id, product, email, quantity, status, ordered_at, source,
        message_id, channel_id, created_at, updated_at, store_key, total_stated,
        quantity_stated, said_status, last_message_id)
    VALUES (8, 77, 'Tin', 'a@example.com', 1, 'verified', '2025-11-03T12:00:00.000Z', 'webhook',
        2, 88, '2025-11-03T12:00:00.000Z', '2025-11-03T12:00:00.000Z', '', 0, 0, 'verified', 2);
    INSERT INTO deliveries (message_id, guild_id, channel_id, received_at, via, outcome, reason,
        order_ids, doubtful, reaction_asked_at)
    VALUES (2, 77, 88, '2025-11-03T12:00:00.000Z', 'live', 'stored', '', '[8]', 0, NULL);
    INSERT INTO order_messages (message_id, position, order_id, outcome, doubt, unnumbered_at)
    VALUES (2, 0, 8, 'stored', 'Tin', '2025-11-03T12:00:00.000Z');
    INSERT INTO order_items (order_id, line, product, currency, product_url)
    VALUES (8, 1, 'Tin', 'EUR', 'https://shop.example/p/1');
    INSERT INTO corrections (guild_id, message_id, position, kind, value, user_id, made_at)
    VALUES (77, 2, 0, 'apart', '', 5, '2025-11-03T12:00:00.000Z');
    INSERT INTO merged_orders VALUES (9, 3, 0);
    INSERT INTO marks (guild_id, order_id, user_id, status, source, created_at, home_id)
    VALUES (77, 8, 5, 'shipped', 'menu', '2025-11-03T12:00:00.000Z', 9)";

/// A sheet, and what is kept of the order that it says something of.
const SHEET: &str =
    "INSERT INTO batches (guild_id, kind, files, rows, changed, applied_at)
    VALUES (77, 'track', '[{\"name\": \"a.csv\", \"sha256\": \"\"}]', 1, 1, '2025-11-03T12:00:00.000Z');
    INSERT INTO batch_rows (batch_id, file, line, said, fingerprint, store_key)
    VALUES (1, 0, 2, '{\"kind\": \"track\", \"order_number\": \"OLD-1\", \"parcels\": [\"X100\"]}', 'a', '');
    INSERT INTO batch_keys VALUES (77, 'order', 'OLD-1', 1, 0);
    UPDATE orders SET payout_minor = 5, group_status = 'VERIFIED', charged_minor = 5 WHERE id = 7;
    INSERT INTO amended_orders (order_id, said_row) VALUES (7,
        '[[7,77,\"OLD-1\",null,null,null,null,\"USD\",1,null,\"a@example.com\",null,null,null,null,
        \"X100\",\"verified\",4,null,null,null,\"gift\",null,null,\"https://example.com/a.png\",
        \"2025-11-03T12:00:00.000Z\",null,null,null,\"webhook\",1,88,
        \"2025-11-03T12:00:00.000Z\",\"2025-11-03T12:00:00.000Z\",\"\",0,0,\"verified\",null,null,9,
        0,null,null],[[\"Tin\",null,1,null,null,null,null]]]')";

/// A setting of a server.
const SETTING: &str = "INSERT INTO guild_settings
    VALUES (77, 'stats.time_zone', 'Europe/Berlin', NULL, 5, '2025-11-03T12:00:00.000Z')";

/// A row that cannot take effect.
const HELD_BACK: &str =
    "INSERT INTO batches (guild_id, kind, files, rows, changed, applied_at)
     VALUES (77, 'status', '[]', 1, 0, '2025-11-03T12:00:00.000Z');
     INSERT INTO batch_rows (batch_id, file, line, said, fingerprint, store_key, waited)
     VALUES (1, 0, 2, '{\"kind\": \"status\", \"order_number\": \"OLD-1\", \"status\": \"cancelled\"}', 'b', '', 1);
     INSERT INTO held_back VALUES (1, 7, 'it is shipped', 'cancelled')";

/// An order of a sheet of the past.
const OLD_ORDERS: &str =
    "INSERT INTO orders (id, guild_id, order_number, quantity, status, ordered_at, source, created_at,
        updated_at, store_key, total_stated, quantity_stated, said_status)
    VALUES (10, 77, 'OLD-2', 1, 'verified', '2025-11-03T12:00:00.000Z', 'sheet',
        '2025-11-03T12:00:00.000Z', '2025-11-03T12:00:00.000Z', '', 0, 0, 'verified');
    INSERT INTO batches (guild_id, kind, files, rows, changed, applied_at)
    VALUES (77, 'orders', '[]', 1, 1, '2025-11-03T12:00:00.000Z');
    INSERT INTO batch_rows (batch_id, file, line, said, fingerprint, store_key, repeats, stays)
    VALUES (1, 0, 2, '{\"kind\": \"orders\", \"order_number\": \"OLD-2\"}', 'b', '', NULL, 1);
    INSERT INTO batch_keys VALUES (77, 'order', 'OLD-2', 1, 0)";

/// Previews, columns, what was told to be late, what was handed in.
const BOOKS_IN_DISCORD: &str =
    "INSERT INTO previews (guild_id, user_id, kind, files, rows, shown, created_at)
             VALUES (77, 5, 'track', '[]', x'00', '', '2025-11-03T12:00:00.000Z');
             INSERT INTO sheet_columns VALUES (77, 'track', 'a', '[[\"Parcel\", \"tracking_number\"]]');
             INSERT INTO late_orders VALUES (77, 'claim', 7);
             INSERT INTO hand_ins (guild_id, user_id, at) VALUES (77, 5, '2025-11-03T12:00:00.000Z');
             INSERT INTO handed_in VALUES (1, 77, 'X100')";

/// An order by the name of its message, and charges in another currency.
const MORE: &str = "INSERT INTO purchases VALUES (77, 'message|1|0', 7);
    UPDATE orders SET other_charges = '[[\"EUR\",5,0]]' WHERE id = 7";

/// A purchase without a number that has become a part of the order, by two names.
const JOINED: &str = "INSERT INTO purchases VALUES (77, 'message|1|0', 7), (77, 'order|9|2025-11-03T12:00:00Z|0', 7);
    INSERT INTO merged_orders VALUES (9, 1, 0)";

/// What is left to do after something was erased.
const ERASED: &str = "INSERT INTO rewrite_due VALUES (1, '2025-11-03T12:00:00.000Z');
    INSERT INTO filler (zeros) VALUES (zeroblob(8));
    INSERT INTO due_edits (guild_id, order_id, deleted, channel_id, message_id) VALUES (77, 7, 0, 88, 5)";

const SET_UP: &str =
    "INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at, added_by, backfill,
        awaited_webhook_id, awaited_since, told_trouble)
    VALUES (88, 77, '[99]', '2025-11-03T12:00:00.000Z', 'setup', '30', 99,
        '2025-11-03T12:00:00.000Z', 'it was deleted')";

/// What else each version of the tables could hold: the oldest of them must survive all later
/// migrations. Add an entry with every migration.
pub(crate) fn rows_of_version(version: i64) -> &'static str {
    match version {
        1 => {
            "INSERT INTO order_events (order_id, at, kind, source, details)
             VALUES (7, '2025-11-03T12:00:00.000Z', 'created', 'webhook', '{}')"
        }
        2 => {
            "INSERT INTO unheard_reactions VALUES (1, 2, '📦');
             INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at, starts_after,
                 caught_up_at, hole_closed_at, hole_messages)
             VALUES (88, 77, '[]', '2025-11-03T12:00:00.000Z', 5, '2025-11-03T12:00:00.000Z',
                 '2025-11-03T12:00:00.000Z', 3)"
        }
        3 => {
            "INSERT INTO additions (order_id, kind, value, user_id, added_at)
             VALUES (7, 'note', 'gift', 5, '2025-11-03T12:00:00.000Z');
             INSERT INTO amended_orders VALUES (7, NULL, NULL)"
        }
        4 | 5 => "INSERT INTO kept_lists (filter, used_at) VALUES ('||a||', '2025-11-03T12:00:00.000Z')",
        6 => {
            "INSERT INTO boards (guild_id, channel_id, message_id) VALUES (77, 88, 5);
             INSERT INTO feeds (channel_id, told_order_id, summarised_day) VALUES (88, 7, '2025-11-03');
             INSERT INTO notices VALUES (88, 'silence', '2025-11-03T12:00:00.000Z')"
        }
        7 => SET_UP,
        8 => {
            "INSERT INTO let_in VALUES (77, 5, '2025-11-03T12:00:00.000Z');
             INSERT INTO disclosures VALUES (1, '2025-11-03T12:00:00.000Z', 77, 5, 'look', 7, '{}');
             INSERT INTO forgotten VALUES (x'01', 77, 'email', 0, 5, '2025-11-03T12:00:00.000Z')"
        }
        9 => "INSERT INTO let_in VALUES (77, 5, '2025-11-03T12:00:00.000Z', '[6]')",
        10 => TRUTH,
        11 => {
            "INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at, starts_after,
                 closed_threads_until)
             VALUES (88, 77, '[]', '2025-11-03T12:00:00.000Z', 5, '2025-11-03T12:00:00.000Z');
             INSERT INTO threads VALUES (89, 88, 9, 7, 5, '2025-11-03T12:00:00.000Z', 1, NULL);
             UPDATE orders SET tracking_number = '1Z999AA1, ab-12 3' WHERE id = 7"
        }
        12 => SHEET,
        13 => "INSERT INTO interactions VALUES (1300000000000000001)",
        14 => "INSERT INTO cleanings (rules, step, after, changed) VALUES (1, 6, 7, 2)",
        15 => OLD_ORDERS,
        16 => BOOKS_IN_DISCORD,
        17 => {
            "INSERT INTO corrections (guild_id, order_id, kind, value, said, user_id, made_at)
             VALUES (77, 7, 'price', '5', '4', 5, '2025-11-03T12:00:00.000Z')"
        }
        19 => "UPDATE orders SET notes = 'gift' WHERE id = 7",
        20 => "UPDATE order_events SET batch_id = 1 WHERE order_id = 7",
        21 => "INSERT INTO uncompared_reactions VALUES (88, 1, '📦', '[]', 2)",
        23 => "UPDATE orders SET notes = 'gift for Zoë', group_order_id = 'G-1' WHERE id = 7",
        24 => "UPDATE orders SET charged_minor = 5, status = 'cancelled' WHERE id = 7",
        25 => "UPDATE orders SET store = 'Target', profile = 'Main', product = 'Tin' WHERE id = 7",
        27 => SETTING,
        28 => ERASED,
        29 => MORE,
        30 => JOINED,
        31 => "INSERT INTO purchases VALUES (77, 'message|1|0', 7, 9)",
        32 => "UPDATE orders SET tracking_number = '1Z999AA1', group_order_id = 'G-2' WHERE id = 7",
        33 => HELD_BACK,
        34 => "UPDATE orders SET store = 'Target', currency = 'USD', total_minor = 5 WHERE id = 7",
        35 => "UPDATE orders SET product = 'Tin' WHERE id = 7",
        36 => "UPDATE orders SET store_key = 'shop-a|com|' WHERE id = 7",
        37 => "UPDATE orders SET said_ended_at = '2025-11-04T12:00:00.000Z' WHERE id = 7",
        _ => panic!("give migration {version} rows to carry over"),
    }
}

#[tokio::test]
async fn every_older_database_keeps_its_rows() {
    let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    for &version in &versions {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut old = options.connect().await.unwrap();
        MIGRATIONS.run_to(version, &mut old).await.unwrap();
        old.close().await.unwrap();
        let written = format!("{ORDER};{}", rows_of_version(version));
        rusqlite::Connection::open(&path).unwrap().execute_batch(&written).unwrap();
        let ledger = Ledger::open(&path).await.unwrap();
        let found = ledger.orders_by_number(GUILD, "OLD-1").await.unwrap();
        assert_eq!(found.len(), 1, "version {version}");
        if version == 11 {
            let parcels = rows(&path, "SELECT number FROM parcels WHERE order_id = 7 ORDER BY 1");
            assert_eq!(parcels, ["1Z999AA1", "AB123"]);
        }
        if version == 12 {
            let kept = "SELECT concat_ws('|', said_row -> '$[0][10]', said_row -> '$[0][11].email',
                said_row -> '$[0][11].tracking_number', said_row -> '$[0][11].notes',
                said_row -> '$[0][11].image_url', said_row -> '$[0][12]', said_row -> '$[0][28]',
                said_row -> '$[0][31]', said_row -> '$[1][0][0]', json_array_length(said_row, '$[0]'))
                FROM amended_orders";
            let expected = r#""verified"|"a@example.com"|"X100"|"gift"|"https://example.com/a.png"|4|9|null|"Tin"|32"#;
            assert_eq!(rows(&path, kept), [expected]);
        }
        let filter = OrderFilter::default();
        let listed = ledger.list_orders(GUILD, Some("old-1"), &filter, 10, 0).await.unwrap();
        assert_eq!((listed.orders, listed.totals.count), (found, 1), "version {version}");
        if version == 30 {
            let homes = rows(&path, "SELECT name, home_id FROM purchases ORDER BY name");
            assert_eq!(homes, ["message|1|0|9", "order|9|2025-11-03T12:00:00Z|0|9"]);
        }
        let words = [(11, "999aa1"), (19, "gift"), (23, "zoe g-1"), (32, "999aa1 g-2 old-1")];
        for (_, words) in words.into_iter().filter(|(of, _)| *of == version) {
            let noted = ledger.list_orders(GUILD, Some(words), &filter, 10, 0).await.unwrap();
            assert_eq!(noted.totals.count, 1, "{words}");
        }
        assert_findable(&path);
        let newest = versions.last() == Some(&version);
        let copy = folder.path().join(format!("ledger.db.version-{version}"));
        assert_eq!(copy.exists(), !newest);
    }
}
