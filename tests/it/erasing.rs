//! What SQLite leaves of erased rows, in a file that is too large to be written anew at once.

use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::Poll;

use refract_ledger::ids::{OrderId, UserId};
use refract_ledger::ledger::{Disclosure, ForgetRequest, Forgettable, Ledger, Wiped};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::fresh::{Fresh, GUILD, checkout, edited, rows};

const USER: UserId = UserId(5);
/// Beyond the size up to which a file is written anew at once.
const MEGABYTES: u32 = 20;
pub(crate) const MARKER: &str = "marker4711";
const EMAIL: &str = "marker4711@example.com";

/// How often the marker is in the file and in the log beside it.
pub(crate) fn markers(database: &Path) -> usize {
    let log = database.with_extension("db-wal");
    let files = [std::fs::read(database).unwrap(), std::fs::read(log).unwrap_or_default()];
    let holds = |window: &[u8]| window.eq_ignore_ascii_case(MARKER.as_bytes());
    files.iter().map(|file| file.windows(MARKER.len()).filter(|window| holds(window)).count()).sum()
}

fn open(database: &Path) -> Connection {
    let connection = Connection::open(database).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    connection
}

/// Makes the file large, by pages that hold the marker and are free.
fn free_pages(database: &Path) {
    let connection = open(database);
    connection.execute_batch("CREATE TABLE marked (text BLOB)").unwrap();
    for _ in 0..MEGABYTES {
        let megabyte = MARKER.repeat((1 << 20) / MARKER.len());
        connection.execute("INSERT INTO marked (text) VALUES (?)", [megabyte.as_bytes()]).unwrap();
    }
    connection.execute_batch("DROP TABLE marked").unwrap();
}

#[tokio::test]
async fn a_write_gets_through_between_two_pieces() {
    let fresh = Fresh::new().await;
    fresh.take(checkout(1, "Target", &[("Order Number", "1020")])).await;
    free_pages(&fresh.path());
    let (writes, is_wiped) = (AtomicU32::new(0), AtomicBool::new(false));
    let wiping = async {
        let wiped = fresh.ledger.wipe_traces().await.unwrap();
        is_wiped.store(true, Ordering::Relaxed);
        wiped
    };
    let writing = async {
        while !is_wiped.load(Ordering::Relaxed) {
            fresh.ledger.note_disclosure(GUILD, USER, Disclosure::Look(OrderId(1))).await.unwrap();
            writes.fetch_add(1, Ordering::Relaxed);
        }
    };
    let (wiped, ()) = tokio::join!(wiping, writing);
    assert_eq!(wiped, Wiped::UntilNextStart);
    // A piece is a megabyte: each is taken up once, and given back once.
    let writes = writes.into_inner();
    assert!(writes >= 2 * MEGABYTES, "{writes} writes got through");
    fresh.ledger.wipe_traces().await.unwrap();
    assert_eq!(markers(&fresh.path()), 0);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM filler"), ["0"]);
}

#[tokio::test]
async fn nothing_of_what_was_forgotten_is_in_a_large_file() {
    let fresh = Fresh::new().await;
    for number in 0..300_i64 {
        let (id, number_in_words) = (1 + number, format!("1020{number}"));
        let name = if number % 3 == 0 { EMAIL } else { "somebody@example.com" };
        let notes =
            format!("for {name} {}", "and more ".repeat(usize::try_from(number % 40).unwrap()));
        let fields = [
            ("Product", "Example Console"),
            ("Order Number", number_in_words.as_str()),
            ("Email", name),
            ("Customer Name", name),
        ];
        fresh.take(checkout(id, "Target", &fields)).await;
        let more = [&fields[..], &[("Notes", notes.as_str())]].concat();
        fresh.take(edited(1, checkout(id, "Target", &more))).await;
    }
    // What is in use makes it large.
    let connection = open(&fresh.path());
    for _ in 0..MEGABYTES {
        let statement = "INSERT INTO disclosures (at, guild_id, user_id, kind, details)
            VALUES ('2025-11-03T12:00:00.000Z', 77, 5, 'look', hex(zeroblob(524288)))";
        connection.execute(statement, []).unwrap();
    }
    for tracking in ["'1Z' || id", "CASE WHEN id % 3 > 0 THEN tracking_number END"] {
        connection.execute(&format!("UPDATE orders SET tracking_number = {tracking}"), []).unwrap();
    }
    drop(connection);
    assert!(markers(&fresh.path()) > 300);
    let what = Forgettable::email(EMAIL).unwrap();
    let request = ForgetRequest { guild: GUILD, what, delete_orders: false, user: USER };
    let found = fresh.ledger.forget(&request, |_| String::new()).await.unwrap();
    assert_eq!(found.orders.len(), 100);
    assert_eq!(fresh.ledger.wipe_traces().await.unwrap(), Wiped::UntilNextStart);
    // The number of a part is in the upper bits of the ids of its pages: all parts have become one.
    let parts = "SELECT count(DISTINCT id >> 37) FROM order_search_data WHERE id > 10";
    assert_eq!(rows(&fresh.path(), parts), ["1"]);
    // Tracking numbers are in an index of their own, of which a part says what was deleted of the others.
    assert_eq!(rows(&fresh.path(), &parts.replace("search_data", "search_lines_data")), ["1"]);
    let left = markers(&fresh.path());
    assert!(left < 10, "{left} copies are left inside of pages");

    let folder = fresh.stop().await;
    let database = folder.path().join("ledger.db");
    let ledger = Ledger::open(&database).await.unwrap();
    let mut size = 0;
    assert!(ledger.write_anew_if_due(|bytes| size = bytes).await.unwrap());
    assert!(size > 16 << 20, "{size}");
    assert_eq!(markers(&database), 0);
    assert!(!ledger.write_anew_if_due(|_| panic!("once is enough")).await.unwrap());
    crate::fresh::assert_findable(&database);
}

#[tokio::test]
async fn what_a_crash_leaves_while_free_pages_are_overwritten_is_given_back() {
    let fresh = Fresh::new().await;
    let connection = open(&fresh.path());
    connection.execute_batch("INSERT INTO filler (zeros) VALUES (zeroblob(9000))").unwrap();
    drop(connection);
    assert_eq!(fresh.ledger.wipe_traces().await.unwrap(), Wiped::Whole);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM filler"), ["0"]);
}

/// Wipes until this holds of how many pieces are taken up, and drops it then. Gives what a kill would leave: the file
/// and the log beside it as they are at that moment.
async fn killed_when(fresh: &Fresh, mut is_reached: impl FnMut(u32) -> bool) -> (TempDir, PathBuf) {
    let pieces = open(&fresh.path());
    let mut pieces = pieces.prepare("SELECT count(*) FROM filler").unwrap();
    let mut wiping = pin!(fresh.ledger.wipe_traces());
    poll_fn(|context| {
        let polled = wiping.as_mut().poll(context);
        assert!(polled.is_pending(), "it came to its end before");
        let taken_up = pieces.query_row([], |row| row.get(0)).unwrap();
        if is_reached(taken_up) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("ledger.db");
    std::fs::copy(fresh.path(), &database).unwrap();
    let log = |database: &Path| database.with_extension("db-wal");
    std::fs::copy(log(&fresh.path()), log(&database)).unwrap();
    (folder, database)
}

#[tokio::test]
async fn what_a_kill_leaves_between_two_pieces_is_overwritten_and_given_back_by_the_next() {
    for is_filling in [true, false] {
        let fresh = Fresh::new().await;
        fresh.take(checkout(1, "Target", &[("Order Number", "1020")])).await;
        free_pages(&fresh.path());
        let mut most = 0;
        let (_folder, database) = killed_when(&fresh, |taken_up| {
            most = most.max(taken_up);
            let is_given_back = taken_up < most && taken_up == MEGABYTES / 2;
            if is_filling { taken_up == MEGABYTES / 2 } else { is_given_back }
        })
        .await;
        let ledger = Ledger::open(&database).await.unwrap();
        let taken_up = rows(&database, "SELECT count(*) FROM filler");
        assert_ne!(taken_up, ["0"], "a cut in the middle");
        assert!(!is_filling || markers(&database) > 0, "a cut in the middle");
        assert_eq!(ledger.wipe_traces().await.unwrap(), Wiped::UntilNextStart);
        assert_eq!(markers(&database), 0, "{is_filling}");
        assert_eq!(rows(&database, "SELECT count(*) FROM filler"), ["0"]);
        assert_eq!(rows(&database, "PRAGMA integrity_check"), ["ok"]);
        assert_eq!(rows(&database, "SELECT order_number FROM orders"), ["1020"]);
        ledger.close().await;
    }
}
